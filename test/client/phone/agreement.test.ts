// @vitest-environment jsdom
/** What both sides agree on in a call, when both want something, or one of them cannot just now: nothing that was wanted is forgotten. */
import { afterEach, expect, it, vi } from "vitest";
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
/** What came, by its session's name, and what was made: an offer or an answer, as the browser would (RFC 8829 4.1.1). */
let told: string[];
let made: string[];
let slow: Promise<void> | undefined;
const sdp = (name: string) => SDP.replace("s=-", `s=${name}`);

async function open(): Promise<void> {
  Object.assign(globalThis, { WebSocket });
  far = await openFarSide();
  events = [];
  told = [];
  made = [];
  slow = undefined;
  line = createSipLine(() => Promise.resolve({ server: far.url, uri: "sip:agent@far.test", username: "agent", password: "p" }), Date.now);
  line.start();
  await until(() => line.state.getState().state === "ready");
}
afterEach(async () => {
  vi.useRealTimers();
  await far.stop();
  await line.stop();
});

const until = (holds: () => boolean) => untilTurned(holds, () => `${JSON.stringify(events)} ${JSON.stringify(told)}`);
const types = () => events.map((event) => event.type);
const soon = () => new Promise<void>((resolve) => { setImmediate(() => setImmediate(resolve)); });
const turn = () => vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "setInterval", "clearInterval"] });

function sound(): SessionDescriptionHandler {
  let state: "stable" | "remote" | "local" = "stable";
  return {
    close: () => undefined,
    getDescription: async () => {
      const makes = state === "remote" ? "answer" : "offer";
      made.push(makes);
      state = makes === "answer" ? "stable" : "local";
      await slow;
      return { body: sdp(`our-${makes}`), contentType: "application/sdp" };
    },
    hasDescription: (type) => type === "application/sdp",
    setDescription: (body) => {
      told.push(/s=(.*)\r/.exec(body)?.[1] ?? "");
      state = state === "local" ? "stable" : "remote";
      return Promise.resolve();
    },
    rollbackDescription: () => {
      state = "stable";
      return Promise.resolve();
    },
    sendDtmf: () => true,
  };
}

/** A call that is answered. */
async function answered(): Promise<{ call: SipCall; invite: Got }> {
  await open();
  const call = line.call("+74951234567", sound(), (event) => void events.push(event));
  if (!call) throw new Error("no line");
  const invite = await far.request("INVITE");
  far.answer(invite, "200 OK", { body: sdp("answer") });
  await far.request("ACK");
  await until(() => types().includes("answered"));
  await soon();
  return { call, invite };
}

it("offers with the ACK for the far side's own offer, not a chance later", async () => {
  const { call, invite } = await answered();
  turn();
  far.ask(invite, "INVITE", 1, { body: sdp("theirs") });
  await far.response(200, "INVITE");
  const done = call.renegotiate();
  await soon();
  far.ask(invite, "ACK", 1);
  await soon();
  await vi.advanceTimersByTimeAsync(500);
  const offer = await far.request("INVITE");
  far.answer(offer, "200 OK", { body: sdp("held") });
  expect(await done).toBe("done");
});

it("offers after it has answered an offer that came with UPDATE, and never an answer for an offer", async () => {
  const { call, invite } = await answered();
  let go = () => undefined as void;
  slow = new Promise((resolve) => { go = resolve; });
  far.ask(invite, "UPDATE", 1, { body: sdp("theirs") });
  await until(() => made.length === 2);
  const done = call.renegotiate();
  await soon();
  await soon();
  go();
  await far.response(200, "UPDATE");
  const offer = await far.request("INVITE");
  expect(made).toEqual(["offer", "answer", "offer"]);
  far.answer(offer, "200 OK", { body: sdp("held") });
  expect(await done).toBe("done");
});

it.each(["500 Not Now", "503 Later"])("offers again after %s with Retry-After (RFC 3261 14.2)", async (status) => {
  const { call } = await answered();
  turn();
  const done = call.renegotiate();
  far.answer(await far.request("INVITE"), status, { contact: false, lines: ["Retry-After: 3"] });
  await far.request("ACK");
  await soon();
  await vi.advanceTimersByTimeAsync(4000);
  far.answer(await far.request("INVITE"), "200 OK", { body: sdp("held") });
  expect(await done).toBe("done");
});

it("ends the call when the far side knows it no more (481), whoever finds out", async () => {
  const { call } = await answered();
  const done = call.renegotiate();
  far.answer(await far.request("INVITE"), "481 Gone", { contact: false });
  expect(await done).not.toBe("done");
  await soon();
  await until(() => types().includes("ended"));
});

it("says that nobody was there when the socket dies under the offer, and offers over the next one", async () => {
  const { call } = await answered();
  const done = call.renegotiate();
  await far.request("INVITE");
  far.close(1001);
  expect(await done).toBe("unreachable");
  await until(() => far.connections() === 2 && line.state.getState().state === "ready");
  const again = call.renegotiate();
  far.answer(await far.request("INVITE"), "200 OK", { body: sdp("held") });
  expect(await again).toBe("done");
});

it("makes two offers one after the other", async () => {
  const { call } = await answered();
  turn();
  const [one, two] = [call.renegotiate(), call.renegotiate()];
  far.answer(await far.request("INVITE"), "200 OK", { body: sdp("a") });
  await far.request("ACK");
  await soon();
  await vi.advanceTimersByTimeAsync(500);
  far.answer(await far.request("INVITE"), "200 OK", { body: sdp("b") });
  expect([await one, await two]).toEqual(["done", "done"]);
});

it("asks for patience (500) when the far side's second offer overtakes its first (RFC 3311 5.2)", async () => {
  const { invite } = await answered();
  far.ask(invite, "INVITE", 1, { body: sdp("theirs") });
  far.ask(invite, "UPDATE", 2, { body: sdp("too") });
  const no = await far.next("answer to UPDATE", (got) => got.status > 0 && got.one("CSeq") === "2 UPDATE");
  expect(no.status).toBe(500);
  expect(no.one("Retry-After")).toMatch(/\d/);
});
