import type { Person } from "#domain/base/campaign.ts";
import { people, peopleOfTeams } from "#server/auth/peopleStore.ts";
import type { Database } from "#server/store/database.ts";
import { gathered } from "#server/store/gathered.ts";
import { PROTOCOL } from "#wire/protocol.ts";
import type { PullResponse } from "#wire/sync.ts";
import { documentRows, erasedRows, factRows, headOf, recordRows, rowsAbove, type Row } from "./pullStore.ts";
import type { SetBack } from "./setBack.ts";
import { sightOf } from "./sight.ts";

/** Rows in one answer. */
export const PAGE = 4000;
/** How far back a device that knows nothing yet is told, in milliseconds. */
export const FIRST_SIGHT = 2 * 86_400_000;
/** The same of training, in milliseconds (rule T6). */
export const LASTING_SIGHT = 60 * 86_400_000;

/** Where a reader stands: up to this number, in this life of the database. */
export interface Since {
  readonly since: number;
  /** Not given by a reader who has none yet. */
  readonly epoch?: string | undefined;
}

/** The people whose rows a person sees. */
export type Colleagues = (person: Person) => Promise<readonly Person[]>;

/** As the database has them at each question; on a large floor every wallboard asks several times a second. */
export function createColleagues(db: Database): Colleagues {
  const ofTeam = gathered((teams: readonly string[]) => peopleOfTeams(db, teams));
  return async (person) => {
    const { colleagues } = sightOf[person.role];
    return colleagues === "self" ? [person] : colleagues === "team" ? ((await ofTeam(person.team)) ?? []) : people(db);
  };
}

/**
 * What concerns the person above the cursor, in the order of the one sequence. Read in one snapshot: every number up to the
 * counter is either in sight or will never be, so the cursor passes nothing over (rule Y6).
 */
export async function pull(db: Database, colleaguesOf: Colleagues, person: Person, { since, epoch: known }: Since, now: number, setBack?: SetBack): Promise<PullResponse> {
  const colleagues = await colleaguesOf(person);
  const whose = { people: colleagues.map((one) => one.id), verbatims: sightOf[person.role].verbatims };
  const asked = { since, oldest: now - FIRST_SIGHT, lasting: now - LASTING_SIGHT, most: PAGE + 1 };
  if (since > 0) {
    const { head, epoch, rows } = await rowsAbove(db, whose, asked);
    // A cursor from another life of the database (a back-up was restored): begin again (rule Y8).
    const foreign = since > head || (known !== undefined && known !== epoch);
    if (known === epoch && since > head) await setBack?.(epoch);
    if (!foreign) return answered(rows, head, epoch, colleagues, now);
  }
  return db.transaction(async (tx) => {
    await tx.query("set transaction isolation level repeatable read, read only");
    const { head, epoch } = await headOf(tx);
    const anew = { ...asked, since: 0 };
    // A device that never knew anything has nothing to forget.
    const erased = since > 0 || (known !== undefined && known !== epoch) ? await erasedRows(tx, whose, anew) : [];
    const rows = [...(await factRows(tx, whose, anew)), ...(await recordRows(tx, whose, anew)), ...(await documentRows(tx, anew)), ...erased].sort((a, b) => a.seq - b.seq);
    return answered(rows, head, epoch, colleagues, now);
  });
}

function answered(rows: readonly Row[], head: number, epoch: string, colleagues: readonly Person[], now: number): PullResponse {
  const page = rows.slice(0, PAGE);
  const more = rows.length > PAGE;
  return {
    protocol: PROTOCOL,
    epoch,
    cursor: more ? (page.at(-1)?.seq ?? head) : head,
    more,
    facts: page.flatMap((row) => ("fact" in row ? [row.fact] : [])),
    records: page.flatMap((row) => ("record" in row ? [row.record] : [])),
    documents: page.flatMap((row) => ("document" in row ? [row.document] : [])),
    erased: page.flatMap((row) => ("erased" in row ? [row.erased] : [])),
    people: colleagues,
    now,
  };
}
