import type { CallEnd } from "./facts.ts";

/** What a final answer below 200 … 699 means to the agent, by the status alone (RFC 3261 section 21 and the RFCs named). */
const statuses: Readonly<Record<number, CallEnd>> = {
  // A redirection that could not be followed; one that led round in a circle is `loop`, told by the line itself.
  300: "noRoute", 301: "wrongNumber", 302: "noRoute", 305: "noRoute", 380: "noRoute",
  400: "notUnderstood", 401: "forbidden", 402: "forbidden", 403: "forbidden", 404: "wrongNumber", 405: "notUnderstood", 406: "notUnderstood",
  407: "forbidden", 408: "noAnswer", 410: "wrongNumber", 412: "notUnderstood", 413: "notUnderstood", 414: "notUnderstood",
  415: "mediaFailed", 416: "notUnderstood", 417: "notUnderstood", 420: "notUnderstood", 421: "notUnderstood",
  // 422: our session timer was asked to be longer, twice (RFC 4028).
  422: "notUnderstood", 423: "notUnderstood", 424: "notUnderstood", 425: "notUnderstood", 428: "forbidden", 429: "forbidden",
  430: "serverDown", 433: "forbidden", 436: "forbidden", 437: "forbidden", 438: "forbidden", 439: "notUnderstood", 440: "loop",
  469: "notUnderstood", 470: "forbidden", 480: "unavailable", 481: "notUnderstood", 482: "loop", 483: "loop", 484: "wrongNumber",
  485: "wrongNumber", 486: "busy", 487: "noAnswer", 488: "mediaFailed", 489: "notUnderstood", 491: "notUnderstood",
  493: "notUnderstood", 494: "forbidden",
  500: "serverDown", 501: "notUnderstood", 502: "noRoute", 503: "serverDown", 504: "noRoute", 505: "notUnderstood",
  513: "notUnderstood", 555: "notUnderstood", 580: "mediaFailed",
  600: "busy", 603: "declined", 604: "wrongNumber", 606: "mediaFailed",
  // The person, or an analysis on their behalf, does not want this call (RFC 8197, RFC 8688).
  607: "declined", 608: "declined",
};

/** An unknown status is treated as x00 of its class (RFC 3261 8.1.3.2). */
const classes: Readonly<Record<number, CallEnd>> = { 3: "noRoute", 4: "notUnderstood", 5: "serverDown", 6: "declined" };

/** What the telephone network says by the cause values of ITU-T Q.850, which tell more than the status they come with. */
const causes: Readonly<Record<number, CallEnd>> = {
  1: "wrongNumber", 2: "noRoute", 3: "noRoute", 4: "wrongNumber", 5: "wrongNumber", 6: "noRoute",
  8: "cutOff", 9: "cutOff",
  17: "busy", 18: "unavailable", 19: "noAnswer", 20: "unavailable", 21: "declined", 22: "wrongNumber", 23: "noRoute", 25: "loop",
  26: "answeredElsewhere", 27: "unavailable", 28: "wrongNumber", 29: "forbidden",
  34: "noLines", 38: "serverDown", 41: "serverDown", 42: "noLines", 43: "noRoute", 44: "noLines", 46: "noLines", 47: "noLines",
  50: "forbidden", 52: "forbidden", 54: "forbidden", 55: "forbidden", 57: "forbidden", 58: "noLines", 62: "forbidden", 63: "noRoute",
  65: "mediaFailed", 66: "noRoute", 69: "noRoute", 70: "mediaFailed", 79: "noRoute", 87: "forbidden", 88: "mediaFailed",
  91: "noRoute", 95: "notUnderstood", 96: "notUnderstood", 97: "notUnderstood", 98: "notUnderstood", 99: "notUnderstood",
  100: "notUnderstood", 101: "notUnderstood", 102: "cutOff", 111: "notUnderstood", 127: "noRoute",
};

/** What a message said beside its status: the values of its Reason header (RFC 3326). */
export interface Reason {
  /** The status of a response that somebody got elsewhere: 200 when another telephone has taken the call. */
  readonly sip?: number;
  /** The cause value of the telephone network (ITU-T Q.850). */
  readonly q850?: number;
}

/** Reads Reason headers (RFC 3326 section 2); protocols that nobody here knows and values that are no numbers are passed over. */
export function readReason(headers: readonly string[]): Reason {
  const found: { sip?: number; q850?: number } = {};
  for (const value of headers.flatMap(valuesOf)) {
    const [, protocol = "", parameters = ""] = /^\s*([\w.-]+)\s*(;.*)?$/s.exec(value) ?? [];
    const cause = Number(/;\s*cause\s*=\s*"?(\d{1,3})\b/i.exec(parameters)?.[1] ?? Number.NaN);
    if (!Number.isFinite(cause)) continue;
    if (/^q\.850$/i.test(protocol)) found.q850 ??= cause;
    if (/^sip$/i.test(protocol)) found.sip ??= cause;
  }
  return found;
}

/** The values of one header line: commas part them, except inside quotes. */
function valuesOf(header: string): readonly string[] {
  return header.match(/(?:"(?:\\.|[^"\\])*"|[^,"])+/g) ?? [];
}

/**
 * What a refused call means to the agent. The network's own cause comes first where it says more than "normal": a gateway
 * puts 480 or 503 before half of the things that can happen to a telephone.
 */
export function endOfRefusal(status: number, reason: Reason = {}): CallEnd {
  if (reason.sip === 200) return "answeredElsewhere";
  const told = reason.q850 === undefined ? undefined : causes[reason.q850];
  // Asterisk says 603 for every cause that it has no status for: nobody has declined a call whose trunk was down (41) or full (44). From 32
  // on causes are about the network, never about a person (Q.850, table 1).
  const ofNetwork = status === 603 && reason.q850 !== undefined && reason.q850 >= 32;
  // The client's own telephone has spoken: whatever the network adds is about the same thing.
  if (told !== undefined && (status < 600 || ofNetwork) && status !== 486) return told;
  return statuses[status] ?? classes[Math.floor(status / 100)] ?? "noRoute";
}

/** What FreeSWITCH says beyond SIP's own numbers: it crashed, it was shut down, nothing was heard of one side any more, nor could be read. */
const broken: ReadonlySet<number> = new Set([700, 701, 804, 813]);

/** What the end of an answered call means when the far side ended it (BYE): a person who hung up, unless the network says otherwise. */
export function endOfBye(reason: Reason = {}): CallEnd {
  if (reason.sip === 200) return "answeredElsewhere";
  // 16 normal, 31 normal unspecified; 17–21 are what remains of a transfer of the far side's that came to nothing.
  const abrupt = reason.q850 !== undefined && reason.q850 >= 34 && reason.q850 !== 127;
  return abrupt || (reason.sip !== undefined && ((reason.sip >= 500 && reason.sip < 600) || broken.has(reason.sip))) ? "cutOff" : "clientHungUp";
}
