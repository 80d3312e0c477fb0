import { useCallback, useState } from "react";
import { useStore } from "zustand";
import type { EarLevels } from "#client/monitoring/listening.ts";
import type { Lead } from "#client/wallboard/lead.ts";
import { periodsOf, windowOf } from "#domain/wallboard/periods.ts";
import { dayOf, wallClock } from "#domain/base/day.ts";
import { trainingOf } from "#domain/training/progress.ts";
import type { BoardRow } from "#domain/wallboard/board.ts";
import { outcomeName } from "#ui/counting/todayCalls.ts";
import { OffsetContext, useCompanyNow } from "#ui/kit/clock.ts";
import { Icon } from "#ui/kit/Icon.tsx";
import { useInHand } from "#ui/kit/inHand.ts";
import { KeySign } from "#ui/kit/KeySign.tsx";
import { EarStrip } from "#ui/monitoring/EarStrip.tsx";
import { LiveCall } from "#ui/monitoring/LiveCall.tsx";
import { earWords } from "#ui/monitoring/words.ts";
import { TimeBar } from "#ui/shift/TimeBar.tsx";
import { PersonTraining } from "#ui/training/PersonTraining.tsx";
import { Board } from "#ui/wallboard/Board.tsx";
import { boardCommand } from "#ui/wallboard/boardKeys.ts";
import { PersonTarget } from "#ui/wallboard/PersonTarget.tsx";
import { PersonDay } from "#ui/wallboard/PersonDay.tsx";
import { StateCell } from "#ui/wallboard/StateCell.tsx";
import { canBeHeard, stepTo } from "#ui/wallboard/team.ts";
import { TeamLine } from "#ui/wallboard/TeamLine.tsx";
import { boardWords } from "#ui/wallboard/words.ts";
import { sessionWords } from "#ui/session/words.ts";
import { useWords } from "#ui/words/language.ts";
import { PersonCalls } from "./PersonCalls.tsx";
import { Shell } from "./Shell.tsx";
import { useKeys } from "./useKeys.ts";
import "./lead.css";

/** The lead's screen: the team as a table, one person's call beside it, and the ear. */
export function LeadScreen({ lead, onSignOut }: { readonly lead: Lead; readonly onSignOut: () => void }) {
  const session = useWords(sessionWords);
  const words = useWords(boardWords);
  const state = useStore(lead.state);
  const listening = useStore(lead.ear.state);
  const [selected, select] = useState<string>();
  useInHand(listening.phase !== "off" && listening.phase !== "over");
  // The ear keeps the volumes from one call to the next, and so does what shows them.
  const [volumes, setVolumes] = useState<EarLevels>({ agent: 1, client: 1 });
  const nameOf = (id: string): string => state.rows.find(({ person }) => person.id === id)?.person.name ?? "";

  const turn = (voice: keyof EarLevels, to: number): void => {
    lead.ear.volume(voice, to);
    setVolumes((before) => ({ ...before, [voice]: to }));
  };
  // Reads what is true when it is pressed: the rows are not drawn again for it.
  const listen = useCallback((id: string): void => {
    select(id);
    const { rows, online } = lead.state.getState();
    const heard = lead.ear.state.getState();
    const row = rows.find(({ person }) => person.id === id);
    // Asked for twice, it must not begin anew.
    const already = heard.phase !== "off" && heard.phase !== "over" && heard.agent === id;
    if (row && online && canBeHeard(row) && !already) lead.ear.listen(id);
  }, [lead]);
  useKeys((event, focus) => {
    const command = boardCommand(event, focus);
    if (command === undefined) return false;
    if (command === "stop") {
      if (listening.phase === "off") return false;
      lead.ear.stop();
    } else if (command === "listen") {
      if (selected === undefined) return false;
      listen(selected);
    } else {
      const next = stepTo(state.rows, selected, command);
      if (next === undefined) return false;
      select(next);
    }
    return true;
  });

  return (
    <OffsetContext value={state.offset}><Shell person={state.person} part="lead" onSignOut={onSignOut} head={<TeamLine state={state} />} newer={state.newer}
      strip={state.loaded && !state.online ? <p className="strip" role="status"><Icon name="offline" /><span><b>{words.offline}</b> {words.offlineHint}</span></p> : null}>
      <main className="lead">
        <h1 className="unseen">{session.parts.lead}</h1>
        <div className="lead-board">
          <div className="lead-rows"><Board state={state} listening={listening} selected={selected} onSelect={select} onListen={listen} /></div>
          {state.rows.length > 0 ? <Keys /> : null}
        </div>
        <aside className="lead-call">
          {listening.phase === "off" ? null : <EarStrip ear={lead.ear} listening={listening} who={nameOf(listening.agent)} volumes={volumes} onVolume={turn} />}
          <Person lead={lead} selected={selected} />
        </aside>
      </main>
    </Shell></OffsetContext>
  );
}

