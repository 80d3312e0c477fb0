import type { Desk } from "#client/desk/desk.ts";
import { stageOf, type DeskState } from "#client/desk/deskState.ts";
import { Funnel } from "#ui/counting/Funnel.tsx";
import { outcomeName } from "#ui/counting/todayCalls.ts";
import { ProspectPanel } from "#ui/dialing/ProspectPanel.tsx";
import { dialingWords } from "#ui/dialing/words.ts";
import { PracticeSign } from "#ui/training/PracticeSign.tsx";
import { useWords } from "#ui/words/language.ts";

/** The left column: the person while one is open, otherwise the day in figures. */
export function DeskLeft({ desk, state }: { readonly desk: Desk; readonly state: DeskState }) {
  const words = useWords(dialingWords);
  const { lease, walk, call, day, company, practising } = state;
  return (
    <aside className="desk-left" aria-label={words.client}>
      {lease && stageOf(state) !== "rest" ? (
        <>
        {practising ? <PracticeSign assignment={practising.assignment} /> : null}
        <ProspectPanel lease={lease} outcome={(code) => outcomeName(state.campaign, code)} author={(name) => (name === state.person.name ? words.byYou : name)}
          decider={call.phase === "talking" ? { on: walk.phase === "open" && walk.marks.includes("decisionMaker"), toggle: () => { desk.run("decisionMaker"); } } : undefined} />
        </>
      ) : day && company ? <Funnel day={day} company={company}><p className="funnel-work soft">{words.stock(state.stock)}</p></Funnel> : null}
    </aside>
  );
}
