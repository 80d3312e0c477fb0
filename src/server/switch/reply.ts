/** The answers that the switch gives itself (RFC 3261 8.2.6). */
import { joinMessage, values } from "./head.ts";
import type { Head, HeadLine } from "./head.ts";

const reasons: Readonly<Record<number, string>> = {
  100: "Trying", 200: "OK", 400: "Bad Request", 401: "Unauthorized", 403: "Forbidden", 404: "Not Found", 405: "Method Not Allowed",
  407: "Proxy Authentication Required", 408: "Request Timeout", 416: "Unsupported URI Scheme", 420: "Bad Extension",
  423: "Interval Too Brief", 480: "Temporarily Unavailable", 481: "Call/Transaction Does Not Exist", 482: "Loop Detected",
  483: "Too Many Hops", 486: "Busy Here", 487: "Request Terminated", 500: "Server Internal Error", 501: "Not Implemented",
  503: "Service Unavailable", 505: "Version Not Supported", 513: "Message Too Large",
};

export interface ReplyExtra {
  /** Instead of the usual reason phrase. */
  readonly reason?: string;
  readonly lines?: readonly HeadLine[];
}

/** @param toTag put on To when it has none (RFC 3261 8.2.6.2; not on 100). */
export function replyTo(request: Head, status: number, toTag: string, extra: ReplyExtra = {}): string {
  const copied = (name: string, shown: string) => values(request, name).map((value) => ({ name: shown, value }));
  const to = copied("to", "To").map((line) => (status === 100 || /;\s*tag\s*=/i.test(line.value) ? line : { ...line, value: `${line.value};tag=${toTag}` }));
  const lines = [
    ...copied("via", "Via"), ...copied("from", "From"), ...to, ...copied("call-id", "Call-ID"), ...copied("cseq", "CSeq"),
    ...(extra.lines ?? []), { name: "Server", value: "Sufler" },
  ];
  const start = `SIP/2.0 ${status} ${extra.reason ?? reasons[status] ?? "Error"}`;
  return joinMessage({ start, lines }, "", 0);
}
