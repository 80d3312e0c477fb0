/** Who a person is to us: the server's id of the account. */
export type PersonId = string;
/** Made with the database of one person in one browser, and dies with it (rule Y4). */
export type DeviceId = string;
/** One dialed (or, later, incoming) call; made on the device. */
export type CallId = string;
/** A private record: the personal text that a fact only names. */
export type RecordId = string;
export type ProspectId = string;
export type CampaignId = string;
/** Milliseconds since 1970-01-01 UTC. */
export type Millis = number;

/** What every fact carries, whatever happened. Never personal text: ids, closed codes, counts and times only (rule Y1). */
export interface Envelope {
  /** Made on the device; the same fact always has the same id, so it can be sent twice and count once (rule Y2). */
  readonly id: string;
  /** The device's clock when it happened. */
  readonly at: Millis;
  /** Server's clock minus device's clock, as the device last saw it; 0 when it never saw one (rule Y3). */
  readonly offset: number;
  readonly by: PersonId;
  readonly device: DeviceId;
}

/** The furthest moment from 1970 that a date can name (ECMA-262, time values). */
const FURTHEST: Millis = 8.64e15;

/**
 * When it happened by the company's clock (rule Y3). Always a moment that can be shown: a fact is never refused for its
 * time (rule Y7), and one that names no moment must not take the screens of others down.
 */
export function timeOf(fact: Envelope): Millis {
  return Math.max(-FURTHEST, Math.min(FURTHEST, fact.at + fact.offset));
}

/** Orders facts by time, then by id, so that every device sorts alike. */
export function compareFacts(a: Envelope, b: Envelope): number {
  return timeOf(a) - timeOf(b) || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);
}
