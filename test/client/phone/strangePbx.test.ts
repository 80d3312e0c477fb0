// @vitest-environment jsdom
/** The phone's line at an exchange that somebody else wrote, who keeps to the standards and to nobody's habits. */
import { afterEach, describe, expect, it, vi } from "vitest";
import { WebSocket } from "ws";
import type { SessionDescriptionHandler } from "sip.js";
import type { SipIncoming } from "#client/phone/sipIncoming.ts";
import { createSipLine, type LineEvent, type SipCall, type SipLine } from "#client/phone/sipLine.ts";
import { openFarSide, SDP, type FarSide } from "#test/kit/farSide.ts";
import { untilTurned } from "#test/kit/until.ts";
import type { Got } from "#test/server/switch/kit.ts";

vi.setConfig({ testTimeout: 60_000 });

let far: FarSide;
let line: SipLine;
let events: LineEvent[];
let told: string[];
let rung: SipIncoming[];
const sdp = (name: string) => SDP.replace("s=-", `s=${name}`);
const md5 = (realm: string, nonce: string, more = ', qop="auth"') => `Digest realm="${realm}", nonce="${nonce}", algorithm=MD5${more}`;

async function open(register?: Parameters<typeof openFarSide>[0]): Promise<void> {
  Object.assign(globalThis, { WebSocket });
  far = await openFarSide(register);
  events = [];
  told = [];
  rung = [];
  line = createSipLine(() => Promise.resolve({ server: far.url, uri: "sip:agent@far.test", username: "agent", password: "p" }), Date.now);
  line.onIncoming((incoming) => void rung.push(incoming));
  line.start();
  await until(() => line.state.getState().state !== "off" && line.state.getState().state !== "connecting");
}
afterEach(async () => {
  vi.useRealTimers();
  await far.stop();
  await line.stop();
});

const until = (holds: () => boolean) => untilTurned(holds, () => `${JSON.stringify(events)} ${JSON.stringify(line.state.getState())}`);
const types = () => events.map((event) => ("status" in event ? `${event.type} ${event.status}` : event.type));
const has = (type: string) => until(() => types().some((each) => each.startsWith(type)));
const soon = () => new Promise<void>((resolve) => { setImmediate(() => setImmediate(resolve)); });
const turn = () => vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "setInterval", "clearInterval"] });

function sound(): SessionDescriptionHandler {
  return {
    close: () => undefined,
    getDescription: () => Promise.resolve({ body: SDP, contentType: "application/sdp" }),
    hasDescription: (type) => /^application\/sdp\b/i.test(type),
    setDescription: (body) => {
      if (body.includes("nonsense")) return Promise.reject(new Error("no sense"));
      told.push(/s=(.*)\r/.exec(body)?.[1] ?? "");
      return Promise.resolve();
    },
    rollbackDescription: () => Promise.resolve(),
    sendDtmf: () => true,
  };
}
async function dial(): Promise<{ call: SipCall; invite: Got }> {
  const call = line.call("+74951234567", sound(), (event) => void events.push(event));
  if (!call) throw new Error("no line");
  return { call, invite: await far.request("INVITE") };
}
async function answered(lines: readonly string[] = []): Promise<{ call: SipCall; invite: Got }> {
  await open();
  const made = await dial();
  far.answer(made.invite, "200 OK", { lines, body: sdp("answer") });
  await far.request("ACK");
  await has("answered");
  await soon();
  return made;
}

