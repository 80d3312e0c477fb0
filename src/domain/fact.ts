import type { Envelope } from "./base/envelope.ts";
import type { CaptureFact } from "./capture/facts.ts";
import type { DialingFact } from "./dialing/facts.ts";
import type { PhoneFact } from "./phone/facts.ts";
import type { PracticeFact } from "./practice/facts.ts";
import type { QualityFact } from "./quality/facts.ts";
import type { SideFact } from "./phone/sideFacts.ts";
import type { ScriptFact } from "./script/facts.ts";
import type { ShiftFact } from "./shift/facts.ts";

/** What happened, without who, where and when. */
export type FactBody = PhoneFact | SideFact | ScriptFact | CaptureFact | ShiftFact | DialingFact | PracticeFact | QualityFact;

/** What is now true for ever: the hinge between the rooms that speak and the rooms that listen. */
export type Fact = Envelope & FactBody;

export type FactKind = FactBody["kind"];

export type FactOf<K extends FactKind> = Envelope & Extract<FactBody, { kind: K }>;

/** Personal text that facts name by id. It travels beside them and can be erased, which no fact can (rule Y1). */
export interface PrivateRecord {
  readonly id: string;
  readonly type: "number" | "verbatim" | "note";
  readonly text: string;
  readonly by: string;
  readonly device: string;
  readonly at: number;
}
