// @vitest-environment jsdom
/** The phone's line against a far side that does what few PBXs do, and what all of them do once. No sound: SDP is a piece of text here. */
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { WebSocket } from "ws";
import type { SessionDescriptionHandler } from "sip.js";
import { createSipLine, type LineEvent, type SipCall, type SipLine } from "#client/phone/sipLine.ts";
import { openFarSide, SDP, type FarSide } from "#test/kit/farSide.ts";
import { untilTurned } from "#test/kit/until.ts";
import type { Got } from "#test/server/switch/kit.ts";

vi.setConfig({ testTimeout: 60_000 });

/** Offers and answers as they come and go; `slow` makes the next description wait. */
function fakeMedia() {
  const told: string[] = [];
  let hold: Promise<void> | undefined;
  let goOn: () => void = () => undefined;
  const media: SessionDescriptionHandler = {
    close: () => void told.push("close"),
    getDescription: async () => {
      await hold;
      return { body: SDP, contentType: "application/sdp" };
    },
    hasDescription: (type) => type === "application/sdp",
    setDescription: async (sdp) => {
      if (sdp.includes("nonsense")) throw new Error("no sense");
      told.push(/s=(.*)\r/.exec(sdp)?.[1] ?? "");
    },
    rollbackDescription: async () => void told.push("rollback"),
    sendDtmf: () => true,
  };
  return { media, told, slow() { hold = new Promise((resolve) => { goOn = resolve; }); }, go() { goOn(); } };
}

let far: FarSide;
let line: SipLine;
let sound: ReturnType<typeof fakeMedia>;
let events: LineEvent[];
const sdp = (name: string) => SDP.replace("s=-", `s=${name}`);

beforeEach(async () => {
  Object.assign(globalThis, { WebSocket });
  far = await openFarSide();
  line = createSipLine(() => Promise.resolve({ server: far.url, uri: "sip:agent@far.test", username: "agent", password: "p" }), Date.now);
  line.start();
  await until(() => line.state.getState().state === "ready");
  sound = fakeMedia();
  events = [];
});
afterEach(async () => {
  vi.useRealTimers();
  await far.stop();
  await line.stop();
});

const until = (holds: () => boolean) => untilTurned(holds, () => `${JSON.stringify(events)}`);
const soon = () => new Promise<void>((resolve) => { setImmediate(() => setImmediate(resolve)); });
const types = () => events.map((event) => ("status" in event ? `${event.type} ${event.status}` : event.type));
const has = (type: string) => until(() => types().some((each) => each.startsWith(type)));

async function dial(wishes?: Parameters<SipLine["call"]>[3]): Promise<{ call: SipCall; invite: Got }> {
  const call = line.call("+74951234567", sound.media, (event) => void events.push(event), wishes);
  if (!call) throw new Error("no line");
  return { call, invite: await far.request("INVITE") };
}
async function answered(lines: readonly string[] = []): Promise<{ call: SipCall; invite: Got }> {
  const made = await dial();
  far.answer(made.invite, "200 OK", { lines, body: sdp("answer") });
  await far.request("ACK");
  await has("answered");
  await soon();
  return made;
}
/** Turns the phone's clock from here on; sockets keep the real one. */
const turn = () => vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });

