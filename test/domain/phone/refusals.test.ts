import { describe, expect, it } from "vitest";
import type { CallEnd } from "#domain/phone/facts.ts";
import { endOfBye, endOfRefusal, readReason } from "#domain/phone/refusals.ts";

/** Every final refusal in the register of SIP response codes (IANA, sip-parameters), by what it means to an agent. */
const words: Partial<Record<CallEnd, readonly number[]>> = {
  busy: [486, 600],
  noAnswer: [408, 487],
  unavailable: [480],
  declined: [603, 607, 608],
  wrongNumber: [301, 404, 410, 484, 485, 604],
  forbidden: [401, 402, 403, 407, 428, 429, 433, 436, 437, 438, 470, 494],
  noRoute: [300, 302, 305, 380, 502, 504],
  loop: [440, 482, 483],
  serverDown: [430, 500, 503],
  mediaFailed: [415, 488, 580, 606],
  notUnderstood: [400, 405, 406, 412, 413, 414, 416, 417, 420, 421, 422, 423, 424, 425, 439, 469, 481, 489, 491, 493, 501, 505, 513, 555],
};

describe("a refusal", () => {
  it.each(Object.entries(words))("[P3] is told as %s", (word, statuses) => {
    for (const status of statuses) expect([status, endOfRefusal(status)]).toEqual([status, word]);
  });

  it("[P3] of an unknown status is told as that of its class, and there is one for each from 300 to 699", () => {
    expect([399, 499, 599, 699].map((status) => endOfRefusal(status))).toEqual(["noRoute", "notUnderstood", "serverDown", "declined"]);
    for (let status = 300; status < 700; status += 1) expect(endOfRefusal(status), String(status)).toMatch(/^[a-zA-Z]+$/);
  });

  it.each([
    [480, 'Q.850;cause=20;text="Subscriber absent"', "unavailable"], [480, "Q.850;cause=19", "noAnswer"], [503, "q.850 ; cause=42", "noLines"],
    [503, "Q.850;cause=34", "noLines"], [404, "Q.850;cause=1", "wrongNumber"], [500, "Q.850;cause=17", "busy"], [403, "Q.850;cause=21", "declined"],
    [480, "Q.850;cause=16", "unavailable"], [486, "Q.850;cause=34", "busy"], [603, "Q.850;cause=17", "declined"], [603, "Q.850;cause=21", "declined"], [603, "Q.850;cause=41", "serverDown"], [603, "Q.850;cause=44", "noLines"], [603, "Q.850;cause=88", "mediaFailed"], [606, "Q.850;cause=41", "mediaFailed"],
    [487, 'SIP;cause=200;text="Call completed elsewhere"', "answeredElsewhere"], [480, "Q.850;cause=28", "wrongNumber"], [500, "Q.850;cause=88", "mediaFailed"],
  ] as const)("[P3] with %d and Reason: %s is told as %s", (status, reason, word) => {
    expect(endOfRefusal(status, readReason([reason]))).toBe(word);
  });

  it("reads Reason headers as RFC 3326 writes them", () => {
    expect(readReason(['SIP ;cause=580 ;text="Precondition, failed", Q.850;text="a;cause=9";cause=16'])).toMatchObject({ sip: 580 });
    expect(readReason(["Q.850;cause=16", "SIP;cause=200"])).toEqual({ q850: 16, sip: 200 });
    for (const odd of ["", ";;;", "Q.850", "Q.850;cause=", "X.99;cause=3", '"', "SIP;cause=abc"]) expect(readReason([odd])).toEqual({});
  });
});

describe("the end of an answered call", () => {
  it.each([
    [undefined, "clientHungUp"], ["Q.850;cause=16", "clientHungUp"], ["Q.850;cause=31", "clientHungUp"], ["SIP;cause=200", "answeredElsewhere"],
    ["Q.850;cause=38", "cutOff"], ["Q.850;cause=102", "cutOff"], ['SIP;cause=503;text="Service unavailable"', "cutOff"], ["Q.850;cause=127", "clientHungUp"],
    ['SIP;cause=804;text="MEDIA_TIMEOUT"', "cutOff"], ['SIP;cause=701;text="SYSTEM_SHUTDOWN"', "cutOff"], ['SIP;cause=801;text="ATTENDED_TRANSFER"', "clientHungUp"],
  ] as const)("[P3] with Reason %s is told as %s", (reason, word) => {
    expect(endOfBye(reason === undefined ? {} : readReason([reason]))).toBe(word);
  });
});
