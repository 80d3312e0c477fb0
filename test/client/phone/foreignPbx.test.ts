// @vitest-environment jsdom
/** The phone's line at an exchange that nobody here has seen: all that RFC 3261 allows and most exchanges do not do. */
import { afterEach, describe, expect, it, vi } from "vitest";
import { WebSocket } from "ws";
import type { SessionDescriptionHandler } from "sip.js";
import { createSipLine, type LineEvent, type SipCall, type SipLine } from "#client/phone/sipLine.ts";
import { openFarSide, SDP, type FarSide } from "#test/kit/farSide.ts";
import { untilTurned } from "#test/kit/until.ts";
import type { Got } from "#test/server/switch/kit.ts";

vi.setConfig({ testTimeout: 60_000 });

let far: FarSide;
let line: SipLine;
let events: LineEvent[];
let told: string[];
let rung: number;
const sdp = (name: string) => SDP.replace("s=-", `s=${name}`);

async function open(register?: Parameters<typeof openFarSide>[0]): Promise<void> {
  Object.assign(globalThis, { WebSocket });
  far = await openFarSide(register);
  events = [];
  told = [];
  rung = 0;
  line = createSipLine(() => Promise.resolve({ server: far.url, uri: "sip:agent@far.test", username: "agent", password: "p" }), Date.now);
  line.onIncoming((incoming) => {
    rung += 1;
    incoming.reject(486);
  });
  line.start();
}
const ready = () => until(() => line.state.getState().state === "ready");
afterEach(async () => {
  vi.useRealTimers();
  await far.stop();
  await line.stop();
});

const until = (holds: () => boolean) => untilTurned(holds, () => `${JSON.stringify(events)} ${JSON.stringify(line.state.getState())}`);
const types = () => events.map((event) => ("status" in event ? `${event.type} ${event.status}` : event.type));

