import type { Fact } from "#domain/fact.ts";
import type { Prospect } from "#domain/dialing/prospect.ts";
import type { Queries } from "#server/store/database.ts";

/** A prospect whom a device may call, until then. */
export interface HeldTurn { readonly prospect: Prospect; readonly until: Date }

/** Puts people on the list of their campaign, in the order given, behind those who are there. Known ones stay as they are. */
export async function addProspects(tx: Queries, prospects: readonly Prospect[]): Promise<void> {
  await tx.query(
    `insert into prospect (id, campaign, body) select * from unnest($1::text[], $2::text[], $3::jsonb[]) on conflict (id) do nothing`,
    [prospects.map((one) => one.id), prospects.map((one) => one.campaign), prospects.map((one) => JSON.stringify(one))],
  );
  await tx.query(
    `insert into dialing_turn (prospect, campaign, place)
     select id, campaign, row + coalesce((select max(place) from dialing_turn), 0)
     from unnest($1::text[], $2::text[]) with ordinality as p (id, campaign, row) on conflict (prospect) do nothing`,
    [prospects.map((one) => one.id), prospects.map((one) => one.campaign)],
  );
}

/** Keeps what the device still holds and nobody else has taken; gives back the rest. */
export async function renewTurns(tx: Queries, device: string, person: string, hold: readonly string[], until: Date): Promise<void> {
  await tx.query("update dialing_turn set person = null, device = null, until = null where device = $1 and not prospect = any($2)", [device, hold]);
  await tx.query("update dialing_turn set until = $3, person = $4 where device = $1 and prospect = any($2)", [device, hold, until, person]);
}

/** Who asks, and when. */
export interface Asking {
  readonly person: string;
  readonly device: string;
  /** Devices of the same person that are connected at this moment. */
  readonly connected: readonly string[];
  readonly now: Date;
  /** When the company's day began, milliseconds. */
  readonly dayStart: number;
  /** What the dial plan bars (rule P7); practice numbers go nowhere that it is about. */
  readonly plan: { readonly barred: readonly string[]; readonly allowed: readonly string[] };
}

/** How long a person who was just called is left alone, ms: the call may still be going on, or its outcome on the way. */
export const REST = 15 * 60_000;

/**
 * Nobody else holds them, nobody reached them today, nobody is just calling them. A lease of the asker's own other device counts
 * as free while that device is away: one agent calls from one place, and a browser that was wiped would block its stock.
 */
const longest = (entries: string): string => `(select coalesce(max(length(entry)), 0) from unnest(${entries}::text[]) entry where starts_with(p.body ->> 'phone', entry))`;
/** As `dialed` has it: of both lists the longest beginning decides, a tie bars. */
const barred = (first: number): string => `(cardinality($${first}::text[]) > 0 and exists (select from prospect p where p.id = dialing_turn.prospect
  and p.body ->> 'phone' !~ '^\\+7495000[0-9]{4}$' and ${longest(`$${first}`)} > 0 and ${longest(`$${first}`)} >= ${longest(`$${first + 1}`)}))`;
const FREE = `not ${barred(8)} and campaign = any($1) and (until is null or until <= $2 or (person = $3 and device <> $4 and not device = any($5)))
  and (reached_at is null or reached_at < $6) and (called_at is null or called_at < $7)`;
const freeFor = (campaigns: readonly string[], who: Asking): readonly unknown[] =>
  [campaigns, who.now, who.person, who.device, who.connected, who.dayStart, who.now.getTime() - REST, who.plan.barred, who.plan.allowed];

/**
 * Gives the device up to `count` more people of these campaigns: those never called first, in the order of the list; then those
 * called on an earlier day, the longest ago first; then, when the list is exhausted, those called today but not reached. Who was
 * reached today rests until tomorrow. Rows that another request is just giving away are skipped, not waited for, and a row that
 * was given away meanwhile is looked at anew before it is taken, so that nobody is ever given to two (rule D1).
 */
export async function takeTurns(tx: Queries, campaigns: readonly string[], count: number, who: Asking, until: Date): Promise<void> {
  await tx.query(
    `with free as (
       select prospect from dialing_turn where ${FREE}
       order by case when called_at is null then 0 when called_at < $6 then 1 else 2 end, called_at, place
       limit $10 for update skip locked)
     update dialing_turn t set device = $4, person = $3, until = $11 from free where t.prospect = free.prospect`,
    [...freeFor(campaigns, who), count, until],
  );
}

/** How many people could be given to the asker now. */
export async function countFree(tx: Queries, campaigns: readonly string[], who: Asking): Promise<number> {
  const [row] = await tx.query<{ free: number }>(`select count(*) as free from dialing_turn where ${FREE}`, freeFor(campaigns, who));
  return row?.free ?? 0;
}

/** Gives back whom the plan bars by now. */
export async function dropBarred(tx: Queries, who: Asking): Promise<void> {
  await tx.query(`update dialing_turn set person = null, device = null, until = null where device = $1 and ${barred(2)}`, [who.device, who.plan.barred, who.plan.allowed]);
}

/** How many people of these campaigns the plan bars. */
export async function countBarred(tx: Queries, campaigns: readonly string[], who: Asking): Promise<number> {
  const [row] = await tx.query<{ barred: number }>(`select count(*) as barred from dialing_turn where campaign = any($1) and ${barred(2)}`, [campaigns, who.plan.barred, who.plan.allowed]);
  return row?.barred ?? 0;
}

/** All that the device holds, in the order in which it should call. */
export async function turnsOf(tx: Queries, device: string, dayStart: number): Promise<readonly HeldTurn[]> {
  return tx.query<{ prospect: Prospect; until: Date }>(
    `select p.body as prospect, t.until from dialing_turn t join prospect p on p.id = t.prospect where t.device = $1
     order by case when t.called_at is null then 0 when t.called_at < $2 then 1 else 2 end, t.called_at, t.place`,
    [device, dayStart],
  );
}

/** Does it say when somebody was called or answered? The database writes that into the turns as it stores it (`follow_calls`). */
export function movesTurns({ kind }: Fact): boolean {
  return kind === "call.dialed" || kind === "call.answered";
}

/** Campaigns of a language. */
export async function campaignsIn(db: Queries, language: string): Promise<readonly string[]> {
  const rows = await db.query<{ id: string }>(
    `select id from (select distinct on (id) id, body from document where type = 'campaign' order by id, version desc) newest where body ->> 'language' = $1 order by id`,
    [language],
  );
  return rows.map((row) => row.id);
}

/** Prospects of these ids whom somebody of these people has called; who was erased is nobody any more (rule Y10). */
export async function calledProspects(db: Queries, ids: readonly string[], people: readonly string[]): Promise<readonly Prospect[]> {
  const rows = await db.query<{ body: Prospect }>(
    `select body from prospect p where id = any($1) and body ->> 'phone' <> '' and exists (
       select from fact f where f.prospect = p.id and f.kind = 'call.dialed' and f.person = any($2))`,
    [ids, people],
  );
  return rows.map((row) => row.body);
}
