import { expect, it } from "vitest";
import { readSample } from "#client/phone/lineStats.ts";

/** As Chromium gave them in a call to Asterisk, shortened to what is read. */
const recorded = [
  { type: "codec", id: "CIT01_0", mimeType: "audio/PCMU" },
  { type: "inbound-rtp", id: "IT01A1", kind: "audio", codecId: "CIT01_0", packetsReceived: 412, packetsLost: 9, packetsDiscarded: 2, jitter: 0.004, totalSamplesReceived: 395_520, concealedSamples: 12_000, silentConcealedSamples: 2_000 },
  { type: "outbound-rtp", id: "OT01A1", kind: "audio", packetsSent: 420 },
  { type: "remote-inbound-rtp", id: "RIA1", kind: "audio", packetsLost: 20, jitter: 0.011, roundTripTime: 0.031 },
  { type: "candidate-pair", id: "CP1", nominated: true, state: "succeeded", currentRoundTripTime: 0.002 },
] as const;

it("[L5] reads both directions from the statistics of a browser", () => {
  expect(readSample(recorded, 7)).toEqual({
    at: 7, codec: "g711", heard: { packets: 412, lost: 11, jitter: 4, played: 395_520, madeUp: 10_000 },
    sent: { packets: 400, lost: 20, jitter: 11 }, roundTrip: 31,
  });
});

it("[L5] makes do without the far side's reports, and says nothing before anything has come", () => {
  expect(readSample(recorded.filter(({ type }) => type !== "remote-inbound-rtp"), 0)).toEqual(expect.objectContaining({ roundTrip: 2 }));
  expect(readSample(recorded.filter(({ type }) => type !== "remote-inbound-rtp"), 0)).not.toHaveProperty("sent");
  expect(readSample(recorded.slice(0, 1), 0)).toBeUndefined();
});
