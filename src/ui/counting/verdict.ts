import type { Verdict } from "#domain/counting/verdict.ts";
import type { CountingWords } from "./words.ts";

/** Whether a call counts and why, in one line. `outcome` names an outcome of the campaign. */
export function verdictSentence(verdict: Verdict, words: CountingWords, outcome: (code: string) => string): string {
  return verdict.counts ? words.counts : words.not(verdictReason(verdict, words, outcome));
}

/** Why a call does not count, as the end of a sentence. */
export function verdictReason(verdict: Extract<Verdict, { counts: false }>, words: CountingWords, outcome: (code: string) => string): string {
  switch (verdict.why) {
    case "tooShort": return words.why.tooShort(verdict.seconds, verdict.needed);
    case "outcomeDoesNotCount": return words.why.outcomeDoesNotCount(outcome(verdict.outcome));
    case "struck": return words.why.struck(words.strikes[verdict.reason]);
    default: return words.why[verdict.why];
  }
}
