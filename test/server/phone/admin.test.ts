import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { plainDialing } from "#domain/phone/dialPlan.ts";
import type { AdminPhoneResponse } from "#wire/api.ts";
import { startRooms, type TestRooms, type Visitor } from "#test/kit/rooms.ts";

let rooms: TestRooms;
let admin: Visitor;
beforeAll(async () => {
  rooms = await startRooms();
  admin = await rooms.signIn("admin");
});
afterAll(() => rooms.stop());

const setup = (more: object = {}) => ({ servers: ["wss://pbx.example:8089/ws", "wss://pbx2.example/ws"], domain: "pbx.example", plan: plainDialing, stunUrls: [], turnUrls: [], ...more });
const version = async (): Promise<number> => ((await admin.get("/api/admin/phone")).body as AdminPhoneResponse).version;
const save = async (wish: object, turnSecret?: string | null) =>
  admin.post("/api/admin/phone/setup", { based: await version(), setup: wish, ...(turnSecret === undefined ? {} : { turnSecret }) });
const audit = (): Promise<Record<string, unknown>[]> => rooms.database.db.query("select action, subject, detail from audit where action like 'phone.%' order by id");
const csp = async (): Promise<string> => (await fetch(`${rooms.url}/healthz`)).headers.get("content-security-policy") ?? "";

