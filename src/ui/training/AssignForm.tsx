import { useEffect, useId, useRef, useState } from "react";
import type { Wish } from "#client/wallboard/lead.ts";
import type { Person } from "#domain/base/campaign.ts";
import { difficulties, type Difficulty } from "#domain/practice/difficulty.ts";
import type { CustomerChoice } from "#domain/practice/facts.ts";
import { characterIds } from "#domain/practice/numbers.ts";
import { Button } from "#ui/kit/Button.tsx";
import { Choices } from "#ui/kit/Choices.tsx";
import { useInHand } from "#ui/kit/inHand.ts";
import { commonWords } from "#ui/words/common.ts";
import { useWords } from "#ui/words/language.ts";
import { dayAfter } from "./days.ts";
import { trainingWords } from "./words.ts";

interface Props { readonly person: Person; readonly today: string; readonly assign: (wish: Wish) => void; readonly cancel: () => void }

const customers: readonly CustomerChoice[] = ["mix", ...characterIds];
const MOST = 50;

/** What a newcomer is to practise: with whom, how hard, how often, by when. */
export function AssignForm({ person, today, assign, cancel }: Props) {
  const words = useWords(trainingWords);
  const common = useWords(commonWords);
  const first = useRef<HTMLSelectElement>(null);
  const id = useId();
  const [customer, setCustomer] = useState<CustomerChoice>("mix");
  const [difficulty, setDifficulty] = useState<Difficulty>("easy");
  const [calls, setCalls] = useState("5");
  const [until, setUntil] = useState(dayAfter(today, 1));
  useInHand();
  useEffect(() => { first.current?.focus(); }, []);
  const count = Number(calls);
  const valid = Number.isInteger(count) && count >= 1 && count <= MOST && until >= today;
  return (
    <form className="assign" aria-label={words.assignTo(person.name)}
      onSubmit={(event) => { event.preventDefault(); if (valid) assign({ agent: person.id, customer, difficulty, calls: count, until }); }}
      onKeyDown={(event) => { if (event.code === "Escape") { event.preventDefault(); cancel(); } }}>
      <label htmlFor={`${id}c`}>{words.customer}</label>
      <select ref={first} id={`${id}c`} className="field" value={customer} onChange={(event) => { setCustomer(event.target.value as CustomerChoice); }}>
        {customers.map((one) => <option key={one} value={one}>{words.customers[one]}</option>)}
      </select>
      <span>{words.difficulty}</span>
      <div>
        <Choices title={words.difficulty} value={difficulty} onChoose={setDifficulty} options={difficulties.map((value) => ({ value, label: words.difficulties[value] }))} />
        <p className="soft assign-hint">{words.difficultyHints[difficulty]}</p>
      </div>
      <label htmlFor={`${id}n`}>{words.howMany}</label>
      <div className="assign-pair">
        <input id={`${id}n`} className="field" type="number" min={1} max={MOST} step={1} value={calls} aria-invalid={!valid} onChange={(event) => { setCalls(event.target.value); }} />
        <label htmlFor={`${id}d`}>{words.byWhen}</label>
        <input id={`${id}d`} className="field" type="date" min={today} value={until} aria-invalid={!valid} onChange={(event) => { setUntil(event.target.value); }} />
      </div>
      {valid ? null : <p className="tone-bad assign-wide" role="alert">{words.invalid}</p>}
      <div className="assign-wide assign-foot"><Button kind="main" submit disabled={!valid}>{words.assign}</Button><Button kind="quiet" keyCode="Escape" onPress={cancel}>{common.cancel}</Button></div>
    </form>
  );
}
