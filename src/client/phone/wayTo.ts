import { dialed } from "#domain/phone/dialPlan.ts";
import { unspellNumber } from "#domain/phone/number.ts";
import { isDemoNumber } from "#domain/practice/numbers.ts";
import type { PhoneAccount } from "#wire/api.ts";
import type { CallName } from "./callName.ts";
import type { CallerId } from "./callWishes.ts";
import type { Tones } from "./tones.ts";

/** All that an INVITE to a number needs. */
export interface Way {
  readonly user: string;
  /** Sent as tones after the answer. */
  readonly extension?: string;
  readonly callerId?: CallerId;
  readonly tones: Tones;
  /** May a redirection lead the call to this user? */
  readonly mayFollow: (user: string) => boolean;
}

/** How to ask the PBX for a call that it has already: it is not dialed anew, so no plan bars it, and a caller who withheld the number is found too. */
export function wayBack(number: string, { remoteUri }: Pick<CallName, "remoteUri">, account: PhoneAccount | undefined): Way {
  const user = wayTo(number, account)?.user ?? "";
  return { user: user === "" ? /^sips?:([^@;]*)@/i.exec(remoteUri)?.[1] ?? "" : user, tones: account?.dialPlan?.tones ?? "rfc4733", mayFollow: () => false };
}

/**
 * How to call a number from this line; undefined when the dial plan bars it (rule P7). Practice numbers go to the embedded
 * switch as they are.
 * @param number as `spellNumber` writes it, or in any other spelling of E.164
 */
export function wayTo(number: string, account: PhoneAccount | undefined, campaign?: string): Way | undefined {
  const { e164, extension } = unspellNumber(number);
  // A colleague's line may have a name, which is no number.
  const plan = isDemoNumber(e164) || /^[a-z]/i.test(e164) ? undefined : account?.dialPlan;
  const first = plan ? dialed(plan, e164) : { ok: true as const, user: e164.replace(/[\s()-]/g, "") };
  if (!first.ok) return undefined;
  const shown = campaign === undefined ? undefined : plan?.callers?.[campaign];
  return {
    user: first.user, tones: plan?.tones ?? "rfc4733", mayFollow: (user) => !plan || dialed(plan, user).ok,
    ...(extension === undefined ? {} : { extension }),
    ...(shown !== undefined && shown !== "" && plan?.shows !== undefined ? { callerId: { number: shown, by: plan.shows } } : {}),
  };
}