function Person({ lead, selected }: { readonly lead: Lead; readonly selected: string | undefined }) {
  const words = useWords(earWords);
  const board = useWords(boardWords);
  const state = useStore(lead.state);
  const row = state.rows.find(({ person }) => person.id === selected);
  if (state.rows.length === 0) return null;
  if (!row) {
    return <div className="lead-choose"><h2>{words.choose}</h2><p className="soft">{words.chooseHint}</p></div>;
  }
  const { now, person } = row;
  const script = now?.script === undefined ? undefined : state.scripts.get(`${now.script}@${now.version}`);
  return (
    <div className="lead-person">
      <h2 className="lead-name">{person.name}</h2>
      <StateCell row={row} />
      {row.line?.bad ? <p className="soft lead-line">{board.qualityWhy[row.line.bad]}</p> : null}
      {now ? (
        <div className="lead-part">
          <LiveCall agent={person} module={now.module} script={script} campaign={state.campaigns.get(now.campaign)} company={state.company}
            client={state.prospects.get(now.prospect)} trail={state.trails.get(now.call)} texts={state.texts} ended={row.state.state === "wrapUp"} />
        </div>
      ) : null}
      <div className="lead-part">
        <PersonDay row={row} workEnd={state.company?.workEnd ?? 24 * 60} hours={state.company ? [Math.floor(state.company.workStart / 60), Math.ceil(state.company.workEnd / 60) - 1] : [9, 17]} />
      </div>
      <div className="lead-part"><Target key={`target ${person.id}`} lead={lead} row={row} /></div>
      <Time lead={lead} person={person.id} />
      <div className="lead-part"><Training key={person.id} lead={lead} person={person} /></div>
      {row.day.calls.length > 0 && state.company ? (
        <div className="lead-part">
          <PersonCalls key={person.id} person={person.id} day={row.day} prospects={state.prospects} campaigns={state.campaigns} check={(check) => { lead.check(check); }}
            names={{ person: (id) => state.names.get(id), text: (record) => state.texts.get(record), timeZone: state.company.timeZone }} />
        </div>
      ) : null}
    </div>
  );
}

/** What is due of the person today. */
function Target({ lead, row: { person, day } }: { readonly lead: Lead; readonly row: BoardRow }) {
  const { company, names } = useStore(lead.state);
  const now = useCompanyNow();
  if (!company) return null;
  return (
    <PersonTarget person={person} day={day} minute={wallClock(now, company.timeZone).minutes} name={(id) => names.get(id)}
      set={(wish) => lead.setTarget(wish)} withdraw={(target, on) => { lead.withdrawTarget(target, person.id, on); }} />
  );
}

/** How the person's shift was spent; a clock that goes wrong is said as such. */
function Time({ lead, person }: { readonly lead: Lead; readonly person: string }) {
  const words = useWords(boardWords);
  const { company, ledgers } = useStore(lead.state);
  const now = useCompanyNow();
  const ledger = ledgers.get(person);
  if (!company || !ledger) return null;
  const periods = periodsOf(ledger, windowOf(ledger, now, company.timeZone));
  const wrong = Math.round((ledger.newest?.offset ?? 0) / 60_000);
  if (periods.length === 0) return null;
  return (
    <div className="lead-part">
      <TimeBar periods={periods} />
      {wrong === 0 ? null : <p className="soft lead-clock">{words.clock(wrong)}</p>}
    </div>
  );
}

/** Practice stands apart from the live figures, below them. */
function Training({ lead, person }: { readonly lead: Lead; readonly person: BoardRow["person"] }) {
  const { training, company, handlers, campaigns } = useStore(lead.state);
  const now = useCompanyNow();
  if (!company) return null;
  return (
    <PersonTraining person={person} training={trainingOf(training, person.id, now, company.timeZone)} today={dayOf(now, company.timeZone)}
      names={{ handler: (id) => handlers.get(id)?.title ?? id, outcome: (campaign, code) => outcomeName(campaign === undefined ? undefined : campaigns.get(campaign), code), timeZone: company.timeZone }}
      assign={(wish) => { lead.assign(wish); }} withdraw={(assignment, on) => { lead.withdraw(assignment, person.id, on); }} />
  );
}

function Keys() {
  const { keys } = useWords(boardWords);
  return (
    <p className="lead-keys" aria-hidden="true">
      <kbd className="key">↑</kbd><kbd className="key">↓</kbd>{keys.move}
      <KeySign code="KeyL" />{keys.listen}
      <KeySign code="KeyN" />{keys.trouble}
      <KeySign code="Escape" />{keys.stop}
    </p>
  );
}
