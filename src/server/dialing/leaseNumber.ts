import { randomUUID } from "node:crypto";
import type { Person } from "#domain/base/campaign.ts";
import type { Prospect } from "#domain/dialing/prospect.ts";
import { company } from "#server/scripts/documentStore.ts";
import type { Database, Queries } from "#server/store/database.ts";
import { claimDevice } from "#server/sync/syncStore.ts";
import type { NumberRequest, NumberResponse } from "#wire/api.ts";
import { historyOf } from "./historyStore.ts";
import { LEASE } from "./leases.ts";
import { REST } from "./turnStore.ts";

/** Turns of people who are on no list: they are leased to who dials their number, and offered to nobody (rule D4). */
const NO_LIST = "";

export type NumberAnswer = NumberResponse | { readonly why: "device" | "campaign" | "taken" };

/**
 * Gives a device the right to call a number that was dialed by hand (rule D4): whoever has this number in the campaign, or a new
 * prospect who is on no list. Nobody is given to two: not while a colleague holds them or has called them a moment ago.
 * @param connected devices of this person that are connected now
 */
export async function leaseNumber(db: Database, person: Person, asked: NumberRequest, connected: readonly string[], now: number): Promise<NumberAnswer> {
  return db.transaction(async (tx) => {
    const device = await claimDevice(tx, asked.device, person.id);
    if (device.person !== person.id) return { why: "device" };
    const language = await languageOf(tx, asked.campaign);
    if (language === undefined) return { why: "campaign" };
    // Two who dial the same new number at once make one prospect.
    await tx.query("select pg_advisory_xact_lock(hashtext($1))", [`${asked.campaign} ${asked.phone}`]);
    const prospect = (await withNumber(tx, asked.campaign, asked.phone)) ?? (await madeFor(tx, asked, language));
    const turn = await turnOf(tx, prospect);
    const holder = turn.person !== null && turn.until !== null && turn.until.getTime() > now ? turn : undefined;
    // One agent calls from one place: a lease of their own other device counts only while that device is there.
    const held = holder && (holder.person !== person.id || (holder.device !== asked.device && connected.includes(holder.device ?? "")));
    if (held || (turn.calledAt !== null && turn.calledAt > now - REST && (await lastCaller(tx, prospect.id)) !== person.id)) return { why: "taken" };
    const until = new Date(now + LEASE);
    await tx.query("update dialing_turn set person = $2, device = $3, until = $4 where prospect = $1", [prospect.id, person.id, asked.device, until]);
    const history = await historyOf(tx, [prospect.id]);
    return {
      lease: {
        prospect: asked.extension === undefined ? prospect : { ...prospect, extension: asked.extension },
        until: until.getTime(), history: history.get(prospect.id) ?? [],
      },
    };
  });
}

/** Undefined for a campaign that is not there, and for one of practice: its customers are in no list and need no lease (rule T2). */
async function languageOf(tx: Queries, campaign: string): Promise<Prospect["language"] | undefined> {
  const [row] = await tx.query<{ language: Prospect["language"]; practice: boolean }>(
    `select body ->> 'language' as language, (body ->> 'practice')::boolean as practice from document where type = 'campaign' and id = $1 order by version desc limit 1`, [campaign]);
  return row && !row.practice ? row.language : undefined;
}

async function withNumber(tx: Queries, campaign: string, phone: string): Promise<Prospect | undefined> {
  const [row] = await tx.query<{ body: Prospect }>("select body from prospect where campaign = $1 and body ->> 'phone' = $2 order by created_at, id limit 1", [campaign, phone]);
  return row?.body;
}

/** Nothing is known of them but the number. */
async function madeFor(tx: Queries, { campaign, phone }: NumberRequest, language: Prospect["language"]): Promise<Prospect> {
  const prospect: Prospect = {
    id: `hand-${randomUUID()}`, campaign, language, phone, firstName: "", lastName: "", gender: "m", position: "", company: "", city: "",
    timeZone: (await company(tx))?.timeZone ?? "UTC",
  };
  await tx.query("insert into prospect (id, campaign, body) values ($1, $2, $3)", [prospect.id, campaign, JSON.stringify(prospect)]);
  return prospect;
}

interface Turn { readonly person: string | null; readonly device: string | null; readonly until: Date | null; readonly calledAt: number | null }

/** Their turn, locked; made when they have none. */
async function turnOf(tx: Queries, { id }: Prospect): Promise<Turn> {
  await tx.query("insert into dialing_turn (prospect, campaign, place) values ($1, $2, 0) on conflict (prospect) do nothing", [id, NO_LIST]);
  const [turn] = await tx.query<Turn>(`select person, device, until, called_at as "calledAt" from dialing_turn where prospect = $1 for update`, [id]);
  if (!turn) throw new Error("A turn that was just made is gone");
  return turn;
}

async function lastCaller(tx: Queries, prospect: string): Promise<string | undefined> {
  const [row] = await tx.query<{ person: string }>("select person from fact where kind = 'call.dialed' and prospect = $1 order by time desc limit 1", [prospect]);
  return row?.person;
}