describe("proof of the password", () => {
  it("is given to a proxy and to the telephone behind it, in one call", async () => {
    await open();
    const { invite } = await dial();
    far.answer(invite, "407 Who", { contact: false, lines: [`Proxy-Authenticate: ${md5("door.test", "a")}`] });
    const second = await far.next("the proof for the proxy", (got) => got.method === "INVITE" && got.all("Proxy-Authorization").length === 1);
    far.answer(second, "401 Who", { contact: false, lines: [`WWW-Authenticate: ${md5("far.test", "b")}`] });
    const third = await far.next("both proofs", (got) => got.method === "INVITE" && got.all("Authorization").length === 1);
    expect(third.one("Proxy-Authorization")).toMatch(/realm="door\.test", nonce="a".*nc=00000002/);
    expect(third.one("Authorization")).toMatch(/realm="far\.test", nonce="b".*nc=00000001/);
    expect(third.one("CSeq")).toBe("3 INVITE");
    // A wrong password is said once, not for ever.
    far.answer(third, "401 Who", { contact: false, lines: [`WWW-Authenticate: ${md5("far.test", "c")}`] });
    await has("refused");
    expect(types()).toEqual(["refused 401"]);
  });

  it("is given to both by a registration too", async () => {
    await open((_, count) => (count === 1 ? { status: "407 Who", lines: [`Proxy-Authenticate: ${md5("door.test", "a")}`] }
      : count === 2 ? { status: "401 Who", lines: [`WWW-Authenticate: ${md5("far.test", "b")}`] } : undefined));
    expect(line.state.getState().state).toBe("ready");
    expect(far.registrations[2]?.one("Proxy-Authorization")).toContain('realm="door.test"');
    expect(far.registrations[2]?.one("Authorization")).toContain('realm="far.test"');
  });

  it.each([
    ["without a quality of protection", 'Digest realm="far.test", nonce="n"', /^(?!.*(?:qop|nc)=)/],
    ["in small letters, and quoted", 'digest realm="far.test", nonce="n", algorithm="md5", qop="auth,auth-int", stale=false', /qop=auth.*nc=00000001/],
    ["with more than we know", 'Digest domain="sip:far.test", realm="far, test", charset=UTF-8, userhash=false, nonce="n", opaque="o,p", algorithm=MD5, qop="auth"', /opaque="o,p"/],
  ])("is given to a question %s", async (_, question, proof) => {
    await open((__, count) => (count === 1 ? { status: "401 Who", lines: [`WWW-Authenticate: ${question}`] } : undefined));
    expect(line.state.getState()).toEqual({ state: "ready" });
    expect(far.registrations[1]?.one("Authorization")).toMatch(proof);
  });

  it("is given by the best of several ways, also when each is offered twice, and beside a proxy's question", async () => {
    const sha = 'Digest realm="far.test", nonce="s", algorithm=SHA-256, qop="auth"';
    const proxys = 'Digest realm="door.test", nonce="a", algorithm=SHA-256, qop="auth"';
    const other = 'Digest realm="far.test", nonce="x", algorithm=SHA-512, qop="auth"';
    await open((_, count) => (count === 1 ? { status: "401 Who", lines: [`Proxy-Authenticate: ${proxys}`, ...[other, md5("far.test", "m"), sha, md5("far.test", "m"), sha].map((each) => `WWW-Authenticate: ${each}`)] } : undefined));
    expect(line.state.getState()).toEqual({ state: "ready" });
    expect(far.registrations[1]?.one("Authorization")).toMatch(/nonce="s".*algorithm=SHA-256/);
  });
});

describe("a call that nobody finishes", () => {
  it("is let go when the last word to a CANCEL never comes", async () => {
    await open();
    const { call, invite } = await dial();
    far.answer(invite, "180 Ringing");
    await has("progress");
    turn();
    call.hangUp();
    far.answer(await far.request("CANCEL"), "200 OK", { contact: false });
    await soon();
    line.renew();
    await vi.advanceTimersByTimeAsync(40_000);
    expect(call.name()).toBeUndefined();
    // It answers late: nobody is there any more, and the telephone must not believe otherwise.
    far.answer(invite, "200 OK", { body: sdp("late") });
    await far.request("ACK");
    far.answer(await far.request("BYE"), "200 OK");
    expect(types()).toEqual(["progress 180"]);
  });

  it("tells a server that is overloaded as what it is, and does not ask again by itself", async () => {
    await open();
    const { invite } = await dial();
    far.answer(invite, "503 Busy", { contact: false, lines: ["Retry-After: 2"] });
    await has("refused");
    await soon();
    expect(types()).toEqual(["refused 503"]);
    expect(far.got.filter(({ method }) => method === "INVITE")).toHaveLength(1);
  });

  it.each(["486", "486 Занято"])("reads a refusal of %s", async (status) => {
    await open();
    const { invite } = await dial();
    far.answer(invite, status, { contact: false });
    await has("refused");
    expect(types()).toEqual(["refused 486"]);
  });

  it("takes an answer that has come in early media, reliably, and stands in no 200 any more (RFC 3262 5)", async () => {
    await open();
    const { invite } = await dial();
    far.answer(invite, "183 Progress", { body: sdp("answer"), lines: ["Require: 100rel", "RSeq: 7"] });
    far.answer(await far.request("PRACK"), "200 OK");
    far.answer(invite, "200 OK");
    await far.request("ACK");
    await has("answered");
    expect(told).toEqual(["answer"]);
  });

  it("hears early media that comes with 180, too", async () => {
    await open();
    const { invite } = await dial();
    far.answer(invite, "180 Ringing", { body: sdp("ring") });
    await has("progress");
    expect(events).toEqual([{ type: "progress", status: 180, sdp: sdp("ring") }]);
  });
});

