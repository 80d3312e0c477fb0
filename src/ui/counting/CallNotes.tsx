import { wallClock } from "#domain/base/day.ts";
import type { Note } from "#domain/counting/explain.ts";
import { clockFace } from "#ui/kit/times.ts";
import { useWords } from "#ui/words/language.ts";
import { noteSentence } from "./verdict.ts";
import { countingWords } from "./words.ts";

/** Names and texts for what a note only has codes and ids of. */
export interface NoteNames {
  readonly outcome: (code: string) => string;
  readonly person: (id: string) => string | undefined;
  readonly text: (record: string) => string | undefined;
  readonly timeZone: string;
}

/** What else is to be said of a call: its earlier outcomes, its checks, the reply to them. The same on both sides. */
export function Notes({ notes, names }: { readonly notes: readonly Note[]; readonly names: NoteNames }) {
  const words = useWords(countingWords);
  if (notes.length === 0) return null;
  const say = { outcome: names.outcome, name: names.person, text: names.text, face: (at: number) => clockFace(wallClock(at, names.timeZone).minutes) };
  return <ul className="call-notes">{notes.map((note) => <li key={`${note.kind} ${"at" in note ? note.at : ""}`}>{noteSentence(note, words, say)}</li>)}</ul>;
}
