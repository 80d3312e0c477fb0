import type { Assignment } from "#domain/training/progress.ts";
import { Icon } from "#ui/kit/Icon.tsx";
import { useLanguage, useWords } from "#ui/words/language.ts";
import { dayName } from "./days.ts";
import { trainingWords } from "./words.ts";
import "./training.css";

/** An assignment in two lines: with whom and how hard; how far it is and by when. */
export function AssignmentLine({ assignment }: { readonly assignment: Assignment }) {
  const words = useWords(trainingWords);
  const { language } = useLanguage();
  const { customer, difficulty, done, calls, until, state, late } = assignment;
  return (
    <span className={`assignment is-${state}`}>
      <span>{words.customers[customer]}, {words.difficulties[difficulty].toLowerCase()}</span>
      <span className="assignment-far">
        <span>{words.progress(done, calls)}</span><i aria-hidden="true"><u style={{ width: `${(done / calls) * 100}%` }} /></i>
        <span className="soft">{words.until(dayName(until, language))}</span>
        {state === "withdrawn" ? <span className="soft">{words.withdrawnState}</span>
          : state === "done" ? <span className="tone-ok"><Icon name="check" /> {late ? words.doneLate : words.doneState}</span>
          : late ? <span className="tone-warn"><Icon name="clock" /> {words.late}</span> : null}
      </span>
    </span>
  );
}
