import { mayCallAgain, mayRecord } from "#client/desk/commands.ts";
import type { Desk } from "#client/desk/desk.ts";
import { stageOf, type DeskState } from "#client/desk/deskState.ts";
import type { DeskView } from "#client/desk/view.ts";
import { wallClock } from "#domain/base/day.ts";
import { pointsOf } from "#domain/counting/work.ts";
import { outcomesFor } from "#domain/dialing/proposeOutcome.ts";
import { callValues } from "#domain/script/callValues.ts";
import { fillIn } from "#domain/script/fillIn.ts";
import { DayView } from "#ui/counting/DayView.tsx";
import { OutcomeView } from "#ui/counting/OutcomeView.tsx";
import { Struck } from "#ui/counting/Struck.tsx";
import { outcomeName } from "#ui/counting/todayCalls.ts";
import { countingWords } from "#ui/counting/words.ts";
import { WelcomeView } from "#ui/desk/WelcomeView.tsx";
import { CardView } from "#ui/dialing/CardView.tsx";
import { NobodyView } from "#ui/dialing/NobodyView.tsx";
import { dialingWords } from "#ui/dialing/words.ts";
import { Boundary } from "#ui/kit/Boundary.tsx";
import { Button } from "#ui/kit/Button.tsx";
import { useCompanyNow } from "#ui/kit/clock.ts";
import { Icon } from "#ui/kit/Icon.tsx";
import { length } from "#ui/kit/times.ts";
import { dialWords } from "#ui/phone/dialWords.ts";
import { phoneWords } from "#ui/phone/words.ts";
import { FirstWords } from "#ui/script/FirstWords.tsx";
import { Prompter } from "#ui/script/Prompter.tsx";
import { scriptWords } from "#ui/script/words.ts";
import { BreakView } from "#ui/shift/BreakView.tsx";
import { shiftWords } from "#ui/shift/words.ts";
import { TrainingLine } from "#ui/training/TrainingLine.tsx";
import { commonWords } from "#ui/words/common.ts";
import { useWords } from "#ui/words/language.ts";

interface Props { readonly desk: Desk; readonly state: DeskState; readonly view: DeskView }

/** The middle: the one big thing of the moment. */
export function DeskMiddle(props: Props) {
  const stage = stageOf(props.state);
  const script = useWords(scriptWords);
  const common = useWords(commonWords);
  const shift = useWords(shiftWords);
  return (
    <main className="desk-middle">
      {stage === "rest" || stage === "call" ? <h1 className="unseen">{shift.state[props.state.agent.state](props.state.person.gender)}</h1> : null}
      <Boundary key={stage} fallen={(retry) => <div className="fallen"><p>{stage === "call" ? script.fallen : common.fallen}</p><Button onPress={retry}>{common.tryAgain}</Button></div>}>
        {stage === "rest" ? <Rest {...props} /> : stage === "card" ? <Card {...props} /> : stage === "call" ? <InCall {...props} /> : <After {...props} />}
      </Boundary>
    </main>
  );
}

function Rest({ desk, state }: Props) {
  const words = useWords(dialingWords);
  const counting = useWords(countingWords);
  const shift = useWords(shiftWords);
  const dial = useWords(dialWords);
  const now = useCompanyNow();
  const next = (): void => { desk.run("next"); };
  const { company, day, agent, trouble } = state;
  if (!company || !day) return null;
  if (agent.state === "break") return <BreakView agent={agent} norm={company.breaks[agent.reason]} ready={() => { desk.run("ready"); }} />;
  if (trouble?.kind === "noProspects" || trouble?.kind === "offlineNoProspects") return <NobodyView barred={trouble.kind === "noProspects" ? trouble.barred ?? 0 : 0} offline={trouble.kind === "offlineNoProspects"} lookAgain={next} />;
  if (state.welcome) {
    return (
      <div className="stage-frame">
        <WelcomeView welcome={state.welcome} person={state.person} levels={desk.levels} goOn={(way) => { desk.run("goOn", way === undefined ? {} : { way }); }} close={() => { desk.run("close"); }} />
        <div className="stage-foot"><Button key="next" large keyCode="Enter" onPress={next}>{words.next}</Button></div>
      </div>
    );
  }
  return (
    <div className="stage-frame">
      <DayView day={day} company={company} hour={Math.floor(wallClock(now, company.timeZone).minutes / 60)}>
        <Struck calls={day.calls} names={state.names} timeZone={company.timeZone} open={() => { desk.run("today"); }} />
        {state.training ? <TrainingLine training={state.training} practise={() => { desk.run("practise"); }} results={() => { desk.run("training"); }} /> : null}
      </DayView>
      <div className="stage-foot">
        <Button key="next" kind="main" large keyCode="Enter" onPress={next}>{words.next}</Button>
        <Button kind="quiet" icon="cup" keyCode="KeyB" onPress={() => { desk.run("break"); }}>{shift.takeBreak}</Button>
        <Button kind="quiet" icon="plus" keyCode="KeyO" onPress={() => { desk.run("work"); }}>{counting.work.title}</Button>
        <Button kind="quiet" icon="keypad" name={dial.title} title={dial.title} keyCode="KeyP" onPress={() => { desk.run("dial"); }}>{dial.short}</Button>
      </div>
    </div>
  );
}