describe("in the call, the far side", () => {
  it("makes no sense in a re-INVITE, hears 488, and the call goes on", async () => {
    const { call, invite } = await answered();
    far.ask(invite, "INVITE", 1, { body: sdp("nonsense") });
    await far.response(488, "INVITE");
    far.ask(invite, "ACK", 1);
    far.ask(invite, "INVITE", 2, { body: sdp("again") });
    expect((await far.response(200, "INVITE")).body).toBe(SDP);
    far.ask(invite, "ACK", 2);
    await soon();
    expect(types()).toEqual(["answered"]);
    const done = call.renegotiate();
    far.answer(await far.request("INVITE"), "200 OK", { body: sdp("ours") });
    expect(await done).toBe("done");
  });

  it("asks whether we are there (OPTIONS), tells what nobody reads (INFO, NOTIFY), and the call goes on; an unknown method is refused", async () => {
    const { call, invite } = await answered();
    far.ask(invite, "OPTIONS", 1);
    expect((await far.response(200, "OPTIONS")).all("Allow").join()).toContain("UPDATE");
    far.ask(invite, "INFO", 2, { lines: ["Info-Package: x"] });
    await far.response(200, "INFO");
    far.ask(invite, "NOTIFY", 3, { lines: ["Event: talk", "Subscription-State: active"] });
    await far.response(200, "NOTIFY");
    far.ask(invite, "MESSAGE", 4, { lines: ["Content-Type: text/plain"] });
    expect((await far.next("the answer to MESSAGE", (got) => got.one("CSeq") === "4 MESSAGE")).status).toBe(405);
    far.ask(invite, "PUBLISH", 5);
    expect((await far.next("the answer to PUBLISH", (got) => got.one("CSeq") === "5 PUBLISH")).status).toBeGreaterThanOrEqual(405);
    far.ask(invite, "REFER", 6, { lines: ["Refer-To: <sip:premium@far.test>"] });
    expect((await far.next("the answer to REFER", (got) => got.one("CSeq") === "6 REFER")).status).toBeGreaterThanOrEqual(400);
    await soon();
    expect(types()).toEqual(["answered"]);
    call.hangUp();
    far.answer(await far.request("BYE"), "200 OK");
    far.ask(invite, "OPTIONS", 7);
    await far.response(481, "OPTIONS");
  });

  it("goes away while it asks us, and the other way round", async () => {
    const { invite } = await answered();
    far.ask(invite, "INVITE", 1, { body: sdp("again") });
    far.ask(invite, "BYE", 2);
    await far.response(200, "BYE");
    await has("ended");
    expect(types()).toEqual(["answered", "ended"]);
  });

  it("outside of every call asks us to call somebody (REFER), or to take the place of a call that is not there, and is refused", async () => {
    await open();
    const contact = /<([^>]+)>/.exec(far.registrations[0]?.one("Contact") ?? "")?.[1] ?? "";
    far.raw([`REFER ${contact} SIP/2.0`, "Via: SIP/2.0/WS pbx;branch=z9hG4bK-r", "Max-Forwards: 70", "From: <sip:pbx@far.test>;tag=p", "To: <sip:agent@far.test>", "Call-ID: r", "CSeq: 1 REFER", "Contact: <sip:pbx@far.test>", "Refer-To: <sip:premium@far.test>", "Content-Length: 0", "", ""].join("\r\n"));
    expect((await far.next("the answer to REFER", (got) => got.status > 0 && got.one("CSeq") === "1 REFER")).status).toBeGreaterThanOrEqual(400);
    const ringing = far.ring("replaces", { body: SDP, lines: ["Replaces: nobody;to-tag=a;from-tag=b"] });
    ringing.say("ACK", 1, await far.response(481, "INVITE"));
    await soon();
    expect(rung).toHaveLength(0);
    expect(far.got.some(({ method }) => method === "INVITE")).toBe(false);
  });
});

