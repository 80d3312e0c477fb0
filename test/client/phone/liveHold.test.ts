// @vitest-environment jsdom
/** A hold that is asked for is silent at once, is agreed on as soon as it can be, and is never forgotten. */
import { expect, it } from "vitest";
import type { PhoneSignal } from "#domain/phone/lines.ts";
import type { CallMedia } from "#client/phone/callMedia.ts";
import type { Renegotiated } from "#client/phone/dialogKeeper.ts";
import { startCall } from "#client/phone/liveCall.ts";
import type { LineEvent, SipCall } from "#client/phone/sipLine.ts";

const turn = () => new Promise<void>((resolve) => { setImmediate(resolve); });

/** A call that is answered, and what the far side is offered: each offer waits for its answer. */
function answered() {
  const told: PhoneSignal[] = [];
  const held: boolean[] = [];
  const offers: { readonly held: boolean | undefined; answer(as: Renegotiated): Promise<void> }[] = [];
  let hear: (event: LineEvent) => void = () => undefined;
  const nothing = () => undefined;
  const media = {
    mute: nothing, park: nothing, close: nothing, hold: (on: boolean) => held.push(on),
    connection: { connectionState: "connected", getTransceivers: () => [] },
  } as unknown as CallMedia;
  const sip = {
    hangUp: nothing, abandon: nothing, name: nothing, here: nothing,
    renegotiate: () => new Promise<Renegotiated>((resolve) => {
      offers.push({ held: held.at(-1), answer: async (as) => { resolve(as); await turn(); } });
    }),
  } as unknown as SipCall;
  const call = startCall({
    id: "a", now: Date.now, ringBack: { start: nothing, stop: nothing } as never, way: () => ({ user: "1", tones: "rfc4733", mayFollow: () => true }),
    line: () => ({ call: (_: string, __: CallMedia, listen: typeof hear) => { hear = listen; return sip; } }) as never,
    tell: (signal) => void told.push(signal), onSound: nothing, onTrackLost: nothing, fresh: () => Promise.resolve(undefined), again: () => Promise.resolve(undefined),
  }, media);
  hear({ type: "answered" });
  const dones = () => told.flatMap((signal) => (signal.type === "holdDone" ? [signal.ok] : []));
  return { call, offers, held, dones };
}

it("waits for the line to be back when the line was gone", async () => {
  const { call, offers, dones } = answered();
  call.hold(true);
  await offers[0]?.answer("unreachable");
  expect(dones()).toEqual([]);
  call.lineBack();
  expect(offers.map((each) => each.held)).toEqual([true, true]);
  await offers[1]?.answer("done");
  expect(dones()).toEqual([true]);
  // Nothing is owed any more.
  call.lineBack();
  expect(offers).toHaveLength(2);
  call.hangUp();
});

it("asks for the last wish when the agent wants it otherwise meanwhile, once the first is through", async () => {
  const { call, offers, dones } = answered();
  call.hold(true);
  call.hold(false);
  expect(offers).toHaveLength(1);
  await offers[0]?.answer("done");
  expect(offers.map((each) => each.held)).toEqual([true, false]);
  await offers[1]?.answer("done");
  expect(dones()).toEqual([true]);
  call.hangUp();
});

it("leaves all as it was when the far side refuses, and nobody hears of a refusal of what is not wanted any more", async () => {
  const { call, offers, held, dones } = answered();
  call.hold(true);
  await offers[0]?.answer("refused");
  expect([dones(), held.at(-1)]).toEqual([[false], false]);
  call.hold(true);
  call.hold(false);
  await offers[1]?.answer("refused");
  expect([dones(), offers.length]).toEqual([[false, true], 2]);
  call.hangUp();
});