describe("session timers (RFC 4028)", () => {
  it("asks for one, and refreshes by UPDATE at half of the time where the far side takes that", async () => {
    const { invite } = await dial();
    expect(invite.one("Session-Expires")).toBe("1800");
    expect(invite.one("Min-SE")).toBe("90");
    expect(invite.one("Supported")).toMatch(/\btimer\b.*|\b100rel\b/);
    turn();
    far.answer(invite, "200 OK", { body: sdp("a"), lines: ["Session-Expires: 600;refresher=uac", "Require: timer", "Allow: INVITE, ACK, BYE, UPDATE"] });
    await far.request("ACK");
    await has("answered");
    await soon();
    await vi.advanceTimersByTimeAsync(299_000);
    expect(far.got.some(({ method }) => method === "UPDATE")).toBe(false);
    await vi.advanceTimersByTimeAsync(1_000);
    const first = await far.request("UPDATE");
    expect(first.one("Session-Expires")).toBe("600;refresher=uac");
    far.answer(first, "200 OK", { lines: ["Session-Expires: 600;refresher=uac"] });
    await soon();
    await vi.advanceTimersByTimeAsync(301_000);
    const second = await far.request("UPDATE");
    expect(Number(second.one("CSeq").split(" ")[0])).toBe(Number(first.one("CSeq").split(" ")[0]) + 1);
    expect(types()).toEqual(["answered"]);
  });

  it("refreshes by re-INVITE where the far side takes no UPDATE, and as long as asked after 422", async () => {
    turn();
    await answered(["Session-Expires: 200;refresher=uac"]);
    await vi.advanceTimersByTimeAsync(100_000);
    const first = await far.request("INVITE");
    expect(first.one("Session-Expires")).toBe("200;refresher=uac");
    far.answer(first, "422 Session Interval Too Small", { lines: ["Min-SE: 300"] });
    await far.request("ACK");
    const second = await far.request("INVITE");
    expect([second.one("Session-Expires"), second.one("Min-SE")]).toEqual(["300;refresher=uac", "300"]);
    far.answer(second, "200 OK", { body: sdp("b"), lines: ["Session-Expires: 300;refresher=uac"] });
    await far.request("ACK");
    expect(types()).toEqual(["answered"]);
  });

  it("dials again with the interval that a 422 names, in the same call", async () => {
    const { invite } = await dial();
    far.answer(invite, "422 Session Interval Too Small", { lines: ["Min-SE: 3600"] });
    const again = await far.request("INVITE");
    expect([again.one("Session-Expires"), again.one("Min-SE"), again.one("CSeq")]).toEqual(["3600", "3600", "2 INVITE"]);
    expect([again.one("Call-ID"), again.one("From")]).toEqual([invite.one("Call-ID"), invite.one("From")]);
    far.answer(again, "422 Session Interval Too Small", { lines: ["Min-SE: 3600"] });
    await has("refused");
    expect(types()).toEqual(["refused 422"]);
  });

  it("ends a call with BYE that the far side does not refresh in time", async () => {
    turn();
    await answered(["Session-Expires: 90;refresher=uas"]);
    await vi.advanceTimersByTimeAsync(59_000);
    expect(types()).toEqual(["answered"]);
    await vi.advanceTimersByTimeAsync(1_500);
    await far.request("BYE");
    expect(events.at(-1)).toMatchObject({ type: "ended", lost: "timerRanOut" });
  });

  it("ends a call whose refresh finds that the far side no longer knows it", async () => {
    turn();
    await answered(["Session-Expires: 90;refresher=uac", "Allow: UPDATE"]);
    await vi.advanceTimersByTimeAsync(45_000);
    far.answer(await far.request("UPDATE"), "481 Call Does Not Exist", { contact: false });
    await far.request("BYE");
    expect(events.at(-1)).toMatchObject({ type: "ended", lost: "timerRanOut" });
  });

  it.each(["UPDATE", "INVITE"])("says over a new socket where we are by %s, and ends a call that is not there any more (RFC 3261 12.2)", async (method) => {
    const { call, invite } = await answered([`Allow: INVITE, ACK, BYE${method === "UPDATE" ? ", UPDATE" : ""}`]);
    far.close(1001);
    await until(() => line.state.getState().state === "down");
    await until(() => line.state.getState().state === "ready");
    call.here();
    const first = await far.request(method);
    expect([first.one("Call-ID"), first.one("Contact")]).toEqual([invite.one("Call-ID"), expect.stringContaining("<sip:")]);
    expect(first.all("Session-Expires")).toEqual([]);
    far.answer(first, "200 OK", method === "INVITE" ? { body: sdp("again") } : {});
    if (method === "INVITE") await far.request("ACK");
    await soon();
    expect(types()).toEqual(["answered"]);
    call.here();
    far.answer(await far.request(method), "481 Call Does Not Exist", { contact: false });
    await far.request("BYE");
    expect(events.at(-1)).toEqual({ type: "ended", reason: {}, lost: "cutOff" });
  });

  it("goes on where a server on the way only had no answer in time (408)", async () => {
    const { call } = await answered(["Allow: UPDATE"]);
    call.here();
    far.answer(await far.request("UPDATE"), "408 Request Timeout", { contact: false });
    await soon();
    expect(types()).toEqual(["answered"]);
  });

  it("lets the far side refresh, by UPDATE or re-INVITE, and answers who refreshes", async () => {
    turn();
    const { invite } = await answered(["Session-Expires: 90;refresher=uas", "Require: timer"]);
    await vi.advanceTimersByTimeAsync(45_000);
    far.ask(invite, "UPDATE", 1, { lines: ["Supported: timer", "Session-Expires: 90;refresher=uac"] });
    const first = await far.response(200, "UPDATE");
    expect([first.one("Session-Expires"), first.one("Require")]).toEqual(["90;refresher=uac", "timer"]);
    await vi.advanceTimersByTimeAsync(45_000);
    far.ask(invite, "INVITE", 2, { lines: ["Supported: timer", "Session-Expires: 90;refresher=uac"], body: sdp("again") });
    const second = await far.response(200, "INVITE");
    expect(second.one("Session-Expires")).toBe("90;refresher=uac");
    far.ask(invite, "ACK", 2);
    await vi.advanceTimersByTimeAsync(59_000);
    expect(types()).toEqual(["answered"]);
    await vi.advanceTimersByTimeAsync(2_000);
    await far.request("BYE");
  });

  it("has none with a far side that knows none", async () => {
    turn();
    await answered();
    await vi.advanceTimersByTimeAsync(3_600_000);
    expect(types()).toEqual(["answered"]);
  });
});

