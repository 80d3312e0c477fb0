import { memo, useEffect, useEffectEvent, useRef } from "react";
import { useStore } from "zustand";
import type { Desk } from "#client/desk/desk.ts";
import { mayBeSaid } from "#client/desk/afterCall.ts";
import { stageOf, type DeskState } from "#client/desk/deskState.ts";
import type { DeskView } from "#client/desk/view.ts";
import { onLine } from "#domain/phone/call.ts";
import { commands } from "#client/desk/commands.ts";
import { homePlans } from "#domain/phone/number.ts";
import { outcomesFor } from "#domain/dialing/proposeOutcome.ts";
import { shortName } from "#domain/dialing/prospect.ts";
import { readableNumber } from "#domain/phone/readable.ts";
import { periodsOf, windowOf } from "#domain/wallboard/periods.ts";
import { struckCalls } from "#ui/counting/Struck.tsx";
import { callLines, outcomeName } from "#ui/counting/todayCalls.ts";
import { TodaySheet } from "#ui/counting/TodaySheet.tsx";
import { WorkSheet } from "#ui/counting/WorkSheet.tsx";
import { countingWords } from "#ui/counting/words.ts";
import { Elsewhere, Fetching } from "#ui/desk/Elsewhere.tsx";
import { HelpSheet } from "#ui/desk/HelpSheet.tsx";
import { TroubleStrip } from "#ui/desk/TroubleStrip.tsx";
import { shortDay } from "#ui/dialing/person.ts";
import { Boundary } from "#ui/kit/Boundary.tsx";
import { Button } from "#ui/kit/Button.tsx";
import { OffsetContext, useCompanyNow } from "#ui/kit/clock.ts";
import { useNoToast, useToast } from "#ui/kit/Toast.tsx";
import { Beside } from "#ui/phone/Beside.tsx";
import { DevicesSheet } from "#ui/phone/DevicesSheet.tsx";
import { DialSheet } from "#ui/phone/DialSheet.tsx";
import { HistorySheet } from "#ui/phone/HistorySheet.tsx";
import { Keypad } from "#ui/phone/Keypad.tsx";
import { PhoneBar } from "#ui/phone/PhoneBar.tsx";
import { SoundStrip } from "#ui/phone/SoundStrip.tsx";
import { TransferSheet } from "#ui/phone/TransferSheet.tsx";
import { phoneWords } from "#ui/phone/words.ts";
import { TimeBar } from "#ui/shift/TimeBar.tsx";
import { BreakSheet } from "#ui/shift/BreakSheet.tsx";
import { shiftWords } from "#ui/shift/words.ts";
import { commonWords } from "#ui/words/common.ts";
import { TrainingSheet } from "#ui/training/TrainingSheet.tsx";
import { useWords } from "#ui/words/language.ts";
import { DeskHead } from "./DeskHead.tsx";
import { DeskLeft } from "./DeskLeft.tsx";
import { DeskMiddle } from "./DeskMiddle.tsx";
import { DeskRight } from "./DeskRight.tsx";
import "#ui/desk/desk.css";

/** The ledger grows with every fact, and of all parts of the desk only the sheet of the day draws from it. */
function drawsTheSame(before: { readonly state: DeskState }, after: { readonly state: DeskState }): boolean {
  const same = <T extends object>(a: T, b: T, but: keyof T): boolean =>
    Object.keys(a).length === Object.keys(b).length && Object.entries(a).every(([key, value]) => key === but || Object.is(value, b[key as keyof T]));
  return same(before, after, "state") && same(before.state, after.state, "ledger");
}
const Head = memo(DeskHead, drawsTheSame);
const Left = memo(DeskLeft, drawsTheSame);
const Middle = memo(DeskMiddle, drawsTheSame);
const Right = memo(DeskRight, drawsTheSame);

const mayDial = commands.find(({ id }) => id === "dial")?.allowed;

