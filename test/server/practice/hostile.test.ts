/** What a broken or ill-meaning caller may send: the server lives on, and leaves nothing behind. Vitest fails on unhandled errors. */
import { createSocket } from "node:dgram";
import { randomBytes } from "node:crypto";
import { fileURLToPath } from "node:url";
import fc from "fast-check";
import { afterEach, beforeEach, expect, it } from "vitest";
import { createPractice, type Practice } from "#server/practice/practice.ts";
import { Caller, pass, Pipe, until } from "./caller.ts";

const voices = fileURLToPath(new URL("../../../src/server/practice/voices", import.meta.url));
let pipe: Pipe;
let practice: Practice;
const callers: Caller[] = [];

beforeEach(() => {
  pipe = new Pipe();
  practice = createPractice({ attach: pipe.attach, domain: "test.invalid", voices, seed: 1 });
});
afterEach(async () => {
  await practice.stop();
  await Promise.all(callers.splice(0).map((caller) => caller.close()));
});

function caller(number: string): Caller {
  const made = new Caller(pipe, number);
  callers.push(made);
  return made;
}

it("a caller who requires what a customer does not have is told so, and nothing rings (RFC 3261 8.2.2.3)", async () => {
  const agent = caller("+74950000101");
  agent.requires = "timer, precondition";
  await agent.invite();
  const no = await until(() => agent.responses.find(({ status }) => status === 420), "420");
  expect(/^Unsupported: (.*)\r$/m.exec(no.text)?.[1]).toBe("timer, precondition");
  expect(agent.statuses("INVITE")).toEqual([420]);
  expect(practice.calls()).toBe(0);
});

/** hangsUpAtOnce rings shortest here or there; what matters is that each delay falls into another step of the call. */
it("callers who vanish at any moment", async () => {
  for (const delay of [0, 10, 40, 90, 160, 400]) {
    const agent = caller("+74950000202");
    await agent.invite();
    await until(() => agent.statuses("INVITE").includes(200), "200");
    await pass(delay);
    agent.request("BYE");
    await agent.close();
    await until(() => practice.calls() === 0, "the end");
  }
  for (const delay of [0, 500, 1200]) {
    const agent = caller("+74950000202");
    await agent.invite();
    await pass(delay);
    agent.request("CANCEL");
    agent.request("BYE");
    await until(() => practice.calls() === 0, "the end");
  }
});

it("offers with lines changed, dropped, doubled and cut off", async () => {
  const model = caller("+74950000202");
  await model.peer.setLocalDescription(await model.peer.createOffer());
  const offer = (model.peer.localDescription?.sdp ?? "").split("\r\n");
  expect(offer.length).toBeGreaterThan(15);
  const change = fc.record({ at: fc.nat(offer.length - 1), how: fc.constantFrom("drop", "double", "cut", "digits", "junk"), junk: fc.string({ maxLength: 40 }) });
  let answered = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 4 }), async (changes) => {
      let lines = [...offer];
      for (const { at, how, junk } of changes) {
        const line = lines[at] ?? "";
        const made = how === "drop" ? [] : how === "double" ? [line, line] : how === "cut" ? [line.slice(0, line.length >> 1)] : how === "digits" ? [line.replace(/\d+/g, "99999999999999")] : [junk.replace(/[\r\n]/g, " ")];
        lines = [...lines.slice(0, at), ...made, ...lines.slice(at + 1)];
      }
      const agent = caller("+74950000202");
      await agent.invite(lines.join("\r\n"));
      await until(() => agent.statuses("INVITE").some((status) => status >= 200), "a final answer");
      if (agent.statuses("INVITE").includes(200)) {
        answered++;
        agent.request("BYE");
      }
      await agent.close();
      await until(() => practice.calls() === 0, "the end");
    }),
    { numRuns: 12, seed: 20 },
  );
  expect(answered).toBeGreaterThan(0);
});

it("noise on the sound's port: random, STUN-like, DTLS-like, RTP-like and RTCP-like packets", async () => {
  const agent = caller("+74950000202");
  await agent.invite();
  await until(() => agent.connectedAt, "sound");
  const answer = agent.responses.find(({ status }) => status === 200)?.text ?? "";
  const ports = [...answer.matchAll(/^a=candidate:\S+ \d+ udp \d+ (127\.0\.0\.1|[\d.]+) (\d+)/gim)].map(([, host, port]) => ({ host: host ?? "", port: Number(port) })).filter(({ host }) => host === "127.0.0.1");
  expect(ports.length).toBeGreaterThan(0);
  const socket = createSocket("udp4");
  for (let n = 0; n < 600; n++) {
    const packet = randomBytes(1 + (n % 200));
    packet[0] = [packet[0] ?? 0, 0, 22, 128, 144][n % 5] ?? 0;
    if (n % 5 === 1 && packet.length >= 8) packet.set([0, 1, 0, packet.length - 20 > 0 ? packet.length - 20 : 0, 0x21, 0x12, 0xa4, 0x42]);
    if (n % 5 === 4) packet[1] = 200 + (n % 7);
    for (const { host, port } of ports) socket.send(packet, port, host);
    if (n % 50 === 0) await pass(10);
  }
  await pass(300);
  socket.close();
  const from = agent.heard.length;
  await until(() => agent.heard.length > from + 20, "sound as before");
  agent.request("BYE");
  await until(() => agent.statuses("BYE").includes(200), "200 to BYE");
});
