import type { CallId } from "../base/envelope.ts";

const mark = "practice-";

/** The id of a practice call, made from a fresh UUID: every fact of such a call can be told by its id alone (rule T6). */
export function practiceCallId(uuid: string): CallId {
  return mark + uuid;
}

export function isPracticeCall(call: CallId): boolean {
  return call.startsWith(mark);
}