describe("somebody calls us", () => {
  it.each([
    ["a telephone number", '"Smith, John" <tel:+74951112233;phone-context=x>', [], { name: "Smith, John", number: "+74951112233" }],
    ["a bare number", "tel:+7-495-111-22-33", [], { number: "+74951112233" }],
    ["an asserted number", "<sip:anonymous@anonymous.invalid>", ['P-Asserted-Identity: "Иван \\"И\\"" <tel:+74951112233>, <sip:ivan@far.test>'], { name: 'Иван "И"', number: "+74951112233" }],
    ["a host in IPv6, a port, parameters, and a name without quotes", "John Smith <sip:+74951112233;isub=1@[2001:db8::1]:5061;transport=ws;user=phone>", [], { name: "John Smith", number: "+74951112233" }],
    ["nobody", '"Anonymous" <sip:anonymous@anonymous.invalid>', ["Privacy: id"], {}],
    ["a name that should stand in quotes", "Иван Петров <sip:+74951112233@far.test>", [], { name: "Иван Петров", number: "+74951112233" }],
    ["a name with signs of its own", "O'Brien, J. (sales) <sip:+74951112233@far.test>", [], { name: "O'Brien, J. (sales)", number: "+74951112233" }],
    ["a name whose quotes are never closed, and blanks in the brackets", '"Smith < sip:+74951112233@far.test >', [], { name: "Smith", number: "+74951112233" }],
    ["a number at a place that is none", "sip:+74951112233@far_test", [], { number: "+74951112233" }],
    ["an address that is none", "<sip:user name@far.test>", [], {}],
  ])("as %s", async (_, from, lines, caller) => {
    await open();
    const ringing = far.ring("odd", { from, lines, body: sdp("theirs") });
    const ringed = await far.response(180, "INVITE");
    expect(ringed.one("From")).toMatch(/;tag=far-odd$/);
    expect(rung[0]?.caller).toEqual(caller);
    rung[0]?.reject(486);
    ringing.say("ACK", 1, await far.response(486, "INVITE"));
  });

  it("and requires what we do not have: named in 420, and nobody hears it ring", async () => {
    await open();
    const ringing = far.ring("strict", { body: sdp("theirs"), lines: ["Require: timer, precondition", "Require: x-new"] });
    const no = await far.response(420, "INVITE");
    expect(no.one("Unsupported")).toBe("precondition, x-new");
    ringing.say("ACK", 1, no);
    await soon();
    expect(rung).toHaveLength(0);
  });

  it.each(["before", "after"])("and requires that ringing is confirmed (RFC 3262): it is, %s we take the call", async (when) => {
    await open();
    const ringing = far.ring("sure", { body: sdp("theirs"), lines: ["Require: 100rel", "Supported: 100rel, timer"] });
    const ringed = await far.response(180, "INVITE");
    expect(ringed.one("Require")).toBe("100rel");
    const confirm = async () => {
      ringing.say("PRACK", 2, ringed, { lines: [`RAck: ${ringed.one("RSeq")} 1 INVITE`] });
      await far.response(200, "PRACK");
    };
    if (when === "before") await confirm();
    const call = rung[0]?.answer(sound(), (event) => void events.push(event));
    const ok = await far.response(200, "INVITE");
    if (when === "after") await confirm();
    ringing.say("ACK", 1, ok);
    await has("answered");
    const done = call?.renegotiate();
    far.answer(await far.request("INVITE"), "200 OK", { body: sdp("held") });
    expect(await done).toBe("done");
  });

  it.each([["mixed", '"-- a ?"', "-- a ?"], ["alternative", "x.1", "x.1"]])("with a body of several parts (multipart/%s, RFC 5621): the sound's is taken", async (kind, written, boundary) => {
    await open();
    const parts = ["", `--${boundary}`, "Content-Type: application/pidf+xml", "Content-Disposition: render;handling=optional", "", "<presence/>", `--${boundary}`, "content-type:application/sdp ; charset=utf-8", "", `${sdp("theirs")}--${boundary}--`, ""].join("\r\n");
    const ringing = far.ring("parts", { body: parts, lines: ["MIME-Version: 1.0"], type: `multipart/${kind}; boundary=${written}` });
    await far.response(180, "INVITE");
    rung[0]?.answer(sound(), (event) => void events.push(event));
    ringing.say("ACK", 1, await far.response(200, "INVITE"));
    await has("answered");
    expect(told).toEqual(["theirs"]);
  });

  it("with a description in another language: 415 and what we speak, and nobody hears it ring; what may be left aside is", async () => {
    await open();
    const ringing = far.ring("foreign", { body: "<sound/>", type: "application/jingle+xml" });
    const no = await far.response(415, "INVITE");
    expect(no.one("Accept")).toBe("application/sdp");
    ringing.say("ACK", 1, no);
    await soon();
    expect(rung).toHaveLength(0);
    far.ring("aside", { body: "<who/>", type: "application/xml", lines: ["Content-Disposition: render;handling=optional"] });
    await far.response(180, "INVITE");
    expect(rung).toHaveLength(1);
  });

  it("and hangs up before the ACK for our answer comes", async () => {
    await open();
    const ringing = far.ring("slow", { body: sdp("theirs") });
    await far.response(180, "INVITE");
    const call = rung[0]?.answer(sound(), (event) => void events.push(event));
    const ok = await far.response(200, "INVITE");
    expect(ok.body).toBe(SDP);
    ringing.say("BYE", 2, ok);
    await far.response(200, "BYE");
    await has("ended");
    expect(types().at(-1)).toBe("ended");
    expect(call?.name()).toBeUndefined();
  });

  it("without an offer: we make one, and hear the answer in ACK", async () => {
    await open();
    const ringing = far.ring("late");
    await far.response(180, "INVITE");
    const call = rung[0]?.answer(sound(), (event) => void events.push(event));
    const ok = await far.response(200, "INVITE");
    expect(ok.body).toBe(SDP);
    ringing.say("ACK", 1, ok, { body: sdp("theirs") });
    await has("answered");
    await until(() => told.includes("theirs"));
    call?.hangUp();
    far.answer(await far.request("BYE"), "200 OK");
  });

  it("and gives up in the moment in which we answer", async () => {
    await open();
    const ringing = far.ring("cross", { body: sdp("theirs") });
    await far.response(180, "INVITE");
    rung[0]?.answer(sound(), (event) => void events.push(event));
    ringing.say("CANCEL", 1);
    await far.response(200, "CANCEL");
    const last = await far.next("the last word", (got) => got.status >= 200 && got.one("CSeq") === "1 INVITE");
    ringing.say("ACK", 1, last);
    // Answered all the same, the caller has to hang up (RFC 3261 9.1).
    if (last.status === 200) ringing.say("BYE", 2, last);
    else expect(last.status).toBe(487);
    await has("ended");
  });
});