describe("before the answer", () => {
  it("confirms reliable provisional responses with PRACK, in order (RFC 3262), and hears early media", async () => {
    const { invite } = await dial();
    far.answer(invite, "183 Session Progress", { lines: ["Require: 100rel", "RSeq: 7"], body: sdp("early") });
    const prack = await far.request("PRACK");
    expect(prack.one("RAck")).toBe(`7 ${invite.one("CSeq")}`);
    far.answer(prack, "200 OK");
    far.answer(invite, "180 Ringing", { lines: ["Require: 100rel", "RSeq: 8"] });
    far.answer(await far.request("PRACK"), "200 OK");
    far.answer(invite, "200 OK", {});
    await far.request("ACK");
    await has("answered");
    expect(events.slice(0, 2)).toEqual([{ type: "progress", status: 183, sdp: sdp("early") }, { type: "progress", status: 180 }]);
    expect(sound.told).toEqual(["early"]);
  });

  it("hears it ring also from a far side whose 180 has no tag or no Contact", async () => {
    const { invite } = await dial();
    far.answer(invite, "180 Ringing", { tag: "" });
    far.answer(invite, "183 Session Progress", { contact: false, body: sdp("early") });
    await until(() => events.length === 2);
    expect(events).toEqual([{ type: "progress", status: 180 }, { type: "progress", status: 183, sdp: sdp("early") }]);
  });

  it("goes on with the fork that answers, and ends another one that answers too", async () => {
    const { invite } = await dial();
    far.answer(invite, "183 Session Progress", { tag: "one", body: sdp("one") });
    far.answer(invite, "183 Session Progress", { tag: "two", body: sdp("two") });
    far.answer(invite, "200 OK", { tag: "two", body: sdp("two") });
    expect((await far.request("ACK")).one("To")).toMatch(/;tag=two$/);
    await has("answered");
    expect(sound.told).toEqual(["two"]);
    far.answer(invite, "200 OK", { tag: "one", body: sdp("one") });
    expect((await far.request("ACK")).one("To")).toMatch(/;tag=one$/);
    const bye = await far.request("BYE");
    expect(bye.one("To")).toMatch(/;tag=one$/);
    expect(types().filter((type) => !type.startsWith("progress"))).toEqual(["answered"]);
  });

  it("answers UPDATE in an early dialog, and 491 to an offer in it", async () => {
    const { invite } = await dial();
    far.answer(invite, "183 Session Progress", { body: sdp("early") });
    await has("progress");
    far.ask(invite, "UPDATE", 1);
    await far.response(200, "UPDATE");
    far.ask(invite, "UPDATE", 2, { body: sdp("other") });
    await far.response(491, "UPDATE");
  });

  it("follows a redirection to the best address, asks for the password there anew, and stops when it leads round", async () => {
    const { invite } = await dial();
    far.answer(invite, "302 Moved", { contact: false, lines: ["Contact: <sip:second@far.test>;q=0.5, <mailto:a@b.test>;q=1.0", "Contact: <sip:first@far.test>;q=0.9"] });
    const first = await far.request("INVITE");
    expect(first.start).toBe("INVITE sip:first@far.test SIP/2.0");
    expect([first.one("Call-ID"), first.one("CSeq")]).toEqual([invite.one("Call-ID"), "2 INVITE"]);
    far.answer(first, "407 Who", { contact: false, lines: ['Proxy-Authenticate: Digest realm="far.test", nonce="n", qop="auth", algorithm=MD5'] });
    const proved = await far.next("the INVITE with credentials", (got) => got.method === "INVITE" && got.all("Proxy-Authorization").length === 1);
    far.answer(proved, "404 Not Found", { contact: false });
    const second = await far.request("INVITE");
    expect(second.start).toBe("INVITE sip:second@far.test SIP/2.0");
    expect(second.all("Proxy-Authorization")).toEqual([]);
    far.answer(second, "302 Moved", { contact: false, lines: ["Contact: <sip:first@far.test>"] });
    await has("refused");
    expect(types()).toEqual(["refused 482"]);
  });

  it("follows a redirection to a telephone number", async () => {
    const { invite } = await dial();
    far.answer(invite, "301 Moved Permanently", { contact: false, lines: ["Contact: <tel:+7-999-555-01-01;phone-context=x>"] });
    expect((await far.request("INVITE")).start).toBe("INVITE sip:+79995550101@far.test SIP/2.0");
  });

  it("tells a redirection that it cannot or may not follow", async () => {
    const { invite } = await dial({ mayFollow: (user) => user !== "premium" });
    far.answer(invite, "302 Moved", { contact: false, lines: ["Contact: <sip:premium@far.test>"] });
    await has("refused");
    expect(types()).toEqual(["refused 302"]);
  });

  it("keeps what the network said of a refusal", async () => {
    const { invite } = await dial();
    far.answer(invite, "503 Service Unavailable", { contact: false, lines: ['Reason: Q.850;cause=34;text="No circuit"'] });
    await has("refused");
    expect(events).toEqual([{ type: "refused", status: 503, reason: { q850: 34 } }]);
  });
});

