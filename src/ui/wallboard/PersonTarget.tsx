import { useEffect, useId, useRef, useState } from "react";
import type { TargetWish } from "#client/wallboard/lead.ts";
import type { Person } from "#domain/base/campaign.ts";
import type { DayCount } from "#domain/counting/day.ts";
import type { Stretch } from "#domain/counting/plan.ts";
import { Button } from "#ui/kit/Button.tsx";
import { Choices } from "#ui/kit/Choices.tsx";
import { useFocusBack } from "#ui/kit/focus.ts";
import { useInHand } from "#ui/kit/inHand.ts";
import { Panel } from "#ui/kit/Panel.tsx";
import { clockFace } from "#ui/kit/times.ts";
import { useToast } from "#ui/kit/Toast.tsx";
import { commonWords } from "#ui/words/common.ts";
import { useWords } from "#ui/words/language.ts";
import { boardWords } from "./words.ts";

interface Props {
  readonly person: Person;
  readonly day: DayCount;
  /** Minutes since midnight, of the company's clock. */
  readonly minute: number;
  readonly name: (person: string) => string | undefined;
  readonly set: (wish: TargetWish) => string;
  readonly withdraw: (target: string, on: boolean) => void;
}

/** What is due of somebody today and who says so; the lead changes it from now on or for the whole day, and takes it back. */
export function PersonTarget({ person, day, minute, name, set, withdraw }: Props) {
  const words = useWords(boardWords);
  const common = useWords(commonWords);
  const toast = useToast();
  const [changing, change] = useState(false);
  const head = useFocusBack<HTMLSpanElement>(changing ? "target" : undefined);
  const takeBack = (target: string): void => {
    withdraw(target, true);
    toast({ text: words.target.withdrawn, undo: { label: common.undo, run: () => { withdraw(target, false); } } });
  };
  const sentence = ({ plan, target, set: said }: Stretch): string => {
    const who = said && name(said.by);
    const due = target === 0 ? words.target.free : words.target.plan(words.number(target), words.target.units[plan.unit], clockFace(plan.start), clockFace(plan.end));
    return `${due} · ${said ? (who === undefined ? words.target.byLeadUnknown : words.target.byLead(who)) : words.target.own}`;
  };
  return (
    <Panel title={words.target.title} aside={<span ref={head}><span data-back="target">{changing ? null : <Button kind="quiet" icon="pen" name={words.target.changeOf(person.name)} onPress={() => { change(true); }}>{words.target.change}</Button>}</span></span>}>
      <ol className="person-plans">
        {day.plans.map((stretch) => (
          <li key={stretch.from}>
            <span className="grow">{stretch.from > 0 ? <span className="soft">{words.target.from(clockFace(stretch.from))}: </span> : null}{sentence(stretch)}</span>
            {stretch.set ? <Button kind="quiet" icon="cross" name={`${words.target.takeBack}: ${sentence(stretch)}`} title={words.target.takeBack} onPress={() => { if (stretch.set) takeBack(stretch.set.target); }} /> : null}
          </li>
        ))}
      </ol>
      {changing ? (
        <TargetForm person={person} day={day} minute={minute} cancel={() => { change(false); }}
          set={(wish) => {
            const target = set(wish);
            change(false);
            toast({ text: words.target.saved(person.name), undo: { label: common.undo, run: () => { withdraw(target, true); } } });
          }} />
      ) : null}
    </Panel>
  );
}

const MOST = 10_000;

function TargetForm({ person, day, minute, set, cancel }: Pick<Props, "person" | "day" | "minute"> & { readonly set: (wish: TargetWish) => void; readonly cancel: () => void }) {
  const words = useWords(boardWords);
  const common = useWords(commonWords);
  const first = useRef<HTMLInputElement>(null);
  const id = useId();
  const holds = day.plans.findLast(({ from }) => from <= minute)?.plan ?? { unit: "contacts", amount: day.target, start: 540, end: 1080 };
  const [amount, setAmount] = useState(String(holds.amount));
  const [unit, setUnit] = useState(holds.unit);
  const [start, setStart] = useState(clockFace(holds.start));
  const [end, setEnd] = useState(clockFace(holds.end));
  const [when, setWhen] = useState<"now" | "day">("now");
  const [last, setLast] = useState(day.day);
  useInHand();
  useEffect(() => { first.current?.select(); }, []);
  const [count, from, till] = [Number(amount), minuteOf(start), minuteOf(end)];
  const valid = amount.trim() !== "" && Number.isInteger(count) && count >= 0 && count <= MOST && from !== undefined && till !== undefined && till > from && last >= day.day;
  return (
    <form className="assign" aria-label={words.target.changeOf(person.name)}
      onSubmit={(event) => { event.preventDefault(); if (valid) set({ agent: person.id, from: day.day, to: last, since: when === "now" ? Math.floor(minute) : 0, unit, amount: count, start: from, end: till }); }}
      onKeyDown={(event) => { if (event.code === "Escape") { event.preventDefault(); event.stopPropagation(); cancel(); } }}>
      <label htmlFor={`${id}a`}>{words.target.amount}</label>
      <div className="assign-pair">
        <input ref={first} id={`${id}a`} className="field" type="number" min={0} max={MOST} step={1} value={amount} onChange={(event) => { setAmount(event.target.value); }} />
        <Choices title={words.target.unit} value={unit} onChoose={setUnit} options={(["contacts", "points"] as const).map((value) => ({ value, label: words.target.units[value] }))} />
      </div>
      <label htmlFor={`${id}s`}>{words.target.start}</label>
      <div className="assign-pair">
        <input id={`${id}s`} className="field" type="time" value={start} onChange={(event) => { setStart(event.target.value); }} />
        <label htmlFor={`${id}e`}>{words.target.end}</label>
        <input id={`${id}e`} className="field" type="time" value={end} onChange={(event) => { setEnd(event.target.value); }} />
      </div>
      <span>{words.target.when}</span>
      <div>
        <Choices title={words.target.when} value={when} onChoose={setWhen} options={(["now", "day"] as const).map((value) => ({ value, label: words.target.whens[value] }))} />
        <p className="soft assign-hint">{count === 0 ? words.target.freeHint : when === "now" ? words.target.hint : words.target.wholeHint}</p>
      </div>
      <label htmlFor={`${id}l`}>{words.target.last}</label>
      <input id={`${id}l`} className="field" type="date" min={day.day} value={last} onChange={(event) => { setLast(event.target.value); }} />
      {valid ? null : <p className="tone-bad assign-wide" role="alert">{words.target.invalid}</p>}
      <div className="assign-wide assign-foot"><Button kind="main" submit disabled={!valid}>{words.target.save}</Button><Button kind="quiet" keyCode="Escape" onPress={cancel}>{common.cancel}</Button></div>
    </form>
  );
}

function minuteOf(face: string): number | undefined {
  const match = /^(\d{2}):(\d{2})$/.exec(face);
  return match ? Number(match[1]) * 60 + Number(match[2]) : undefined;
}
