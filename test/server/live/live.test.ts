import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { liveLimits } from "#server/live/connection.ts";
import { WebSocket } from "ws";
import { closeCodes, PROTOCOL } from "#wire/protocol.ts";
import type { ToServer } from "#wire/live.ts";
import { startRooms, type LiveVisitor, type TestRooms, type Visitor } from "#test/kit/rooms.ts";
import { until } from "#test/kit/until.ts";

let rooms: TestRooms;
const visitors = new Map<string, Visitor>();
const who = (name: string): Visitor => visitors.get(name) ?? (() => { throw new Error(name); })();
const open: LiveVisitor[] = [];
async function live(name: string, device = `${name}-${open.length}`): Promise<LiveVisitor> {
  const one = await who(name).live(device);
  open.push(one);
  return one;
}
beforeAll(async () => {
  rooms = await startRooms();
  for (const name of ["anna", "boris", "carl", "lead", "southlead", "editor", "closer", "admin"]) visitors.set(name, await rooms.signIn(name));
});
afterAll(() => rooms.stop());
const closeAll = (): void => { for (const one of open.splice(0)) one.socket.terminate(); };

/** Opens a socket as it is asked, without any hello, and tells how it ended. */
function raw(headers: Record<string, string>, path = "/live", protocols: string[] = []): Promise<{ opened: boolean; code?: number; status?: number; protocol?: string; socket: WebSocket }> {
  return new Promise((resolve) => {
    const socket = new WebSocket(`${rooms.url.replace("http", "ws")}${path}`, protocols, { headers });
    let opened = false;
    socket.on("open", () => { opened = true; if (path === "/sip") resolve({ opened, protocol: socket.protocol, socket }); });
    socket.on("close", (code) => resolve({ opened, code, socket }));
    socket.on("unexpected-response", (_request, response) => resolve({ opened, status: response.statusCode ?? 0, socket }));
    socket.on("error", () => {});
  });
}

let made = 0;
async function push(name: string, device: string, ...bodies: object[]): Promise<void> {
  const entries = bodies.map((body) => ({ n: (made += 1), fact: { id: `live-${made}`, at: Date.now(), offset: 0, by: who(name).person.id, device, ...body } }));
  expect((await who(name).post("/api/sync/push", { protocol: PROTOCOL, device, after: 0, entries })).body).toMatchObject({ refused: [] });
}
const ready = { kind: "shift.ready" };

describe("the door of the live socket", () => {
  it("closes with 4001 for who is not signed in, and refuses foreign pages before that", async () => {
    expect(await raw({ origin: rooms.url })).toMatchObject({ opened: true, code: closeCodes.signedOut });
    expect(await raw({ origin: rooms.url, cookie: "sufler.session_token=made-up.x" })).toMatchObject({ opened: true, code: closeCodes.signedOut });
    expect(await raw({ origin: "https://evil.example", cookie: who("anna").cookie })).toMatchObject({ opened: false, status: 403 });
    expect(await raw({ origin: rooms.url, cookie: who("anna").cookie }, "/elsewhere")).toMatchObject({ opened: false, status: 404 });
  });

  it("takes SIP user agents by their subprotocol, whatever page they are on, and nobody else", async () => {
    const sip = await raw({ origin: "https://phone.example" }, "/sip", ["sip"]);
    expect(sip).toMatchObject({ opened: true, protocol: "sip" });
    sip.socket.terminate();
    expect(await raw({}, "/sip", [])).toMatchObject({ opened: false, status: 400 });
    expect(await raw({}, "/sip", ["xmpp"])).toMatchObject({ opened: false, status: 400 });
  });

  const headersOf = (name: string) => ({ origin: rooms.url, cookie: who(name).cookie });
  async function closesAfter(...frames: (string | Buffer)[]): Promise<number> {
    const socket = new WebSocket(`${rooms.url.replace("http", "ws")}/live`, { headers: headersOf("anna") });
    let code: number | undefined;
    socket.on("close", (closed) => { code = closed; });
    socket.on("error", () => {});
    await until("open", () => socket.readyState === WebSocket.OPEN);
    for (const frame of frames) socket.send(frame);
    return until("closed", () => code);
  }
  const hello = JSON.stringify({ t: "hello", protocol: PROTOCOL, device: "d" } satisfies ToServer);

  it("closes with a code that says what was wrong", async () => {
    expect(await closesAfter(JSON.stringify({ t: "hello", protocol: PROTOCOL + 1, device: "d" }))).toBe(closeCodes.protocol);
    expect(await closesAfter("no json")).toBe(1008);
    expect(await closesAfter(JSON.stringify({ t: "unheard" }))).toBe(1008);
    expect(await closesAfter(Buffer.from(hello))).toBe(1008);
    expect(await closesAfter(JSON.stringify({ t: "listen", ask: "a", agent: "b" }))).toBe(1008);
    expect(await closesAfter(hello, hello)).toBe(1008);
    expect(await closesAfter(hello, "x".repeat(70_000))).toBe(1009);
    expect(await closesAfter(hello, ...Array.from({ length: 80 }, () => JSON.stringify({ t: "unlisten", session: "s", why: "lead" } satisfies ToServer)))).toBe(closeCodes.flood);
  });
});

