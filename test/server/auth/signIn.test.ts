import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { hashPassword } from "better-auth/crypto";
import { passwordHash, passwordMatches } from "#server/auth/password.ts";
import { closeCodes } from "#wire/protocol.ts";
import { PASSWORD, people, small, startRooms, type TestRooms } from "#test/kit/rooms.ts";
import { seedDemo } from "#server/demo/seed.ts";
import { MINUTE } from "#test/kit/facts.ts";

let rooms: TestRooms;
beforeAll(async () => { rooms = await startRooms(); });
afterAll(() => rooms.stop());

function enter(email: string, password: string, headers: Record<string, string> = {}): Promise<Response> {
  return fetch(`${rooms.url}/api/auth/sign-in/email`, { method: "POST", headers: { "content-type": "application/json", ...headers }, body: JSON.stringify({ email, password }) });
}
const me = (cookie: string): Promise<Response> => fetch(`${rooms.url}/api/me`, { headers: { cookie } });
const cookieOf = (response: Response): string => response.headers.getSetCookie().map((one) => one.split(";")[0]).join("; ");

describe("sign-in", () => {
  it("sets a cookie that no script and no other site can use, and tells its token nowhere else", async () => {
    const response = await enter("Anna@Demo.Example", PASSWORD);
    expect(response.status).toBe(200);
    const [cookie = ""] = response.headers.getSetCookie();
    expect(cookie).toMatch(/HttpOnly/i);
    expect(cookie).toMatch(/SameSite=Strict/i);
    const token = decodeURIComponent(/=([^;]+)/.exec(cookie)?.[1] ?? "").split(".")[0] ?? "";
    expect(token.length).toBeGreaterThan(20);
    expect(await response.text()).not.toContain(token);
    const session = await fetch(`${rooms.url}/api/auth/get-session`, { headers: { cookie: cookieOf(response) } });
    const text = await session.text();
    expect(text).not.toContain(token);
    expect(JSON.parse(text)).toMatchObject({ user: { email: "anna@demo.example", role: "agent", team: "north", language: "en", gender: "f" } });
    expect(await (await me(cookieOf(response))).json()).toMatchObject({ protocol: 1, person: { name: "anna", role: "agent" } });
  });

  it("answers a wrong password, an unknown person and an address without a dot alike", async () => {
    for (const [email, password] of [["anna@demo.example", "wrong password"], ["nobody@demo.example", PASSWORD], ["anna@demo", PASSWORD]] as const) {
      const response = await enter(email, password);
      expect([email, response.status, await response.json()]).toEqual([email, 401, { why: "wrong" }]);
      expect(response.headers.getSetCookie()).toEqual([]);
    }
  });

  it("is refused to pages of other origins, and allowed to ours under each of its names and to programs", async () => {
    const port = String(rooms.port);
    for (const origin of ["https://evil.example", `http://evil.example:${port}`, "http://127.0.0.1:1", "null", `https://127.0.0.1:${port}`])
      expect([origin, (await enter("anna@demo.example", PASSWORD, { origin })).status]).toEqual([origin, 403]);
    for (const origin of [`http://127.0.0.1:${port}`, `http://localhost:${port}`])
      expect([origin, (await enter("anna@demo.example", PASSWORD, { origin })).status]).toEqual([origin, 200]);
    expect((await enter("anna@demo.example", PASSWORD)).status).toBe(200);
    expect((await enter("anna@demo.example", PASSWORD, { "sec-fetch-site": "cross-site" })).status).toBe(403);
  });

  it("takes JSON only, which no foreign form can send", async () => {
    const response = await fetch(`${rooms.url}/api/auth/sign-in/email`, { method: "POST", headers: { "content-type": "text/plain" }, body: JSON.stringify({ email: "anna@demo.example", password: PASSWORD }) });
    expect(response.status).toBe(415);
  });

  it("slows the guessing of one account down, for that account alone", async () => {
    const guesses = await Promise.all(Array.from({ length: 30 }, () => enter("boris@demo.example", "guess")));
    expect(guesses.filter((one) => one.status === 401)).toHaveLength(10);
    const refused = guesses.find((one) => one.status === 429);
    expect(Number(refused?.headers.get("retry-after"))).toBeGreaterThan(200);
    expect((await enter("boris@demo.example", PASSWORD)).status).toBe(429);
    expect((await enter("carl@demo.example", PASSWORD)).status).toBe(200);
    rooms.clock = Date.now() + 6 * MINUTE;
    expect((await enter("boris@demo.example", PASSWORD)).status).toBe(200);
    rooms.clock = undefined;
  });

  it("lets fifty people behind one address in at the same moment", async () => {
    const names = people.map((one) => one.email);
    const entries = await Promise.all(Array.from({ length: 50 }, (_, index) => enter(names[index % names.length] ?? "", PASSWORD)));
    expect(entries.filter((one) => one.status !== 200).map((one) => one.status)).toEqual([]);
  });

  it("ends with the sign-out, on the live socket as well", async () => {
    const anna = await rooms.signIn("anna");
    const live = await anna.live("desk-of-anna");
    const other = await rooms.signIn("anna");
    const otherLive = await other.live("phone-of-anna");
    expect((await anna.post("/api/auth/sign-out", {})).status).toBe(200);
    expect(await live.closed()).toBe(closeCodes.signedOut);
    expect((await me(anna.cookie)).status).toBe(401);
    expect((await me(other.cookie)).status).toBe(200);
    expect(otherLive.socket.readyState).toBe(otherLive.socket.OPEN);
    otherLive.socket.close();
  });

  it("ends at once for a session that is deleted or over in the database, and follows a change of role", async () => {
    const { db } = rooms.database;
    const [boris, carl] = [await rooms.signIn("boris"), await rooms.signIn("carl")];
    await db.query("update person set role = 'lead', team = 'south' where id = $1", [boris.person.id]);
    expect((await boris.get("/api/me")).body.person).toMatchObject({ role: "lead", team: "south" });
    expect((await boris.post("/api/dialing/leases", { device: "d", language: "en", hold: [], want: 1 })).status).toBe(403);
    await db.query("delete from session where person = $1", [boris.person.id]);
    await db.query("update session set expires_at = now() - interval '1 second' where person = $1", [carl.person.id]);
    expect([(await boris.get("/api/me")).status, (await carl.get("/api/me")).status]).toEqual([401, 401]);
  });

  it("needs no password where the demo offers its people by one click", async () => {
    const response = await fetch(`${rooms.url}/api/demo/sign-in`, { method: "POST", headers: { "content-type": "application/json", origin: rooms.url }, body: JSON.stringify({ email: "lead@demo.example" }) });
    expect(await (await me(cookieOf(response))).json()).toMatchObject({ person: { role: "lead" } });
    const { people: offered } = (await (await fetch(`${rooms.url}/api/demo/people`)).json()) as { people: { email: string }[] };
    expect(offered.map((one) => one.email).sort()).toEqual(people.map((one) => one.email).sort());
    expect(JSON.stringify(offered)).not.toContain(PASSWORD);
  });

  it("leaves no password, cookie, address or name in the log", () => {
    expect(rooms.log.join("\n")).toContain("/api/auth/sign-in/email 200");
    expect(rooms.log.join("\n")).not.toMatch(/demo\.example|good password|session_token|anna/i);
  });
});

