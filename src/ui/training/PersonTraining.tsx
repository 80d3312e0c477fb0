import { useState } from "react";
import type { Wish } from "#client/wallboard/lead.ts";
import type { Person } from "#domain/base/campaign.ts";
import type { PersonTraining as Training } from "#domain/training/progress.ts";
import { Button } from "#ui/kit/Button.tsx";
import { useFocusBack } from "#ui/kit/focus.ts";
import { Panel } from "#ui/kit/Panel.tsx";
import { useToast } from "#ui/kit/Toast.tsx";
import { commonWords } from "#ui/words/common.ts";
import { useWords } from "#ui/words/language.ts";
import { AssignForm } from "./AssignForm.tsx";
import { AssignmentLine } from "./AssignmentLine.tsx";
import { PracticeResults, type ResultNames } from "./PracticeResults.tsx";
import { trainingWords } from "./words.ts";
import "./training.css";

interface Props {
  readonly person: Person;
  readonly training: Training;
  /** `2026-11-25`, of the company's clock. */
  readonly today: string;
  readonly names: ResultNames;
  readonly assign: (wish: Wish) => void;
  readonly withdraw: (assignment: string, on: boolean) => void;
}

/** One person's practice as the lead sees it: what was asked for and what came of it, each call with its look back. */
export function PersonTraining({ person, training, today, names, assign, withdraw }: Props) {
  const words = useWords(trainingWords);
  const common = useWords(commonWords);
  const toast = useToast();
  const [asking, ask] = useState(false);
  const head = useFocusBack<HTMLSpanElement>(asking ? "assign" : undefined);
  const shown = training.assignments.filter(({ state }) => state !== "withdrawn").toReversed();
  const takeBack = (id: string): void => {
    withdraw(id, true);
    toast({ text: words.withdrawn, undo: { label: common.undo, run: () => { withdraw(id, false); } } });
  };
  return (
    <Panel title={words.title} aside={<span ref={head}><span data-back="assign">{asking ? null : <Button kind="quiet" icon="plus" name={words.assignTo(person.name)} onPress={() => { ask(true); }}>{words.assign}</Button>}</span></span>}>
      {asking ? (
        <AssignForm person={person} today={today} cancel={() => { ask(false); }}
          assign={(wish) => { assign(wish); ask(false); toast({ text: words.assigned(person.name) }); }} />
      ) : null}
      {shown.length === 0 && training.free.length === 0 && !asking ? <p className="soft">{words.noneOfPerson}</p> : null}
      {shown.map((one) => (
        <details key={one.id} className="assigned">
          <summary><AssignmentLine assignment={one} /></summary>
          <PracticeResults results={one.results} names={names} />
          {one.state === "open" ? <Button kind="quiet" icon="cross" onPress={() => { takeBack(one.id); }}>{words.withdraw}</Button> : null}
        </details>
      ))}
      {training.free.length > 0 ? <details className="assigned"><summary>{words.free}: {training.free.length}</summary><PracticeResults results={training.free} names={names} /></details> : null}
    </Panel>
  );
}