/** Puts the names and the gender of this call into the words of the script; what is not known of somebody stands there by its name. */
function useFill({ lease, company, campaign, person }: DeskState): (words: string) => string {
  const { unknown } = useWords(scriptWords);
  if (!lease || !company || !campaign) return (words) => words;
  const values = { ...unknown, ...callValues({ client: lease.prospect, agent: person, company, campaign }) };
  return (words) => fillIn(words, values, { agent: person.gender, client: lease.prospect.gender });
}

function Card({ desk, state, view }: Props) {
  const { lease } = state;
  const fill = useFill(state);
  if (!lease) return null;
  return (
    <CardView lease={lease} outcome={(code) => outcomeName(state.campaign, code)} mayCall={mayRecord(state)} call={() => { desk.run("call"); }} skip={() => { desk.run("skip"); }}>
      <FirstWords script={state.script} fill={fill} size={Math.min(view.textSize - 6, 22)} gistOnly={view.gistOnly} titled />
    </CardView>
  );
}

function InCall({ desk, state, view }: Props) {
  const words = useWords(scriptWords);
  const phone = useWords(phoneWords);
  const { call, walk, script } = state;
  const fill = useFill(state);
  if (walk.phase === "open" && script) {
    return (
      <Prompter walk={walk} script={script} fill={fill} gistOnly={view.gistOnly} size={view.textSize}
        handler={(id) => state.handlers.find((one) => one.id === id)} outcome={(code) => outcomeName(state.campaign, code)}
        answer={(answer) => { desk.run("answer", { answer }); }} other={() => { desk.run("other"); }}
        back={(index) => { desk.run("back", index === undefined ? {} : { index }); }} toggleGist={() => { desk.run("gist"); }} another={(handler) => { desk.run("handler", { handler }); }} />
    );
  }
  if (call.phase !== "dialing" && call.phase !== "ringing") return <p className="prompter-none">{words.noScript}</p>;
  // Until somebody answers, the first words stand where they will be said.
  return (
    <div className="calling">
      <div className="calling-state" role="status"><Icon name="dialing" />{phone[call.phase]}</div>
      <FirstWords script={script} fill={fill} size={view.textSize} gistOnly={view.gistOnly} />
    </div>
  );
}

/** What stands against the target once this call counts; it may have been saved before and opened again. */
function becomes({ day, company }: DeskState, call: string): number {
  if (!day || !company) return 1;
  const others = day.contacts - (day.calls.some(({ record, verdict }) => record.call === call && verdict.counts) ? 1 : 0);
  return day.unit === "points" ? pointsOf(others + 1, day.work, company) : others + 1;
}

function After({ desk, state }: Props) {
  const phone = useWords(phoneWords);
  const words = useWords(countingWords);
  const { call, campaign } = state;
  if (call.phase !== "ended" || !campaign) return null;
  const answered = call.answeredAt !== undefined;
  const talked = call.answeredAt === undefined ? "" : `${words.talked(length((call.endedAt - call.answeredAt) / 1000))}, `;
  return (
    <OutcomeView outcomes={outcomesFor(campaign, answered)} choice={state.choice} answered={answered} how={`${talked}${phone.end[call.why]}`} advice={phone.advice[call.why]}
      forecast={state.forecast} becomes={words.number(becomes(state, call.call))} target={state.day?.target ?? 0}
      choose={(outcome) => { desk.run("outcome", { outcome }); }} toggleDecider={() => { desk.run("decisionMaker"); }} save={() => { desk.run("save"); }}
      callAgain={mayCallAgain(state) ? () => { desk.run("callAgain"); } : undefined} />
  );
}
