import type { Gender, Language } from "../base/campaign.ts";
import type { CampaignId, CallId, Millis, ProspectId } from "../base/envelope.ts";
import type { CallEnd } from "../phone/facts.ts";
import { readableNumber } from "../phone/readable.ts";

/** A person at a company on a list. Private: never inside a fact. */
export interface Prospect {
  readonly id: ProspectId;
  readonly campaign: CampaignId;
  readonly language: Language;
  readonly firstName: string;
  /** Patronymic, where the language has one. */
  readonly middleName?: string;
  readonly lastName: string;
  readonly gender: Gender;
  readonly position: string;
  readonly company: string;
  /** The company's id, where the list gives it one: people of one company share it (rule Q3). */
  readonly firm?: string;
  /** E.164. */
  readonly phone: string;
  /** Behind that number: sent as tones after the answer. Digits, `*`, `#`; a comma waits. */
  readonly extension?: string;
  readonly city: string;
  /** IANA name. */
  readonly timeZone: string;
  /** What the list says about them, one line. */
  readonly about?: string;
}

/** One earlier attempt by anybody. */
export interface Attempt {
  readonly call: CallId;
  readonly at: Millis;
  /** Name of who called. */
  readonly by: string;
  readonly ended?: CallEnd;
  readonly outcome?: string;
  /** Client's words and notes taken in it. */
  readonly words: readonly string[];
}

/** The right to call a prospect, for a while, on one device (rule D1). */
export interface Lease {
  readonly prospect: Prospect;
  readonly until: Millis;
  /** Newest first. */
  readonly history: readonly Attempt[];
}

/** Nobody has said yet who answers there: the number was dialed by hand and is on no list (rule D4). */
export function isUnnamed({ firstName, lastName }: Pick<Prospect, "firstName" | "lastName">): boolean {
  return firstName === "" && lastName === "";
}

/** First and last name, for narrow places; the number of somebody of whom nothing else is known. */
export function shortName({ firstName, lastName, phone }: Pick<Prospect, "firstName" | "lastName" | "phone">): string {
  return isUnnamed({ firstName, lastName }) ? readableNumber(phone) : `${firstName} ${lastName}`;
}
