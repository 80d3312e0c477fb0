import type { PhoneSetup } from "#client/admin/admin.ts";
import type { DialPlan } from "#domain/phone/dialPlan.ts";

/** The setting as it is being typed: lists are texts with one entry a line. */
export interface SetupDraft {
  readonly servers: string; readonly domain: string;
  readonly form: DialPlan["form"]; readonly prefix: string; readonly country: string; readonly trunk: string; readonly abroad: string;
  readonly barred: string; readonly allowed: string;
  readonly tones: "rfc4733" | "info"; readonly shows: "none" | "from" | "asserted" | "preferred";
  /** What each campaign shows, by its id. */
  readonly callers: Readonly<Record<string, string>>;
  readonly echo: string;
  readonly stun: string; readonly turn: string;
  /** Typed anew, or "": stays as it is. */
  readonly turnSecret: string;
}

export function draftOf({ servers, domain, plan, stunUrls, turnUrls }: PhoneSetup): SetupDraft {
  const { form, prefix, country, trunk, abroad, barred, allowed, tones = "rfc4733", shows = "none", callers = {}, echo = "" } = plan;
  return {
    servers: servers.join("\n"), domain, form, prefix, country, trunk, abroad, barred: barred.join("\n"), allowed: allowed.join("\n"), tones, shows, callers, echo,
    stun: stunUrls.join("\n"), turn: turnUrls.join("\n"), turnSecret: "",
  };
}

export function setupOf(draft: SetupDraft): PhoneSetup {
  return { servers: listOf(draft.servers), domain: draft.domain.trim(), plan: planOf(draft), stunUrls: listOf(draft.stun), turnUrls: listOf(draft.turn) };
}

export function planOf({ form, prefix, country, trunk, abroad, barred, allowed, tones, shows, callers, echo }: SetupDraft): DialPlan {
  const shown = Object.entries(callers).flatMap(([id, number]) => (bare(number) === "" ? [] : [[id, bare(number)] as const]));
  return {
    form, prefix: prefix.trim(), country: country.replace(/\D/g, ""), trunk: trunk.trim(), abroad: abroad.trim(), barred: listOf(barred), allowed: listOf(allowed),
    ...(tones === "info" ? { tones } : {}), ...(shows === "none" ? {} : { shows }), ...(shown.length > 0 ? { callers: Object.fromEntries(shown) } : {}),
    ...(bare(echo) === "" ? {} : { echo: bare(echo) }),
  };
}

const bare = (number: string): string => number.replace(/[\s().-]/g, "");

/** Which fields cannot be saved as they are. The server looks once more. */
export function wrongIn(draft: SetupDraft): ReadonlySet<keyof SetupDraft> {
  const wrong = new Set<keyof SetupDraft>();
  const all = (name: "servers" | "stun" | "turn" | "barred" | "allowed", right: RegExp): void => { if (!listOf(draft[name]).every((one) => right.test(one))) wrong.add(name); };
  all("servers", /^wss?:\/\/(?:[\w.-]+|\[[\da-f:.]+\])(?::\d{1,5})?(?:[/?][^\s#@]*)?$/i);
  all("stun", /^stuns?:[^\s/@]+$/);
  all("turn", /^turns?:[^\s/@]+$/);
  all("barred", /^[+\d*#][\d*#\s().-]*$/);
  all("allowed", /^[+\d*#][\d*#\s().-]*$/);
  if (!/^[\w.:[\]-]*$/.test(draft.domain.trim())) wrong.add("domain");
  if (!/^[\d*#]{0,8}$/.test(draft.prefix.trim())) wrong.add("prefix");
  if (!/^\d{1,4}$/.test(draft.country.replace(/^\+/, "").trim())) wrong.add("country");
  if (!/^\d{0,4}$/.test(draft.trunk.trim())) wrong.add("trunk");
  if (!/^\d{0,6}$/.test(draft.abroad.trim())) wrong.add("abroad");
  if (!Object.values(draft.callers).every((number) => /^(\+?\d{1,20})?$/.test(bare(number)))) wrong.add("callers");
  if (!/^[+\d*#]{0,20}$/.test(bare(draft.echo))) wrong.add("echo");
  return wrong;
}

export function listOf(text: string): readonly string[] {
  return text.split(/[\n,;]/).map((one) => one.trim()).filter((one) => one !== "");
}
