import type { Person } from "#domain/base/campaign.ts";
import { createEar } from "#client/monitoring/ear.ts";
import { iceServers } from "#client/sync/account.ts";
import type { Leaving } from "#client/session/session.ts";
import { openStation } from "#client/sync/station.ts";
import type { Lead } from "./lead.ts";
import { openLead } from "./openLead.ts";

/** Puts together what a lead works with. */
export async function startLead(person: Person, tell: (leaving: Leaving) => void): Promise<Lead> {
  const station = await openStation(person);
  tell(station);
  const lead = openLead(station, createEar(station.live, iceServers));
  return {
    ...lead,
    async stop() {
      await lead.stop();
      await station.stop();
    },
  };
}
