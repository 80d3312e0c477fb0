/** What the switch does when nobody answers, on a clock of the test's own: two agents within the process, no sockets. */
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { createSwitch } from "#server/switch/switch.ts";
import type { SipSwitch } from "#server/switch/switch.ts";
import { domain, Got, recordingAgent } from "./kit.ts";

let sip: SipSwitch;
let caller: ReturnType<typeof recordingAgent>;
let callee: ReturnType<typeof recordingAgent>;
let send: (text: string) => Promise<void>;
let answer: (got: Got | undefined, status: string, lines?: string[]) => Promise<void>;

function open(host: string): void {
  sip = createSwitch({ domain: host, findLine: async () => undefined });
  caller = recordingAgent((user) => user === "caller");
  callee = recordingAgent((user) => user !== "caller");
  const [near, far] = [sip.attach(caller), sip.attach(callee)];
  const soon = () => vi.advanceTimersByTimeAsync(0);
  send = async (text) => (near.send(text), void (await soon()));
  answer = async (got, status, lines = []) => {
    if (!got) throw new Error("Nothing to answer");
    const kept = got.lines.filter((line) => /^(Via|From|Call-ID|CSeq|Record-Route|To):/i.test(line)).map((line) => (/^To:/i.test(line) && !status.startsWith("100") ? `${line};tag=far` : line));
    far.send([`SIP/2.0 ${status}`, ...kept, ...lines, "Content-Length: 0", "", ""].join("\r\n"));
    await soon();
  };
}

beforeEach(() => {
  vi.useFakeTimers();
  open(domain);
});
afterEach(async () => {
  await sip.stop();
  expect(vi.getTimerCount()).toBe(0);
  vi.useRealTimers();
});

const request = (method: string, more: { branch?: string; to?: string; lines?: string[] } = {}) => [
  `${method} sip:customer@${domain} SIP/2.0`, `Via: SIP/2.0/WS near.invalid;branch=z9hG4bK${more.branch ?? method}`, "Max-Forwards: 70",
  `From: <sip:caller@${domain}>;tag=near`, `To: <sip:customer@${domain}>${more.to ?? ""}`, "Call-ID: c", `CSeq: 1 ${method === "CANCEL" || method === "ACK" ? method : method}`,
  `Contact: <sip:caller@${domain}>`, ...(more.lines ?? []), "Content-Length: 0", "", "",
].join("\r\n");
const ack = () => request("ACK", { branch: "INVITE", to: ";tag=any" });
const statuses = () => caller.got.map((got) => got.status).filter((status) => status > 0);
const methods = () => callee.got.map((got) => got.method).filter((method) => method !== "");

test("INVITE that nobody answers is 408 after 32 seconds", async () => {
  await send(request("INVITE"));
  await vi.advanceTimersByTimeAsync(31_900);
  expect(statuses()).toEqual([100]);
  await vi.advanceTimersByTimeAsync(200);
  expect(statuses()).toEqual([100, 408]);
  await send(ack());
  await vi.advanceTimersByTimeAsync(100);
  expect(sip.load().transactions).toBe(0);
});

test("another request that nobody answers ends in silence (RFC 4320)", async () => {
  await send(request("MESSAGE"));
  await vi.advanceTimersByTimeAsync(33_000);
  expect(statuses()).toEqual([]);
  expect(sip.load().transactions).toBe(0);
});

test("ringing may take three minutes and more; each sign of life gives new time", async () => {
  await send(request("INVITE"));
  await answer(callee.got[0], "180 Ringing");
  await vi.advanceTimersByTimeAsync(180_000);
  await answer(callee.got[0], "183 Still ringing");
  await vi.advanceTimersByTimeAsync(184_000);
  expect(methods()).toEqual(["INVITE"]);
  await vi.advanceTimersByTimeAsync(2_000);
  expect(methods()).toEqual(["INVITE", "CANCEL"]);
});

test("100 gives no new time (RFC 3261 16.7 step 2)", async () => {
  await send(request("INVITE"));
  await answer(callee.got[0], "180 Ringing");
  await vi.advanceTimersByTimeAsync(180_000);
  await answer(callee.got[0], "100 Trying");
  await vi.advanceTimersByTimeAsync(6_000);
  expect(methods()).toEqual(["INVITE", "CANCEL"]);
});

test("who does not react to CANCEL is given up after 32 seconds", async () => {
  await send(request("INVITE"));
  await answer(callee.got[0], "180 Ringing");
  await send(request("CANCEL", { branch: "INVITE" }));
  expect(methods()).toEqual(["INVITE", "CANCEL"]);
  await vi.advanceTimersByTimeAsync(32_100);
  expect(statuses()).toEqual([100, 180, 200, 408]);
  await send(ack());
  await vi.advanceTimersByTimeAsync(32_100);
  expect(sip.load().transactions).toBe(0);
});

