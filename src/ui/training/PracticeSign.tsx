import type { Assignment } from "#domain/training/progress.ts";
import { Icon } from "#ui/kit/Icon.tsx";
import { useWords } from "#ui/words/language.ts";
import { trainingWords } from "./words.ts";
import "./training.css";

/** Says, from the card to the saved outcome, that this call is practice. */
export function PracticeSign({ assignment }: { readonly assignment: Assignment | undefined }) {
  const words = useWords(trainingWords);
  const nth = assignment && Math.min(assignment.done + 1, assignment.calls);
  return (
    <p className="practice-sign" role="note">
      <Icon name="list" />
      <span><b>{words.practising}{assignment && nth !== undefined ? `, ${words.nth(nth, assignment.calls)}` : ""}</b> {words.apart}</span>
    </p>
  );
}
