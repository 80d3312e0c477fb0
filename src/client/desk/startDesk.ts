import type { Person } from "#domain/base/campaign.ts";
import { createVoiceSender } from "#client/monitoring/voiceSender.ts";
import { createPhone } from "#client/phone/createPhone.ts";
import { createHeadset, webHid } from "#client/phone/headset.ts";
import { iceServers } from "#client/sync/account.ts";
import type { Leaving } from "#client/session/session.ts";
import { deviceNow } from "#client/sync/deviceClock.ts";
import { openStation } from "#client/sync/station.ts";
import type { Desk, OpenDesk } from "./desk.ts";
import { holdDesk } from "./lock.ts";
import { reportLine } from "./lineReport.ts";
import { reportQuality } from "./qualityReport.ts";
import { openDesk } from "./openDesk.ts";
import { devicesKeptFor, KEPT_ASIDE, qualityKept } from "./stash.ts";

/** Puts together what an agent works with. */
export async function startDesk(person: Person, tell: (leaving: Leaving) => void): Promise<Desk> {
  const station = await openStation(person, KEPT_ASIDE);
  let open: OpenDesk | undefined;
  tell({ leave: async () => station.leave(open !== undefined && !(await open.leave())) });
  const phone = createPhone({ now: deviceNow, instance: station.journal.device, devicesKept: devicesKeptFor(person.id), qualityKept });
  const desk = open = await openDesk({ station, phone, headset: createHeadset(webHid()), lock: holdDesk(person.id, station.live) });
  const sender = createVoiceSender(station.live, phone, iceServers);
  const silence = reportLine(station.live, phone);
  const quiet = reportQuality(station.live, phone.quality, () => {
    const { call } = desk.state.getState();
    return call.phase === "talking" ? call.call : undefined;
  }, Date.now);
  return {
    ...desk,
    async stop() {
      silence();
      quiet();
      sender.stop();
      await desk.stop();
      await station.stop();
    },
  };
}
