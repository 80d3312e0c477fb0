import type { Note } from "#domain/counting/explain.ts";
import type { Verdict } from "#domain/counting/verdict.ts";
import { length } from "#ui/kit/times.ts";
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

/** What else is to be said of a call, one sentence each. */
export function noteSentence(note: Note, words: CountingWords, say: { readonly outcome: (code: string) => string; readonly face: (at: number) => string; readonly name: (person: string) => string | undefined; readonly text: (record: string) => string | undefined }): string {
  switch (note.kind) {
    case "corrected": return words.notes.corrected(say.outcome(note.outcome), say.face(note.at));
    case "outcomeLate": return words.notes.outcomeLate(say.outcome(note.outcome));
    case "confirmed": case "notReached": {
      const who = say.name(note.by);
      return words.notes[note.kind](say.face(note.at), who === undefined ? "" : `, ${who}`);
    }
    case "checkLate": return words.notes.checkLate;
    case "disputed": {
      const text = say.text(note.record);
      return text === undefined ? words.notes.disputedUnseen : words.notes.disputed(text);
    }
    case "arrivedLate": return words.notes.arrivedLate;
    case "asleep": return words.notes.asleep(length(note.seconds));
  }
}
