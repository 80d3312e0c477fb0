/** RFC 3261 7.3.3 and 20, RFC 3515, RFC 3891 and RFC 4028: names in one letter. */
const long: Readonly<Record<string, string>> = {
  i: "Call-ID", m: "Contact", e: "Content-Encoding", l: "Content-Length", c: "Content-Type", f: "From", s: "Subject", k: "Supported", t: "To", v: "Via",
  r: "Refer-To", b: "Referred-By", x: "Session-Expires", o: "Event", u: "Allow-Events", a: "Accept-Contact", j: "Reject-Contact", d: "Request-Disposition",
};

/**
 * The same message as sip.js reads it without loss: one line a header, names in full, no parameters behind `application/sdp`, and in an
 * answer to INVITE that lacks its Contact the address that was called, because sip.js drops the whole message for less. Of a body in
 * several parts (RFC 5621) only the description of the sound is left. What is no SIP message comes back as it is.
 */
export function readable(message: string): string {
  const end = message.indexOf("\r\n\r\n");
  if (end < 0 || !/^(?:SIP\/2\.0 \d|[A-Z]+ \S+ SIP\/2\.0\r\n)/.test(message)) return message;
  // A header goes on in the next line when that begins with a blank (RFC 3261 7.3.1).
  const [start = "", ...lines] = message.slice(0, end).replace(/\r\n[ \t]+/g, " ").split("\r\n");
  const headers = lines.map((line) => {
    const colon = line.indexOf(":");
    if (colon < 0) return line;
    const name = line.slice(0, colon).trim();
    const full = long[name.toLowerCase()] ?? name;
    const value = line.slice(colon + 1).trim();
    return `${full}: ${/^content-type$/i.test(full) ? value.replace(/^application\/sdp\b.*$/i, "application/sdp") : value}`;
  });
  const of = (name: string): string | undefined => headers.find((line) => line.toLowerCase().startsWith(`${name}:`));
  const called = /<[^>]*>|sips?:[^;,\s]+/i.exec(of("to") ?? "")?.[0];
  const lacks = start.startsWith("SIP/2.0 2") && /\bINVITE$/i.test(of("cseq") ?? "") && of("contact") === undefined && called !== undefined;
  const body = message.slice(end + 4);
  const description = descriptionIn(of("content-type") ?? "", body);
  const kept = description === undefined ? headers : [...headers.filter((line) => !/^content-(?:type|length|disposition):/i.test(line)), "Content-Type: application/sdp", `Content-Length: ${new TextEncoder().encode(description).length}`];
  // A blank ends the status also where no words follow (RFC 3261 7.2).
  return `${[start.replace(/^SIP\/2\.0 \d{3}$/, "$& "), ...kept, ...(lacks ? [`Contact: ${called}`] : [])].join("\r\n")}\r\n\r\n${description ?? body}`;
}

/** The description among several parts (RFC 2046 5.1.1). */
function descriptionIn(type: string, body: string): string | undefined {
  const [, quoted, plain] = /^content-type: multipart\/.*;\s*boundary\s*=\s*(?:"([^"]+)"|([^;\s]+))/i.exec(type) ?? [];
  const boundary = quoted ?? plain;
  if (boundary === undefined) return undefined;
  const parts = `\r\n${body}`.split(`\r\n--${boundary}`).slice(1);
  const found = parts.find((part) => /^content-type[ \t]*:[ \t]*application\/sdp\b/im.test(part.split("\r\n\r\n", 1)[0] ?? ""));
  // The line break before the next boundary belongs to that, and the description ends with one of its own.
  return found === undefined ? undefined : `${found.slice(found.indexOf("\r\n\r\n") + 4).replace(/(?:\r\n)+$/, "")}\r\n`;
}
