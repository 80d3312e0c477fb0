import type { Millis } from "#domain/base/envelope.ts";
import type { Codec, LineSample } from "#domain/phone/quality.ts";

/** The parts of W3C webrtc-stats that are read; a browser may leave any of them out. Times in seconds. */
interface Entry {
  readonly type: string;
  readonly kind?: string;
  readonly id: string;
  readonly codecId?: string;
  readonly mimeType?: string;
  readonly packetsReceived?: number;
  readonly packetsSent?: number;
  readonly packetsLost?: number;
  readonly packetsDiscarded?: number;
  readonly jitter?: number;
  readonly totalSamplesReceived?: number;
  readonly concealedSamples?: number;
  readonly silentConcealedSamples?: number;
  readonly roundTripTime?: number;
  readonly currentRoundTripTime?: number;
  readonly nominated?: boolean;
  readonly state?: string;
}

/** What a connection tells of its line now; undefined before anything has come. */
export async function sampleOf(connection: RTCPeerConnection, at: Millis): Promise<LineSample | undefined> {
  const entries: Entry[] = [];
  (await connection.getStats()).forEach((entry: Entry) => { entries.push(entry); });
  return readSample(entries, at);
}

/** Apart from the browser, so that recorded statistics can be read. */
export function readSample(entries: readonly Entry[], at: Millis): LineSample | undefined {
  const find = (type: string) => entries.find((entry) => entry.type === type && (entry.kind ?? "audio") === "audio");
  const [inbound, outbound, remote] = [find("inbound-rtp"), find("outbound-rtp"), find("remote-inbound-rtp")];
  if (!inbound) return undefined;
  const pair = entries.find(({ type, nominated, state }) => type === "candidate-pair" && nominated === true && state === "succeeded");
  // RTCP's own figure is that of the sound; the path's comes from connectivity checks (RFC 8445), also where nobody sends reports.
  const trip = remote?.roundTripTime ?? pair?.currentRoundTripTime;
  const lostOfOurs = remote?.packetsLost ?? 0;
  return {
    at, codec: codecOf(entries.find(({ id }) => id === inbound.codecId)?.mimeType),
    heard: {
      packets: inbound.packetsReceived ?? 0, lost: Math.max(0, inbound.packetsLost ?? 0) + (inbound.packetsDiscarded ?? 0), jitter: ms(inbound.jitter),
      played: inbound.totalSamplesReceived ?? 0, madeUp: Math.max(0, (inbound.concealedSamples ?? 0) - (inbound.silentConcealedSamples ?? 0)),
    },
    ...(remote && outbound ? { sent: { packets: Math.max(0, (outbound.packetsSent ?? 0) - lostOfOurs), lost: Math.max(0, lostOfOurs), jitter: ms(remote.jitter) } } : {}),
    ...(trip === undefined ? {} : { roundTrip: trip * 1000 }),
  };
}

function ms(seconds: number | undefined): number {
  return (seconds ?? 0) * 1000;
}

function codecOf(mimeType = ""): Codec {
  if (/\/opus$/i.test(mimeType)) return "opus";
  if (/\/pcm[ua]$/i.test(mimeType)) return "g711";
  return /\/g722$/i.test(mimeType) ? "g722" : "other";
}
