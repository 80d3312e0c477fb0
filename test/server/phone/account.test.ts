import { createHmac } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { accountOf, embeddedDomain, iceServersFor } from "#server/phone/account.ts";
import { findEmbeddedLine, keepPbxLine, linePassword, pbxLine } from "#server/phone/lineStore.ts";
import { readPbxLines } from "#server/phone/pbxLines.ts";
import { startRooms, type TestRooms } from "#test/kit/rooms.ts";

const SECRET = "a secret that is only for tests, 32+";
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

  it("on the company's PBX is kept sealed, and opened by the same secret only", async () => {
    const { db } = rooms.database;
    const { person } = await rooms.signIn("anna");
    expect(await keepPbxLine(db, SECRET, "Anna@demo.example", { username: "101", password: "pbx password" })).toBe(true);
    expect(await keepPbxLine(db, SECRET, "nobody@demo.example", { username: "102", password: "x" })).toBe(false);
    expect(await pbxLine(db, SECRET, person.id)).toEqual({ username: "101", password: "pbx password" });
    expect(await pbxLine(db, "another secret, just as long as 32", person.id)).toBeUndefined();
    expect(JSON.stringify(await db.query("select * from pbx_line"))).not.toContain("pbx password");
    await keepPbxLine(db, SECRET, "anna@demo.example", { username: "103", password: "newer" });
    expect(await pbxLine(db, SECRET, person.id)).toEqual({ username: "103", password: "newer" });
  });
});

describe("the account", () => {
  const line = { username: "anna", password: "p" };
  const seen = { host: "sufler.example", secure: true };
  it("is the PBX's where there is one, and practice stays on the embedded switch", () => {
    const sip = { kind: "pbx", server: "wss://pbx.example/ws", domain: "pbx.example", linesFile: null } as const;
    expect(accountOf(sip, seen, line, { username: "101", password: "q" }, [])).toEqual({
      server: "wss://pbx.example/ws", uri: "sip:101@pbx.example", username: "101", password: "q", iceServers: [],
      practice: { server: "wss://sufler.example/sip", uri: "sip:anna@sufler.invalid", ...line },
    });
    expect(accountOf(sip, seen, line, undefined, [])).toBeUndefined();
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

describe("SIP_LINES", () => {
  it("is read with commas or semicolons, quotes, a heading and a byte order mark", () => {
    expect(readPbxLines('\uFEFFe-mail,user,password\r\na@x.example,101,"se""cret, long"\r\n\r\nb@x.example , 102 ,p\n')).toEqual({
      ok: true, lines: [{ email: "a@x.example", line: { username: "101", password: 'se"cret, long' } }, { email: "b@x.example", line: { username: "102", password: "p" } }],
    });
    expect(readPbxLines("a@x.example;101;p")).toEqual({ ok: true, lines: [{ email: "a@x.example", line: { username: "101", password: "p" } }] });
  });
  it("tells the row that cannot be read", () => {
    expect(readPbxLines("a@x.example,101,p\nb@x.example,102")).toEqual({ ok: false, row: 2 });
    expect(readPbxLines("a@x.example,101,p\nnobody,102,p")).toEqual({ ok: false, row: 2 });
  });
});
