import { request } from "node:http";
import { gzipSync } from "node:zlib";
import { createHash } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { FactBody } from "#domain/fact.ts";
import { mask } from "#server/log.ts";
import { HOUR } from "#test/kit/facts.ts";
import { startRooms, type TestRooms, type Visitor } from "#test/kit/rooms.ts";
import { routes, type Route } from "#server/http/routes.ts";
import { PROTOCOL } from "#wire/protocol.ts";
import type { LeaseResponse } from "#wire/api.ts";
import type { PullResponse, PushResponse } from "#wire/sync.ts";

// What somebody would try who wants in, or wants to be somebody else: through the real server, one way after the other.

let rooms: TestRooms;
let anna: Visitor;
let boris: Visitor;
let admin: Visitor;
beforeAll(async () => {
  rooms = await startRooms();
  [anna, boris, admin] = await Promise.all([rooms.signIn("anna"), rooms.signIn("boris"), rooms.signIn("admin")]);
});
afterAll(() => rooms.stop());

interface Sent { readonly status: number; readonly body: string }
/** A request letter by letter: what `fetch` would mend or refuse goes out as it stands. */
function send(method: string, path: string, headers: Readonly<Record<string, string>>, body: string | Buffer = ""): Promise<Sent> {
  return new Promise((resolve, reject) => {
    const going = request({ host: "127.0.0.1", port: rooms.port, method, path, headers: { ...headers, "content-length": Buffer.byteLength(body) } }, (answer) => {
      let text = "";
      answer.setEncoding("latin1").on("data", (part: string) => { text += part; });
      answer.on("end", () => resolve({ status: answer.statusCode ?? 0, body: text }));
    });
    going.on("error", reject);
    going.end(body);
  });
}

let made = 0;
const numbers = new Map<string, number>();
async function tell(who: Visitor, body: FactBody, more: { readonly id?: string; readonly at?: number } = {}): Promise<PushResponse> {
  const device = `${who.person.id}-breakin`;
  const n = (numbers.get(device) ?? 0) + 1;
  numbers.set(device, n);
  const fact = { ...body, id: `breakin-${(made += 1)}`, at: Date.now(), offset: 0, by: who.person.id, device, ...more };
  const { status, body: answer } = await who.post("/api/sync/push", { protocol: PROTOCOL, device, entries: [{ n, fact }] });
  expect(status).toBe(200);
  return answer as PushResponse;
}

describe("another site in the person's browser", () => {
  const posts = Object.values(routes as Readonly<Record<string, Route>>).filter(({ method, access }) => method === "POST" && access !== "demo");
  const senders: readonly (readonly [string, Readonly<Record<string, string>>])[] = [
    ["a foreign origin", { origin: "https://evil.example" }], ["an origin that is hidden", { origin: "null" }], ["our name as part of another", { origin: "http://127.0.0.1.evil.example" }],
    ["our host on another port", { origin: "http://127.0.0.1:1" }], ["our host with another scheme", { origin: "https://127.0.0.1" }], ["no origin, but a site that is told", { "sec-fetch-site": "cross-site" }],
    ["a neighbour's name", { "sec-fetch-site": "same-site" }], ["an empty origin", { origin: "" }], ["two origins", { origin: `https://evil.example ${"http://127.0.0.1"}` }],
  ];
  it.each(senders)("does nothing with %s, at any endpoint, whatever it calls its body", async (_, sender) => {
    for (const { path } of posts) {
      for (const type of ["application/json", "text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", ""]) {
        const { status } = await send("POST", path, { ...sender, cookie: admin.cookie, ...(type === "" ? {} : { "content-type": type }) }, "{}");
        expect([path, type, status]).toEqual([path, type, 403]);
      }
    }
  });

  it("is not let in by the back door of another method, or of a word about one", async () => {
    const own = { origin: rooms.url, cookie: anna.cookie, "content-type": "application/json" };
    for (const method of ["PUT", "PATCH", "DELETE", "OPTIONS", "GET", "HEAD", "PROPFIND"]) {
      const { status } = await send(method, "/api/auth/sign-out", { ...own, "x-http-method-override": "POST", "x-http-method": "POST", "x-method-override": "POST" });
      expect([method, status]).toEqual([method, 405]);
    }
    expect((await send("GET", "/api/auth/sign-out?_method=POST", own)).status).toBe(405);
    expect((await anna.get("/api/me")).status).toBe(200);
  });

  it("cannot hand JSON over under the name of something else, nor packed", async () => {
    const own = { origin: rooms.url, cookie: anna.cookie };
    const body = JSON.stringify({ protocol: PROTOCOL, device: "d", entries: [] });
    for (const type of ["text/plain", "text/plain; a=application/json", "application/json-seq", "application/x-www-form-urlencoded", "multipart/form-data"]) expect([type, (await send("POST", "/api/sync/push", { ...own, "content-type": type }, body)).status]).toEqual([type, 415]);
    // Ten megabytes of zeros in ten kilobytes: nobody unpacks them.
    const bomb = gzipSync(Buffer.alloc(10 * 1024 * 1024));
    expect((await send("POST", "/api/sync/push", { ...own, "content-type": "application/json", "content-encoding": "gzip" }, bomb)).status).toBe(415);
  });
});

