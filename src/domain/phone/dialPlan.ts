import type { CampaignId } from "../base/envelope.ts";

/** How the company's PBX wants a number, and what it is never to be asked for. */
export interface DialPlan {
  /** `e164`: +74951234567. `digits`: the same without the plus. `national`: as one would dial from a desk phone. */
  readonly form: "e164" | "digits" | "national";
  /** Put before every number that leaves the company, such as 9; "" for none. */
  readonly prefix: string;
  /** Of the company's own country, without the plus: 7. */
  readonly country: string;
  /** What is dialed before a number of one's own country: 8 in Russia, 0 in Germany. */
  readonly trunk: string;
  /** What is dialed before a number of another country: 810 in Russia, 00 in Germany. */
  readonly abroad: string;
  /** Beginnings (+7809) or whole short numbers (112) that are not dialed … */
  readonly barred: readonly string[];
  /** … save those that begin so. Of both lists the longest beginning decides; a tie bars. */
  readonly allowed: readonly string[];
  /** How digits are sent in a call: in the sound (RFC 4733, when not given), or as SIP INFO (application/dtmf-relay). */
  readonly tones?: "rfc4733" | "info";
  /** Where the number that a campaign shows to its clients stands: in From, P-Asserted-Identity or P-Preferred-Identity (RFC 3325). When not given, none is shown but the line's own. */
  readonly shows?: "from" | "asserted" | "preferred";
  /** The number that each campaign shows, as the PBX wants it. */
  readonly callers?: Readonly<Record<CampaignId, string>>;
  /** What one dials on the PBX to hear oneself, as it is written; when not given, the embedded switch's own echo is called. */
  readonly echo?: string;
}

export const plainDialing: DialPlan = { form: "e164", prefix: "", country: "7", trunk: "8", abroad: "810", barred: [], allowed: [] };

export type Dialed = { readonly ok: true; readonly user: string } | { readonly ok: false; readonly why: "barred"; readonly by: string };

/** Longest extension or service code, digits: what is shorter never leaves the company, so that prefix and form are not for it. */
const SHORT = 6;

/**
 * What is put into the INVITE for a number, or the entry of the plan that bars it (rule P7).
 * @param number in any spelling: blanks, brackets and hyphens are nothing; numbers without + are read as dialed in one's own country
 */
export function dialed(plan: DialPlan, number: string): Dialed {
  const bare = number.replace(/[^\d+*#]/g, "");
  const whole = canonical(plan, bare);
  const by = barredBy(plan, whole);
  if (by !== undefined) return { ok: false, why: "barred", by };
  if (!whole.startsWith("+")) return { ok: true, user: whole };
  return { ok: true, user: plan.prefix + formed(plan, whole) };
}

/** E.164 where the number is one; extensions, service codes and feature codes (*43) as they are. */
function canonical({ country, trunk, abroad }: DialPlan, bare: string): string {
  if (bare.startsWith("+") || /[*#]/.test(bare) || bare.length <= SHORT) return bare;
  // The longer beginning first: in Russia 810 begins like 8.
  if (abroad !== "" && bare.startsWith(abroad)) return `+${bare.slice(abroad.length)}`;
  if (trunk !== "" && bare.startsWith(trunk)) return `+${country}${bare.slice(trunk.length)}`;
  return `+${bare}`;
}

function formed({ form, country, trunk, abroad }: DialPlan, whole: string): string {
  if (form === "e164") return whole;
  const digits = whole.slice(1);
  if (form === "digits") return digits;
  return country !== "" && digits.startsWith(country) ? trunk + digits.slice(country.length) : abroad + digits;
}

function barredBy({ barred, allowed }: DialPlan, whole: string): string | undefined {
  const longest = (entries: readonly string[]): string | undefined =>
    entries.map(bareEntry).filter((entry) => (entry.startsWith("+") ? whole.startsWith(entry) : whole === entry)).reduce<string | undefined>((best, entry) => (best === undefined || entry.length > best.length ? entry : best), undefined);
  const no = longest(barred);
  const yes = longest(allowed);
  return no !== undefined && (yes === undefined || no.length >= yes.length) ? no : undefined;
}

/** The beginnings of numbers of the public network that a plan bars and allows, as `dialed` compares them: for a search where no function can be called. */
export function beginnings({ barred, allowed }: Pick<DialPlan, "barred" | "allowed">): { readonly barred: readonly string[]; readonly allowed: readonly string[] } {
  const public_ = (entries: readonly string[]) => entries.map(bareEntry).filter((entry) => entry.startsWith("+"));
  return { barred: public_(barred), allowed: public_(allowed) };
}

const bareEntry = (entry: string): string => entry.replace(/[^\d+*#]/g, "");
