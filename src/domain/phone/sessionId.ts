import type { CallId } from "../base/envelope.ts";

/**
 * What a call is named by in SIP from end to end: its UUID as a Session-ID (RFC 7989, section 5: 32 hexadecimal digits).
 * Undefined for an id without a UUID.
 */
export function sessionIdOf(call: CallId): string | undefined {
  const uuid = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.exec(call)?.[0];
  return uuid?.replaceAll("-", "");
}
