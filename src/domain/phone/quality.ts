import type { CallId, Millis } from "../base/envelope.ts";
import type { BadLine, LineWord } from "../base/lineWord.ts";

/** The codec of a call as it matters to its quality. `other`: one that the formula has no figures for. */
export type Codec = "opus" | "g711" | "g722" | "other";

/**
 * Counters of one call as the browser gives them (W3C webrtc-stats), from the beginning of the call on. `heard` is what
 * comes from the exchange, measured here; `sent` is what the exchange says of our packets (RTCP receiver reports, RFC
 * 3550 6.4), undefined until it has said anything.
 */
export interface LineSample {
  readonly at: Millis;
  readonly codec: Codec;
  readonly heard: {
    /** `lost` holds those that came too late, too. */
    readonly packets: number; readonly lost: number; /** ms */ readonly jitter: number;
    /** Samples of sound that were played, and those of them that had to be made up because none had come. */
    readonly played: number; readonly madeUp: number;
  };
  readonly sent?: { readonly packets: number; readonly lost: number; /** ms */ readonly jitter: number };
  /** Milliseconds to the exchange and back; undefined until measured. */
  readonly roundTrip?: number;
}

/** One direction during the last seconds. */
export interface Direction {
  /** Part of the packets that did not arrive, 0 to 1. */
  readonly loss: number;
  /** Milliseconds. */
  readonly jitter: number;
  /** Mean opinion score, 1 to 4.5. */
  readonly mos: number;
}

/** The line as it is now. */
export interface LineQuality {
  readonly codec: Codec;
  readonly heard: Direction;
  readonly sent?: Direction;
  readonly roundTrip?: number;
  /** The worse direction's score of the last seconds, oldest first, at most a minute. */
  readonly trend: readonly number[];
  /** Undefined while the line is good enough to talk. */
  readonly bad?: BadLine;
}

interface Looks { readonly heard: number; readonly sent: number; readonly far: number }

/** All that is remembered of a call's line while it goes on. */
export interface QualityWatch {
  readonly samples: readonly LineSample[];
  readonly line?: LineQuality;
  /** For how many looks each direction has been bad, or good again. */
  readonly badFor: Looks;
  readonly goodFor: Looks;
  readonly seen: { readonly looks: number; readonly badLooks: number; readonly mosSum: number; readonly worst: number; readonly roundTripMost: number; readonly jitterMost: number };
}

/** A call's line in one fact: ids, codes, counts and milliseconds only (rule L7). */
export interface QualitySummary {
  readonly kind: "call.quality";
  readonly call: CallId;
  readonly codec: Codec;
  /** Packets that came, and that should have come. */
  readonly heard: number;
  readonly heardLost: number;
  /** What the far side missed of ours; 0 of 0 when it never said. */
  readonly sent: number;
  readonly sentLost: number;
  /** Milliseconds, the highest that were seen. */
  readonly jitter: number;
  readonly roundTrip: number;
  /** Hundredths of a mean opinion score: over the call, and of its worst second. */
  readonly mos: number;
  readonly worst: number;
  /** Seconds in which the line was too bad to talk. */
  readonly badSeconds: number;
}

export const noQuality: QualityWatch = {
  samples: [], badFor: { heard: 0, sent: 0, far: 0 }, goodFor: { heard: 0, sent: 0, far: 0 },
  seen: { looks: 0, badLooks: 0, mosSum: 0, worst: 4.5, roundTripMost: 0, jitterMost: 0 },
};

/** Looks over which loss is counted: single packets would make single seconds look catastrophic. */
const SPAN = 5;
/** Below this score people ask each other to repeat (G.107 annex B: "many users dissatisfied" begins at R 70, MOS 3.6; "nearly all" at R 60, MOS 3.1). */
const BAD = 3.1;
/** Good again only from here on, so that the sentence does not flicker. */
const GOOD = 3.5;
const BAD_AFTER = 3;
const GOOD_AFTER = 5;
const TREND = 60;
/** Part of the sound that is made up although no packet was lost or late: from here on words are missing. */
const GAPS = 0.1;

/**
 * R loses `ie` by the codec itself and the more by loss the smaller `bpl` is. G.711 with concealment: ITU-T G.113
 * appendix I, table I.4; Opus and G.722: no ITU figures for this narrow-band scale, taken for as robust as G.711 with concealment.
 */
