/** What a broken or hostile client sends, and that nobody else feels it. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { connect as tcp } from "node:net";
import { join } from "node:path";
import { afterEach, describe, expect, test } from "vitest";
import { call, domain, Got, openBed, passwordOf, proof, unique, until } from "./kit.ts";
import type { Bed, RawClient } from "./kit.ts";

let bed: Bed;
afterEach(() => bed.stop());

/** A call of two others that must not feel anything: INFO goes through it and comes back. */
async function bystanders(): Promise<() => Promise<void>> {
  const [c, d] = [await bed.line("agent3"), await bed.line("agent4")];
  const made = await call(c, "agent3", d, `sip:agent4@${domain}`);
  let cseq = 50;
  return async () => {
    c.send(c.request({ method: "INFO", uri: made.calleeTarget, from: made.from, to: made.to, callId: made.callId, cseq: (cseq += 1), lines: [`Route: ${made.route}`] }));
    d.answer(await d.incoming("INFO"), 200, "OK");
    await c.response(200, "INFO");
  };
}

const options = (lines: string[], body = "") => [...lines, "", body].join("\r\n");
const base = ["Via: SIP/2.0/WS x.invalid;branch=z9hG4bK1", `From: <sip:agent1@${domain}>;tag=1`, `To: <sip:${domain}>`, "Call-ID: x", "CSeq: 1 OPTIONS", "Max-Forwards: 70"];
const start = `OPTIONS sip:${domain} SIP/2.0`;
const without = (name: string) => base.filter((line) => !line.startsWith(name));

test.each([
  ["the plain request", options([start, ...base]), 200],
  ["compact and folded headers", options([start, "v: SIP/2.0/WS x.invalid\r\n ;branch=z9hG4bK1", `f: <sip:agent1@${domain}>\r\n\t;tag=1`, `t: <sip:${domain}>`, "i: x", "CSeq:   1\r\n  OPTIONS", "l: 0"]), 200],
  ["leading empty lines", `\r\n\r\n${options([start, ...base])}`, 200],
  ["a branch from before RFC 3261", options([start, ...base].map((line) => line.replace(";branch=z9hG4bK1", ""))), 200],
  ["bytes after the body", options([start, ...base, "Content-Length: 2"], "okSIP/2.0 junk"), 200],
  ["no From", options([start, ...without("From")]), 400],
  ["no To", options([start, ...without("To")]), 400],
  ["no Call-ID", options([start, ...without("Call-ID")]), 400],
  ["no CSeq", options([start, ...without("CSeq")]), 400],
  ["two From", options([start, ...base, "From: <sip:boss@x>;tag=9"]), 400],
  ["two Call-ID, one of them short", options([start, ...base, "i: y"]), 400],
  ["two Content-Length", options([start, ...base, "Content-Length: 0", "l: 5"]), 400],
  ["CSeq of another method", options([start, ...without("CSeq"), "CSeq: 1 INVITE"]), 400],
  ["CSeq beyond 2**31", options([start, ...without("CSeq"), "CSeq: 36893488147419103232 OPTIONS"]), 400],
  ["Max-Forwards 300", options([start, ...without("Max"), "Max-Forwards: 300"]), 400],
  ["a negative Content-Length", options([start, ...base, "Content-Length: -1"]), 400],
  ["a Content-Length beyond the message", options([start, ...base, "Content-Length: 9999"], "v=0"), 400],
  ["a header without colon", options([start, ...base, "Garbage"]), 400],
  ["a header with a lone line feed", options([start, ...base, "X-A: b\nFrom: <sip:boss@x>"]), 400],
  ["a header with a zero byte", options([start, ...base, "X-A: b\0c"]), 400],
  ["an open quote", options([start, ...without("To"), 'To: "Open <sip:x@y>']), 400],
  ["headers in the Request-URI", options([`OPTIONS sip:${domain}?Route=%3Csip:x%3E SIP/2.0`, ...base]), 400],
  ["another version", options([`OPTIONS sip:${domain} SIP/7.0`, ...base]), 505],
  ["an unknown scheme", options(["OPTIONS nobodyKnowsThisScheme:totallyopaque SIP/2.0", ...base]), 416],
  ["blanks in the start line", options([`OPTIONS  sip:${domain}  SIP/2.0`, ...base]), 400],
  ["a head beyond 16 KB", options([start, ...base, `X-Long: ${"x".repeat(17_000)}`]), 513],
  ["more than the grammar reads in good time", options([start, ...base, `Contact: <sip:a@b>${";a=b".repeat(1000)}`]), 513],
  ["as much in a header that nobody reads", options([start, ...base, `X-Contact: <sip:a@b>${";a=b".repeat(1000)}`]), 200],
  ["hundreds of headers", options([start, ...base, ...Array.from({ length: 300 }, (_, i) => `X-${i}: y`)]), 400],
  ["no empty line at the end", [start, ...base].join("\r\n"), 400],
])("%s", async (_what, text, status) => {
  bed = await openBed();
  const client = await bed.connect();
  client.send(text);
  expect((await client.take("an answer", (got) => got.status > 0)).status).toBe(status);
});

