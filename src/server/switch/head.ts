/**
 * The head of a SIP message as lines, for what a proxy does to it: put lines in, take lines out, leave the rest as it
 * came. What the lines mean is sip.js's business (sipLibrary.ts); this file only cuts and joins text.
 */
export interface HeadLine {
  /** As written by the sender. */
  readonly name: string;
  /** Unfolded (RFC 3261 7.3.1), without blanks around it. */
  readonly value: string;
}

export interface Head {
  readonly start: string;
  readonly lines: readonly HeadLine[];
}

/** RFC 3261 7.3.3 and the registrations after it. */
const longNames: Readonly<Record<string, string>> = {
  a: "accept-contact", b: "referred-by", c: "content-type", d: "request-disposition", e: "content-encoding", f: "from",
  i: "call-id", j: "reject-contact", k: "supported", l: "content-length", m: "contact", o: "event", r: "refer-to",
  s: "subject", t: "to", u: "allow-events", v: "via", x: "session-expires", y: "identity",
};

/** The long name of a header in lower case. */
export function fullName(name: string): string {
  const lower = name.toLowerCase();
  return longNames[lower] ?? lower;
}

/** Cuts a message into head and body; `whole` is false when the empty line between them is missing. */
export function splitMessage(text: string): { head: Head; body: string; whole: boolean } {
  const end = text.indexOf("\r\n\r\n");
  const headText = end < 0 ? text : text.slice(0, end);
  const [start = "", ...rest] = headText.replaceAll(/\r\n[ \t]+/g, " ").split("\r\n");
  const lines = rest.filter((line) => line !== "").map((line) => {
    const colon = line.indexOf(":");
    return colon < 0 ? { name: "", value: line } : { name: line.slice(0, colon).trimEnd(), value: line.slice(colon + 1).trim() };
  });
  return { head: { start, lines }, body: end < 0 ? "" : text.slice(end + 4), whole: end >= 0 };
}

/** The message as it goes out. Content-Length is always ours: `length` in bytes. */
export function joinMessage(head: Head, body: string, length: number): string {
  const lines = head.lines.filter((line) => fullName(line.name) !== "content-length");
  const text = lines.map((line) => `${line.name}: ${line.value}\r\n`).join("");
  return `${head.start}\r\n${text}Content-Length: ${length}\r\n\r\n${body}`;
}

/** All values of a header, in order, as written (a line may hold a list). `name` is long and in lower case. */
export function values(head: Head, name: string): string[] {
  return head.lines.filter((line) => fullName(line.name) === name).map((line) => line.value);
}

/** The elements of a header that is a list (Via, Route, Require …), however they were spread over lines. */
export function elements(head: Head, name: string): string[] {
  return values(head, name).flatMap(splitList);
}

/** Cuts at the commas that stand outside quotes and angle brackets. */
export function splitList(value: string): string[] {
  const parts: string[] = [];
  let from = 0;
  let quoted = false;
  let bracketed = false;
  for (let i = 0; i < value.length; i++) {
    const sign = value[i];
    if (quoted) {
      if (sign === "\\") i++;
      else if (sign === '"') quoted = false;
    } else if (sign === '"') quoted = true;
    else if (sign === "<") bracketed = true;
    else if (sign === ">") bracketed = false;
    else if (sign === "," && !bracketed) {
      parts.push(value.slice(from, i).trim());
      from = i + 1;
    }
  }
  parts.push(value.slice(from).trim());
  return parts.filter((part) => part !== "");
}

/** Replaces every line of a header by one line for each element, where the first one stood (on top when there was none). */
export function withElements(head: Head, name: string, shown: string, list: readonly string[]): Head {
  const fresh = list.map((value) => ({ name: shown, value }));
  const at = head.lines.findIndex((line) => fullName(line.name) === name);
  const others = (lines: readonly HeadLine[]) => lines.filter((line) => fullName(line.name) !== name);
  if (at < 0) return { ...head, lines: [...fresh, ...head.lines] };
  return { ...head, lines: [...others(head.lines.slice(0, at)), ...fresh, ...others(head.lines.slice(at))] };
}

export function without(head: Head, names: readonly string[]): Head {
  return { ...head, lines: head.lines.filter((line) => !names.includes(fullName(line.name))) };
}