describe("the sockets of one person", () => {
  it("are bounded: the oldest gives way", async () => {
    const first = await live("closer");
    await Promise.all(Array.from({ length: 20 }, () => live("closer")));
    expect(await first.closed()).toBe(closeCodes.flood);
    expect(open.filter((one) => one.socket.readyState === WebSocket.OPEN)).toHaveLength(20);
    closeAll();
  });
});

describe("pokes", () => {
  it("reach those whom new rows concern within moments of the commit, and nobody else", async () => {
    const [desk, otherDesk, boris, lead, southLead, editor, admin] = [
      await live("anna", "anna-desk"), await live("anna", "anna-tablet"), await live("boris"), await live("lead"), await live("southlead"), await live("editor"), await live("admin"),
    ];
    await push("anna", "anna-desk", ready);
    await Promise.all([otherDesk.next("fresh"), lead.next("fresh"), admin.next("fresh")]);
    // Another poke, which all get, proves that the others had none before it.
    const has = (one: LiveVisitor): boolean => one.heard.some((message) => message.t === "fresh");
    expect([desk, boris, southLead, editor].map(has)).toEqual([false, false, false, false]);
    await push("anna", "anna-desk", { kind: "verbatim.taken", call: "c", record: "r", second: 1, unforeseen: false });
    await editor.next("fresh");
    expect([desk, boris, southLead].map(has)).toEqual([false, false, false]);
    expect((await who("editor").post("/api/scripts/handlers", { based: 0, handler: { id: "poke", script: "storage-en", title: "Poke", gist: "g", synonyms: [], phrasings: ["p"] } })).status).toBe(200);
    await Promise.all([desk, boris, southLead].map((one) => one.next("fresh")));
    closeAll();
  });

  it("come through from another app server over the same database", async () => {
    const second = await rooms.another();
    try {
      const lead = await (await second.signIn("lead")).live("lead-elsewhere");
      await push("anna", "anna-desk", ready);
      await lead.next("fresh");
      const anna = await second.signIn("anna");
      const desk = await anna.live("anna-elsewhere");
      await fetch(`${rooms.url}/api/auth/sign-out`, { method: "POST", headers: { cookie: anna.cookie } });
      expect(await desk.closed()).toBe(closeCodes.signedOut);
    } finally {
      await second.stop();
    }
  });

  it("are few however much happens", async () => {
    const lead = await live("lead");
    const began = Date.now();
    await Promise.all(Array.from({ length: 30 }, () => push("anna", "anna-desk", ready)));
    await lead.next("fresh");
    // One at once, then one for each span of time that has passed, however slow the machine is.
    const most = 2 + (Date.now() - began) / liveLimits.freshMs;
    expect(lead.heard.filter((message) => message.t === "fresh").length).toBeLessThanOrEqual(most);
    closeAll();
  });
});

