import type { CallId, CampaignId, ProspectId, RecordId } from "../base/envelope.ts";
import type { QualitySummary } from "./quality.ts";

/** Why a call is over: every way it can end has its own word (rule P3). */
export type CallEnd =
  | "agentHungUp" | "clientHungUp" | "cancelled" | "transferred"
  | "busy" | "noAnswer" | "declined" | "unavailable" | "wrongNumber" | "answeredElsewhere"
  | "barred" | "forbidden" | "noRoute" | "noLines" | "loop" | "notUnderstood" | "serverDown"
  | "noMicrophone" | "mediaFailed" | "lost" | "cutOff" | "timerRanOut";

export type PhoneFact =
  /** Durable before the INVITE leaves (rule P1). The dialed number is a private record. */
  | { readonly kind: "call.dialed"; readonly call: CallId; readonly campaign: CampaignId; readonly prospect: ProspectId; readonly number: RecordId; /** The prospect's company, where the list names it by an id (rule Q3). */ readonly firm?: string }
  | { readonly kind: "call.ringing"; readonly call: CallId }
  | { readonly kind: "call.answered"; readonly call: CallId }
  /** Its page had died, and the PBX gave the call to the next one (rule P8). */
  | { readonly kind: "call.takenBack"; readonly call: CallId }
  | { readonly kind: "call.held"; readonly call: CallId; readonly on: boolean }
  | { readonly kind: "call.ended"; readonly call: CallId; readonly why: CallEnd }
  /** How the line was, once a call, after its end (rule L7). */
  | QualitySummary;