describe("the way to the exchange", () => {
  it("leads through a proxy that cannot keep it (439, RFC 5626 6): the line registers without that", async () => {
    await open((message) => (/reg-id/.test(message.one("Contact")) ? { status: "439 First Hop Lacks Outbound Support", lines: [] } : undefined));
    expect(line.state.getState()).toEqual({ state: "ready" });
    expect(far.registrations.map((each) => /reg-id/.test(each.one("Contact")))).toEqual([true, false]);
  });

  it("goes through what the registrar names (Service-Route, RFC 3608)", async () => {
    await open((message, count) => ({ status: "200 OK", lines: [`Contact: ${message.one("Contact")}`, "Path: <sip:edge.far.test;lr;ob>", ...(count === 1 ? ["Service-Route: <sip:one.far.test;lr>, <sip:two.far.test;lr>"] : [])] }));
    const { call, invite } = await dial();
    expect(invite.all("Route").join(", ").replace(/\s/g, "")).toBe("<sip:one.far.test;lr>,<sip:two.far.test;lr>");
    expect(far.registrations[0]?.all("Supported").join()).toMatch(/\bpath\b/);
    call.hangUp();
    line.check();
    await until(() => far.registrations.length === 2);
    expect(far.registrations[1]?.all("Route")).toEqual([]);
    await soon();
    far.answer(invite, "487 Gone", { contact: false });
    await far.request("ACK");
    const again = await dial();
    expect(again.invite.all("Route")).toEqual([]);
  });

  it("is kept open as often as the registrar asks (Flow-Timer, RFC 5626), and left when it does not answer", async () => {
    turn();
    await open((message) => ({ status: "200 OK", lines: [`Contact: ${message.one("Contact")}`, "Require: outbound", "Flow-Timer: 30"] }));
    await vi.advanceTimersByTimeAsync(24_000);
    await until(() => far.breaths() === 1);
    far.raw("\r\n");
    // Whatever comes after it has come behind it.
    far.ring("after", { body: SDP, lines: ["Require: nothing"] });
    await far.next("our no", (got) => got.status === 420);
    await vi.advanceTimersByTimeAsync(23_000);
    expect(line.state.getState().state).toBe("ready");
    await vi.advanceTimersByTimeAsync(1_000);
    await until(() => far.breaths() === 2);
    await vi.advanceTimersByTimeAsync(10_000);
    await until(() => line.state.getState().state === "down");
  });

  it("is tried every two minutes where the registrar asks for nothing, and left when nobody answers: a network goes without a word", async () => {
    turn();
    await open((_, count) => (count > 2 ? { status: "", lines: [] } : undefined));
    await vi.advanceTimersByTimeAsync(119_000);
    expect(far.registrations).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(1_000);
    await until(() => far.registrations.length === 2);
    await soon();
    await vi.advanceTimersByTimeAsync(120_000);
    await until(() => far.registrations.length === 3);
    expect(line.state.getState().state).toBe("ready");
    await vi.advanceTimersByTimeAsync(5_000);
    await until(() => line.state.getState().state === "down");
  });

  it("is cut twice after a minute of silence by a proxy on it: from then on something is said in time", async () => {
    let clock = 0;
    await open();
    await line.stop();
    line = createSipLine(() => Promise.resolve({ server: far.url, uri: "sip:agent@far.test", username: "agent", password: "p" }), () => clock);
    turn();
    for (const connection of [2, 3, 4]) {
      if (connection === 2) line.start();
      else {
        clock += 60_000 + connection;
        far.close(1011);
        await until(() => line.state.getState().state === "down");
        await vi.advanceTimersByTimeAsync(2_000);
      }
      await until(() => far.connections() === connection && line.state.getState().state === "ready");
    }
    const before = far.registrations.length;
    await vi.advanceTimersByTimeAsync(35_000);
    expect(far.registrations).toHaveLength(before);
    await vi.advanceTimersByTimeAsync(2_000);
    await until(() => far.registrations.length === before + 1);
    await until(() => line.state.getState().state === "ready");
    await vi.advanceTimersByTimeAsync(37_000);
    await until(() => far.registrations.length === before + 2);
  });

  it("is ended by a server that shuts down (1001), and found again", async () => {
    await open();
    turn();
    far.close(1001);
    await until(() => line.state.getState().state === "down");
    await vi.advanceTimersByTimeAsync(2_000);
    await until(() => line.state.getState().state === "ready");
    expect(far.connections()).toBe(2);
  });
});