describe("messages that cross", () => {
  it("acknowledges a 200 that crosses its CANCEL, and ends it with BYE", async () => {
    const { call, invite } = await dial();
    far.answer(invite, "180 Ringing");
    await has("progress");
    call.hangUp();
    const cancel = await far.request("CANCEL");
    far.answer(invite, "200 OK", { body: sdp("late") });
    await far.request("ACK");
    const bye = await far.request("BYE");
    far.answer(bye, "200 OK");
    far.answer(cancel, "200 OK", { contact: false });
    await soon();
    expect(types()).toEqual(["progress 180"]);
  });

  it("sends no second INVITE after a CANCEL that crosses a challenge", async () => {
    const { call, invite } = await dial();
    call.hangUp();
    far.answer(invite, "401 Who", { contact: false, lines: ['WWW-Authenticate: Digest realm="far.test", nonce="n", qop="auth", algorithm=MD5'] });
    await far.request("ACK");
    await soon();
    expect(far.got.map(({ method }) => method)).toEqual(["INVITE", "ACK"]);
  });

  it("answers a BYE that crosses its own", async () => {
    const { call, invite } = await answered();
    call.hangUp();
    await far.request("BYE");
    far.ask(invite, "BYE", 1);
    await far.next("an answer to BYE", (got) => got.status > 0 && got.one("CSeq") === "1 BYE");
  });

  it("asks again for hold after 491, and refuses an offer that crosses its own", async () => {
    const { call, invite } = await answered();
    sound.slow();
    turn();
    const done = call.renegotiate();
    await soon();
    far.ask(invite, "INVITE", 1, { body: sdp("theirs") });
    await far.response(491, "INVITE");
    far.ask(invite, "ACK", 1);
    sound.go();
    const first = await far.request("INVITE");
    far.ask(invite, "INVITE", 2, { body: sdp("theirs") });
    await far.response(491, "INVITE");
    far.answer(first, "491 Request Pending", { contact: false });
    await far.request("ACK");
    await soon();
    await vi.advanceTimersByTimeAsync(2_000);
    expect(far.got.filter(({ method }) => method === "INVITE")).toHaveLength(2);
    await vi.advanceTimersByTimeAsync(2_100);
    const second = await far.request("INVITE");
    far.answer(second, "200 OK", { body: sdp("held") });
    expect(await done).toBe("done");
    expect(sound.told).toEqual(["answer", "rollback", "held"]);
  });

  it.each(["hold", "a tone by INFO"])("ends a call whose far side knows it no more when %s is asked for (481), and says BYE", async (what) => {
    const { call } = await answered();
    const done = what === "hold" ? call.renegotiate() : call.info("application/dtmf-relay", "Signal=1\r\nDuration=160\r\n");
    far.answer(await far.next("the question", (got) => got.method === (what === "hold" ? "INVITE" : "INFO")), "481 Call Does Not Exist", { contact: false });
    expect(await done).toBe(what === "hold" ? "refused" : false);
    await far.request("BYE");
    expect(events.at(-1)).toMatchObject({ type: "ended", lost: "cutOff" });
  });

  it.each([["UPDATE", ["Allow: UPDATE"]], ["INVITE", []]] as const)("tells the far side of a new socket by %s, over that socket, and asks for no timer where there is none", async (method, lines) => {
    const { call } = await answered(lines);
    far.close(1001);
    await until(() => far.connections() === 2 && line.state.getState().state === "ready");
    call.here();
    const asked = await far.request(method);
    expect([asked.one("Contact"), asked.all("Session-Expires")]).toEqual([expect.stringMatching(/transport=ws/), []]);
    far.answer(asked, "200 OK", method === "INVITE" ? { body: sdp("again") } : {});
    await soon();
    expect(types()).toEqual(["answered"]);
    call.here();
    far.answer(await far.request(method), "481 Call Does Not Exist", { contact: false });
    await far.request("BYE");
    expect(events.at(-1)).toMatchObject({ type: "ended", lost: "cutOff" });
  });

  it("says goodbye as soon as it can when it was hung up without a socket: a new one is tried for in the pause too", async () => {
    const { call } = await answered();
    turn();
    far.close(1011);
    await until(() => line.state.getState().state === "down");
    expect(far.connections()).toBe(1);
    call.hangUp();
    // No timer has run: the pause between two tries is not over.
    await far.request("BYE");
    expect(far.connections()).toBe(2);
  });

  it("answers to a challenge in the dialog, and to a stale one, with numbers in order", async () => {
    const { call } = await answered();
    const done = call.info("application/dtmf-relay", "Signal=1\r\nDuration=160\r\n");
    const challenge = (nonce: string, stale = "") => [`WWW-Authenticate: Digest realm="far.test", nonce="${nonce}", qop="auth", algorithm=MD5${stale}`];
    far.answer(await far.request("INFO"), "401 Who", { lines: challenge("one") });
    const second = await far.request("INFO");
    far.answer(second, "401 Who", { lines: challenge("two", ", stale=true") });
    const third = await far.request("INFO");
    expect(third.one("Authorization")).toContain('nonce="two"');
    far.answer(third, "200 OK");
    expect(await done).toBe(true);
    call.hangUp();
    const bye = await far.request("BYE");
    const numbers = far.got.filter(({ method }) => method === "INFO" || method === "BYE").map((got) => Number(got.one("CSeq").split(" ")[0]));
    expect(numbers).toEqual([numbers[0], (numbers[0] ?? 0) + 1, (numbers[0] ?? 0) + 2, (numbers[0] ?? 0) + 3]);
    far.answer(bye, "200 OK");
  });
});

