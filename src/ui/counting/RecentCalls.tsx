import { Button } from "#ui/kit/Button.tsx";
import { Icon } from "#ui/kit/Icon.tsx";
import { Panel } from "#ui/kit/Panel.tsx";
import { useWords } from "#ui/words/language.ts";
import type { CallLine } from "./todayCalls.ts";
import { verdictSentence } from "./verdict.ts";
import { countingWords } from "./words.ts";
import "./counting.css";

/** Reasons that the outcome itself already tells. */
const selfEvident: ReadonlySet<string> = new Set(["noOutcome", "outcomeDoesNotCount", "notAnswered"]);

/** The last calls, newest first, each with its verdict; the whole day is one key away. */
export function RecentCalls({ all, calls, outcome, openAll }: { /** Calls of the whole day. */ readonly all: number; readonly calls: readonly CallLine[]; readonly outcome: (code: string) => string; readonly openAll: () => void }) {
  const words = useWords(countingWords);
  return (
    <div className="recent">
      <Panel title={words.todayTitle(all)} aside={calls.length > 0 ? <Button kind="quiet" name={words.all} keyCode="KeyL" onPress={openAll}>{words.allShort}</Button> : null}>
        {calls.length === 0 ? <p className="soft">{words.noCalls}</p> : (
          <ol>
            {calls.toReversed().map((line) => (
              <li key={line.call}>
                <span className={line.verdict.counts ? "tone-ok" : "faint"}><Icon name={line.verdict.counts ? "check" : "cross"} /></span>
                <div className="grow">
                  <div className="recent-who"><span className="ellipsis grow">{line.who ?? words.unknown}</span><span className="faint">{line.time}</span></div>
                  <div className="soft recent-why">{line.outcome === undefined ? words.noOutcomeYet : outcome(line.outcome)}</div>
                  {line.verdict.counts || selfEvident.has(line.verdict.why) ? null : <div className="faint recent-why">{verdictSentence(line.verdict, words, outcome)}</div>}
                </div>
              </li>
            ))}
          </ol>
        )}
      </Panel>
    </div>
  );
}
