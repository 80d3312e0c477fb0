import { createStore } from "zustand/vanilla";
import { dayOf } from "#domain/base/day.ts";
import { companyOn } from "#domain/base/norms.ts";
import { lastOnly } from "#domain/base/lastOnly.ts";
import type { Prospect } from "#domain/dialing/prospect.ts";
import type { FactBody } from "#domain/fact.ts";
import type { LineWord } from "#domain/base/lineWord.ts";
import { practicePersonOf } from "#domain/practice/prospects.ts";
import type { BoardRow } from "#domain/wallboard/board.ts";
import type { Ear } from "#client/monitoring/listening.ts";
import { newest, type Library } from "#client/sync/downlink.ts";
import { request } from "#client/sync/http.ts";
import { wantsReload, watchReload } from "#client/sync/renewal.ts";
import { openTrainingLog } from "#client/training/trainingLog.ts";
import type { Station } from "#client/sync/station.ts";
import type { ProspectsResponse } from "#wire/api.ts";
import type { Lead, LeadState } from "./lead.ts";
import { createRows, TICK } from "./rows.ts";
import { createTrails } from "./trails.ts";

/** People asked for at once. */
const MOST_ASKED = 200;

/** Opens the wallboard of the lead's team: a fold over the team's facts, fresh within a poke and a pull. */
export function openLead(station: Station, ear: Ear): Lead {
  const { recorder, downlink, live, person } = station;
  const practice = openTrainingLog(recorder);
  const state = createStore<LeadState>(() => ({
    person, campaigns: new Map(), scripts: new Map(), handlers: new Map(), rows: [], training: practice.log.getState(),
    prospects: new Map(), texts: new Map(), trails: new Map(), ledgers: new Map(), names: new Map(), offset: 0, online: false, loaded: false,
  }));
  let desks: ReadonlySet<string> = new Set();
  let lines: ReadonlyMap<string, LineWord> = new Map();
  let prospects: ReadonlyMap<string, Prospect> = new Map();
  const asked = new Set<string>();
  /** Rows whose people have been asked for. */
  let lookedAt = new WeakSet<BoardRow>();
  const rowsOf = createRows();
  const trailsOf = createTrails();
  const agentsOf = lastOnly((people: Library["people"]) => people.filter((one) => one.role === "agent"));
  const handlersOf = lastOnly((handlers: Library["handlers"]) => new Map([...handlers, ...newest(handlers.values()).map((one) => [one.id, one] as const)]));
  const textsOf = lastOnly((texts: Library["texts"]) => new Map([...texts].map(([id, { text }]) => [id, text])));
  const namesOf = lastOnly((people: Library["people"]) => new Map(people.map((one) => [one.id, one.name])));

  function refresh(): void {
    const { company: settings, campaigns, scripts, handlers, people, texts, loaded } = downlink.library.getState();
    const { board, facts } = recorder.known.getState();
    const now = Date.now() + station.offset();
    const company = settings && companyOn(settings, dayOf(now, settings.timeZone));
    const rows = company ? rowsOf({ board, team: agentsOf(people), desks, lines, settings: company, campaigns, now, offset: station.offset() }) : [];
    state.setState({
      person, campaigns, scripts, rows, loaded, prospects: withPractised(prospects, rows), training: practice.log.getState(),
      handlers: handlersOf(handlers), texts: textsOf(texts),
      trails: trailsOf(rows, facts), ledgers: board.people, names: namesOf(people),
      offset: station.offset(), online: navigator.onLine && live.state.getState() === "open",
      ...(company ? { company } : {}), ...(wantsReload(station) ? { newer: true } : {}),
    }, true);
    void fetchProspects(rows);
  }

  async function fetchProspects(rows: readonly BoardRow[]): Promise<void> {
    const wanted: string[] = [];
    for (const row of rows) {
      if (lookedAt.has(row)) continue;
      const { now, day } = row;
      wanted.push(...[...(now && !now.practice ? [now.prospect] : []), ...day.calls.flatMap(({ record }) => record.dialed?.prospect ?? [])].filter((id) => !asked.has(id)));
      // The rest follows when these have come.
      if (wanted.length > MOST_ASKED) break;
      lookedAt.add(row);
    }
    wanted.splice(MOST_ASKED);
    if (wanted.length === 0) return;
    for (const id of wanted) asked.add(id);
    const answer = await request<ProspectsResponse>("GET", `/api/prospects?ids=${[...new Set(wanted)].map(encodeURIComponent).join(",")}`);
    if (!answer.ok) {
      for (const id of wanted) asked.delete(id);
      lookedAt = new WeakSet();
      return;
    }
    prospects = new Map([...prospects, ...answer.body.prospects.map((one) => [one.id, one] as const)]);
    refresh();
  }

  function tell(body: FactBody): void {
    // A disk that refuses shows itself: what was asked for does not appear.
    void recorder.record([body]).catch((error: unknown) => { console.error("The wish could not be recorded", error); });
  }

  const stops = [
    recorder.known.subscribe(refresh), downlink.library.subscribe(refresh), live.state.subscribe(refresh), watchReload(station, refresh),
    live.onMessage((message) => {
      if (message.t === "presence") desks = new Set(message.online);
      else if (message.t === "quality") {
        const { agent, call, grade, bad } = message;
        const before = lines.get(agent);
        // Most of what is said has been said before.
        if (before?.call === call && before.grade === grade && before.bad === bad) return;
        lines = new Map(lines).set(agent, { call, grade, ...(bad ? { bad } : {}) });
      } else return;
      refresh();
    }),
  ];
  // Norms are overstepped by the clock alone.
  const clock = setInterval(refresh, TICK);
  for (const event of ["online", "offline"]) addEventListener(event, refresh);
  refresh();

  return {
    state, ear,
    assign({ agent, ...wish }) {
      const language = state.getState().rows.find((row) => row.person.id === agent)?.person.language;
      const campaign = [...state.getState().campaigns.values()].find((one) => one.practice && one.language === language);
      if (!campaign) return false;
      tell({ kind: "training.assigned", assignment: crypto.randomUUID(), agent, campaign: campaign.id, ...wish });
      return true;
    },
    withdraw: (assignment, agent, on) => { tell({ kind: "training.withdrawn", assignment, agent, on }); },
    setTarget(wish) {
      const target = crypto.randomUUID();
      tell({ kind: "target.set", target, ...wish });
      return target;
    },
    withdrawTarget: (target, agent, on) => { tell({ kind: "target.withdrawn", target, agent, on }); },
    check: (check) => { tell({ kind: "contact.checked", ...check }); },
    async stop() {
      ear.stop();
      for (const stop of stops) stop();
      practice.stop();
      clearInterval(clock);
      for (const event of ["online", "offline"]) removeEventListener(event, refresh);
    },
  };
}

/** The people whom somebody practises on at this moment follow from their numbers alone. */
function withPractised(prospects: ReadonlyMap<string, Prospect>, rows: readonly BoardRow[]): ReadonlyMap<string, Prospect> {
  const practised = rows.flatMap(({ now }): (readonly [string, Prospect])[] => {
    const person = now?.practice ? practicePersonOf(now.prospect) : undefined;
    return now && person ? [[person.id, { ...person, campaign: now.campaign }]] : [];
  });
  return practised.length === 0 ? prospects : new Map([...prospects, ...practised]);
}