function sound(): SessionDescriptionHandler {
  return {
    close: () => undefined,
    getDescription: () => Promise.resolve({ body: SDP, contentType: "application/sdp" }),
    hasDescription: (type) => /^application\/sdp\b/i.test(type),
    setDescription: (body) => {
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

describe("an answer in an odd form", () => {
  it("is read in short and small names, folded lines, with what proxies put into Via, and goes back the way that it names", async () => {
    await open();
    await ready();
    const { call, invite } = await dial();
    const via = invite.one("Via");
    const body = sdp("odd");
    far.raw([
      "SIP/2.0 200 Fine by me", `v:  ${via};received=192.0.2.7;rport=50123`, `f: ${invite.one("From")}`, `t: ${invite.one("To")};TAG=ODD-1`, `i: ${invite.one("Call-ID")}`, `cseq:   ${invite.one("CSeq")}`,
      // One header with two values, and a second of the same name; routes come back in the other order (RFC 3261 12.1.2).
      "record-route: <sip:last.far.test;lr;ftag=1>, <sip:middle.far.test:5080;transport=ws;lr=on>", "Record-Route: \"The door\" <sip:first.far.test;lr>",
      'm: "Smith, John" <sips:john%20s@[2001:db8::1]:5061;transport=ws;ob>;+sip.instance="<urn:uuid:0>";q=0.7',
      "k: timer,\r\n replaces", "c: application/sdp ; charset=utf-8", `l: ${body.length}`, "", body,
    ].join("\r\n"));
    const ack = await far.request("ACK");
    await until(() => types().includes("answered"));
    expect(told).toEqual(["odd"]);
    expect(ack.start).toBe("ACK sips:john%20s@[2001:db8::1]:5061;transport=ws;ob SIP/2.0");
    call.hangUp();
    const bye = await far.request("BYE");
    expect(bye.one("To")).toMatch(/;tag=ODD-1$/i);
    expect(bye.all("Route").join(", ").replace(/\s/g, "")).toMatch(/^"Thedoor"<sip:first\.far\.test.*middle\.far\.test:5080.*last\.far\.test/);
    far.answer(bye, "200 OK");
  });

  it("without a Contact is taken all the same, and the call can be ended", async () => {
    await open();
    await ready();
    const { call, invite } = await dial();
    far.answer(invite, "200 OK", { contact: false, body: sdp("bare") });
    await far.request("ACK");
    await until(() => types().includes("answered"));
    call.hangUp();
    far.answer(await far.request("BYE"), "200 OK");
  });

  it("of several places that ring, each with early media of its own, is the last word", async () => {
    await open();
    await ready();
    const { invite } = await dial();
    for (const [status, tag] of [["180 Ringing", "a"], ["183 Session Progress", "b"], ["180 Ringing", "c"]] as const) {
      far.answer(invite, status, { tag, ...(status.startsWith("183") ? { body: sdp(tag) } : {}) });
    }
    far.answer(invite, "200 OK", { tag: "c", body: sdp("last") });
    await far.request("ACK");
    await until(() => types().includes("answered"));
    expect(told.at(-1)).toBe("last");
  });
});

describe("a request in an odd form", () => {
  const answered = async () => {
    await open();
    await ready();
    const made = await dial();
    far.answer(made.invite, "200 OK", { body: sdp("answer") });
    await far.request("ACK");
    await until(() => types().includes("answered"));
    await new Promise<void>((resolve) => { setImmediate(() => setImmediate(resolve)); });
    return made;
  };

  it("asks for our offer and answers it in ACK", async () => {
    const { call, invite } = await answered();
    far.ask(invite, "INVITE", 1);
    const offer = await far.response(200, "INVITE");
    expect(offer.body).toBe(SDP);
    far.ask(invite, "ACK", 1, { body: sdp("late") });
    await until(() => told.includes("late"));
    expect(types()).toEqual(["answered"]);
    call.hangUp();
    far.answer(await far.request("BYE"), "200 OK");
  });

  it("outside of every call gets the answer that it deserves: OPTIONS what we can, unasked NOTIFY and MESSAGE a no, an unknown method 405 or 501", async () => {
    await open();
    await ready();
    const ask = (method: string, more: readonly string[] = []) => far.raw([
      `${method} ${/<([^>]+)>/.exec(far.registrations[0]?.one("Contact") ?? "")?.[1] ?? ""} SIP/2.0`, `Via: SIP/2.0/WS pbx;branch=z9hG4bK-${method}`, "Max-Forwards: 70", "From: <sip:pbx@far.test>;tag=p", "To: <sip:agent@far.test>",
      `Call-ID: ${method}-1`, `CSeq: 1 ${method}`, "Contact: <sip:pbx@far.test>", ...more, "Content-Length: 0", "", "",
    ].join("\r\n"));
    ask("OPTIONS");
    const options = await far.next("the answer to OPTIONS", (each) => each.one("CSeq").endsWith("OPTIONS") && each.status > 0);
    expect(options.status).toBe(200);
    expect(options.all("Allow").join(",").split(/\s*,\s*/)).toEqual(expect.arrayContaining(["INVITE", "ACK", "BYE", "CANCEL", "OPTIONS", "UPDATE"]));
    ask("NOTIFY", ["Event: message-summary", "Subscription-State: active"]);
    const notify = await far.next("the answer to NOTIFY", (each) => each.one("CSeq").endsWith("NOTIFY") && each.status > 0);
    expect([200, 481, 489]).toContain(notify.status);
    ask("MESSAGE", ["Content-Type: text/plain"]);
    const message = await far.next("the answer to MESSAGE", (each) => each.one("CSeq").endsWith("MESSAGE") && each.status > 0);
    expect(message.status).toBe(405);
    ask("PUBLISH", ["Event: presence"]);
    const publish = await far.next("the answer to PUBLISH", (each) => each.one("CSeq").endsWith("PUBLISH") && each.status > 0);
    expect([405, 501]).toContain(publish.status);
    // A breath to keep the connection open, and noise, change nothing (RFC 5626 4.4.1).
    far.raw("\r\n\r\n");
    far.raw("\r\n");
    far.raw("hello");
    ask("INFO");
    expect((await far.next("the answer to INFO", (each) => each.one("CSeq").endsWith("INFO") && each.status > 0)).status).toBeGreaterThanOrEqual(400);
    expect([rung, line.state.getState().state]).toEqual([0, "ready"]);
  });
});

describe("a registrar with a mind of its own", () => {
  it("names all places where the line is registered, in one header, and ours is not the first", async () => {
    const turn = () => vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    turn();
    await open((message) => ({
      status: "200 OK",
      lines: [`m: <sip:old@192.0.2.9:5060>;expires=30, ${message.one("Contact").replace(/;expires=\d+/, "")};EXPIRES=200 , "desk phone" <sip:desk@192.0.2.8>;expires=3600`, "Expires: 60"],
    }));
    await ready();
    await vi.advanceTimersByTimeAsync(99_000);
    expect(far.registrations).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(1_500);
    await until(() => far.registrations.length === 2);
  });

  it("wants longer registrations (423), and is asked for them at once and from then on", async () => {
    await open((message) => (Number(/expires=(\d+)/i.exec(message.one("Contact"))?.[1] ?? message.one("Expires")) < 3600 ? { status: "423 Interval Too Brief", lines: ["Min-Expires: 3600"] } : undefined));
    await ready();
    expect(far.registrations.map((each) => /expires=(\d+)/.exec(each.one("Contact"))?.[1])).toEqual(["1200", "3600"]);
    expect(Number(far.registrations[1]?.one("CSeq").split(" ")[0])).toBe(Number(far.registrations[0]?.one("CSeq").split(" ")[0]) + 1);
  });

  it("finds the proof stale and gets another, without a wrong password being said", async () => {
    await open((_, count) => (count < 3 ? { status: "401 Unauthorized", lines: [`WWW-Authenticate: Digest realm="far.test", nonce="n${count}", algorithm=MD5, qop="auth"${count > 1 ? ", stale=TRUE" : ""}`] } : undefined));
    await ready();
    expect(far.registrations.map((each) => /nonce="([^"]*)"/.exec(each.text.match(/^Authorization:.*$/im)?.[0] ?? "")?.[1])).toEqual([undefined, "n1", "n2"]);
  });
});
