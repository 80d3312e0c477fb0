import type { Lease } from "#domain/dialing/prospect.ts";
import { readableNumber } from "#domain/phone/readable.ts";
import { wallClock } from "#domain/base/day.ts";
import { Button } from "#ui/kit/Button.tsx";
import { useCompanyNow } from "#ui/kit/clock.ts";
import { Panel } from "#ui/kit/Panel.tsx";
import { clockFace } from "#ui/kit/times.ts";
import { useLanguage, useWords } from "#ui/words/language.ts";
import { fullName, shortDay } from "./person.ts";
import { dialingWords } from "./words.ts";
import "./dialing.css";

interface Props {
  readonly lease: Lease;
  readonly outcome: (code: string) => string;
  /** How somebody of this name is called here. */
  readonly author: (name: string) => string;
  /** Is it the decision maker who is on the line? Undefined while nobody can know. */
  readonly decider?: { readonly on: boolean; readonly toggle: () => void } | undefined;
}

/** Who it is: stays in its place from the card to the saved outcome. */
export function ProspectPanel({ lease, outcome, author, decider }: Props) {
  const words = useWords(dialingWords);
  const { prospect } = lease;
  return (
    <>
      <Panel title={words.client}>
        <div className="person-name">{fullName(prospect)}</div>
        <div className="soft">{[prospect.position, prospect.company].filter(Boolean).join(" · ")}</div>
        <div className="person-phone">{readableNumber(prospect.phone)}{prospect.extension === undefined ? "" : words.extension(prospect.extension)}</div>
        <div className="soft"><PlaceAndTime prospect={prospect} /></div>
        {decider ? <Button className="yes person-decider" icon="decider" keyCode="KeyD" pressed={decider.on} onPress={decider.toggle}>{words.decider}</Button> : null}
      </Panel>
      {prospect.about === undefined ? null : <Panel title={words.about}><p>{prospect.about}</p></Panel>}
      <Panel title={words.before}><History lease={lease} outcome={outcome} author={author} /></Panel>
    </>
  );
}

/** City and the time there now. */
export function PlaceAndTime({ prospect }: { readonly prospect: Lease["prospect"] }) {
  const words = useWords(dialingWords);
  const now = useCompanyNow();
  if (prospect.city === "") return <>{words.nowhere}</>;
  return <>{prospect.city}, {words.there(clockFace(wallClock(now, prospect.timeZone).minutes))}</>;
}

function History({ lease, outcome, author }: Pick<Props, "lease" | "outcome" | "author">) {
  const words = useWords(dialingWords);
  const { language } = useLanguage();
  if (lease.history.length === 0) return <p className="soft">{words.never}</p>;
  return (
    <ol className="history">
      {lease.history.map((attempt) => (
        <li key={`${attempt.call} ${attempt.by}`}>
          <span>{shortDay(attempt.at, lease.prospect.timeZone, language)}</span>
          <div className="soft">
            {attempt.outcome === undefined ? words.noOutcome : outcome(attempt.outcome)}{` · ${author(attempt.by)}`}
            {attempt.words.map((text) => <q key={text}>{text}</q>)}
          </div>
        </li>
      ))}
    </ol>
  );
}