test("a refusal whose ACK never comes, and an answered call, leave nothing behind but the call", async () => {
  await send(request("INVITE"));
  await answer(callee.got[0], "486 Busy");
  await send(request("INVITE", { branch: "second" }));
  await answer(callee.got.findLast((got) => got.method === "INVITE"), "200 OK", [`Contact: <sip:customer@${domain}>`]);
  expect(statuses()).toEqual([100, 486, 100, 200]);
  await vi.advanceTimersByTimeAsync(33_000);
  expect(sip.load()).toEqual({ flows: 2, transactions: 0, dialogs: 1 });
});

test("a 2xx that is sent again is passed on again, until its time is over", async () => {
  await send(request("INVITE"));
  const ok = () => answer(callee.got[0], "200 OK", [`Contact: <sip:customer@${domain}>`]);
  await ok();
  await ok();
  expect(statuses()).toEqual([100, 200, 200]);
  await vi.advanceTimersByTimeAsync(33_000);
  await ok();
  expect(statuses()).toEqual([100, 200, 200]);
  expect(sip.load().dialogs).toBe(1);
});

test("a request that is sent again is not forwarded again, and gets the same answer again", async () => {
  await send(request("INVITE"));
  await send(request("INVITE"));
  expect([methods(), statuses()]).toEqual([["INVITE"], [100, 100]]);
  await answer(callee.got[0], "486 Busy");
  await send(request("INVITE"));
  expect(statuses()).toEqual([100, 100, 486, 486]);
  expect(methods()).toEqual(["INVITE", "ACK"]);
});

test("an agent that throws harms nobody", async () => {
  await sip.stop();
  const events: string[] = [];
  sip = createSwitch({ domain, findLine: async () => undefined, log: (event) => events.push(event) });
  const near = sip.attach(caller);
  sip.attach({ serves: () => true, receive: () => { throw new Error("bug"); } });
  near.send(request("MESSAGE"));
  await vi.advanceTimersByTimeAsync(0);
  expect(events).toContain("sip.agentFault");
});

test("an agent that is closed: its number is not served, its calls are ended", async () => {
  await sip.stop();
  sip = createSwitch({ domain, findLine: async () => undefined });
  const near = sip.attach(caller);
  const far = sip.attach(callee);
  near.send(request("INVITE"));
  await vi.advanceTimersByTimeAsync(0);
  const got = callee.got[0] as Got;
  far.send(["SIP/2.0 200 OK", ...got.lines.filter((line) => /^(Via|From|Call-ID|CSeq|Record-Route):/.test(line)), `To: ${got.one("To")};tag=far`, `Contact: <sip:customer@${domain}>`, "", ""].join("\r\n"));
  await vi.advanceTimersByTimeAsync(0);
  far.close();
  await vi.advanceTimersByTimeAsync(0);
  expect(caller.got.at(-1)?.method).toBe("BYE");
  near.send(request("INVITE", { branch: "next" }));
  await vi.advanceTimersByTimeAsync(0);
  expect(statuses()).toEqual([100, 200, 100, 404]);
});

/** RFC 4475, handed out beside the repository. */
const torture = join(import.meta.dirname, "../../../../shared/rfc4475");
/** Headers that a proxy changes. A Route without user is taken for our own address, whatever its host. */
const ours = /^(v|via|max-forwards|record-route|route|l|content-length)\s*:/i;
const sound = ["wsinv", "intmeth", "esc01", "esc02", "longreq", "lwsdisp", "semiuri", "transports", "invut", "sdp01", "baddate", "badbranch"];

test("sound torture messages of RFC 4475 pass through: start line, headers and body as they were", async () => {
  if (!existsSync(torture)) return console.info("The messages of RFC 4475 are not beside the repository.");
  expect(readdirSync(torture).length).toBeGreaterThan(49);
  for (const name of sound) {
    await sip.stop();
    const text = readFileSync(join(torture, `${name}.dat`), "utf8");
    const host = /^\S+ sips?:(?:[^@ ]*@)?([^;: ]+)/.exec(text)?.[1] ?? "";
    open(host);
    await send(text);
    const before = new Got(text.replaceAll(/\r\n[ \t]+/g, " "));
    const after = callee.got[0];
    if (name === "esc02") {
      expect([after, statuses()], name).toEqual([undefined, [501]]); // it is for the registrar itself
      continue;
    }
    expect(after?.start, name).toBe(before.start);
    const kept = (got: Got | undefined) => got?.lines.filter((line) => !ours.test(line)).map((line) => line.replace(/\s*:\s*/, ": ").trimEnd());
    expect(kept(after), name).toEqual(kept(before));
    const length = Number(/^(?:l|content-length)\s*:\s*(\d+)/im.exec(text)?.[1] ?? 0);
    expect(Buffer.from(after?.body ?? "").equals(Buffer.from(new Got(text).body).subarray(0, length)), name).toBe(true);
    callee.got.length = 0;
    caller.got.length = 0;
  }
});
