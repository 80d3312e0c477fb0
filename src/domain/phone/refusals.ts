import type { CallEnd } from "./facts.ts";

const exact: Readonly<Record<number, CallEnd>> = {
  401: "forbidden", 403: "forbidden", 407: "forbidden",
  404: "wrongNumber", 410: "wrongNumber", 484: "wrongNumber", 604: "wrongNumber",
  408: "noAnswer", 480: "noAnswer", 487: "noAnswer",
  415: "mediaFailed", 488: "mediaFailed", 606: "mediaFailed",
  486: "busy", 600: "busy",
  603: "declined", 607: "declined", 608: "declined",
  500: "serverDown", 503: "serverDown",
};

/** What a final SIP status (RFC 3261 section 21) means to the agent. */
export function endOfStatus(status: number): CallEnd {
  return exact[status] ?? (status >= 600 ? "declined" : "noRoute");
}