/** The agent's screen: the only listener for keys, and the place where the rooms of the desk meet. */
export function DeskScreen({ desk, onSignOut, onSignIn = onSignOut }: { readonly desk: Desk; readonly onSignOut: () => void; readonly onSignIn?: () => void }) {
  const state = useStore(desk.state);
  const view = useStore(desk.view);
  useEffect(() => {
    const listen = (event: KeyboardEvent): void => { if (!event.defaultPrevented && desk.press(event)) event.preventDefault(); };
    window.addEventListener("keydown", listen);
    return () => { window.removeEventListener("keydown", listen); };
  }, [desk]);
  useTitle(state);
  useTelLink(desk, mayDial?.(state, view) === true && state.company !== undefined);
  useUndo(desk, state);
  useStruck(state);
  return (
    <OffsetContext value={state.offset}><div className="desk">
      <Head desk={desk} state={state} view={view} onSignOut={onSignOut} />
      {state.line === "elsewhere" || state.line === "otherComputer" ? <main className="desk-wide"><Elsewhere tab={state.line === "elsewhere"} takePhone={() => { desk.takePhone(); }} /></main>
        : !state.company || !state.campaign ? <main className="desk-wide"><Fetching /></main>
        : <><Left desk={desk} state={state} /><Middle desk={desk} state={state} view={view} /><Right desk={desk} state={state} view={view} /></>}
      <div className="desk-sheets"><Sheets desk={desk} state={state} view={view} /></div>
      <div className="desk-strip"><TroubleStrip state={state} signIn={onSignIn} reload={() => { location.reload(); }} takeBack={() => { desk.run("takeBack"); }} /><SoundStrip sound={desk.sound.state} open={() => { desk.run("devices"); }} /></div>
      <div className="desk-phone"><Phone desk={desk} state={state} /></div>
    </div></OffsetContext>
  );
}

/** An outcome just saved can be opened again, for as long as the desk offers it. */
function useUndo(desk: Desk, { undoable, campaign }: DeskState): void {
  const words = useWords(countingWords);
  const common = useWords(commonWords);
  const toast = useToast();
  const noToast = useNoToast();
  const call = undoable?.call;
  const name = undoable && outcomeName(campaign, undoable.outcome);
  const said = useEffectEvent(() => {
    toast({ text: words.savedAs(name ?? ""), undo: { label: common.undo, keyCode: "KeyZ", run: () => { desk.run("undo"); } } });
    return noToast;
  });
  useEffect(() => (call === undefined ? undefined : said()), [call]);
}

/** A number that was clicked elsewhere stands in the address (`?dial=tel:…`): it is put into the field, never dialed by itself. */
function useTelLink(desk: Desk, may: boolean): void {
  useEffect(() => {
    const address = new URL(location.href);
    const number = address.searchParams.get("dial");
    if (!may || number === null) return;
    address.searchParams.delete("dial");
    history.replaceState(history.state, "", address);
    desk.run("dial", { number });
  }, [desk, may]);
}

/** Among a dozen tabs, the one with the call is found by its name. */
function useTitle({ agent, person }: DeskState): void {
  const words = useWords(shiftWords);
  const title = `${words.state[agent.state](person.gender)} · Sufler`;
  useEffect(() => {
    document.title = title;
    return () => { document.title = "Sufler"; };
  }, [title]);
}

/** The phone alone: whatever breaks elsewhere, this stays; if it breaks itself, hanging up stays. */
function Phone({ desk, state }: { readonly desk: Desk; readonly state: DeskState }) {
  const words = useWords(phoneWords);
  const hangUp = (): void => { desk.run("hangUp"); };
  return (
    <Boundary fallen={() => (
      <footer className="phone-bar"><span className="grow">{words.fallen}</span><Button kind="danger" icon="hangUp" keyCode="End" onPress={hangUp}>{words.hangUp}</Button></footer>
    )}>
      <Beside call={state.call} lines={state.lines} who={state.who} silent={desk.ringBlocked} run={(command) => { desk.run(command); }} />
      <PhoneBar call={state.call} lines={state.lines} line={state.line} who={state.lease && shortName(state.lease.prospect)} levels={desk.levels} sound={desk.sound.state} prepared={stageOf(state) === "card"} run={(command) => { desk.run(command); }} />
    </Boundary>
  );
}

