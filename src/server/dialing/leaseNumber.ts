import { randomUUID } from "node:crypto";
import type { Person } from "#domain/base/campaign.ts";
import type { Prospect } from "#domain/dialing/prospect.ts";
import { company } from "#server/scripts/documentStore.ts";
import type { Database, Queries } from "#server/store/database.ts";
import { claimDevice } from "#server/sync/syncStore.ts";
import type { NumberRequest, NumberResponse } from "#wire/api.ts";
import { historyOf } from "./historyStore.ts";
import { LEASE } from "./leases.ts";
import { addUnlisted, giveTurn, languageOf, lastCaller, lockNumber, turnOf, withNumber } from "./numberStore.ts";
import { REST } from "./turnStore.ts";

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
    await lockNumber(tx, asked.campaign, asked.phone);
    const prospect = (await withNumber(tx, asked.campaign, asked.phone)) ?? (await madeFor(tx, asked, language));
    const turn = await turnOf(tx, prospect.id);
    const leased = turn.until !== null && turn.until.getTime() > now;
    // One agent calls from one place: a lease of their own other device counts only while that device is there.
    const held = leased && (turn.person !== person.id || (turn.device !== asked.device && connected.includes(turn.device ?? "")));
    if (held || (turn.calledAt !== null && turn.calledAt > now - REST && (await lastCaller(tx, prospect.id)) !== person.id)) return { why: "taken" };
    const until = new Date(now + LEASE);
    await giveTurn(tx, prospect.id, person.id, asked.device, until);
    const history = await historyOf(tx, [prospect.id]);
    return {
      lease: {
        prospect: asked.extension === undefined ? prospect : { ...prospect, extension: asked.extension },
        until: until.getTime(), history: history.get(prospect.id) ?? [],
      },
    };
  });
}

/** Nothing is known of them but the number. */
async function madeFor(tx: Queries, { campaign, phone }: NumberRequest, language: Prospect["language"]): Promise<Prospect> {
  const prospect: Prospect = {
    id: `hand-${randomUUID()}`, campaign, language, phone, firstName: "", lastName: "", gender: "m", position: "", company: "", city: "",
    timeZone: (await company(tx))?.timeZone ?? "UTC",
  };
  await addUnlisted(tx, prospect);
  return prospect;
}
