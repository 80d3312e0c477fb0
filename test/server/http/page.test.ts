import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { request, type IncomingMessage } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { brotliDecompressSync, gunzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { addressOf, seenAs } from "#server/http/client.ts";
import { securityHeaders } from "#server/http/securityHeaders.ts";
import { pageRoutes, staticFiles } from "#server/http/staticFiles.ts";
import { mayAct, trustedOrigins } from "#server/auth/origins.ts";
import { mask } from "#server/log.ts";
import { startRooms, type TestRooms } from "#test/kit/rooms.ts";

const folder = mkdtempSync(join(tmpdir(), "sufler-page-"));
mkdirSync(join(folder, "client/assets"), { recursive: true });
const script = `console.log(${JSON.stringify("a line of a script ".repeat(200))})`;
writeFileSync(join(folder, "client/index.html"), "<!doctype html><title>Sufler</title>");
writeFileSync(join(folder, "client/assets/main-abc123.js"), script);
writeFileSync(join(folder, "client/sw.js"), "self.x = 1");
writeFileSync(join(folder, "client/.secret"), "hidden");
writeFileSync(join(folder, "outside.txt"), "outside");
const files = staticFiles(join(folder, "client"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const get = (path: string, headers: Record<string, string> = {}): Promise<Response | undefined> => files.answer(path, new Headers(headers));

describe("the page's files", () => {
  it("are index.html on every route of the page, asked for anew each time", async () => {
    for (const route of [...pageRoutes, "/desk/"]) {
      const response = await get(route);
      expect([route, response?.status, response?.headers.get("content-type"), response?.headers.get("cache-control")]).toEqual([route, 200, "text/html; charset=utf-8", "no-cache"]);
    }
    for (const path of ["/elsewhere", "/assets/none.js", "/assets", "/desk/deeper"]) expect([path, await get(path)]).toEqual([path, undefined]);
  });

  it("are kept for ever where the name holds a hash of the content, and never otherwise", async () => {
    expect((await get("/assets/main-abc123.js"))?.headers.get("cache-control")).toBe("public, max-age=31536000, immutable");
    expect((await get("/sw.js"))?.headers.get("cache-control")).toBe("no-cache");
  });

  it("are packed as the browser takes them, and not sent again when they are unchanged", async () => {
    const body = async (response: Response | undefined): Promise<Buffer> => Buffer.from((await response?.arrayBuffer()) ?? new ArrayBuffer(0));
    const [br, zip, plain, refused] = await Promise.all(["gzip, deflate, br", "gzip", "", "br;q=0, gzip;q=0.0"].map((accept) => get("/assets/main-abc123.js", { "accept-encoding": accept })));
    expect([br, zip, plain, refused].map((one) => one?.headers.get("content-encoding"))).toEqual(["br", "gzip", null, null]);
    expect(brotliDecompressSync(await body(br)).toString()).toBe(script);
    expect(gunzipSync(await body(zip)).toString()).toBe(script);
    expect((await body(plain)).toString()).toBe(script);
    expect((await get("/assets/main-abc123.js", { "if-none-match": br?.headers.get("etag") ?? "" }))?.status).toBe(304);
    writeFileSync(join(folder, "client/sw.js"), "self.x = 22");
    expect((await body(await get("/sw.js"))).toString()).toBe("self.x = 22");
  });

  it("end at their folder", async () => {
    for (const path of ["/../outside.txt", "/%2e%2e/outside.txt", "/..%2foutside.txt", "/assets/../../outside.txt", "/.secret", "/%00", "/%zz"]) expect([path, await get(path)]).toEqual([path, undefined]);
  });
});

describe("what the page may do", () => {
  it("runs no foreign or inline script and talks to nobody but this server and the PBX", () => {
    const policy = securityHeaders({ sipServers: () => ["wss://pbx.example:8089/ws", "wss://pbx2.example/ws", "wss://pbx2.example/other"] }, { host: "127.0.0.1:7000", secure: false })["content-security-policy"] ?? "";
    const rules = Object.fromEntries(policy.split("; ").map((rule) => [rule.split(" ")[0], rule.split(" ").slice(1).join(" ")]));
    expect(rules).toMatchObject({ "default-src": "'none'", "script-src": "'self'", "style-src": "'self'", "connect-src": "'self' ws://127.0.0.1:7000 wss://pbx.example:8089 wss://pbx2.example", "frame-ancestors": "'none'", "base-uri": "'none'" });
    expect(policy).not.toMatch(/unsafe|\*|http:/);
    expect(securityHeaders({ sipServers: () => [] }, { host: "x; script-src *", secure: true })["content-security-policy"]).not.toContain("*");
  });
});

describe("who is asking", () => {
  const from = (headers: Record<string, string>): IncomingMessage => ({ headers, socket: { remoteAddress: "10.0.0.9" } }) as unknown as IncomingMessage;
  it("is told by the socket, and by the last word of X-Forwarded-For only where the proxy is trusted", () => {
    const forged = from({ "x-forwarded-for": "1.1.1.1, 2.2.2.2", "x-forwarded-proto": "https", "x-forwarded-host": "evil.example", host: "sufler.local" });
    expect(addressOf(forged, { trust: false, publicUrl: null })).toBe("10.0.0.9");
    expect(addressOf(forged, { trust: true, publicUrl: null })).toBe("2.2.2.2");
    expect(seenAs(forged, { trust: false, publicUrl: null })).toEqual({ host: "sufler.local", secure: false });
    expect(seenAs(from({ host: "sufler.example", "x-forwarded-proto": "https" }), { trust: true, publicUrl: null })).toEqual({ host: "sufler.example", secure: true });
    expect(seenAs(from({ host: "sufler.example" }), { trust: false, publicUrl: "https://sufler.example" })).toEqual({ host: "sufler.example", secure: true });
  });

  it("is one of our own pages, under whatever name we have", () => {
    const plain = { tls: false, host: "127.0.0.1", port: 7000, publicUrl: null };
    expect(trustedOrigins(plain)).toEqual(["http://localhost:7000", "http://127.0.0.1:7000", "http://[::1]:7000"]);
    expect(trustedOrigins({ tls: true, host: "0.0.0.0", port: 443, publicUrl: "https://sufler.example" })).toEqual(["https://sufler.example", "https://localhost", "https://127.0.0.1", "https://[::1]"]);
    // A foreign name that was bent to our address is believed only where a certificate vouches for it.
    const bent = { origin: "http://evil.example:7000", site: undefined, host: "evil.example:7000" };
    expect(mayAct(bent, plain)).toBe(false);
    const named = { origin: "https://floor2.example", site: undefined, host: "floor2.example" };
    expect(mayAct(named, { tls: true, host: "0.0.0.0", port: 443, publicUrl: null })).toBe(true);
    expect(mayAct({ ...named, origin: "https://evil.example" }, { tls: true, host: "0.0.0.0", port: 443, publicUrl: null })).toBe(false);
  });
});

describe("the log", () => {
  it("blots out phone numbers, addresses, passwords and tokens", () => {
    for (const text of ["+7 (495) 000-51-00", "84950005100", "anna@demo.example", 'password: "hunter22"', "token=abc.def", "Cookie: sufler.session_token=xyz"]) {
      const masked = mask(`before ${text} after`);
      expect(masked).toContain("***");
      expect(masked).not.toMatch(/495|51|anna|hunter|abc|xyz/);
    }
    expect(mask("POST /api/sync/push 200 17 ms")).toBe("POST /api/sync/push 200 17 ms");
  });
});

describe("the server", () => {
  let rooms: TestRooms;
  beforeAll(async () => { rooms = await startRooms(); });
  afterAll(() => rooms.stop());

  it("says how it is, and what it offers", async () => {
    expect(await (await fetch(`${rooms.url}/healthz`)).json()).toEqual({ status: "ok", version: "0.0.0" });
    const description = (await (await fetch(`${rooms.url}/api/openapi.json`)).json()) as { openapi: string; paths: Record<string, Record<string, { requestBody?: unknown }>> };
    expect(description.openapi).toBe("3.1.0");
    expect(Object.keys(description.paths)).toContain("/api/sync/push");
    expect(description.paths["/api/scripts/handlers"]?.["post"]?.requestBody).toMatchObject({ required: true, content: { "application/json": { schema: { type: "object" } } } });
  });

  it("answers every trouble in JSON, and every answer with its guards", async () => {
    const missing = await fetch(`${rooms.url}/api/nothing`);
    expect([missing.status, await missing.json()]).toEqual([404, { why: "notFound" }]);
    expect(missing.headers.get("x-content-type-options")).toBe("nosniff");
    expect(missing.headers.get("content-security-policy")).toContain("default-src 'none'");
    const anna = await rooms.signIn("anna");
    const broken = await fetch(`${rooms.url}/api/dialing/leases`, { method: "POST", headers: { cookie: anna.cookie, "content-type": "application/json" }, body: "{not json" });
    expect([broken.status, await broken.json()]).toEqual([400, { why: "json" }]);
    expect((await fetch(`${rooms.url}/api/me`)).headers.get("cache-control")).toBe("no-store");
  });

  it("refuses a body without end before it is in memory, and says so", async () => {
    const anna = await rooms.signIn("anna");
    const status = await new Promise<number | undefined>((resolve, reject) => {
      // No content-length: only counting can find it out.
      const out = request(`${rooms.url}/api/dialing/leases`, { method: "POST", headers: { cookie: anna.cookie, "content-type": "application/json", "transfer-encoding": "chunked" } }, (response) => resolve(response.statusCode));
      out.on("error", reject);
      out.write(`"${"x".repeat(100_000)}`);
    });
    expect(status).toBe(413);
  });

  it("gives the page's files to be read, and says so to whoever tries something else", async () => {
    for (const [method, status] of [["GET", 200], ["HEAD", 200], ["POST", 405], ["PUT", 405], ["DELETE", 405], ["OPTIONS", 405]] as const) {
      const response = await fetch(`${rooms.url}/desk`, { method });
      expect([method, response.status, response.headers.get("allow")]).toEqual([method, status, status === 405 ? "GET, HEAD" : null]);
      expect(response.headers.get("content-security-policy")).toContain("default-src 'none'");
    }
    expect((await fetch(`${rooms.url}/nothing`, { method: "POST" })).status).toBe(404);
  });

  it("packs a long answer", async () => {
    const anna = await rooms.signIn("anna");
    const response = await fetch(`${rooms.url}/api/sync/pull`, { headers: { cookie: anna.cookie, "accept-encoding": "gzip" } });
    expect(response.headers.get("content-encoding")).toBe("gzip");
    expect(((await response.json()) as { documents: unknown[] }).documents.length).toBeGreaterThan(0);
  });
});
