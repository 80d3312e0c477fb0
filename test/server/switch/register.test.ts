import { afterEach, expect, test } from "vitest";
import { lineSecret } from "#server/switch/switch.ts";
import { domain, openBed, passwordOf, proof, unique, until } from "./kit.ts";
import type { Bed, Got, RawClient } from "./kit.ts";

let bed: Bed;
afterEach(() => bed.stop());

async function challenged(client: RawClient, lines: readonly string[] = [], user = "agent1", cseq = 1): Promise<Got> {
  client.send(client.request({
    method: "REGISTER", uri: `sip:${domain}`, from: `<sip:${user}@${domain}>;tag=x`, to: `<sip:${user}@${domain}>`, callId: "same-call", cseq,
    lines: [`Contact: ${client.contact}`, ...lines],
  }));
  return client.final("REGISTER");
}

const good = { user: "agent1", password: passwordOf("agent1"), method: "REGISTER", uri: `sip:${domain}` } as const;

test("REGISTER without credentials is challenged by SHA-256 first and MD5 last", async () => {
  bed = await openBed();
  const answer = await challenged(await bed.connect());
  expect(answer.status).toBe(401);
  expect(answer.all("WWW-Authenticate").map((one) => /algorithm=([\w-]+)/.exec(one)?.[1])).toEqual(["SHA-256", "MD5"]);
  expect(answer.one("WWW-Authenticate")).toContain(`realm="${domain}"`);
  expect(answer.one("WWW-Authenticate")).toContain('qop="auth"');
  expect(bed.sip.registered("agent1")).toBe(0);
});

test.each(["MD5", "SHA-256"] as const)("a line registers by %s", async (algorithm) => {
  bed = await openBed();
  const client = await bed.connect();
  const answer = await client.register("agent1", { algorithm, expires: 300 });
  expect(answer.status).toBe(200);
  expect(answer.one("Contact")).toBe(`${client.contact};expires=300`);
  expect(bed.sip.registered("agent1")).toBe(1);
});

test.each([
  ["a wrong password", { password: "wrong" }],
  ["another method's digest", { method: "INVITE" }],
  ["another URI's digest", { uri: "sip:elsewhere.test" }],
  ["an unknown line", { user: "nobody" }],
])("%s is challenged anew, without stale", async (_what, change) => {
  bed = await openBed();
  const client = await bed.connect();
  const first = await challenged(client);
  const second = await challenged(client, [`Authorization: ${proof(first, { ...good, algorithm: "MD5", ...change })}`], "agent1", 2);
  expect(second.status).toBe(401);
  expect(second.one("WWW-Authenticate")).not.toContain("stale");
  expect(bed.sip.registered("agent1")).toBe(0);
});

test("an old nonce, a nonce of another socket and a used count are stale", async () => {
  let now = 1_000_000;
  bed = await openBed({ now: () => now });
  const client = await bed.connect();
  const first = await challenged(client);
  now += 400_000;
  const old = await challenged(client, [`Authorization: ${proof(first, { ...good, algorithm: "SHA-256" })}`], "agent1", 2);
  expect([old.status, old.one("WWW-Authenticate")]).toEqual([401, expect.stringContaining("stale=true")]);

  const other = await bed.connect();
  const stolen = await challenged(other, [`Authorization: ${proof(old, { ...good, algorithm: "SHA-256" })}`]);
  expect([stolen.status, stolen.one("WWW-Authenticate")]).toEqual([401, expect.stringContaining("stale=true")]);

  const taken = await challenged(client, [`Authorization: ${proof(old, { ...good, algorithm: "SHA-256" })}`], "agent1", 3);
  expect(taken.status).toBe(200);
  const again = await challenged(client, [`Authorization: ${proof(old, { ...good, algorithm: "SHA-256" })}`], "agent1", 4);
  expect([again.status, again.one("WWW-Authenticate")]).toEqual([401, expect.stringContaining("stale=true")]);
  const counted = await challenged(client, [`Authorization: ${proof(old, { ...good, algorithm: "SHA-256", nc: "00000002" })}`], "agent1", 5);
  expect(counted.status).toBe(200);
});

test("a line cannot register another one", async () => {
  bed = await openBed();
  const client = await bed.connect();
  const first = await challenged(client, [], "agent2");
  const second = await challenged(client, [`Authorization: ${proof(first, { ...good, algorithm: "MD5" })}`], "agent2", 2);
  expect(second.status).toBe(403);
  expect(bed.sip.registered("agent2")).toBe(0);
});

test("guessing passwords ends the socket", async () => {
  bed = await openBed({ limits: { wrongPasswords: 3 } });
  const client = await bed.connect();
  for (let i = 0; i < 3; i++) await client.register("agent1", { password: `guess ${i}` });
  expect(await client.ended()).toMatchObject({ code: 1008 });
});