describe("a session", () => {
  it("is a new one at each sign-in: none that was brought along is taken over", async () => {
    const credentials = JSON.stringify({ email: boris.person.email, password: "a good password" });
    for (const brought of ["sufler.session_token=chosen.by.me", `${anna.cookie}`, "sufler.session_token=; sufler.session_token=x"]) {
      const response = await fetch(`${rooms.url}/api/auth/sign-in/email`, { method: "POST", headers: { origin: rooms.url, "content-type": "application/json", cookie: brought }, body: credentials });
      expect(response.status).toBe(200);
      const given = response.headers.getSetCookie().map((one) => one.split(";")[0]).join("; ");
      expect(given).not.toContain("chosen");
      expect(given).not.toBe(anna.cookie);
      expect(await (await fetch(`${rooms.url}/api/me`, { headers: { cookie: given } })).json()).toMatchObject({ person: { id: boris.person.id } });
    }
    expect((await anna.get("/api/me")).body).toMatchObject({ person: { id: anna.person.id } });
  });

  it("is not to be had by changing a letter of somebody's cookie, or by sending two", async () => {
    const [name = "", value = ""] = anna.cookie.split(/=(.*)/s);
    const half = decodeURIComponent(value).split(".")[0] ?? "";
    for (const cookie of [`${name}=${value}x`, `${name}=${half}`, `${name}=${half}.`, `${name}=${encodeURIComponent(`${half}.${"A".repeat(43)}=`)}`, `${name}x=${value}`, `${name.toUpperCase()}=${value}`])
      expect([cookie.slice(0, 30), (await fetch(`${rooms.url}/api/me`, { headers: { cookie } })).status]).toEqual([cookie.slice(0, 30), 401]);
    // With two, it is one person all through, or nobody.
    const { status, body } = await send("GET", "/api/me", { cookie: `${anna.cookie}; ${boris.cookie}` });
    expect(status === 401 || body.includes(anna.person.id) || body.includes(boris.person.id)).toBe(true);
  });
});

describe("hostile letters", () => {
  it("beyond any size are turned away, and the next person is served", async () => {
    expect((await send("GET", "/api/me", { "x-long": "x".repeat(100_000) })).status).toBe(431);
    expect((await send("GET", `/${"x".repeat(100_000)}`, {})).status).toBe(431);
    expect((await send("GET", `/api/sync/pull?since=1&${"a=b&".repeat(3000)}`, { cookie: anna.cookie })).status).toBe(200);
    expect((await anna.get("/api/me")).status).toBe(200);
  });

  it("about prototypes change none", async () => {
    const poison = '{"protocol":1,"device":"d","entries":[],"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}}';
    for (const route of Object.values(routes as Readonly<Record<string, Route>>)) {
      const path = route.method === "GET" ? `${route.path}?__proto__[polluted]=1&constructor.prototype.polluted=1&__proto__=polluted` : route.path;
      if (route.path.endsWith("sign-out")) continue;
      const { status } = await send(route.method, path, { origin: rooms.url, cookie: admin.cookie, "content-type": "application/json" }, route.method === "GET" ? "" : poison);
      expect([route.path, status < 500]).toEqual([route.path, true]);
    }
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
    expect(Object.keys(Object.prototype)).toEqual([]);
  });

  it("that climb out of the page's folder find nothing", async () => {
    const up = ["..", "%2e%2e", "%252e%252e", "..%2f", "%2e%2e%2f", "..\\", "..%5c", "%c0%ae%c0%ae", "....//", ".%00.", "\u2025"];
    for (const step of up) {
      for (const path of [`/${`${step}/`.repeat(8)}etc/passwd`, `/assets/${`${step}/`.repeat(8)}etc/passwd`, `//${step}/etc/passwd`, `/${step}`]) {
        const { status, body } = await send("GET", encodeURI(path).replace(/%25/g, "%"), {});
        // "/.." is "/" (RFC 3986 section 5.2.4): the page.
        expect([path, status === 404 || status === 400 || body === "<!doctype html><title>Sufler</title>", body.includes("root:")]).toEqual([path, true, false]);
      }
    }
    for (const path of ["/.env", "/.git/config", "/assets/.hidden", "/data/secret", "/index.html/", "/sw.js%00.html"]) expect([path, (await send("GET", path, {})).status]).toEqual([path, 404]);
  });
});