describe("a password", () => {
  const kept = async (name: string): Promise<string | undefined> =>
    (await rooms.database.db.query<{ password: string }>("select a.password from account a join person p on p.id = a.person where p.email = $1", [`${name}@demo.example`]))[0]?.password;

  it("is kept as Argon2id, dear in memory and time, each with a salt of its own", async () => {
    const [anna, carl] = [await kept("anna"), await kept("carl")];
    for (const one of [anna, carl]) expect(one).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43}$/);
    expect(anna).not.toBe(carl);
  });

  it("that an earlier version has kept by scrypt still lets in, and is kept in today's way from then on", async () => {
    const old = await hashPassword(PASSWORD);
    await rooms.database.db.query("update account set password = $1 where person = (select id from person where email = 'closer@demo.example')", [old]);
    expect((await enter("closer@demo.example", "wrong password")).status).toBe(401);
    expect(await kept("closer")).toBe(old);
    expect((await enter("closer@demo.example", PASSWORD)).status).toBe(200);
    expect(await kept("closer")).toMatch(/^\$argon2id\$/);
    expect((await enter("closer@demo.example", PASSWORD)).status).toBe(200);
  });

  it("is the same however a keyboard puts its letters together", async () => {
    expect(await passwordMatches(await passwordHash("йогурт \u00e9"), "\u0438\u0306огурт e\u0301")).toBe(true);
    expect(await passwordMatches(await passwordHash("йогурт"), "иогурт")).toBe(false);
  });
});

describe("the demo company", () => {
  it("is sown once, keeps what people have changed, and takes a new password", async () => {
    const { db } = rooms.database;
    const count = async (): Promise<unknown> => db.query("select (select count(*) from person) as people, (select count(*) from account) as accounts, (select count(*) from document) as documents, (select count(*) from dialing_turn) as turns");
    await db.query("update person set name = 'Anna Maria' where email = 'anna@demo.example'");
    const before = await count();
    await Promise.all([seedDemo(db, small, "another password"), seedDemo(db, small, "another password")]);
    expect(await count()).toEqual(before);
    expect((await enter("carl@demo.example", PASSWORD)).status).toBe(401);
    expect((await enter("carl@demo.example", "another password")).status).toBe(200);
    expect(await db.query("select name from person where email = 'anna@demo.example'")).toEqual([{ name: "Anna Maria" }]);
  });
});
