import { nextAssignment, type PersonTraining } from "#domain/training/progress.ts";
import { Button } from "#ui/kit/Button.tsx";
import { Icon } from "#ui/kit/Icon.tsx";
import { useLanguage, useWords } from "#ui/words/language.ts";
import { dayName } from "./days.ts";
import { trainingWords } from "./words.ts";
import "./training.css";

/** Between two calls, in one calm line: what is to be practised and by when, and the key to do it now. */
export function TrainingLine({ training, practise, results }: { readonly training: PersonTraining; readonly practise: () => void; readonly results: () => void }) {
  const words = useWords(trainingWords);
  const { language } = useLanguage();
  const next = nextAssignment(training);
  const any = training.free.length > 0 || training.assignments.length > 0;
  return (
    <section className="training-line" aria-label={words.title}>
      {next ? (
        <p>
          {words.line(next.done, next.calls, dayName(next.until, language))}{next.late ? <span className="tone-warn"> <Icon name="clock" /> {words.late}</span> : null}
          <span className="soft"> {words.customers[next.customer]}, {words.difficulties[next.difficulty].toLowerCase()}</span>
        </p>
      ) : null}
      <div>
        <Button kind={next ? "plain" : "quiet"} icon="phone" keyCode="KeyT" onPress={practise}>{words.practise}</Button>
        {any ? <Button kind="quiet" keyCode="KeyR" onPress={results}>{words.results}</Button> : null}
      </div>
    </section>
  );
}