describe("the far side asks", () => {
  it("has its offer answered, by re-INVITE and by UPDATE, and nonsense refused", async () => {
    const { invite } = await answered();
    far.ask(invite, "INVITE", 1, { body: sdp("one") });
    expect((await far.response(200, "INVITE")).body).toBe(SDP);
    far.ask(invite, "ACK", 1);
    far.ask(invite, "UPDATE", 2, { body: sdp("two") });
    expect((await far.response(200, "UPDATE")).body).toBe(SDP);
    far.ask(invite, "UPDATE", 3, { body: "nonsense" });
    await far.response(488, "UPDATE");
    far.ask(invite, "UPDATE", 3);
    await far.response(500, "UPDATE");
    expect(sound.told).toEqual(["answer", "one", "two", "rollback"]);
    expect(types()).toEqual(["answered"]);
  });

  it("is told 481 for a call that is not there", async () => {
    const { call, invite } = await answered();
    call.hangUp();
    far.answer(await far.request("BYE"), "200 OK");
    far.ask(invite, "UPDATE", 9);
    await far.response(481, "UPDATE");
  });

  it("ends the call, and says why", async () => {
    const { invite } = await answered();
    far.ask(invite, "BYE", 1, { lines: ["Reason: Q.850;cause=41"] });
    await far.response(200, "BYE");
    expect(events.at(-1)).toEqual({ type: "ended", reason: { q850: 41 } });
  });
});

describe("who calls", () => {
  it.each([
    ["from", /^From: "Отдел \\"А\\"" <sip:\+74950000000@far\.test>;tag=/m, undefined],
    ["asserted", /^From: <sip:agent@far\.test>;tag=/m, /^P-Asserted-Identity: "Отдел \\"А\\"" <sip:\+74950000000@far\.test>$/m],
    ["preferred", /^From: <sip:agent@far\.test>;tag=/m, /^P-Preferred-Identity: "Отдел \\"А\\"" <sip:\+74950000000@far\.test>$/m],
  ] as const)("is told in %s as the PBX wants it", async (by, from, header) => {
    const { invite } = await dial({ callerId: { number: "+74950000000", name: 'Отдел "А"', by } });
    const text = invite.text.replaceAll("\r", "");
    expect(text).toMatch(from);
    if (header) expect(text).toMatch(header);
    else expect(text).not.toMatch(/^P-/m);
  });
});
