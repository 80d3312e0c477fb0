import type { CallId } from "../base/envelope.ts";

const mark = "practice-";

/** The id of a practice call, made from a fresh UUID: every fact of such a call can be told by its id alone (rule T6). */
export function practiceCallId(uuid: string): CallId {
  return mark + uuid;
}

export function isPracticeCall(call: CallId): boolean {
  return call.startsWith(mark);
}

/**
 * What a call is named by in SIP from end to end: its UUID as a Session-ID (RFC 7989, section 5: 32 hexadecimal digits).
 * Undefined for an id without a UUID.
 */
export function sessionIdOf(call: CallId): string | undefined {
  const uuid = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.exec(call)?.[0];
  return uuid?.replaceAll("-", "");
}