describe("somebody else's work", () => {
  it("shows no lead a card of the list for a call of their own making", async () => {
    const lead = await rooms.signIn("lead");
    const cards = async (): Promise<string[]> => ((await lead.get("/api/prospects?ids=storage-0021,storage-0022")).body as { prospects: { id: string }[] }).prospects.map(({ id }) => id);
    expect((await tell(lead, { kind: "call.dialed", call: "made-up", campaign: "storage", prospect: "storage-0021", number: "n" })).refused).toEqual([]);
    expect(await cards()).toEqual([]);
    await tell(anna, { kind: "call.dialed", call: "real", campaign: "storage", prospect: "storage-0022", number: "n" });
    expect(await cards()).toEqual(["storage-0022"]);
  });

  it("[Q14] nobody keeps the server from noting that their call came in late, by taking the note's name first", async () => {
    const call = "long-ago";
    const name = `late-${createHash("sha256").update(`${boris.person.id} ${call}`).digest("base64url")}`;
    expect((await tell(boris, { kind: "shift.ready" }, { id: name })).refused).toMatchObject([{ id: name, why: "author" }]);
    const old = Date.now() - 60 * HOUR;
    await tell(boris, { kind: "call.dialed", call, campaign: "storage", prospect: "storage-0009", number: "n" }, { at: old });
    await tell(boris, { kind: "call.answered", call }, { at: old });
    const { facts } = (await boris.get("/api/sync/pull?since=0")).body as PullResponse;
    expect(facts.filter((fact) => fact.kind === "call.late")).toMatchObject([{ id: name, call, by: "server" }]);
  });

  it("[Q8] does not vanish from a client's history because a colleague says something of a call by the same name", async () => {
    const held = (await anna.post("/api/dialing/leases", { device: `${anna.person.id}-breakin`, language: "en", hold: [], want: 1 })).body as LeaseResponse;
    const prospect = held.leases[0]?.prospect.id ?? "";
    const call = "the-same-name";
    const at = Date.now() - 60_000;
    for (const [body, ms] of [[{ kind: "call.dialed", call, campaign: "storage", prospect, number: "n" }, 0], [{ kind: "call.answered", call }, 5000], [{ kind: "call.ended", call, why: "agentHungUp" }, 9000], [{ kind: "outcome.saved", call, outcome: "meeting", decisionMaker: true }, 9500]] as const) await tell(anna, body, { at: at + ms });
    await tell(boris, { kind: "call.dialed", call, campaign: "storage", prospect, number: "n" }, { at: at - 1000 });
    await tell(boris, { kind: "outcome.saved", call, outcome: "refused", decisionMaker: true }, { at: at + 50_000 });
    const again = (await anna.post("/api/dialing/leases", { device: `${anna.person.id}-breakin`, language: "en", hold: [prospect], want: 1 })).body as LeaseResponse;
    const history = again.leases.find((one) => one.prospect.id === prospect)?.history ?? [];
    expect(history.map(({ by, outcome, ended }) => [by, outcome, ended])).toEqual([["anna", "meeting", "agentHungUp"], ["boris", "refused", undefined]]);
  });
});

describe("the log", () => {
  it("masks a number however it is written, and takes a line of any length", () => {
    for (const text of ["8–495–000–51–00", "+7\u00a0495\u00a0000\u00a051\u00a000", "tel:+7-495-000-51-00", "%2B74950005100", "8.495.000.51.00", "8/495/000/51/00", "sip:74950005100@pbx", "007 495 0005100"]) {
      expect(mask(`before ${text} after`)).toContain("***");
      expect(mask(`before ${text} after`)).not.toMatch(/495|51/);
    }
    for (const endless of ["a", "a.", "1 ", "@", "password=", "a@a", "+"]) expect(typeof mask(endless.repeat(200_000))).toBe("string");
  });
});