describe("the admin's telephony", () => {
  it("begins with the embedded switch, says whose line is registered, and gives no password", async () => {
    const { body } = await admin.get("/api/admin/phone");
    expect(body).toMatchObject({ setup: { servers: [], domain: "", plan: plainDialing, stunUrls: [], turnUrls: [] }, version: 0, fixed: { sip: false, ice: false }, hasTurnSecret: false });
    expect(body.people.find((one: AdminPhoneResponse["people"][number]) => one.person.email === "anna@demo.example")).toMatchObject({ username: null, readable: true, phone: "away" });
  });

  it("hands servers, plan and relay to each person with the own account, and lets the page connect there", async () => {
    const anna = await rooms.signIn("anna");
    expect((await save(setup({ plan: { ...plainDialing, prefix: "9", barred: ["+7 809"], tones: "info", shows: "asserted", callers: { c: "+74951234567" }, echo: "*43" }, turnUrls: ["turn:t.example:3478"] }), "north")).status).toBe(200);
    expect((await anna.get("/api/phone/account")).status).toBe(404);
    expect((await admin.post("/api/admin/phone/line", { person: anna.person.id, line: { username: "101", password: "pbx password" } })).status).toBe(200);
    const { body } = await anna.get("/api/phone/account");
    expect(body).toMatchObject({
      server: "wss://pbx.example:8089/ws", servers: setup().servers, uri: "sip:101@pbx.example", username: "101", password: "pbx password",
      dialPlan: { prefix: "9", barred: ["+7 809"], tones: "info", shows: "asserted", callers: { c: "+74951234567" } }, echo: "*43", iceSeconds: 43_200, practice: { uri: "sip:anna@sufler.invalid" },
    });
    expect(body.iceServers[0].urls).toEqual(["turn:t.example:3478"]);
    expect(await csp()).toContain(" wss://pbx.example:8089 wss://pbx2.example;");
    const seen = JSON.stringify((await admin.get("/api/admin/phone")).body);
    expect(seen).toContain('"username":"101"');
    expect(seen).not.toMatch(/pbx password|north"?[,}].*secret|"turnSecret"/);
    expect(JSON.stringify(await audit())).not.toMatch(/pbx password|"north"/);
    expect(JSON.stringify(await rooms.database.db.query("select * from kept"))).not.toContain("north");
    expect(rooms.log.join("\n")).not.toMatch(/pbx password|north/);
  });

  it("keeps the relay's secret when others are changed, and takes it away with the relay", async () => {
    await save(setup({ turnUrls: ["turn:t.example:3478", "turns:t.example:5349"] }));
    expect((await admin.get("/api/admin/phone")).body).toMatchObject({ hasTurnSecret: true });
    await save(setup());
    expect((await admin.get("/api/admin/phone")).body).toMatchObject({ hasTurnSecret: false });
    expect((await save(setup({ turnUrls: ["turn:t.example:3478"] }))).body).toEqual({ why: "needsTurnSecret" });
  });

  it("[P7] gives nobody the right to call by hand what the plan bars", async () => {
    const anna = await rooms.signIn("anna");
    await save(setup({ plan: { ...plainDialing, barred: ["+7 809"] } }));
    const ask = (phone: string) => anna.post("/api/dialing/number", { device: "anna-hand", campaign: "none", phone });
    expect([(await ask("+78091234567")).body, (await ask("+74951234567")).body.why]).toEqual([{ why: "barred" }, "campaign"]);
  });

  it("loses nobody's change when two admins save at once", async () => {
    const based = await version();
    const answers = await Promise.all(["one.example", "two.example"].map((domain) => admin.post("/api/admin/phone/setup", { based, setup: setup({ domain }) })));
    expect(answers.map((one) => one.status).toSorted((a, b) => a - b)).toEqual([200, 409]);
    expect(await version()).toBe(based + 1);
  });

  it.each([
    { servers: ["http://pbx.example"] }, { servers: ["wss://u:p@pbx.example/ws"] }, { servers: ["wss://pbx.example/a b"] }, { domain: "a\r\nb" },
    { turnUrls: ["stun:x.example"] }, { stunUrls: ["https://x.example"] }, { plan: { ...plainDialing, prefix: "9\r\n" } }, { plan: { ...plainDialing, barred: ["x"] } }, { more: 1 },
  ])("refuses %j", async (part) => {
    expect((await save(setup(part))).status).toBe(400);
  });

  it("takes a file in whole or not at all", async () => {
    const boris = await rooms.signIn("boris");
    await save(setup());
    const file = (text: string): string => Buffer.from(text).toString("base64");
    const bad = await admin.post("/api/admin/phone/lines", { file: file("boris@demo.example;201;p1\nnobody@demo.example;202;p2"), commit: true });
    expect(bad.body).toEqual({ lines: [{ row: 1, email: "boris@demo.example", username: "201" }], problems: [{ row: 2, why: "nobody", email: "nobody@demo.example" }], committed: false });
    expect((await boris.get("/api/phone/account")).status).toBe(404);
    const good = file("boris@demo.example;201;p1");
    expect((await admin.post("/api/admin/phone/lines", { file: good, commit: false })).body).toMatchObject({ committed: false, problems: [] });
    expect((await boris.get("/api/phone/account")).status).toBe(404);
    expect((await admin.post("/api/admin/phone/lines", { file: good, commit: true })).body).toMatchObject({ committed: true });
    expect((await boris.get("/api/phone/account")).body).toMatchObject({ username: "201", password: "p1" });
    expect((await admin.post("/api/admin/phone/line", { person: boris.person.id, line: null })).status).toBe(200);
    expect((await boris.get("/api/phone/account")).status).toBe(404);
  });

  it("shows what each desk says of its phone", async () => {
    const anna = await rooms.signIn("anna");
    const live = await anna.live("anna-desk");
    const phone = async (): Promise<string | undefined> => ((await admin.get("/api/admin/phone")).body as AdminPhoneResponse).people.find((one) => one.person.id === anna.person.id)?.phone;
    // A lead's board is on the live socket too, and has no phone.
    expect(await phone()).toBe("away");
    live.say({ t: "line", state: "connecting" });
    await expect.poll(phone).toBe("connecting");
    live.say({ t: "line", state: "refused" });
    await expect.poll(phone).toBe("refused");
    live.socket.close();
    await expect.poll(phone).toBe("away");
  });

  it("tests a connection for an admin only so often, tells no password to a server that is not the company's, and writes it down", async () => {
    const anna = await rooms.signIn("anna");
    const own = `ws://127.0.0.1:${rooms.port}/sip`;
    const test = async (servers: readonly string[]) => admin.post("/api/admin/phone/test", { servers, domain: "sufler.invalid", person: anna.person.id });
    const steps = (answer: { body: { servers: { steps: { step: string; ok: boolean; fault?: string }[] }[] } }) => answer.body.servers[0]?.steps.map((one) => `${one.step} ${one.fault ?? String(one.ok)}`);
    expect(steps(await test([own]))).toEqual(["name true", "port true", "upgrade true"]);
    await save(setup({ servers: [own], domain: "sufler.invalid" }));
    await admin.post("/api/admin/phone/line", { person: anna.person.id, line: { username: "anna", password: "not hers" } });
    expect(steps(await test([own]))).toEqual(["name true", "port true", "upgrade true", "register wrongPassword"]);
    const answers = await Promise.all([1, 2, 3, 4, 5, 6].map(() => test([own])));
    expect(answers.filter((one) => one.status === 429).length).toBe(2);
    expect(answers.find((one) => one.status === 429)?.headers.get("retry-after")).toMatch(/^\d+$/);
    expect((await audit()).filter((one) => one["action"] === "phone.tested").length).toBe(6);
  });

  it("is the environment's where that speaks", async () => {
    const fixed = await startRooms({ database: rooms.database, env: { SIP_SERVER: "wss://env.example/ws", TURN_URL: "turn:env.example", TURN_SECRET: "x" } });
    try {
      const other = await fixed.signIn("admin");
      const { body } = await other.get("/api/admin/phone");
      expect(body).toMatchObject({ fixed: { sip: true, ice: true }, setup: { servers: ["wss://env.example/ws"], domain: "env.example", turnUrls: ["turn:env.example"] } });
      expect((await other.post("/api/admin/phone/setup", { based: body.version, setup: setup() })).body).toEqual({ why: "fixed" });
      expect((await other.post("/api/admin/phone/setup", { based: body.version, setup: { ...body.setup, plan: { ...plainDialing, prefix: "0" } } })).status).toBe(200);
    } finally {
      await fixed.stop();
    }
  });
});