test("binary frames: UTF-8 is read as text, other bytes reach the other side unchanged", async () => {
  bed = await openBed();
  const [a, b] = [await bed.line("agent1"), await bed.line("agent2")];
  const raw: Buffer[] = [];
  b.socket.on("message", (data: Buffer) => raw.push(data));
  a.send(Buffer.from(a.request({ method: "MESSAGE", uri: `sip:agent2@${domain}`, body: "Привет" })));
  expect((await b.incoming("MESSAGE")).body).toBe("Привет");
  raw.length = 0;
  const body = Buffer.from([0, 255, 254, 128, 13, 10, 13, 10, 0xc3]);
  const text = a.request({ method: "MESSAGE", uri: `sip:agent2@${domain}`, body: "123456789" });
  a.send(Buffer.concat([Buffer.from(text.slice(0, -9)), body]));
  await b.incoming("MESSAGE");
  expect(raw[0]?.subarray(-body.length).equals(body)).toBe(true);
});

test("keep-alive: double CRLF is answered by a single one", async () => {
  bed = await openBed();
  const client = await bed.connect();
  client.send("\r\n\r\n");
  expect((await client.take("pong", (got) => got.text === "\r\n")).text).toBe("\r\n");
});

test("noise, stray responses and stray ACKs are met with silence", async () => {
  bed = await openBed();
  const client = await bed.line("agent1");
  for (const text of ["", "\r\n", "hello", "SIP/2.0 200 OK\r\n\r\n", "SIP/2.0 4294967301 better not\r\n\r\n", `ACK sip:agent1@${domain} SIP/2.0\r\n\r\n`, "\0".repeat(500)]) client.send(text);
  client.send(client.request({ method: "ACK", uri: `sip:agent1@${domain}` }));
  client.answer(new Got(client.request({ method: "INVITE", uri: "sip:x@y" })), 200, "OK");
  client.send(client.request({ method: "OPTIONS", uri: `sip:${domain}` }));
  await client.final("OPTIONS");
  expect(client.inbox).toEqual([]);
});

test("a frame above 64 KB ends the socket and nobody else's", async () => {
  bed = await openBed();
  const undisturbed = await bystanders();
  const client = await bed.connect();
  client.send(`${start}\r\n${"x".repeat(66_000)}`);
  expect(await client.ended()).toMatchObject({ code: 1009 });
  await undisturbed();
});

test("thousands of Contacts in one REGISTER are not even parsed", async () => {
  bed = await openBed();
  const undisturbed = await bystanders();
  const client = await bed.connect();
  const contacts = Array.from({ length: 3000 }, (_, i) => `<sip:u${i}@x>`).join(",");
  client.send(client.request({ method: "REGISTER", uri: `sip:${domain}`, lines: [`Contact: ${contacts}`] }));
  await undisturbed();
  expect((await client.final("REGISTER")).status).toBe(513);
});

