/** JsSIP, a client that nobody here wrote, on the switch; its calls are in test/journeys/switch.jssip.test.ts. */
import * as JsSIP from "jssip";
import { afterEach, beforeEach, expect, test } from "vitest";
import { WebSocket } from "ws";
import { domain, openBed, passwordOf } from "./kit.ts";
import type { Bed } from "./kit.ts";

let bed: Bed;
const agents: JsSIP.UA[] = [];

beforeEach(async () => {
  Object.assign(globalThis, { WebSocket }); // JsSIP looks for the browser's
  bed = await openBed();
});
afterEach(async () => {
  for (const agent of agents.splice(0)) agent.stop();
  await bed.stop();
});

function agent(user: string, more: { password?: string; register_expires?: number } = {}): JsSIP.UA {
  const made = new JsSIP.UA({ sockets: [new JsSIP.WebSocketInterface(bed.url)], uri: `sip:${user}@${domain}`, password: passwordOf(user), register: true, ...more });
  agents.push(made);
  return made;
}

const happened = <T>(on: (done: (value: T) => void) => void) => new Promise<T>((done, failed) => {
  on(done);
  setTimeout(() => failed(new Error("JsSIP said nothing")), 60_000).unref();
});

async function registered(user: string): Promise<JsSIP.UA> {
  const made = agent(user);
  const answer = happened((done) => made.on("registered", done));
  made.start();
  await answer;
  return made;
}

test("JsSIP registers by MD5 and ends its registration", async () => {
  const made = await registered("agent1");
  expect(bed.sip.registered("agent1")).toBe(1);
  const gone = happened((done) => made.on("unregistered", done));
  made.unregister();
  await gone;
  expect(bed.sip.registered("agent1")).toBe(0);
});

test("JsSIP ends all registrations of a line", async () => {
  const [one] = [await registered("agent1"), await registered("agent1")];
  expect(bed.sip.registered("agent1")).toBe(2);
  const gone = happened((done) => one.on("unregistered", done));
  one.unregister({ all: true });
  await gone;
  expect(bed.sip.registered("agent1")).toBe(0);
});

test("JsSIP is told that its password is wrong", async () => {
  const made = agent("agent1", { password: "wrong" });
  const failure = happened<{ cause?: string }>((done) => made.on("registrationFailed", done));
  made.start();
  expect(await failure).toMatchObject({ cause: "Authentication Error" });
});

test("JsSIP sends a MESSAGE to JsSIP, Cyrillic and all, and hears what became of it", async () => {
  const [a, b] = [await registered("agent1"), await registered("agent2")];
  const heard = happened<Remote>((done) => b.on("newMessage", (event: unknown) => isRemote(event) && done(event)));
  const sent = happened((done) => a.sendMessage(`sip:agent2@${domain}`, "Добрый день, ёлки", { eventHandlers: { succeeded: done } }));
  expect((await heard).request.body).toBe("Добрый день, ёлки");
  await sent;
  const missing = happened<{ cause?: string }>((done) => a.sendMessage(`sip:nobody@${domain}`, "?", { eventHandlers: { failed: done } }));
  expect(await missing).toMatchObject({ cause: "Not Found" });
});

interface Remote {
  readonly originator: "remote";
  readonly request: { readonly body: string };
}

function isRemote(event: unknown): event is Remote {
  return typeof event === "object" && event !== null && "originator" in event && event.originator === "remote";
}
