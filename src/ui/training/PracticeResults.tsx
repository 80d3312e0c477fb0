import type { PracticeResult } from "#domain/training/progress.ts";
import { wallClock } from "#domain/base/day.ts";
import { clockFace, length } from "#ui/kit/times.ts";
import { useLanguage, useWords } from "#ui/words/language.ts";
import { dayName } from "./days.ts";
import { LookBackLines } from "./LookBackView.tsx";
import { trainingWords } from "./words.ts";
import "./training.css";

export interface ResultNames {
  readonly handler: (id: string) => string;
  readonly outcome: (campaign: string | undefined, code: string) => string;
  readonly timeZone: string;
}

/** Practice calls with what came of each, newest first. */
export function PracticeResults({ results, names }: { readonly results: readonly PracticeResult[]; readonly names: ResultNames }) {
  const words = useWords(trainingWords);
  const { language } = useLanguage();
  if (results.length === 0) return <p className="soft">{words.noCalls}</p>;
  return (
    <ol className="practice-results">
      {results.toReversed().map((one) => {
        const { day, minutes } = wallClock(one.at, names.timeZone);
        return (
          <li key={one.call}>
            <p className="practice-call"><span className="soft">{dayName(day, language)}, {clockFace(minutes)}</span><span>{words.customers[one.customer]}</span>{one.seconds === undefined ? null : <span className="soft">{length(one.seconds)}</span>}</p>
            <p className={one.outcome === undefined ? "soft" : undefined}>{one.outcome === undefined ? words.noOutcome : names.outcome(one.campaign, one.outcome)}</p>
            {one.back ? <LookBackLines back={one.back} handler={names.handler} /> : null}
          </li>
        );
      })}
    </ol>
  );
}