test("a flood is slowed down, loses nothing, and others go on meanwhile", async () => {
  bed = await openBed({ limits: { burst: 50, messagesPerSecond: 400 } });
  const undisturbed = await bystanders();
  const client = await bed.connect();
  const begun = performance.now();
  for (let i = 0; i < 400; i++) client.send(client.request({ method: "OPTIONS", uri: `sip:${domain}` }));
  await undisturbed();
  await until("every request is answered", () => client.inbox.length === 400);
  expect(performance.now() - begun).toBeGreaterThan(600);
  expect(client.closed).toBeUndefined();
});

test("requests beyond the limit of one socket get 503 with Retry-After", async () => {
  bed = await openBed({ limits: { transactions: 5 } });
  const [a, b] = [await bed.line("agent1"), await bed.line("agent2")];
  for (let i = 0; i < 6; i++) a.send(a.request({ method: "INVITE", uri: `sip:agent2@${domain}`, lines: [`Contact: ${a.contact}`] }));
  const refused = await a.response(503);
  expect(refused.one("Retry-After")).toBe("5");
  await until("the first five ring", () => b.inbox.length === 5);
});

test("a reader that takes nothing is cut off", async () => {
  bed = await openBed({ limits: { bufferedBytes: 50_000, burst: 100_000 } });
  const [a, b] = [await bed.line("agent1"), await bed.line("agent2")];
  b.socket.pause();
  const body = "x".repeat(40_000);
  for (let i = 0; i < 400 && bed.sip.registered("agent2") > 0; i++) {
    a.send(a.request({ method: "MESSAGE", uri: `sip:agent2@${domain}`, body }));
    await new Promise((done) => setTimeout(done, 2));
  }
  await until("the slow one is gone", () => bed.sip.registered("agent2") === 0);
  expect(bed.events).toContainEqual({ event: "sip.flowGone", detail: expect.objectContaining({ why: "slow reader" }) as never });
});

test("a half-open socket is found by its missing pong", async () => {
  bed = await openBed({ limits: { pingMs: 40 } });
  const alive = await bed.line("agent1");
  const { port } = new URL(bed.url);
  // A peer that opens a WebSocket and never says anything again, not even pong.
  const mute = tcp(Number(port), "127.0.0.1");
  mute.write(`GET /sip HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: ${Buffer.from("0123456789abcdef").toString("base64")}\r\nSec-WebSocket-Protocol: sip\r\n\r\n`);
  mute.on("error", () => undefined);
  await new Promise((done) => mute.once("close", done).resume());
  expect(bed.events).toContainEqual({ event: "sip.flowGone", detail: expect.objectContaining({ why: "half open" }) as never });
  expect(alive.closed).toBeUndefined();
  mute.destroy();
});

test("logs hold neither lines nor numbers", async () => {
  bed = await openBed();
  const [a, b] = [await bed.line("agent1"), await bed.line("agent2")];
  await call(a, "agent1", b, `sip:agent2@${domain}`);
  a.send(a.request({ method: "INVITE", uri: `sip:+79991234567@${domain}` }));
  await a.final("INVITE");
  a.send(`INVITE sip:+79991234567@${domain} SIP/2.0\r\nVia: x\r\n\r\n`);
  await a.response(400);
  expect(bed.events.length).toBeGreaterThan(2);
  expect(JSON.stringify(bed.events)).not.toMatch(/agent1|7999|secret/);
});

/** RFC 4475, handed out beside the repository. */
const torture = join(import.meta.dirname, "../../../../shared/rfc4475");

describe("RFC 4475", () => {
  test("all torture messages are survived, each request answered, other people's calls undisturbed", async () => {
    bed = await openBed();
    const undisturbed = await bystanders();
    if (!existsSync(torture)) {
      console.info("The messages of RFC 4475 are not beside the repository; the tables above hold those that matter.");
      return;
    }
    const answers: Record<string, number[]> = {};
    for (const file of readdirSync(torture).filter((name) => name.endsWith(".dat"))) {
      const client = await bed.connect();
      client.send(readFileSync(join(torture, file)));
      client.send(client.request({ method: "OPTIONS", uri: `sip:${domain}`, callId: "after" }));
      await client.take("the answer to the next request", (got) => got.status === 200 && got.one("Call-ID") === "after");
      answers[file.replace(".dat", "")] = client.inbox.map((got) => got.status);
    }
    await undisturbed();
    expect(answers).toEqual(expected);
  });
});

