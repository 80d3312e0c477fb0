import type { KeyboardEvent } from "react";
import type { OutcomeChoice } from "#client/desk/deskState.ts";
import type { OutcomeKind } from "#domain/base/campaign.ts";
import type { Verdict } from "#domain/counting/verdict.ts";
import { Button } from "#ui/kit/Button.tsx";
import { Icon } from "#ui/kit/Icon.tsx";
import { KeySign, useShortcut } from "#ui/kit/KeySign.tsx";
import { useWords } from "#ui/words/language.ts";
import { verdictReason } from "./verdict.ts";
import { countingWords } from "./words.ts";
import "./counting.css";

interface Props {
  /** The outcomes that fit this call, in the order of their digits. */
  readonly outcomes: readonly OutcomeKind[];
  readonly choice: OutcomeChoice;
  readonly answered: boolean;
  /** How the call ended, in a few words. */
  readonly how: string;
  /** What to do when it ended by a hindrance. */
  readonly advice?: string | undefined;
  readonly forecast?: Verdict | undefined;
  /** What stands against the target once this call counts. */
  readonly becomes: string;
  readonly target: number;
  readonly choose: (outcome: string) => void;
  readonly toggleDecider: () => void;
  readonly save: () => void;
  /** The call was broken off: begins it again, with the same person (rule D5). */
  readonly callAgain?: (() => void) | undefined;
}

/** After the call: how it ended, by whose criterion, whether it counts and why. */
export function OutcomeView({ outcomes, choice, answered, how, advice, forecast, becomes, target, choose, toggleDecider, save, callAgain }: Props) {
  const words = useWords(countingWords);
  const name = (code: string): string => outcomes.find((one) => one.code === code)?.label ?? code;
  return (
    <div className="after">
      <div className="after-head">
        <h1>{answered ? words.afterTitle : words.afterUnanswered}</h1><span className="soft ellipsis grow">{how}</span>
        {answered ? <Button className="yes" icon="decider" keyCode="KeyD" pressed={choice.decisionMaker} onPress={toggleDecider}>{words.decider}</Button> : null}
        {advice === undefined ? null : <p className="after-advice">{advice}</p>}
      </div>
      <div className="outcomes" role="radiogroup" aria-label={words.choose} onKeyDown={(event) => { moveChoice(event, outcomes, choose); }}>
        {outcomes.map((kind, index) => (
          <Outcome key={kind.code} kind={kind} digit={index + 1} chosen={kind.code === choice.outcome} entry={index === Math.max(0, outcomes.findIndex(({ code }) => code === choice.outcome))} choose={choose} />
        ))}
      </div>
      <div className="stage-foot">
        <Button kind="main" large keyCode="Enter" disabled={choice.outcome === undefined} onPress={save}>{words.save}</Button>
        {callAgain ? <Button large icon="phone" keyCode="KeyY" onPress={callAgain}>{words.callAgain}</Button> : null}
        <Forecast forecast={choice.outcome === undefined ? undefined : forecast} becomes={becomes} target={target} outcome={name} most={outcomes.length} />
      </div>
    </div>
  );
}

const steps: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 };

/** Arrows move choice and focus together, round and round (WAI-ARIA practices, radio group). */
function moveChoice(event: KeyboardEvent<HTMLElement>, outcomes: Props["outcomes"], choose: Props["choose"]): void {
  const step = steps[event.key];
  if (step === undefined || event.ctrlKey || event.altKey || event.metaKey || event.shiftKey) return;
  const radios = [...event.currentTarget.querySelectorAll<HTMLElement>("[role=radio]")];
  const to = (radios.findIndex((radio) => radio === event.target) + step + radios.length) % radios.length;
  const kind = outcomes[to];
  if (!kind) return;
  event.preventDefault();
  radios[to]?.focus();
  choose(kind.code);
}

function Outcome({ kind, digit, chosen, entry, choose }: { readonly kind: OutcomeKind; readonly digit: number; readonly chosen: boolean; /** Tab comes here. */ readonly entry: boolean; readonly choose: (outcome: string) => void }) {
  const shortcut = useShortcut(`Digit${digit}`);
  return (
    <button type="button" role="radio" aria-checked={chosen} tabIndex={entry ? 0 : -1} aria-label={kind.label} aria-keyshortcuts={shortcut} className="outcome" title={kind.criterion}
      onMouseDown={(event) => { event.preventDefault(); }} onClick={() => { choose(kind.code); }}>
      <KeySign code={`Digit${digit}`} />
      <span className="outcome-text"><span className="outcome-label">{kind.label}</span><span className="outcome-criterion">{kind.criterion}</span></span>
      {chosen ? <Icon name="check" /> : null}
    </button>
  );
}

function Forecast({ forecast, becomes, target, outcome, most }: { readonly most: number; readonly forecast: Verdict | undefined; readonly becomes: string; readonly target: number; readonly outcome: (code: string) => string }) {
  const words = useWords(countingWords);
  if (!forecast) return <p className="forecast soft" role="status">{words.chooseFirst(most)}</p>;
  return forecast.counts
    ? <p className="forecast tone-ok" role="status"><Icon name="check" />{words.countsAs(becomes, target)}</p>
    : <p className="forecast" role="status"><Icon name="cross" />{words.not(verdictReason(forecast, words, outcome))}</p>;
}
