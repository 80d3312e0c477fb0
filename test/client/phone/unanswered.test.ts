import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createUnanswered, GONE } from "#client/phone/unanswered.ts";

const message = (start: string, method: string, branch: string, to = "<sip:b@x>") =>
  [start, `Via: SIP/2.0/WS a.invalid;branch=${branch}`, "From: <sip:a@x>;tag=1", `To: ${to}`, "Call-ID: c", `CSeq: 2 ${method}`, "Max-Forwards: 70", "Content-Length: 0", "", ""].join("\r\n");

describe("requests without an answer", () => {
  const onSilence = vi.fn();
  beforeEach(() => { vi.useFakeTimers(); });
  afterEach(() => { vi.useRealTimers(); onSilence.mockClear(); });

  it("says so when the server does not say a word after a request", () => {
    const unanswered = createUnanswered(5000, onSilence);
    unanswered.sent(message("BYE sip:b@x SIP/2.0", "BYE", "z1"));
    vi.advanceTimersByTime(4999);
    expect(onSilence).not.toHaveBeenCalled();
    vi.advanceTimersByTime(1);
    expect(onSilence).toHaveBeenCalledOnce();
  });

  it("is content with any word, and expects none to an ACK or after an answer of ours", () => {
    const unanswered = createUnanswered(5000, onSilence);
    unanswered.sent(message("INVITE sip:b@x SIP/2.0", "INVITE", "z1"));
    vi.advanceTimersByTime(3000);
    unanswered.received(message("SIP/2.0 100 Trying", "INVITE", "z1"));
    unanswered.sent(message("ACK sip:b@x SIP/2.0", "ACK", "z2"));
    unanswered.sent(message("SIP/2.0 200 OK", "BYE", "z3"));
    vi.advanceTimersByTime(60_000);
    expect(onSilence).not.toHaveBeenCalled();
  });

  it("refuses in the dead server's stead what had no final answer, but never a first INVITE", () => {
    const unanswered = createUnanswered(5000, onSilence);
    unanswered.sent(message("REGISTER sip:x SIP/2.0", "REGISTER", "z1"));
    unanswered.sent(message("INVITE sip:b@x SIP/2.0", "INVITE", "z2"));
    unanswered.sent(message("INVITE sip:b@x SIP/2.0", "INVITE", "z3", "<sip:b@x>;tag=9"));
    unanswered.received(message("SIP/2.0 100 Trying", "INVITE", "z3", "<sip:b@x>;tag=9"));
    unanswered.sent(message("BYE sip:b@x SIP/2.0", "BYE", "z4", "<sip:b@x>;tag=9"));
    unanswered.received(message("SIP/2.0 200 OK", "BYE", "z4", "<sip:b@x>;tag=9"));
    const refusals = unanswered.refusals();
    expect(refusals.map((text) => /branch=(\w+)/.exec(text)?.[1])).toEqual(["z1", "z3"]);
    for (const text of refusals) {
      expect(text).toMatch(/^SIP\/2\.0 503 /);
      expect(text).toContain(`\r\nWarning: ${GONE}\r\n`);
      expect(text).toContain("\r\nCSeq: 2 ");
      expect(text).not.toContain("Max-Forwards");
    }
    expect(unanswered.refusals()).toEqual([]);
    vi.advanceTimersByTime(10_000);
    expect(onSilence).not.toHaveBeenCalled();
  });
});
