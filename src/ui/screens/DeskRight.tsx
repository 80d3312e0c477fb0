import type { ReactNode } from "react";
import type { Desk } from "#client/desk/desk.ts";
import { stageOf, type DeskState } from "#client/desk/deskState.ts";
import type { DeskView } from "#client/desk/view.ts";
import { moduleOf } from "#domain/script/script.ts";
import { ClientWords } from "#ui/capture/ClientWords.tsx";
import { Notes } from "#ui/capture/Notes.tsx";
import { captureWords } from "#ui/capture/words.ts";
import { RecentCalls } from "#ui/counting/RecentCalls.tsx";
import { callLines, outcomeName } from "#ui/counting/todayCalls.ts";
import { Boundary } from "#ui/kit/Boundary.tsx";
import { Button } from "#ui/kit/Button.tsx";
import { Objections } from "#ui/script/Objections.tsx";
import { scriptWords } from "#ui/script/words.ts";
import { LookBackView } from "#ui/training/LookBackView.tsx";
import { commonWords } from "#ui/words/common.ts";
import { useWords } from "#ui/words/language.ts";

interface Props { readonly desk: Desk; readonly state: DeskState; readonly view: DeskView }

/** So many of the last calls stand beside the day. */
const RECENT = 8;

/** The right column: what the client objects and says; between calls, the last calls of the day. */
export function DeskRight({ desk, state, view }: Props) {
  const script = useWords(scriptWords);
  const stage = stageOf(state);
  const { day, company, walk } = state;
  if (stage === "rest") {
    return (
      <aside className="desk-right">
        {day && company ? <RecentCalls all={day.calls.length} calls={callLines({ calls: day.calls.slice(-RECENT) }, state.names, company.timeZone)} outcome={(code) => outcomeName(state.campaign, code)} openAll={() => { desk.run("today"); }} /> : null}
      </aside>
    );
  }
  const asked = (field: NonNullable<DeskView["focus"]>["field"]): number | undefined => (view.focus?.field === field ? view.focus.asked : undefined);
  return (
    <aside className="desk-right" aria-label={script.objections}>
      {stage === "after" ? null : (
        <Fallible>
          <Objections find={(text) => desk.find(text)} open={(handler) => { desk.run("handler", { handler }); }} active={walk.phase === "open"}
            over={walk.phase === "open" ? walk.over?.handler : undefined} asked={asked("find")} />
        </Fallible>
      )}
      {stage === "after" ? <Practised state={state} /> : null}
      {stage === "card" ? null : <Captured desk={desk} state={state} asked={asked} />}
    </aside>
  );
}

/** After a practice call the look back stands beside the outcome. */
function Practised({ state }: Pick<Props, "state">) {
  const { practising, call, handlers } = state;
  if (!practising?.result || call.phase !== "ended") return null;
  return (
    <Fallible>
      <LookBackView result={practising.result} answered={call.answeredAt !== undefined} handler={(id) => handlers.find((one) => one.id === id)?.title ?? id} />
    </Fallible>
  );
}

function Captured({ desk, state, asked }: Omit<Props, "view"> & { readonly asked: (field: "words" | "note") => number | undefined }) {
  const words = useWords(captureWords);
  return (
    <Fallible sentence={words.fallen}>
      <ClientWords text={state.drafts.words} unforeseen={state.drafts.unforeseen} captures={state.captures} asked={asked("words")}
        title={(module) => (state.script && moduleOf(state.script, module)?.title) ?? module}
        onText={(text) => { desk.draft("words", text); }} onKeep={() => { desk.keep("words"); }} />
      <Notes text={state.drafts.note} asked={asked("note")} onText={(text) => { desk.draft("note", text); }} onKeep={() => { desk.keep("note"); }} />
    </Fallible>
  );
}

function Fallible({ sentence, children }: { readonly sentence?: string; readonly children: ReactNode }) {
  const common = useWords(commonWords);
  return <Boundary fallen={(retry) => <div className="fallen"><p>{sentence ?? common.fallen}</p><Button onPress={retry}>{common.tryAgain}</Button></div>}>{children}</Boundary>;
}