test("several sockets, one instance each, are several bindings; the same instance replaces its own", async () => {
  bed = await openBed();
  const instance = (id: string) => `;+sip.instance="<urn:uuid:${id}>";reg-id=1;expires=600`;
  const one = await bed.connect();
  await one.register("agent1", { contact: one.contact + instance("1"), lines: ["Supported: path, gruu, outbound"] });
  const two = await bed.line("agent1", { contact: "<sip:two@two.invalid;transport=ws>" + instance("2") });
  expect(bed.sip.registered("agent1")).toBe(2);
  const again = await bed.connect();
  const answer = await again.register("agent1", { contact: again.contact + instance("1"), lines: ["Supported: outbound"] });
  expect(answer.all("Contact")).toEqual([
    `<sip:two@two.invalid;transport=ws>${instance("2")}`, `${again.contact}${instance("1")}`,
  ]);
  expect(answer.all("Require")).toEqual(["outbound"]);
  expect(await one.ended()).toMatchObject({ code: 1000 });
  expect(two.closed).toBeUndefined();
});

test("Contact: * with Expires 0 ends all registrations of the line, and nothing else does", async () => {
  bed = await openBed();
  const one = await bed.line("agent1");
  await bed.line("agent1");
  expect((await one.register("agent1", { contact: "*", expires: 60 })).status).toBe(400);
  expect(bed.sip.registered("agent1")).toBe(2);
  expect((await one.register("agent1", { contact: "*", expires: 0 })).status).toBe(200);
  expect(bed.sip.registered("agent1")).toBe(0);
});

test("REGISTER without Contact tells the bindings; Expires 0 ends one; a short one is told the least", async () => {
  bed = await openBed();
  const client = await bed.line("agent1");
  expect((await client.register("agent1", { contact: "" })).all("Contact")).toHaveLength(1);
  const brief = await client.register("agent1", { expires: 5 });
  expect([brief.status, brief.one("Min-Expires")]).toEqual([423, "10"]);
  expect((await client.register("agent1", { expires: 0 })).all("Contact")).toEqual([]);
  expect(bed.sip.registered("agent1")).toBe(0);
});

test("a registration runs out", async () => {
  let now = 0;
  bed = await openBed({ now: () => now });
  await bed.line("agent1", { expires: 60 });
  now = 59_000;
  expect(bed.sip.registered("agent1")).toBe(1);
  now = 60_000;
  expect(bed.sip.registered("agent1")).toBe(0);
});

test("a registration ends with its socket and with the person's sign-out", async () => {
  bed = await openBed();
  const one = await bed.line("agent1");
  const two = await bed.line("agent2");
  one.socket.terminate();
  await until("agent1 is gone", () => bed.sip.registered("agent1") === 0);
  bed.sip.dropPerson("agent2");
  expect(bed.sip.registered("agent2")).toBe(0);
  expect(await two.ended()).toMatchObject({ code: 1008, reason: "signed out" });
});

test("a person who is signed out, or a socket that closes, while the password is looked up is not registered", async () => {
  const waiting: (() => void)[] = [];
  bed = await openBed({ findLine: (user) => new Promise((done) => waiting.push(() => done(lineSecret(user, domain, passwordOf(user))))) });
  const [one, two] = [await bed.connect(), await bed.connect()];
  for (const client of [one, two]) client.register("agent1").catch(() => undefined); // their sockets end before the answer
  await until("both are looked up", () => waiting.length === 2);
  one.socket.terminate();
  await until("one is gone", () => bed.sip.load().flows === 1);
  bed.sip.dropPerson("agent1");
  expect(await two.ended()).toMatchObject({ code: 1008 });
  for (const go of waiting) go();
  await new Promise((done) => setTimeout(done, 20));
  expect(bed.sip.registered("agent1")).toBe(0);
  expect(bed.events.filter(({ event }) => event === "sip.fault")).toEqual([]);
});

test("a REGISTER that was overtaken by a newer one of the same call is refused", async () => {
  bed = await openBed();
  const client = await bed.connect();
  const first = await challenged(client);
  expect((await challenged(client, [`Authorization: ${proof(first, { ...good, algorithm: "MD5" })}`], "agent1", 9)).status).toBe(200);
  const late = await challenged(client, [`Authorization: ${proof(first, { ...good, algorithm: "MD5", nc: "00000002" })}`], "agent1", 8);
  expect(late.status).toBe(500);
});

test("a line has so many contacts and no more", async () => {
  bed = await openBed({ limits: { bindings: 2 } });
  for (let i = 0; i < 2; i++) await bed.line("agent1");
  const third = await bed.connect();
  expect((await third.register("agent1")).status).toBe(403);
  expect(bed.sip.registered("agent1")).toBe(2);
});

test("what REGISTER requires beyond our means is named", async () => {
  bed = await openBed();
  const client = await bed.connect();
  client.send(client.request({ method: "REGISTER", uri: `sip:${domain}`, lines: ["Require: path, teleport"], callId: unique("c") }));
  const answer = await client.final("REGISTER");
  expect([answer.status, answer.one("Unsupported")]).toEqual([420, "teleport"]);
});

test("a line store that fails is answered by 500, and the next one is served", async () => {
  let fails = true;
  bed = await openBed({
    findLine: async (user) => {
      if (fails) throw new Error("no database");
      return lineSecret(user, domain, passwordOf(user));
    },
  });
  const client = await bed.connect();
  expect((await client.register("agent1")).status).toBe(500);
  fails = false;
  expect((await client.register("agent1")).status).toBe(200);
  expect(bed.events.filter(({ event }) => event === "sip.fault")).toHaveLength(1);
});
