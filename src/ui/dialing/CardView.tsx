import type { ReactNode } from "react";
import type { Attempt, Lease } from "#domain/dialing/prospect.ts";
import { Button } from "#ui/kit/Button.tsx";
import { useLanguage, useWords } from "#ui/words/language.ts";
import { fullName, shortDay } from "./person.ts";
import { PlaceAndTime } from "./ProspectPanel.tsx";
import { dialingWords } from "./words.ts";
import "./dialing.css";

interface Props {
  readonly lease: Lease;
  readonly outcome: (code: string) => string;
  readonly mayCall: boolean;
  readonly call: () => void;
  readonly skip: () => void;
  /** The first words, faintly. */
  readonly children: ReactNode;
}

/** Before the call: who, why now, what was said last time, and how it will begin. */
export function CardView({ lease, outcome, mayCall, call, skip, children }: Props) {
  const words = useWords(dialingWords);
  const { prospect, history } = lease;
  const [last] = history;
  return (
    <div className="stage-frame">
      <div className="card-body">
        <header>
          <h1>{fullName(prospect)}</h1>
          <p className="card-role">{[prospect.position, prospect.company].filter(Boolean).join(" · ")}</p>
          <p className="soft"><PlaceAndTime prospect={prospect} /></p>
        </header>
        <WhyNow count={history.length} last={last} timeZone={prospect.timeZone} />
        {last ? (
          <section className="card-last">
            <h2 className="caption">{words.lastTime}</h2>
            <p>{last.outcome === undefined ? words.noOutcome : outcome(last.outcome)}{last.words.map((text) => <q key={text}>{text}</q>)}</p>
          </section>
        ) : null}
        {children}
      </div>
      <div className="stage-foot">
        <Button key="call" kind="main" large icon="phone" keyCode="Enter" disabled={!mayCall} onPress={call}>{words.call}</Button>
        <Button kind="quiet" keyCode="KeyS" onPress={skip}>{words.skip}</Button>
      </div>
    </div>
  );
}

function WhyNow({ count, last, timeZone }: { readonly count: number; readonly last: Attempt | undefined; readonly timeZone: string }) {
  const words = useWords(dialingWords);
  const { language } = useLanguage();
  return (
    <section>
      <h2 className="caption">{words.why}</h2>
      <p>{last ? `${words.again(count)}, ${words.last(shortDay(last.at, timeZone, language))}.` : words.first}</p>
    </section>
  );
}
