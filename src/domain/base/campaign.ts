import type { CampaignId, Millis } from "./envelope.ts";

export type Language = "ru" | "en";
export type Role = "agent" | "lead" | "editor" | "closer" | "admin";
export type Gender = "f" | "m";

/** A colleague, as everybody in the company may know them. */
export interface Person {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly role: Role;
  readonly team: string;
  readonly language: Language;
  /** Russian verbs agree with the speaker. */
  readonly gender: Gender;
}

/** What the script itself can note about a call while it prompts. */
export type Mark = "decisionMaker" | "agreed" | "refused";

/** One line of the campaign's dictionary of outcomes, with its written criterion. */
export interface OutcomeKind {
  readonly code: string;
  readonly label: string;
  /** When to choose it, in one line. */
  readonly criterion: string;
  /** May a call with this outcome be a contact at all (rule Q4). */
  readonly counts: boolean;
  /** Offered after calls in which somebody answered, or in which nobody did. */
  readonly after: "answered" | "unanswered";
  /** Preselected when the script has set this mark. */
  readonly mark?: Mark;
  /** Preselected when nobody answered and the call ended in one of these ways (words of `CallEnd`). */
  readonly ends?: readonly string[];
}

/** When an attempt is a contact (rules Q1–Q5). */
export interface ContactRule {
  /** Must the decision maker have been spoken with. */
  readonly decisionMaker: boolean;
  /** Seconds from answer to end, hold included. */
  readonly minSeconds: number;
  /** Of what one contact a day is made (rule Q3): of a person when not given, of a whole company, or of every call. */
  readonly per?: "person" | "company" | "call";
}

/** What made a contact of a campaign until its rule was changed (rule Q17). */
export interface PastRule {
  /** The moment from which on it no longer held, by the company's clock. */
  readonly until: Millis;
  readonly rule: ContactRule;
  /** Codes of the outcomes that counted. */
  readonly counting: readonly string[];
}

/** A campaign: one language, one script, one list, one rule. An immutable version of a document. */
export interface Campaign {
  readonly id: CampaignId;
  readonly name: string;
  readonly language: Language;
  readonly script: string;
  /** As it holds for calls that are answered from now on; see `campaignAt`. */
  readonly rule: ContactRule;
  /** What held before, oldest first; nothing when it was never changed. */
  readonly earlier?: readonly PastRule[];
  readonly outcomes: readonly OutcomeKind[];
  /** A practice campaign never counts (rule Q5). */
  readonly practice: boolean;
  /** Words that the script may use as variables, such as the name of what is sold. */
  readonly variables: Readonly<Record<string, string>>;
}

/** What a day asks of everybody, and how it is reckoned: the part of the company's settings that changes in time (rule Q16). */
export interface Norms {
  /** Due a day when a lead has said nothing else (rule Q10). */
  readonly target: number;
  /** What the target is in; contacts when not given. */
  readonly unit?: NormUnit;
  /** Points of a contact and of other work (rule Q11). */
  readonly weights?: Weights;
  /** Days of the week on which nothing is due: 1 is Monday, 7 is Sunday (ISO 8601). */
  readonly weekend?: readonly number[];
  /** Minutes after its midnight at which a day closes for pay (rule Q12); noon of the next day when not given. */
  readonly closes?: number;
  /** Minutes since midnight. */
  readonly workStart: number;
  readonly workEnd: number;
  /** Norm of each break, minutes. */
  readonly breaks: Readonly<Record<BreakReason, number>>;
}

/** Norms that were replaced. */
export interface PastNorms extends Norms {
  /** The first day (`YYYY-MM-DD`) for which they no longer held. */
  readonly until: string;
}

/** The company's settings that every desk needs. The norms in it are the newest, which may begin tomorrow; see `companyOn`. */
export interface Company extends Norms {
  readonly name: string;
  /** IANA name; the working day is counted in it (rule Q6). */
  readonly timeZone: string;
  /** Norms that held before, oldest first; nothing when they were never changed. */
  readonly earlier?: readonly PastNorms[];
}

export type BreakReason = "rest" | "lunch" | "training" | "other";

/** Work of an agent that is no call. */
export type WorkKind = "meeting" | "visit" | "proposal" | "document";

export type NormUnit = "contacts" | "points";

/** Points, in whole hundredths at most. */
export type Weights = Readonly<Record<"contact" | WorkKind, number>>;
