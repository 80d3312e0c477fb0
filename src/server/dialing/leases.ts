import type { Person } from "#domain/base/campaign.ts";
import { dayOf, dayStart } from "#domain/base/day.ts";
import { company } from "#server/scripts/documentStore.ts";
import type { Database, Queries } from "#server/store/database.ts";
import { claimDevice } from "#server/sync/syncStore.ts";
import type { LeaseRequest, LeaseResponse } from "#wire/api.ts";
import { historyOf } from "./historyStore.ts";
import { campaignsIn, countBarred, countFree, dropBarred, renewTurns, takeTurns, turnsOf, type Asking } from "./turnStore.ts";

/** How long a lease holds without being renewed, ms: longer than a hidden tab may sleep, shorter than a shift. */
export const LEASE = 60 * 60_000;
/** The most that one device may hold. */
export const STOCK = 20;

/**
 * Renews the leases of a device and fills its stock. Undefined when the device belongs to somebody else.
 * @param connected devices of this person that are connected now
 * @param plan beginnings of numbers that are not dialed (rule P7): nobody is given out who would only be passed over
 */
export async function lease(db: Database, person: Person, asked: LeaseRequest, connected: readonly string[], now: number, plan: Asking["plan"] = { barred: [], allowed: [] }): Promise<LeaseResponse | undefined> {
  return db.transaction(async (tx) => {
    // Locks the device: its two tabs do not fill the stock twice.
    const device = await claimDevice(tx, asked.device, person.id);
    if (device.person !== person.id) return undefined;
    const who = { person: person.id, device: asked.device, connected, now: new Date(now), dayStart: await startOfDay(tx, now), plan };
    const until = new Date(now + LEASE);
    await renewTurns(tx, asked.device, person.id, asked.hold, until);
    await dropBarred(tx, who);
    const held = (await turnsOf(tx, asked.device, who.dayStart)).length;
    const want = Math.min(asked.want, STOCK) - held;
    if (want > 0) {
      const campaigns = await campaignsIn(tx, asked.language);
      // Nobody takes more than half of what is left, so that a colleague who comes later finds somebody to call.
      const count = Math.min(want, Math.ceil((await countFree(tx, campaigns, who)) / 2));
      if (count > 0) await takeTurns(tx, campaigns, count, who, until);
    }
    const turns = await turnsOf(tx, asked.device, who.dayStart);
    const history = await historyOf(tx, turns.map((turn) => turn.prospect.id));
    const barred = turns.length === 0 ? await countBarred(tx, await campaignsIn(tx, asked.language), who) : 0;
    return { ...(barred > 0 ? { barred } : {}), leases: turns.map((turn) => ({ prospect: turn.prospect, until: turn.until.getTime(), history: history.get(turn.prospect.id) ?? [] })) };
  });
}

/** When the company's day began, in milliseconds since 1970. */
async function startOfDay(db: Queries, now: number): Promise<number> {
  const zone = (await company(db))?.timeZone ?? "UTC";
  return dayStart(dayOf(now, zone), zone);
}