/** All calls of the day with what can be done about them, and how the time was spent. */
function Today({ desk, state, day, company, close }: { readonly desk: Desk; readonly state: DeskState; readonly day: NonNullable<DeskState["day"]>; readonly company: NonNullable<DeskState["company"]>; readonly close: () => void }) {
  const { campaign } = state;
  const shift = useWords(shiftWords);
  const now = useCompanyNow();
  const minutes = Math.round(state.offset / 60_000);
  const record = (call: string) => day.calls.find((one) => one.record.call === call)?.record;
  return (
    <TodaySheet calls={callLines(day, state.names, company.timeZone)} outcomesFor={(answered) => (campaign ? outcomesFor(campaign, answered) : [])}
      names={{ outcome: (code) => outcomeName(campaign, code), person: () => undefined, text: () => undefined, timeZone: company.timeZone }}
      maySay={(call) => { const one = record(call); return one !== undefined && mayBeSaid(state, one); }}
      correct={(call, outcome, decisionMaker) => { desk.run("outcome", { call, outcome, decisionMaker }); }}
      dispute={(call, words) => { desk.run("dispute", { call, words }); }} onClose={close}>
      <TimeBar periods={periodsOf(state.ledger, windowOf(state.ledger, now, company.timeZone))} />
      {minutes === 0 ? null : <p className="soft">{shift.clock(minutes)}</p>}
    </TodaySheet>
  );
}

/** A contact that has just been struck is said at once, except in a call; it stays to be seen between calls. */
function useStruck(state: DeskState): void {
  const words = useWords(countingWords);
  const toast = useToast();
  const struck = struckCalls(state.day?.calls ?? []);
  const known = useRef<ReadonlySet<string>>(undefined);
  const ids = struck.map(({ record }) => record.call).join(" ");
  const ready = state.day !== undefined;
  const stage = stageOf(state);
  const said = useEffectEvent(() => {
    const before = known.current;
    known.current = new Set(struck.map(({ record }) => record.call));
    const fresh = before && struck.findLast(({ record }) => !before.has(record.call));
    if (!fresh || fresh.verdict.counts || fresh.verdict.why !== "struck") return;
    toast({ text: words.struckToast(state.names.get(fresh.record.dialed?.prospect ?? "") ?? words.unknown, words.strikes[fresh.verdict.reason]) });
  });
  useEffect(() => { if (ready && stage !== "call") said(); }, [ids, ready, stage]);
}

function Sheets({ desk, state, view }: { readonly desk: Desk; readonly state: DeskState; readonly view: DeskView }) {
  const close = (): void => { desk.run("close"); };
  const { company, campaign, day } = state;
  switch (view.panel) {
    case "help": return <HelpSheet onClose={close} />;
    case "keypad": return <Keypad tone={(digit) => { desk.tone(digit); }} onClose={close} />;
    case "transfer":
      return (
        <TransferSheet canAsk={state.lines.side.phase === "free"} onClose={close}
          ask={(number) => { desk.run("consult", { number }); }} transfer={(number) => { desk.run("transferNow", { number }); }} />
      );
    case "break": return company ? <BreakSheet breaks={company.breaks} take={(reason) => { desk.run("break", { reason }); }} onClose={close} /> : null;
    case "today":
      return company && day
        ? <Today desk={desk} state={state} day={day} company={company} close={close} />
        : null;
    case "work":
      return company && day ? <WorkSheet day={day} company={company} enter={(work, piece) => { desk.run("work", { work, ...(piece === undefined ? {} : { piece }) }); }} onClose={close} /> : null;
    case "training":
      return company && state.training
        ? <TrainingSheet training={state.training} onClose={close}
            names={{ handler: (id) => state.handlers.find((one) => one.id === id)?.title ?? id, outcome: (_, code) => outcomeName(campaign, code), timeZone: company.timeZone }} />
        : null;
    case "devices": return <DevicesSheet sound={desk.sound} levels={desk.levels} inCall={onLine(state.call)} onClose={close} />;
    case "dial":
      return <DialSheet key={view.dial?.text} home={homePlans[state.person.language]} readable={readableNumber} dial={view.dial} online={state.sync.online} open={(number) => { desk.run("dialNumber", { number }); }} history={() => { desk.run("history"); }} onClose={close} />;
    case "history":
      return company ? <HistorySheet past={desk.past} timeZone={company.timeZone} readable={readableNumber} shortDay={shortDay} dial={mayDial?.(state, view) ? (number) => { desk.run("dial", { number }); } : undefined} onClose={close} /> : null;
    case undefined: return null;
    default: return view.panel satisfies never;
  }
}