describe("the line of a call", () => {
  it("[M3] is told to the leads of the team and to admins, to those who come later too, and to nobody else", async () => {
    const [desk, lead, admin, southLead, boris, closer] = [await live("anna"), await live("lead"), await live("admin"), await live("southlead"), await live("boris"), await live("closer")];
    desk.say({ t: "quality", call: "call-1", grade: "bad", bad: "sent" });
    const told = { t: "quality", agent: who("anna").person.id, call: "call-1", grade: "bad", bad: "sent" };
    expect(await lead.next("quality")).toEqual(told);
    expect(await admin.next("quality")).toEqual(told);
    expect(await (await live("lead")).next("quality")).toEqual(told);
    const later = await live("southlead");
    desk.say({ t: "quality", call: "call-1", grade: "good" });
    expect(await lead.next("quality")).toEqual({ t: "quality", agent: who("anna").person.id, call: "call-1", grade: "good" });
    expect([desk, southLead, boris, closer, later].some((one) => one.heard.some((message) => message.t === "quality"))).toBe(false);
    closeAll();
  });
});

describe("presence", () => {
  it("tells a lead which of the team's desks are connected, as they come and go", async () => {
    const lead = await live("lead");
    const online = async (...names: string[]): Promise<unknown> => {
      const ids = names.map((name) => who(name).person.id).sort();
      return until(`presence of ${names.join(", ")}`, () => {
        const last = lead.heard.findLast((message) => message.t === "presence");
        return last?.t === "presence" && JSON.stringify(last.online) === JSON.stringify(ids);
      });
    };
    await online("lead");
    const anna = await live("anna");
    await online("anna", "lead");
    const [second, carl] = [await live("anna"), await live("carl")];
    await live("boris");
    await online("anna", "boris", "lead");
    anna.socket.terminate();
    second.socket.close();
    await online("boris", "lead");
    expect(carl.heard.some((message) => message.t === "presence")).toBe(false);
    closeAll();
  });

  it("does not flicker when a page is reloaded", async () => {
    const [lead, anna] = [await live("lead"), await live("anna")];
    await until("anna's presence", () => lead.heard.some((message) => message.t === "presence" && message.online.includes(who("anna").person.id)));
    const before = lead.heard.length;
    anna.socket.terminate();
    await anna.closed();
    await live("anna");
    await live("boris");
    await until("boris' presence", () => lead.heard.some((message) => message.t === "presence" && message.online.includes(who("boris").person.id)));
    expect(lead.heard.slice(before).every((message) => message.t === "presence" && message.online.includes(who("anna").person.id))).toBe(true);
    closeAll();
  });

  it("finds a socket whose other end is gone without a word", async () => {
    const lead = await live("lead");
    const anna = await live("anna");
    const there = (): boolean | undefined => {
      const last = lead.heard.findLast((message) => message.t === "presence");
      return last?.t === "presence" ? last.online.includes(who("anna").person.id) : undefined;
    };
    await until("anna's presence", () => there() === true);
    // As a laptop that falls asleep: the connection stays, nothing is read or answered any more.
    anna.socket.pause();
    await until("anna's absence", () => there() === false, 25_000);
    closeAll();
  });
});

describe("the end of the server", () => {
  it("sends every browser away with 4004, so that it comes back", async () => {
    const second = await rooms.another();
    const desk = await (await second.signIn("anna")).live("anna-there");
    await second.stop();
    expect(await desk.closed()).toBe(closeCodes.restart);
  });
});

describe("the phone of a person with two computers", () => {
  it("is at one of them, goes to the other when asked for, with what the first hands on, and comes to who waits when its holder has gone", async () => {
    const [desk, laptop] = [await live("carl"), await live("carl")];
    desk.say({ t: "hold" });
    expect(await desk.next("phone")).toEqual({ t: "phone", here: true });
    laptop.say({ t: "hold" });
    expect(await laptop.next("phone")).toEqual({ t: "phone", here: false });
    // Somebody else's phone is another matter.
    const other = await live("anna");
    other.say({ t: "take" });
    expect(await other.next("phone")).toEqual({ t: "phone", here: true });
    laptop.say({ t: "take" });
    await desk.next("giveUp");
    desk.say({ t: "give", place: "{}" });
    expect(await laptop.next("phone")).toEqual({ t: "phone", here: true, place: "{}" });
    expect(await desk.next("phone")).toEqual({ t: "phone", here: false });
    // Given unasked, it goes nowhere.
    desk.say({ t: "give", place: "stolen" });
    laptop.say({ t: "free" });
    expect(await desk.next("phone")).toEqual({ t: "phone", here: true });
    closeAll();
  });
});