/** What a stranger gets: 400 and its kin for what is broken, 407 or 401 for what is sound, silence for responses. */
const expected = Object.fromEntries(Object.entries({
  400: `badaspec baddn badinv01 clerr escruri insuf ltgtruri lwsruri lwsstart mcl01 mismatch01 mismatch02 multi01 ncl
    quotbal regbadct scalar02 trws unksm2`,
  401: `cparam01 cparam02 dblreq escnull regaut01 regescrt`,
  407: `badbranch baddate esc01 esc02 intmeth inv2543 invut longreq lwsdisp mpart01 sdp01 semiuri transports wsinv`,
  416: `novelsc unkscm`,
  420: `bext01`,
  483: `zeromf`,
  505: `badvers`,
  none: `bcast bigcode noreason scalarlg unreason`,
}).flatMap(([status, names]) => names.split(/\s+/).map((name) => [name, status === "none" ? [] : [Number(status)]])));

describe("mutated messages", () => {
  const seeds = process.env["SWITCH_FUZZ_SEED"] ? [Number(process.env["SWITCH_FUZZ_SEED"])] : [1, 2, 3];
  const each = Number(process.env["SWITCH_FUZZ"] ?? 1000);

  test.each(seeds)("seed %i: no crash, no fault, nothing left behind, the others undisturbed", async (seed) => {
    bed = await openBed({ limits: { burst: 1e9, pingMs: 600_000, wrongPasswords: 1e9, transactions: 1e9, graceMs: 10 } });
    const undisturbed = await bystanders();
    const random = generator(seed);
    let [a, b] = [await bed.line("agent1"), await bed.line("agent2")];
    for (let i = 0; i < each; i++) {
      if (a.closed) a = await bed.line("agent1");
      if (b.closed) b = await bed.line("agent2");
      a.send(i % 10 === 0 ? await proved(a, random) : mutated(sample(a, b, random), random));
      if (b.inbox.length > 0) b.send(mutated(reply(b, random), random));
      if (i % 50 === 49) {
        await Promise.all([a, b].map(caughtUp));
        await undisturbed();
        a.inbox.length = 0;
      }
    }
    for (const client of [a, b]) client.socket.terminate();
    await until("the sockets and their calls are gone", () => bed.sip.load().flows === 2 && bed.sip.load().dialogs === 1);
    await undisturbed();
    expect(bed.events.filter(({ event }) => event === "sip.fault")).toEqual([]);


    expect(bed.sip.load().transactions).toBeLessThan(10);
  }, 600_000);
});

const challenges = new WeakMap<RawClient, { challenge: Got; count: number }>();

/** A REGISTER with good credentials, which digest leaves good whatever is done to its Contact: so much of it is read. */
async function proved(client: RawClient, random: () => number): Promise<string> {
  const uri = `sip:${domain}`;
  const wish = { method: "REGISTER", uri, from: `<sip:agent1@${domain}>;tag=r`, to: `<sip:agent1@${domain}>`, callId: unique("r") };
  const known = challenges.get(client);
  if (!known || known.count > 50) {
    client.send(client.request(wish));
    challenges.set(client, { challenge: await client.take("a challenge", (got) => got.status === 401 && got.all("Call-ID")[0] === wish.callId), count: 0 });
  }
  const { challenge, count } = challenges.get(client) as { challenge: Got; count: number };
  challenges.set(client, { challenge, count: count + 1 });
  const credentials = proof(challenge, { user: "agent1", password: passwordOf("agent1"), method: "REGISTER", uri, algorithm: "MD5", nc: (count + 1).toString(16).padStart(8, "0") });
  const contact = mutated(`${client.contact};+sip.instance="<urn:uuid:${Math.floor(random() * 20)}>";reg-id=1;expires=${Math.floor(random() * 100)}`, random);
  return client.request({ ...wish, lines: [`Authorization: ${credentials}`, `Contact: ${contact.toString().replaceAll(/[\r\n]/g, "")}`, `Expires: ${pick(random, ["0", "", "60", "-1", "1e9", "x"])}`] });
}

