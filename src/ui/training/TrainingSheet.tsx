import type { PersonTraining } from "#domain/training/progress.ts";
import { Sheet } from "#ui/kit/Sheet.tsx";
import { commonWords } from "#ui/words/common.ts";
import { useWords } from "#ui/words/language.ts";
import { AssignmentLine } from "./AssignmentLine.tsx";
import { PracticeResults, type ResultNames } from "./PracticeResults.tsx";
import { trainingWords } from "./words.ts";

/** The agent's own practice: each assignment with its calls, and what was practised beside. */
export function TrainingSheet({ training, names, onClose }: { readonly training: PersonTraining; readonly names: ResultNames; readonly onClose: () => void }) {
  const words = useWords(trainingWords);
  const common = useWords(commonWords);
  const { assignments, free } = training;
  return (
    <Sheet title={words.results} close={common.close} onClose={onClose} className="training-sheet">
      {assignments.length + free.length === 0 ? <p className="soft">{words.none}</p> : null}
      {assignments.toReversed().map((one) => (
        <details key={one.id} className="assigned" open><summary><AssignmentLine assignment={one} /></summary><PracticeResults results={one.results} names={names} /></details>
      ))}
      {free.length > 0 ? <details className="assigned" open><summary>{words.free}</summary><PracticeResults results={free} names={names} /></details> : null}
    </Sheet>
  );
}
