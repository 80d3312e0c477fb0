import type { Prospect } from "#domain/dialing/prospect.ts";
import type { Queries } from "#server/store/database.ts";

/** Turns of people who are on no list: they are leased to who dials their number, and offered to nobody (rule D4). */
const NO_LIST = "";

/** Until the end of the transaction nobody else asks for this number: two who dial it at once make one prospect. */
export async function lockNumber(tx: Queries, campaign: string, phone: string): Promise<void> {
  await tx.query("select pg_advisory_xact_lock(hashtext($1))", [`${campaign} ${phone}`]);
}

/** Undefined for a campaign that is not there, and for one of practice: its customers are in no list and need no lease (rule T2). */
export async function languageOf(tx: Queries, campaign: string): Promise<Prospect["language"] | undefined> {
  const [row] = await tx.query<{ language: Prospect["language"]; practice: boolean }>(
    `select body ->> 'language' as language, (body ->> 'practice')::boolean as practice from document where type = 'campaign' and id = $1 order by version desc limit 1`, [campaign]);
  return row && !row.practice ? row.language : undefined;
}

/** Who has this number in the campaign; the one who came first, when several have. */
export async function withNumber(tx: Queries, campaign: string, phone: string): Promise<Prospect | undefined> {
  const [row] = await tx.query<{ body: Prospect }>("select body from prospect where campaign = $1 and body ->> 'phone' = $2 order by created_at, id limit 1", [campaign, phone]);
  return row?.body;
}

export async function addUnlisted(tx: Queries, prospect: Prospect): Promise<void> {
  await tx.query("insert into prospect (id, campaign, body) values ($1, $2, $3)", [prospect.id, prospect.campaign, JSON.stringify(prospect)]);
}

export interface Turn {
  readonly person: string | null;
  readonly device: string | null;
  readonly until: Date | null;
  /** When they were called last, milliseconds. */
  readonly calledAt: number | null;
}

/** The prospect's turn, locked; made when there is none. */
export async function turnOf(tx: Queries, prospect: string): Promise<Turn> {
  await tx.query("insert into dialing_turn (prospect, campaign, place) values ($1, $2, 0) on conflict (prospect) do nothing", [prospect, NO_LIST]);
  const [turn] = await tx.query<Turn>(`select person, device, until, called_at as "calledAt" from dialing_turn where prospect = $1 for update`, [prospect]);
  if (!turn) throw new Error("A turn that was just made is gone");
  return turn;
}

export async function giveTurn(tx: Queries, prospect: string, person: string, device: string, until: Date): Promise<void> {
  await tx.query("update dialing_turn set person = $2, device = $3, until = $4 where prospect = $1", [prospect, person, device, until]);
}

export async function lastCaller(tx: Queries, prospect: string): Promise<string | undefined> {
  const [row] = await tx.query<{ person: string }>("select person from fact where kind = 'call.dialed' and prospect = $1 order by time desc limit 1", [prospect]);
  return row?.person;
}
