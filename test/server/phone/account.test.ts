import { createCipheriv, createHmac, hkdfSync } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { accountOf, embeddedDomain, iceServersFor } from "#server/phone/account.ts";
import { plainDialing } from "#domain/phone/dialPlan.ts";
import { findEmbeddedLine, keepPbxLine, linePassword, pbxLine, sealAnew } from "#server/phone/lineStore.ts";
import { createSeals } from "#server/phone/seals.ts";
import { startRooms, type TestRooms } from "#test/kit/rooms.ts";

const SECRET = "a secret that is only for tests, 32+";
const OTHER = "another secret, just as long as 32";
const seals = createSeals(SECRET);
let rooms: TestRooms;
beforeAll(async () => { rooms = await startRooms(); });
afterAll(() => rooms.stop());

describe("a person's line", () => {
  it("is named after the person, has a password of its own, and leads to this server as the browser sees it", async () => {
    const [anna, boris] = [await rooms.signIn("anna"), await rooms.signIn("boris")];
    const [hers, his] = [(await anna.get("/api/phone/account")).body, (await boris.get("/api/phone/account")).body];
    expect(hers).toEqual({
      server: `ws://127.0.0.1:${rooms.port}/sip`, uri: "sip:anna@sufler.invalid", username: "anna", password: linePassword(SECRET, "anna"), iceServers: [],
      practice: { server: `ws://127.0.0.1:${rooms.port}/sip`, uri: "sip:anna@sufler.invalid", username: "anna", password: linePassword(SECRET, "anna") },
    });
    expect(his.username).toBe("boris");
    expect(his.password).not.toBe(hers.password);
    expect((await anna.get("/api/phone/account")).body).toEqual(hers);
    expect(await findEmbeddedLine(rooms.database.db, SECRET, "anna")).toEqual({ username: "anna", password: hers.password });
    expect(await findEmbeddedLine(rooms.database.db, SECRET, "nobody")).toBeUndefined();
  });

  it("proves nothing once its person is signed in nowhere: its password never changes, and who has left may know it", async () => {
    const { db } = rooms.database;
    const [first, second] = [await rooms.signIn("carl"), await rooms.signIn("carl")];
    const found = async (): Promise<boolean> => (await findEmbeddedLine(db, SECRET, "carl")) !== undefined;
    await first.post("/api/auth/sign-out", {});
    expect(await found()).toBe(true);
    await second.post("/api/auth/sign-out", {});
    expect(await found()).toBe(false);
    await rooms.signIn("carl");
    expect(await found()).toBe(true);
    await db.query("update session set expires_at = now() - interval '1 second' where person = $1", [second.person.id]);
    expect(await found()).toBe(false);
  });

  it("on the company's PBX is kept sealed, and opened by the same secret only", async () => {
    const { db } = rooms.database;
    const { person } = await rooms.signIn("anna");
    expect(await keepPbxLine(db, seals, "Anna@demo.example", { username: "101", password: "pbx password" })).toBe(true);
    expect(await keepPbxLine(db, seals, "nobody@demo.example", { username: "102", password: "x" })).toBe(false);
    expect(await pbxLine(db, seals, person.id)).toEqual({ username: "101", password: "pbx password" });
    expect(await pbxLine(db, createSeals(OTHER), person.id)).toBeUndefined();
    expect(JSON.stringify(await db.query("select * from pbx_line"))).not.toContain("pbx password");
    await keepPbxLine(db, seals, "anna@demo.example", { username: "103", password: "newer" });
    expect(await pbxLine(db, seals, person.id)).toEqual({ username: "103", password: "newer" });
  });

  it("is sealed anew when SECRET changes and the earlier one is named", async () => {
    const { db } = rooms.database;
    const { person } = await rooms.signIn("boris");
    await keepPbxLine(db, seals, "boris@demo.example", { username: "104", password: "of old" });
    const next = createSeals(OTHER, [SECRET]);
    expect(await pbxLine(db, next, person.id)).toEqual({ username: "104", password: "of old" });
    expect(await sealAnew(db, next)).toBeGreaterThan(0);
    expect(await sealAnew(db, next)).toBe(0);
    expect(await pbxLine(db, createSeals(OTHER), person.id)).toEqual({ username: "104", password: "of old" });
    expect(await pbxLine(db, seals, person.id)).toBeUndefined();
    // Back again: other tests share the database.
    await sealAnew(db, createSeals(SECRET, [OTHER]));
  });

  it("still opens what was sealed before keys had ids", () => {
    const cipher = createCipheriv("aes-256-gcm", Buffer.from(hkdfSync("sha256", SECRET, "", "sufler pbx line", 32)), Buffer.alloc(12, 7));
    const old = Buffer.concat([Buffer.alloc(12, 7), cipher.update("early"), cipher.final(), cipher.getAuthTag()]).toString("base64");
    expect(seals.open(old)).toEqual({ text: "early", fresh: false });
    expect(createSeals(OTHER).open(old)).toBeUndefined();
    expect(seals.open(`${seals.seal("x").slice(0, -4)}AAAA`)).toBeUndefined();
  });
});

describe("the account", () => {
  const line = { username: "anna", password: "p" };
  const seen = { host: "sufler.example", secure: true };
  it("is the PBX's where there is one, and practice stays on the embedded switch", () => {
    const world = { servers: ["wss://pbx.example/ws", "wss://pbx2.example/ws"], domain: "", plan: plainDialing, ice: { servers: [], turn: null } };
    expect(accountOf(world, "sufler.invalid", seen, line, { username: "101", password: "q" }, "anna", 0)).toEqual({
      server: "wss://pbx.example/ws", servers: world.servers, dialPlan: plainDialing, uri: "sip:101@pbx.example", username: "101", password: "q", iceServers: [],
      practice: { server: "wss://sufler.example/sip", uri: "sip:anna@sufler.invalid", ...line },
    });
    expect(accountOf({ ...world, domain: "voice.example" }, "sufler.invalid", seen, line, { username: "101", password: "q" }, "anna", 0)?.uri).toBe("sip:101@voice.example");
    expect(accountOf(world, "sufler.invalid", seen, line, undefined, "anna", 0)).toBeUndefined();
    expect(embeddedDomain({ kind: "embedded", domain: "phones.example" })).toBe("phones.example");
  });

  it("names no STUN or TURN server unless the settings do, and gives TURN a password that expires", () => {
    expect(iceServersFor({ servers: [], turn: null }, "anna", 0)).toEqual([]);
    const given = [{ urls: "stun:stun.example.com" }];
    expect(iceServersFor({ servers: given, turn: null }, "anna", 0)).toEqual(given);
    const [turn] = iceServersFor({ servers: [], turn: { urls: ["turn:t.example:3478"], secret: "north" } }, "anna", 1_000_000_000_000);
    expect(turn).toEqual({ urls: ["turn:t.example:3478"], username: "1000043200:anna", credential: createHmac("sha1", "north").update("1000043200:anna").digest("base64") });
  });
});
