import type { NormUnit } from "#domain/base/campaign.ts";
import type { BoardRow } from "#domain/wallboard/board.ts";

/** What the header says about the whole team. */
export interface TeamDay {
  readonly people: number;
  /** In any state but off shift. */
  readonly working: number;
  /** The unit of most targets. */
  readonly unit: NormUnit;
  /** Contacts, or points when most targets are in points. */
  readonly contacts: number;
  readonly target: number;
  /** Contacts against what is due by now, in percent; undefined before anything is due. */
  readonly pace?: number;
  readonly troubled: number;
}

/** Adds up the rows of a team. */
export function teamDay(rows: readonly BoardRow[]): TeamDay {
  let [working, contacts, target, due, troubled] = [0, 0, 0, 0, 0];
  const unit = commonUnit(rows);
  for (const { state, day, trouble } of rows) {
    if (state.state !== "off") working += 1;
    if (trouble) troubled += 1;
    // Contacts and points cannot be added up: the few whose target is in the other unit stand in their own rows.
    if (day.unit !== unit) continue;
    contacts += day.count;
    target += day.target;
    due += day.pace.due;
  }
  return { people: rows.length, working, unit, contacts, target, troubled, ...(due >= 1 ? { pace: Math.round((contacts / due) * 100) } : {}) };
}

function commonUnit(rows: readonly BoardRow[]): NormUnit {
  return rows.filter(({ day }) => day.unit === "points").length > rows.length / 2 ? "points" : "contacts";
}

/** Can this row's call be heard: somebody has answered, and the desk that would send the sound is there. */
export function canBeHeard(row: BoardRow): boolean {
  return row.state.state === "inCall" && row.online;
}

/** The person whom a key of the board leads to; undefined when it leads nowhere. */
export function stepTo(rows: readonly BoardRow[], selected: string | undefined, way: "up" | "down" | "first" | "last" | "trouble"): string | undefined {
  const at = rows.findIndex(({ person }) => person.id === selected);
  if (way === "trouble") {
    const troubled = rows.filter(({ trouble }) => trouble);
    const here = troubled.findIndex(({ person }) => person.id === selected);
    return troubled[(here + 1) % Math.max(1, troubled.length)]?.person.id;
  }
  const to = way === "first" ? 0 : way === "last" ? rows.length - 1 : way === "up" ? Math.max(0, at - 1) : Math.min(rows.length - 1, at + 1);
  return rows[to]?.person.id;
}
