import type { DeskState } from "#client/desk/deskState.ts";
import type { SoundState } from "#client/desk/soundDesk.ts";
import { firstView } from "#client/desk/view.ts";
import type { BadLine } from "#domain/base/lineWord.ts";
import { mosOf, type LineQuality } from "#domain/phone/quality.ts";
import type { DeskPicture } from "./fixtures.ts";

const jabra = { id: "a", label: "Jabra Evolve2 30 MS Mono (0b0e:0e1b)" };
const laptop = { id: "b", label: "Built-in Audio Analog Stereo" };

/** Nothing that wants to be said: what most pictures show. */
export const calm: SoundState = {
  microphone: "ready", echo: { phase: "none" }, headset: { kind: "none" }, notices: "unasked", ringing: false,
  devices: {
    microphones: [jabra, laptop], speakers: [jabra, laptop], processing: { echo: true, noise: true, gain: true }, mayChooseSpeaker: true,
    uses: { microphone: { wanted: jabra.label, using: jabra }, earpiece: { wanted: jabra.label, using: jabra }, ringer: { wanted: laptop.label, using: laptop } },
  },
};

/** A minute in which the line went as it is now. */
export function lineOf(heardLoss: number, sentLoss: number, roundTrip: number, bad?: BadLine): LineQuality {
  const of = (loss: number, jitter: number) => ({ loss, jitter, mos: mosOf("g711", loss, jitter, roundTrip) });
  const [heard, sent] = [of(heardLoss, 6 + heardLoss * 90), of(sentLoss, 5 + sentLoss * 90)];
  const now = Math.min(heard.mos, sent.mos);
  const trend = Array.from({ length: 42 }, (_, second) => Math.max(1, Math.min(4.4, second < 22 ? 4.3 - (second % 5) * 0.05 : now + ((second * 7) % 5) * 0.12)));
  return { codec: "g711", heard, sent, roundTrip, trend: [...trend, now], ...(bad ? { bad } : {}) };
}

const good = lineOf(0.002, 0, 38);

/** What is known of the sound when a picture says nothing of it: the line is measured as soon as somebody talks. */
export function soundOf({ call, lines }: DeskState): SoundState {
  return call.phase === "talking" || lines.side.phase === "talking" ? { ...calm, quality: good } : calm;
}

/** Devices and the line: chosen, missing, tried; bad on each side. */
export function soundPictures(rest: DeskState, talking: DeskState) {
  const levels = { mine: 0.35, theirs: 0.14 };
  const open = { ...firstView, panel: "devices" } as const;
  const inCall = (quality: LineQuality, more: Partial<SoundState> = {}): DeskPicture => ({ state: talking, view: firstView, levels, sound: { ...calm, quality, ...more } });
  const { microphone: _, ...others } = calm.devices.uses;
  const gone: SoundState = { ...calm, devices: { ...calm.devices, microphones: [laptop], uses: { ...others, microphone: { wanted: jabra.label, gone: "Jabra Evolve2 30 MS Mono" } } } };
  return {
    devices: { state: rest, view: open, levels: { mine: 0.3, theirs: 0 }, sound: calm },
    devicesNone: { state: rest, view: open, sound: { ...calm, microphone: "denied", notices: "denied", headset: { kind: "unable" }, devices: { ...calm.devices, microphones: [], speakers: [], mayChooseSpeaker: false, uses: { microphone: {}, earpiece: {}, ringer: {} } } } },
    devicesGone: { state: rest, view: open, levels: { mine: 0.1, theirs: 0 }, sound: { ...gone, echo: { phase: "failed", why: "serverDown" } } },
    devicesEcho: { state: rest, view: open, levels, sound: { ...calm, echo: { phase: "talking", since: 0 }, quality: good, notices: "allowed", headset: { kind: "connected", name: "Jabra Evolve2 30" } } },
    devicesInCall: { state: talking, view: open, levels, sound: { ...calm, quality: lineOf(0.12, 0.01, 84, "heard") } },
    badHeard: inCall(lineOf(0.14, 0, 60, "heard")), badSent: inCall(lineOf(0, 0.16, 60, "sent")), badBoth: inCall(lineOf(0.12, 0.16, 700, "both")), badFar: inCall({ ...good, bad: "far" }),
    microphoneGone: inCall(good, { devices: { ...gone.devices } }),
  } satisfies Record<string, DeskPicture>;
}
