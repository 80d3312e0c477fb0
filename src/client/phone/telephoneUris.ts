/** Addresses that are told of people, not of sockets. */
const told = /^(?:from|to|p-asserted-identity|p-preferred-identity|remote-party-id|referred-by)[ \t]*:/i;

/**
 * Makes a telephone number (RFC 3966) in an incoming request one at our own domain, as which the PBX knows it too (RFC 3261 19.1.6):
 * sip.js drops the whole request for it, and nobody would hear it ring.
 * @param message as `readable` leaves it
 */
export function withoutTelephoneUris(message: string, domain: string): string {
  const end = message.indexOf("\r\n\r\n");
  if (end < 0 || message.startsWith("SIP/2.0 ") || !/\r\n[^\r]*:[^\r]*\btel:/i.test(message.slice(0, end))) return message;
  const lines = message.slice(0, end).split("\r\n").map((line) => !told.test(line) ? line
    : line.replace(/<tel:([^>]*)>|(?<=[:,]\s*)tel:([^;,\s]*)/gi, (_, inside?: string, bare?: string) => `<sip:${(inside ?? bare ?? "").replace(/;.*$/s, "").replace(/[^\d+*#]/g, "")}@${domain};user=phone>`));
  return lines.join("\r\n") + message.slice(end);
}
