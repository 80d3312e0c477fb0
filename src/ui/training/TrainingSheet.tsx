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
        <section key={one.id}><h3><AssignmentLine assignment={one} /></h3><PracticeResults results={one.results} names={names} /></section>
      ))}
      {free.length > 0 ? <section><h3>{words.free}</h3><PracticeResults results={free} names={names} /></section> : null}
    </Sheet>
  );
}
