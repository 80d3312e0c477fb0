import { Grammar } from "sip.js";

/** Addresses that are told of people, not of sockets. */
const told = /^(from|to|p-asserted-identity|p-preferred-identity|remote-party-id|referred-by)[ \t]*:[ \t]*/i;

/**
 * Makes the addresses in an incoming request such as sip.js can read, because it drops the whole request for one that it cannot, and
 * nobody would hear it ring: a telephone number (RFC 3966) becomes one at our own domain, as which the PBX knows it too (RFC 3261
 * 19.1.6); a name that should stand in quotes (Иван <sip:…>, Smith, J. <sip:…>) gets them; what is no address at all becomes nobody's.
 * @param message as `readable` leaves it
 */
export function readableAddresses(message: string, domain: string): string {
  const end = message.indexOf("\r\n\r\n");
  if (end < 0 || message.startsWith("SIP/2.0 ")) return message;
  const lines = message.slice(0, end).split("\r\n").map((line) => {
    const name = told.exec(line)?.[0];
    if (name === undefined) return line;
    const value = withoutTelephone(line.slice(name.length), domain);
    return name + (/^(?:from|to)\b/i.test(name) ? legible(value, domain) : value);
  });
  return lines.join("\r\n") + message.slice(end);
}

function withoutTelephone(value: string, domain: string): string {
  return value.replace(/<tel:([^>]*)>|(?<=^|,\s*)tel:([^;,\s]*)/gi, (_, inside?: string, bare?: string) => `<sip:${(inside ?? bare ?? "").replace(/;.*$/s, "").replace(/[^\d+*#]/g, "")}@${domain};user=phone>`);
}

function legible(value: string, domain: string): string {
  if (readable(value)) return value;
  const [, shown = "", address = "", rest = ""] = /^([^<]*)<\s*([^>]*?)\s*>(.*)$/s.exec(value) ?? [undefined, "", value.replace(/;.*$/s, ""), /;.*$/s.exec(value)?.[0] ?? ""];
  const words = shown.trim().replace(/^"|"$/g, "").replace(/\\(.)/g, "$1");
  const name = words === "" ? "" : `"${words.replace(/["\\]/g, "\\$&")}" `;
  const quoted = `${name}<${address}>${rest}`;
  if (readable(quoted)) return quoted;
  const tag = /;\s*tag\s*=\s*[\w.~%!*+`'-]+/i.exec(rest)?.[0] ?? "";
  const number = /^sips?:([+\d*#().-]+)@/i.exec(address)?.[1];
  return `${name}<sip:${number ?? "anonymous"}@${number === undefined ? "anonymous.invalid" : domain}>${tag}`;
}

const readable = (value: string): boolean => (Grammar.nameAddrHeaderParse(value) as unknown) !== undefined;