const codecs: Readonly<Record<Codec, { readonly ie: number; readonly bpl: number }>> = {
  g711: { ie: 0, bpl: 25.1 }, opus: { ie: 0, bpl: 25.1 }, g722: { ie: 0, bpl: 25.1 }, other: { ie: 0, bpl: 10 },
};

/**
 * Mean opinion score by the E-model of ITU-T G.107 with its default values and these simplifications: R = 93.2 − Id − Ie,eff;
 * Id for delay without echo as in Cole and Rosenbluth, "Voice over IP performance monitoring" (2001), section 3:
 * 0.024 d + 0.11 (d − 177.3) above 177.3 ms; Ie,eff = Ie + (95 − Ie) · Ppl / (Ppl + Bpl), G.107 section 7.5 with random
 * loss; R to MOS by G.107 annex B. One-way delay d is half of the round trip, the jitter buffer (twice the jitter) and
 * 20 ms of packet and 20 ms of devices.
 * @param loss part of packets lost, 0 to 1
 * @param jitter milliseconds
 * @param roundTrip milliseconds
 */
export function mosOf(codec: Codec, loss: number, jitter: number, roundTrip: number): number {
  const delay = roundTrip / 2 + 2 * jitter + 40;
  const id = 0.024 * delay + (delay > 177.3 ? 0.11 * (delay - 177.3) : 0);
  const { ie, bpl } = codecs[codec];
  const percent = loss * 100;
  const r = Math.max(0, Math.min(100, 93.2 - id - (ie + ((95 - ie) * percent) / (percent + bpl))));
  const mos = 1 + 0.035 * r + r * (r - 60) * (100 - r) * 7e-6;
  return Math.max(1, Math.min(4.5, mos));
}

/** The watch after one more look, about a second later. */
export function stepQuality(watch: QualityWatch, sample: LineSample): QualityWatch {
  const samples = [...watch.samples, sample].slice(-SPAN - 1);
  const [first] = samples;
  if (!first || samples.length < 2) return { ...watch, samples };
  const roundTrip = sample.roundTrip;
  const heard = direction(first.heard, sample.heard, sample.codec, roundTrip);
  const sent = sample.sent && direction(first.sent ?? { packets: 0, lost: 0 }, sample.sent, sample.codec, roundTrip);
  const gaps = gapsIn(first.heard, sample.heard, heard);
  const is = { heard: heard.mos < BAD, sent: (sent?.mos ?? 5) < BAD, far: gaps >= GAPS };
  const isGood = { heard: heard.mos >= GOOD, sent: (sent?.mos ?? 5) >= GOOD, far: gaps < GAPS / 2 };
  const badFor = longer(watch.badFor, is);
  const goodFor = longer(watch.goodFor, isGood);
  const was = watch.line?.bad;
  const heardBad = stays(was === "heard" || was === "both", badFor.heard, goodFor.heard);
  const sentBad = stays(was === "sent" || was === "both", badFor.sent, goodFor.sent);
  const farBad = stays(was === "far", badFor.far, goodFor.far);
  const bad = heardBad && sentBad ? "both" : heardBad ? "heard" : sentBad ? "sent" : farBad ? "far" : undefined;
  const mos = Math.min(heard.mos, sent?.mos ?? 5);
  const { seen } = watch;
  return {
    samples, badFor, goodFor,
    line: {
      codec: sample.codec, heard, trend: [...(watch.line?.trend ?? []), mos].slice(-TREND),
      ...(sent ? { sent } : {}), ...(roundTrip === undefined ? {} : { roundTrip }), ...(bad ? { bad } : {}),
    },
    seen: {
      looks: seen.looks + 1, badLooks: seen.badLooks + Number(bad !== undefined), mosSum: seen.mosSum + mos, worst: Math.min(seen.worst, mos),
      roundTripMost: Math.max(seen.roundTripMost, roundTrip ?? 0), jitterMost: Math.max(seen.jitterMost, heard.jitter, sent?.jitter ?? 0),
    },
  };
}

/** A call's line as far as it was seen, for whoever goes on with the call: another page, another way of the sound. */
export interface QualitySoFar { readonly summary: QualitySummary; readonly looks: number }

/**
 * What is recorded of the line when the call is over (rule L7). Undefined when nothing could be measured.
 * @param before what was seen of this call by a page that is no more; of another call it says nothing
 */
