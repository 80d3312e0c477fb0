import type { PracticeResult } from "#domain/training/progress.ts";
import { Icon } from "#ui/kit/Icon.tsx";
import { Panel } from "#ui/kit/Panel.tsx";
import { length } from "#ui/kit/times.ts";
import { useWords } from "#ui/words/language.ts";
import { trainingWords } from "./words.ts";
import "./training.css";

interface Props {
  readonly result: PracticeResult;
  /** Did anybody answer. */
  readonly answered: boolean;
  readonly handler: (id: string) => string;
}

/** After a practice call: what the customer raised, what met it and how soon, when the decision maker was reached. */
export function LookBackView({ result, answered, handler }: Props) {
  const words = useWords(trainingWords);
  return (
    <Panel title={words.lookBack}>
      <div role="status">{!answered ? <p className="soft">{words.notAnswered}</p> : result.back ? <LookBackLines back={result.back} handler={handler} /> : <p className="soft late">{words.coming}</p>}</div>
    </Panel>
  );
}

/** The lines of a look back, as they stand beside the outcome and under each call of a list. */
export function LookBackLines({ back, handler }: { readonly back: NonNullable<PracticeResult["back"]>; readonly handler: (id: string) => string }) {
  const words = useWords(trainingWords);
  return (
    <ul className="look-back">
      <li className={back.untilDecisionMaker === undefined ? "soft" : undefined}>
        <Icon name="decider" /><span>{back.untilDecisionMaker === undefined ? words.noDecider : words.decider(length(back.untilDecisionMaker / 1000))}</span>
      </li>
      {back.raised.length === 0 ? <li className="soft"><Icon name="check" /><span>{words.nothingRaised}</span></li> : null}
      {back.raised.map((one, at) => (
        <li key={at}>
          <span className={one.handler === undefined ? "tone-warn" : "tone-ok"}><Icon name={one.handler === undefined ? "warning" : "check"} /></span>
          <span>
            <span>{words.objections[one.objection]}</span>
            <span className="soft">{one.handler === undefined ? words.unmet : words.met(handler(one.handler), length((one.foundIn ?? 0) / 1000))}</span>
          </span>
        </li>
      ))}
    </ul>
  );
}
