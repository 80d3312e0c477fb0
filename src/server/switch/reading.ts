/** From a frame to a message that the rest of the switch can rely on, or to the answer that a broken one deserves. */
import { createHash } from "node:crypto";
import { elements, fullName, splitMessage, values } from "./head.ts";
import type { Head } from "./head.ts";
import type { Reading, SipRequest } from "./message.ts";
import { grammarLoad, parseBranch, parseHead } from "./sipLibrary.ts";
import type { Parsed } from "./sipLibrary.ts";

/** Headers that may stand once only: two readers could each believe another one (RFC 3261 7.3.1, RFC 4475 3.3.8). */
const single = ["from", "to", "call-id", "cseq", "max-forwards", "content-length", "content-type", "expires"];
const token = /^[A-Za-z0-9\-.!%*_+`'~]+$/;
const mostLines = 200;
/** The grammar takes up to 20 ms for each kilobyte, and nobody else is served meanwhile. The longest of RFC 4475 has 1,500. */
const mostGrammar = 4096;
/** RFC 3261 8.1.1.5 and 20.22. */
const highestCSeq = 2 ** 31 - 1;
const highestMaxForwards = 255;

/** Turns the bytes of a frame into text: UTF-8, or one character for each byte when they are not UTF-8 (RFC 7118 3). */
export function decodeFrame(data: Buffer): { text: string; bytes: boolean } {
  const text = data.toString("utf8");
  return text.includes("\uFFFD") && !Buffer.from(text, "utf8").equals(data)
    ? { text: data.toString("latin1"), bytes: true }
    : { text, bytes: false };
}

/** Reads one frame (RFC 7118 5: one message a frame). Never throws. */
export function readFrame(frame: string, bytes: boolean, headBytes: number): Reading {
  if (frame === "\r\n\r\n") return { kind: "keepAlive" };
  const text = frame.replace(/^(\r\n)+/, "");
  if (text === "") return { kind: "noise" };
  const { head, body, whole } = splitMessage(text);
  if (head.start.startsWith("SIP/")) return readResponse(head, body, bytes, headBytes);
  const broken = (status: number, why: string): Reading => ({ kind: "broken", head, status, why });

  if (!/ SIP\/\d+\.\d+ *$/i.test(head.start)) {
    return values(head, "via").length > 0 ? broken(400, "Malformed Start Line") : { kind: "noise" };
  }
  if (!/ SIP\/2\.0 *$/i.test(head.start)) return broken(505, "Version Not Supported");
  if (!whole) return broken(400, "Missing Empty Line");
  if (text.length - body.length > headBytes) return broken(513, "Message Too Large");
  const fault = headFault(head);
  if (fault) return broken(400, fault);
  if (grammarLoad(head) > mostGrammar) return broken(513, "Message Too Large");
  const parsed = parseHead(head);
  if (!parsed?.method) return broken(400, "Malformed Message");
  if (!parsed.uri) return broken(416, "Unsupported URI Scheme");
  if (parsed.uriHasHeaders) return broken(400, "Headers In Request-URI");
  const content = contentOf(head, body, bytes);
  if (content === undefined) return broken(400, "Wrong Content-Length");
  const common = commonParts(head, parsed);
  if (typeof common === "string") return broken(400, common);
  if (common.method !== parsed.method) return broken(400, "CSeq Of Another Method");
  if (values(head, "max-forwards").length > 0 && !(parsed.maxForwards !== undefined && parsed.maxForwards <= highestMaxForwards)) {
    return broken(400, "Wrong Max-Forwards");
  }
  return {
    kind: "request", head, body: content, bytes, ...common, method: parsed.method, uri: parsed.uri,
    target: head.start.split(" ")[1] ?? "", maxForwards: parsed.maxForwards,
    everyContact: values(head, "contact").includes("*"),
  };
}

function readResponse(head: Head, body: string, bytes: boolean, headBytes: number): Reading {
  const length = head.start.length + head.lines.reduce((sum, line) => sum + line.name.length + line.value.length + 4, 0);
  if (length > headBytes || headFault(head) || grammarLoad(head) > mostGrammar) return { kind: "noise" };
  const parsed = parseHead(head);
  const content = contentOf(head, body, bytes);
  if (!parsed?.status || parsed.status < 100 || parsed.status > 699 || content === undefined) return { kind: "noise" };
  const common = commonParts(head, parsed);
  if (typeof common === "string") return { kind: "noise" };
  return { kind: "response", head, body: content, bytes, status: parsed.status, ...common };
}

/** What is wrong with the lines of a head, before anybody looks into them. */
function headFault(head: Head): string | undefined {
  if (head.lines.length > mostLines) return "Too Many Headers";
  const count = new Map<string, number>();
  for (const line of head.lines) {
    if (!token.test(line.name)) return "Malformed Header Name";
    // A lone CR or LF is a line end to some receivers and none to others: a header could be smuggled past us.
    // Zero is allowed as an escaped character of a quoted string (RFC 3261 25.1), and nowhere else.
    if (/[\r\n]|(?<!\\)\0/.test(line.value)) return "Malformed Header Value";
    const name = fullName(line.name);
    count.set(name, (count.get(name) ?? 0) + 1);
  }
  if (/[\r\n\0]/.test(head.start)) return "Malformed Start Line";
  const doubled = single.find((name) => (count.get(name) ?? 0) > 1);
  return doubled && `More Than One ${doubled}`;
}

/** The body by Content-Length in bytes; what follows it is dropped (RFC 3261 18.3). Undefined when bytes are missing. */
function contentOf(head: Head, body: string, bytes: boolean): string | undefined {
  const field = values(head, "content-length")[0];
  if (field === undefined) return body;
  if (!/^\d{1,9}$/.test(field)) return undefined;
  const length = Number(field);
  const data = Buffer.from(body, bytes ? "latin1" : "utf8");
  if (data.length < length) return undefined;
  return data.length === length ? body : data.subarray(0, length).toString(bytes ? "latin1" : "utf8");
}

type Common = Pick<SipRequest, "from" | "to" | "callId" | "cseq" | "method" | "branch" | "contacts">;

/** The parts that requests and responses share, or what is missing. */
function commonParts(head: Head, parsed: Parsed): Common | string {
  const { from, to, callId, cseq } = parsed;
  if (!from) return "Missing From";
  if (!to) return "Missing To";
  if (!callId) return "Missing Call-ID";
  if (!cseq) return "Missing CSeq";
  if (!Number.isSafeInteger(cseq.value) || cseq.value > highestCSeq) return "Wrong CSeq";
  const via = elements(head, "via")[0];
  const branch = via === undefined ? undefined : parseBranch(via);
  if (via === undefined || branch === undefined) return "Missing Via";
  return { from, to, callId, cseq: cseq.value, method: cseq.method, branch: branchOrSubstitute(branch, via, parsed), contacts: parsed.contacts };
}

/** RFC 3261 17.2.3: a branch without the cookie says nothing; the transaction is then told by everything else. */
function branchOrSubstitute(branch: string, via: string, parsed: Parsed): string {
  if (branch.startsWith("z9hG4bK") && branch.length > 7) return branch;
  const parts = [via, parsed.callId, parsed.from?.tag, parsed.cseq?.value];
  return `old-${createHash("sha256").update(JSON.stringify(parts)).digest("hex").slice(0, 32)}`;
}