export function soFarOf(call: CallId, watch: QualityWatch, before?: QualitySoFar): QualitySoFar | undefined {
  const summary = summaryOf(call, watch);
  const earlier = before?.summary.call === call ? before : undefined;
  if (!summary || !earlier) return summary ? { summary, looks: watch.seen.looks } : earlier;
  const was = earlier.summary;
  const looks = earlier.looks + watch.seen.looks;
  return {
    looks,
    summary: {
      kind: "call.quality", call, codec: summary.codec,
      heard: was.heard + summary.heard, heardLost: was.heardLost + summary.heardLost, sent: was.sent + summary.sent, sentLost: was.sentLost + summary.sentLost,
      jitter: Math.max(was.jitter, summary.jitter), roundTrip: Math.max(was.roundTrip, summary.roundTrip),
      mos: Math.round((was.mos * earlier.looks + summary.mos * watch.seen.looks) / looks), worst: Math.min(was.worst, summary.worst), badSeconds: was.badSeconds + summary.badSeconds,
    },
  };
}

/** Of one way of the sound alone. */
export function summaryOf(call: CallId, { samples, seen }: QualityWatch): QualitySummary | undefined {
  const last = samples.at(-1);
  if (!last || seen.looks === 0) return undefined;
  const whole = (value: number): number => Math.max(0, Math.min(1_000_000, Math.round(value)));
  return {
    kind: "call.quality", call, codec: last.codec,
    heard: whole(last.heard.packets), heardLost: whole(last.heard.lost), sent: whole(last.sent?.packets ?? 0), sentLost: whole(last.sent?.lost ?? 0),
    jitter: whole(seen.jitterMost), roundTrip: whole(seen.roundTripMost),
    mos: whole((seen.mosSum / seen.looks) * 100), worst: whole(seen.worst * 100), badSeconds: whole(seen.badLooks),
  };
}

/** In one word, for a list: what the call was like from its first second to its last. */
export function gradeOf({ mos, badSeconds }: Pick<QualitySummary, "mos" | "badSeconds">): "good" | "fair" | "bad" {
  return mos < BAD * 100 || badSeconds >= 10 ? "bad" : mos < 380 || badSeconds > 0 ? "fair" : "good";
}

/** The same of a call that goes on. */
export function gradeNow({ bad, trend }: Pick<LineQuality, "bad" | "trend">): "good" | "fair" | "bad" {
  return bad ? "bad" : (trend.at(-1) ?? 4.5) < 3.8 ? "fair" : "good";
}

/** What the lead is told of the line now. */
export function wordOf(call: CallId, line: Pick<LineQuality, "bad" | "trend">): LineWord {
  return { call, grade: gradeNow(line), ...(line.bad ? { bad: line.bad } : {}) };
}

function direction(
  from: { readonly packets: number; readonly lost: number }, to: { readonly packets: number; readonly lost: number; readonly jitter: number },
  codec: Codec, roundTrip: number | undefined,
): Direction {
  // Late and doubled packets can make the count of lost ones go back (RFC 3550 6.4.1).
  const lost = Math.max(0, to.lost - from.lost);
  const all = Math.max(0, to.packets - from.packets) + lost;
  const loss = all === 0 ? 0 : lost / all;
  return { loss, jitter: to.jitter, mos: mosOf(codec, loss, to.jitter, roundTrip ?? 0) };
}

/** The part of the sound that had to be made up although the way here is in order. */
function gapsIn(from: LineSample["heard"], to: LineSample["heard"], { loss, jitter }: Direction): number {
  const played = to.played - from.played;
  // Without any packet there is no line to judge; with loss or jitter the gaps are the network's.
  if (played <= 0 || to.packets === from.packets || loss > 0.01 || jitter > 40) return 0;
  return Math.max(0, to.madeUp - from.madeUp) / played;
}

function longer(before: Looks, is: Readonly<Record<keyof Looks, boolean>>): Looks {
  return { heard: is.heard ? before.heard + 1 : 0, sent: is.sent ? before.sent + 1 : 0, far: is.far ? before.far + 1 : 0 };
}

function stays(was: boolean, badFor: number, goodFor: number): boolean {
  return was ? goodFor < GOOD_AFTER : badFor >= BAD_AFTER;
}
