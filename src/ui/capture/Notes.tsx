import { useWords } from "#ui/words/language.ts";
import { captureWords } from "./words.ts";
import { WrittenDown } from "./WrittenDown.tsx";

/** A note for whoever calls next. Never forced; what stands in the field is kept with the outcome too. */
export function Notes({ text, asked, onText, onKeep }: { readonly text: string; readonly asked?: number | undefined; readonly onText: (text: string) => void; readonly onKeep: () => void }) {
  const words = useWords(captureWords);
  return <WrittenDown name={words.notes} hint={words.notesHint} keyCode="KeyN" rows={1} text={text} asked={asked} onText={onText} onKeep={onKeep} />;
}
