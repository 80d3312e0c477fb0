import type { Company, Person, Campaign } from "#domain/base/campaign.ts";
import type { LineWord } from "#domain/base/lineWord.ts";
import { emptyLedger } from "#domain/counting/ledger.ts";
import { byClockOf } from "#domain/wallboard/agentState.ts";
import { boardRow, ranked, type Board, type BoardRow, type RowOf } from "#domain/wallboard/board.ts";

/** So often is every row made anew for the clock alone, milliseconds: norms are counted in minutes. */
export const TICK = 15_000;

/** What the table is made of at a moment. */
export interface Floor {
  readonly board: Board;
  readonly team: readonly Person[];
  readonly desks: ReadonlySet<string>;
  readonly lines: ReadonlyMap<string, LineWord>;
  readonly settings: Company;
  readonly campaigns: ReadonlyMap<string, Campaign>;
  /** The company's clock. */
  readonly now: number;
  /** Company's clock minus this device's, milliseconds. */
  readonly offset: number;
}

interface Made { readonly of: RowOf & { readonly tick: number; readonly offset: number }; readonly row: BoardRow }

/**
 * Makes the rows of the board, each one anew only when something of that person has changed or time has gone on. A fact concerns
 * one of two hundred: the others stay the same objects, and are neither counted nor drawn again.
 */
export function createRows(): (floor: Floor) => readonly BoardRow[] {
  let known: ReadonlyMap<string, Made> = new Map();
  return ({ board, team, desks, lines, settings, campaigns, now, offset }) => {
    const tick = Math.floor(now / TICK);
    const made = new Map<string, Made>();
    for (const person of team) {
      const of = { person, ledger: board.people.get(person.id) ?? emptyLedger, online: desks.has(person.id), settings, campaigns, said: lines.get(person.id), tick, offset };
      const before = known.get(person.id);
      if (before && (Object.keys(of) as (keyof typeof of)[]).every((name) => before.of[name] === of[name])) made.set(person.id, before);
      else {
        const row = boardRow(of, now);
        made.set(person.id, { of, row: { ...row, state: byClockOf(row.state, offset) } });
      }
    }
    known = made;
    return ranked([...made.values()].map(({ row }) => row));
  };
}
