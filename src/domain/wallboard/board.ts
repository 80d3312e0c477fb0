import type { Campaign, Company, Person } from "../base/campaign.ts";
import type { BadLine, LineWord } from "../base/lineWord.ts";
import { dayOf } from "../base/day.ts";
import { compareFacts, timeOf, type CampaignId, type Millis, type PersonId } from "../base/envelope.ts";
import { companyOn } from "../base/norms.ts";
import { isPractice, ownerOf, type CallBook, type CallRecord } from "../counting/callBook.ts";
import { countDay, type DayCount } from "../counting/day.ts";
import { emptyLedger, writeLedger, type Ledger } from "../counting/ledger.ts";
import type { Fact } from "../fact.ts";
import { agentState, latestCall, type AgentState } from "./agentState.ts";

/** What the facts of the day say of each person; grown by `writeBoard`, in any order. */
export interface Board { readonly people: ReadonlyMap<PersonId, Ledger> }

export const emptyBoard: Board = { people: new Map() };

/** The board with these facts written in; the board given is not changed. */
export function writeBoard(board: Board, facts: readonly Fact[]): Board {
  if (facts.length === 0) return board;
  const byPerson = new Map<PersonId, Fact[]>();
  for (const fact of facts) {
    const owner = ownerOf(fact);
    const own = byPerson.get(owner);
    if (own) own.push(fact);
    else byPerson.set(owner, [fact]);
  }
  const people = new Map(board.people);
  for (const [person, own] of byPerson) people.set(person, writeLedger(people.get(person) ?? emptyLedger, own));
  return { people };
}

/** One line of the wallboard. */
export interface BoardRow {
  readonly person: Person;
  readonly online: boolean;
  readonly state: AgentState;
  readonly day: DayCount;
  /** Ids only; names come from the documents and private records. */
  readonly now?: {
    readonly call: string; readonly prospect: string; readonly campaign: string; readonly script?: string; readonly version?: number; readonly module?: string;
    /** The call is practice (rule T1). */
    readonly practice?: true;
  };
  /** The last objection of the day, at a moment of the company's clock: the handler, and the record with the client's words if they were taken down. */
  readonly objection?: { readonly at: Millis; readonly handler?: string; readonly handlerVersion?: number; readonly record?: string };
  /** How the line of the call is that goes on, as the desk last said (rule M3). */
  readonly line?: LineWord;
  /** Why the row is up, worst first; undefined when all is well (rule M2). */
  readonly trouble?: Trouble;
}
export type Trouble =
  | { readonly kind: "longBreak"; readonly minutes: number; readonly norm: number }
  | { readonly kind: "idle"; readonly minutes: number; readonly norm: number }
  | { readonly kind: "away"; readonly minutes: number; readonly norm: number; readonly source: Extract<AgentState, { state: "away" }>["source"] }
  | { readonly kind: "longWrapUp"; readonly minutes: number; readonly norm: number }
  /** On whose side, seen from the agent (rule L6). */
  | { readonly kind: "badLine"; readonly bad: BadLine }
  | { readonly kind: "offline" };

/** One order of names for everybody, whatever language the reader's computer speaks. */
const names = new Intl.Collator("ru");

/** Minutes after which a state stands out; the company's own norms come with the settings. */
export const norms = { idle: 5, wrapUp: 3 } as const;

/** What makes up one row beside the time. */
export interface RowOf {
  readonly person: Person;
  readonly ledger: Ledger;
  /** A desk of this person is connected. */
  readonly online: boolean;
  readonly settings: Company;
  readonly campaigns: ReadonlyMap<CampaignId, Campaign>;
  /** What the desk last said of its line (rule M3). */
  readonly said: LineWord | undefined;
}

/** The row of one person at a moment. */
export function boardRow({ person, ledger, online, settings, campaigns, said }: RowOf, now: Millis): BoardRow {
  const company = companyOn(settings, dayOf(now, settings.timeZone));
  const state = agentState(ledger, now, company.timeZone);
  const call = latestCall(ledger.book);
  const live = (state.state === "dialing" || state.state === "inCall" || state.state === "wrapUp") && call?.dialed
    ? {
        now: {
          call: call.call, prospect: call.dialed.prospect, campaign: call.dialed.campaign,
          ...(call.opened ? { script: call.opened.script, version: call.opened.version } : {}),
          ...(call.module ? { module: call.module.module } : {}),
          ...(isPractice(call, campaigns) ? { practice: true as const } : {}),
        },
      }
    : {};
  const objection = lastObjection(ledger.book, campaigns);
  const line = state.state === "inCall" && said?.call === state.call ? said : undefined;
  const trouble = troubleOf(state, online, now, company, line);
  return {
    person, online, state, ...live,
    day: countDay(ledger, now, company, campaigns),
    ...(objection ? { objection } : {}), ...(line ? { line } : {}), ...(trouble ? { trouble } : {}),
  };
}

/** The rows in an order that does not jump: trouble first, then by name (rule M2). */
export function ranked(rows: readonly BoardRow[]): readonly BoardRow[] {
  return rows.toSorted((a, b) => Number(!a.trouble) - Number(!b.trouble) || names.compare(a.person.name, b.person.name));
}

/**
 * The rows of a team.
 * @param lines what desks last said of their line, by person (rule M3)
 */
export function boardRows(
  board: Board, team: readonly Person[], online: ReadonlySet<PersonId>, now: Millis,
  settings: Company, campaigns: ReadonlyMap<CampaignId, Campaign>, lines: ReadonlyMap<PersonId, LineWord> = new Map(),
): readonly BoardRow[] {
  return ranked(team.map((person) => boardRow({ person, ledger: board.people.get(person.id) ?? emptyLedger, online: online.has(person.id), settings, campaigns, said: lines.get(person.id) }, now)));
}

function lastObjection(book: CallBook, campaigns: ReadonlyMap<CampaignId, Campaign>): BoardRow["objection"] {
  let last: { readonly by: Fact; readonly call: CallRecord } | undefined;
  for (const call of book.values()) {
    if (isPractice(call, campaigns)) continue;
    const { handler, verbatim } = call;
    // Words that were taken down belong to the handler shown in the same call; the later of both dates the objection.
    const by = handler && verbatim ? (compareFacts(handler, verbatim) > 0 ? handler : verbatim) : handler ?? verbatim;
    if (by && (!last || compareFacts(by, last.by) > 0)) last = { by, call };
  }
  if (!last) return undefined;
  const { handler, verbatim } = last.call;
  return {
    at: timeOf(last.by),
    ...(handler ? { handler: handler.handler, handlerVersion: handler.version } : {}),
    ...(verbatim ? { record: verbatim.record } : {}),
  };
}

function troubleOf(state: AgentState, online: boolean, now: Millis, company: Company, line: LineWord | undefined): Trouble | undefined {
  if (state.state === "off") return undefined;
  if (!online) return { kind: "offline" };
  if (line?.bad) return { kind: "badLine", bad: line.bad };
  const minutes = Math.floor((now - state.since) / 60_000);
  if (state.state === "break" && minutes > company.breaks[state.reason]) return { kind: "longBreak", minutes, norm: company.breaks[state.reason] };
  if (state.state === "ready" && minutes >= norms.idle) return { kind: "idle", minutes, norm: norms.idle };
  if (state.state === "away" && minutes >= norms.idle) return { kind: "away", minutes, norm: norms.idle, source: state.source };
  if (state.state === "wrapUp" && minutes >= norms.wrapUp) return { kind: "longWrapUp", minutes, norm: norms.wrapUp };
  return undefined;
}
