import type { Person } from "#domain/base/campaign.ts";
import { createVoiceSender } from "#client/monitoring/voiceSender.ts";
import { createPhone } from "#client/phone/createPhone.ts";
import { iceServers } from "#client/sync/account.ts";
import { openStation, type Station } from "#client/sync/station.ts";
import type { Desk } from "./desk.ts";
import { holdDesk } from "./lock.ts";
import { openDesk } from "./openDesk.ts";

/** Puts together what an agent works with. */
export async function startDesk(person: Person, tell: (station: Station) => void): Promise<Desk> {
  const station = await openStation(person);
  tell(station);
  const phone = createPhone({ now: Date.now });
  const desk = await openDesk({ station, phone, lock: holdDesk(person.id) });
  const sender = createVoiceSender(station.live, phone, iceServers);
  return {
    ...desk,
    async stop() {
      sender.stop();
      await desk.stop();
      await station.stop();
    },
  };
}
