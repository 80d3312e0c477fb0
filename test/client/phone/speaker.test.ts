// @vitest-environment jsdom
import { afterEach, expect, it } from "vitest";
import { createDevices } from "#client/phone/devices.ts";
import { playThrough } from "#client/phone/speaker.ts";

const plugged = (label: string) => ({ deviceId: `id of ${label}`, kind: "audiooutput", label });
let there: readonly ReturnType<typeof plugged>[] = [];
Object.defineProperty(navigator, "mediaDevices", { configurable: true, value: Object.assign(new EventTarget(), { enumerateDevices: async () => there }) });
afterEach(() => { there = []; });

it("[L4] plays on a speaker that is back only when the browser has let go of the stream that was moved away from it", async () => {
  let now = 1_000_000;
  const devices = createDevices(undefined, () => now);
  const speakers = [plugged("Speakers"), plugged("Headset")];
  there = speakers;
  await devices.look();
  devices.choose("earpiece", "Headset");
  expect(devices.speaker("earpiece")).toBe("id of Headset");
  there = [plugged("Speakers")];
  await devices.look();
  expect(devices.speaker("earpiece")).toBe("");
  now += 4_000;
  there = speakers;
  await devices.look();
  expect(devices.speaker("earpiece")).toBe("");
  now += 6_000;
  expect(devices.speaker("earpiece")).toBe("id of Headset");
  // A choice is nobody's unplugging: it holds at once.
  devices.choose("earpiece", "Speakers");
  devices.choose("earpiece", "Headset");
  expect(devices.speaker("earpiece")).toBe("id of Headset");
  devices.stop();
});

it("[L4] plays on what was asked for last, also when the browser is done with the earlier asking last", async () => {
  const done: (() => void)[] = [];
  const player = { sinkId: "", setSinkId: (id: string) => new Promise<void>((resolve) => { done.push(() => { player.sinkId = id; resolve(); }); }) };
  const askings = ["headset", "", "headset"].map((id) => playThrough(player as unknown as HTMLMediaElement, id));
  expect(done).toHaveLength(3);
  done[2]?.();
  done[0]?.();
  done[1]?.();
  await new Promise((resolve) => { setTimeout(resolve); });
  for (const finish of done.slice(3)) finish();
  await Promise.all(askings);
  expect(player.sinkId).toBe("headset");
});
