import { timeOf, type Millis, type PersonId, type RecordId } from "../base/envelope.ts";
import { talkSeconds, type CallRecord } from "./callBook.ts";
import { closingOf, isLate } from "./closing.ts";
import { checkInTime, dayOfCall, outcomeInTime, type CountingRules } from "./verdict.ts";

/** What is to be said of a call beside its verdict; both sides find the words for it. */
export type Note =
  /** An outcome that was saved earlier and corrected since (rule Q7). */
  | { readonly kind: "corrected"; readonly outcome: string; readonly decisionMaker: boolean; readonly at: Millis }
  /** An outcome that was saved when the day had closed: it is kept and changes nothing (rule Q12). */
  | { readonly kind: "outcomeLate"; readonly outcome: string; readonly at: Millis }
  | { readonly kind: "confirmed" | "notReached"; readonly by: PersonId; readonly at: Millis }
  /** Checked when the day had closed (rule Q12). */
  | { readonly kind: "checkLate"; readonly by: PersonId; readonly at: Millis }
  | { readonly kind: "disputed"; readonly record: RecordId; readonly at: Millis }
  /** Its facts came in when the day had closed; it counts all the same (rule Q14). */
  | { readonly kind: "arrivedLate"; readonly at: Millis }
  /** So many seconds of it the computer slept (rule Q2). */
  | { readonly kind: "asleep"; readonly seconds: number };

/** All that is to be said of a call, in the order in which it happened for each kind. */
export function explain(record: CallRecord, rules: CountingRules): readonly Note[] {
  const { outcomes = [], checks = [], dispute, late } = record;
  const day = dayOfCall(record, rules.timeZone);
  const holds = outcomeInTime(record, rules);
  const check = checkInTime(record, rules);
  const after = (fact: Parameters<typeof isLate>[0]): boolean => day !== undefined && isLate(fact, day, closingOf(rules));
  const [whole, heard] = [talkSeconds(record), talkSeconds(record, rules.gaps)];
  return [
    ...outcomes.filter((one) => one.id !== holds?.id).map((one): Note => after(one)
      ? { kind: "outcomeLate", outcome: one.outcome, at: timeOf(one) }
      : { kind: "corrected", outcome: one.outcome, decisionMaker: one.decisionMaker, at: timeOf(one) }),
    ...(check && (check.found === "confirmed" || check.found === "notReached") ? [{ kind: check.found, by: check.by, at: timeOf(check) } as const] : []),
    ...checks.filter(after).map((one): Note => ({ kind: "checkLate", by: one.by, at: timeOf(one) })),
    ...(dispute ? [{ kind: "disputed", record: dispute.record, at: timeOf(dispute) } as const] : []),
    ...(late ? [{ kind: "arrivedLate", at: late.received } as const] : []),
    ...(whole !== undefined && heard !== undefined && whole > heard ? [{ kind: "asleep", seconds: Math.round(whole - heard) } as const] : []),
  ];
}