/** Everything that the client has sent so far has been dealt with. */
async function caughtUp(client: RawClient): Promise<void> {
  const callId = unique("sync");
  client.send(client.request({ method: "OPTIONS", uri: `sip:${domain}`, callId }));
  await client.take("the answer to OPTIONS", (got) => got.status === 200 && got.all("Call-ID")[0] === callId);
}

/** mulberry32: small, and the same everywhere. */
function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

const pick = <T>(random: () => number, from: readonly T[]): T => from[Math.floor(random() * from.length)] as T;

function sample(a: RawClient, b: RawClient, random: () => number): string {
  const method = pick(random, ["INVITE", "ACK", "BYE", "CANCEL", "REGISTER", "OPTIONS", "MESSAGE", "INFO", "REFER", "NOTIFY", "SUBSCRIBE", "UPDATE"]);
  const uri = pick(random, [`sip:agent2@${domain}`, `sip:${domain}`, b.contact.slice(1, -1), `sip:nobody@${domain}`]);
  return a.request({
    method, uri, cseq: Math.floor(random() * 100), branch: `z9hG4bK${Math.floor(random() * 40)}`, callId: `c${Math.floor(random() * 20)}`,
    from: `<sip:agent1@${domain}>;tag=f${Math.floor(random() * 5)}`, to: random() < 0.3 ? `<${uri}>;tag=t-${b.user}` : `<${uri}>`,
    lines: [`Contact: ${a.contact}`, 'Authorization: Digest username="agent1", realm="x"', "Route: <sip:leg.abc.def@sufler.test;lr>", "Require: path"].filter(() => random() < 0.4),
    body: random() < 0.3 ? "v=0\r\no=- 1 1 IN IP4 0.0.0.0\r\n" : "",
  });
}

function reply(b: RawClient, random: () => number): string {
  const got = b.inbox.shift() as Got;
  if (got.status || got.method === "ACK") return "\r\n\r\n";
  const status = pick(random, [100, 180, 183, 200, 202, 302, 404, 408, 486, 487, 503, 603]);
  return [`SIP/2.0 ${status} Whatever`, ...got.lines.filter((line) => /^(Via|From|Call-ID|CSeq|Record-Route):/i.test(line)),
    `To: ${got.all("To")[0] ?? ""};tag=${unique("t")}`, `Contact: ${b.contact}`, "Content-Length: 0", "", ""].join("\r\n");
}

function mutated(text: string, random: () => number): string | Buffer {
  if (random() < 0.2) return text;
  let out = text;
  for (let n = Math.ceil(random() * 4); n > 0; n--) {
    const at = Math.floor(random() * out.length);
    const to = Math.min(out.length, at + Math.floor(random() * 20));
    out = pick(random, [
      () => out.slice(0, at) + out.slice(to),
      () => out.slice(0, at) + out.slice(at, to).repeat(1 + Math.floor(random() * 30)) + out.slice(at),
      () => out.slice(0, at) + pick(random, ["\r\n", "\n", "\0", ";", ",", "<", ">", '"', "\\", "%", "%00", "%zz", " ", "\t", ":", "@", "é", "😀", "\u202e", "sip:", "*", "-1", "99999999999999999999"]) + out.slice(at),
      () => out.slice(0, at) + String.fromCharCode(Math.floor(random() * 256)) + out.slice(at + 1),
      () => out.slice(0, at),
      () => {
        const lines = out.split("\r\n");
        const [i, j] = [Math.floor(random() * lines.length), Math.floor(random() * lines.length)];
        [lines[i], lines[j]] = [lines[j] ?? "", lines[i] ?? ""];
        return lines.join("\r\n");
      },
    ])();
  }
  return random() < 0.1 ? Buffer.from(out, "latin1") : out;
}
