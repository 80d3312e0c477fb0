import { connect } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startRooms, type TestRooms, type Visitor } from "#test/kit/rooms.ts";
import { until } from "#test/kit/until.ts";

let rooms: TestRooms;
let anna: Visitor;
beforeAll(async () => {
  rooms = await startRooms();
  anna = await rooms.signIn("anna");
});
afterAll(() => rooms.stop());

/** Sends bytes as they are and gives back what comes until the other end closes, or until it has been silent for a while. */
function raw(bytes: string | Buffer, cut = false): Promise<string> {
  return new Promise((resolve) => {
    let answer = "";
    const socket = connect(rooms.port, "127.0.0.1", () => {
      socket.write(bytes);
      if (cut) setTimeout(() => socket.resetAndDestroy(), 5);
    });
    socket.setTimeout(1000, () => socket.destroy());
    socket.on("data", (data) => { answer += data.toString("latin1"); });
    socket.on("error", () => {});
    socket.on("close", () => resolve(answer));
  });
}
const host = (): string => `Host: 127.0.0.1:${rooms.port}\r\n`;
const upgrade = (path: string, more = ""): string =>
  `GET ${path} HTTP/1.1\r\n${host()}Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n${more}\r\n`;
async function alive(): Promise<void> {
  expect((await fetch(`${rooms.url}/healthz`)).status).toBe(200);
}

describe("hostile bytes", () => {
  it("that stop in the middle of a body are no trouble of ours", async () => {
    const before = rooms.log.length;
    await raw(`POST /api/sync/push HTTP/1.1\r\n${host()}Cookie: ${anna.cookie}\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n{`);
    const told = await until("the request in the log", () => {
      const since = rooms.log.slice(before);
      return since.some((line) => line.includes("/api/sync/push")) && since.join("\n");
    });
    expect(told).not.toContain("failed");
  });

  it("on HTTP are answered or cut, and everybody else is served on", async () => {
    const cookie = `Cookie: ${anna.cookie}\r\n`;
    const all: (string | Buffer)[] = [
      "\0\0\0\0", "GET\r\n\r\n", "GET / HTTP/9.9\r\n\r\n", "GET / HTTP/1.1\r\n\r\n", `GET / HTTP/1.1\r\nHost: a b\r\n\r\n`, `GET / HTTP/1.1\r\nHost: \r\n\r\n`,
      `GET //evil.example/%2e%2e HTTP/1.1\r\n${host()}\r\n`, `GET http://evil.example/api/me HTTP/1.1\r\n${host()}\r\n`, `GET /%zz?%zz=%zz HTTP/1.1\r\n${host()}\r\n`,
      `GET /api/sync/pull?since=NaN HTTP/1.1\r\n${host()}${cookie}\r\n`, `GET /api/sync/pull?since=1e999 HTTP/1.1\r\n${host()}${cookie}\r\n`, `GET /api/sync/pull?since=-1 HTTP/1.1\r\n${host()}${cookie}\r\n`,
      `GET /api/me HTTP/1.1\r\n${host()}Cookie: ${"x".repeat(10_000)}\r\n\r\n`, `GET /api/me HTTP/1.1\r\n${host()}Cookie: sufler.session_token=%00%ff.%zz; ;;=\r\n\r\n`,
      `CONNECT 127.0.0.1:22 HTTP/1.1\r\n${host()}\r\n`, `TRACE / HTTP/1.1\r\n${host()}\r\n`, `OPTIONS * HTTP/1.1\r\n${host()}\r\n`,
      `POST /api/sync/push HTTP/1.1\r\n${host()}${cookie}Content-Type: application/json\r\nContent-Length: 999999999999\r\n\r\n{}`,
      `POST /api/sync/push HTTP/1.1\r\n${host()}${cookie}Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n`,
      `POST /api/sync/push HTTP/1.1\r\n${host()}${cookie}Content-Type: application/json\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`,
      Buffer.from(Array.from({ length: 4000 }, (_, index) => (index * 7919) % 256)),
      "GET / HTTP/1.1\r\n" + Array.from({ length: 3000 }, (_, index) => `X-${index}: y\r\n`).join("") + "\r\n",
    ];
    for (const bytes of all) expect(await raw(bytes)).not.toMatch(/^HTTP\/1\.1 500/);
    await alive();
  });

  it("that name two hosts are refused, and a balancer's probe by HTTP/1.0 that names none is answered", async () => {
    expect(await raw(`GET /healthz HTTP/1.1\r\n${host()}Host: evil.example\r\n\r\n`)).toMatch(/^HTTP\/1\.1 400/);
    expect(await raw("GET /healthz HTTP/1.0\r\n\r\n")).toMatch(/^HTTP\/1\.1 200[^]*"status":"ok"/);
  });

  it("that are no UTF-8 are refused, not stored as other letters", async () => {
    const send = (body: Buffer): Promise<Response> => fetch(`${rooms.url}/api/sync/push`, { method: "POST", headers: { cookie: anna.cookie, "content-type": "application/json" }, body: new Uint8Array(body) });
    const record = (text: string): Buffer => Buffer.from(`{"protocol":1,"device":"koi8","after":0,"entries":[{"n":1,"record":{"id":"koi8","type":"note","text":"${text}","by":"${anna.person.id}","device":"koi8","at":1}}]}`, "latin1");
    const answer = await send(record("\xcf\xf0\xe8\xe2\xe5\xf2"));
    expect([answer.status, await answer.json()]).toEqual([400, { why: "json" }]);
    expect((await send(record("Hello"))).status).toBe(200);
  });

  it("on the way to a WebSocket are refused in plain HTTP", async () => {
    expect(await raw(upgrade("/sip"))).toMatch(/^HTTP\/1\.1 400/);
    for (const path of ["/sip", "/live"]) expect(await raw(`GET ${path} HTTP/1.1\r\n${host()}\r\n`)).toMatch(/^HTTP\/1\.1 426 [^]*^upgrade: websocket\r$/im);
    expect(await raw(upgrade("/sip", "Sec-WebSocket-Protocol: ,,;\r\n"))).toMatch(/^HTTP\/1\.1 400/);
    expect(await raw(upgrade("/live", "Origin: https://evil.example\r\n"))).toMatch(/^HTTP\/1\.1 403/);
    expect(await raw(upgrade("/%zz"))).toMatch(/^HTTP\/1\.1 404/);
    expect(await raw(upgrade("/sip", "Sec-WebSocket-Protocol: sip\r\n").replace("Key: dGhlIHNhbXBsZSBub25jZQ==", "Key: short"))).toMatch(/^HTTP\/1\.1 400/);
    expect(await raw(upgrade("/live").replace("Version: 13", "Version: 12"))).toMatch(/^HTTP\/1\.1 4/);
    for (let round = 0; round < 20; round += 1) await raw(upgrade("/live", `Cookie: ${anna.cookie}\r\n`), true);
    await alive();
  });

  it("inside a push are refused entry by entry, however they are made", async () => {
    const shapes: unknown[] = [null, 1, "x", [], {}, { n: 1 }, { n: 1.5, fact: {} }, { n: "1", fact: {} }, { n: 2 ** 60, fact: {} }];
    for (const shape of shapes) {
      const { status, body } = await anna.post("/api/sync/push", { protocol: 1, device: "hostile", after: 0, entries: [shape] });
      expect([JSON.stringify(shape), [200, 400].includes(status)]).toEqual([JSON.stringify(shape), true]);
      if (status === 200) expect(body.refused).toHaveLength(1);
    }
    const deep = `${"[".repeat(20_000)}${"]".repeat(20_000)}`;
    const response = await fetch(`${rooms.url}/api/sync/push`, { method: "POST", headers: { cookie: anna.cookie, "content-type": "application/json" }, body: `{"protocol":1,"device":"hostile","after":0,"entries":[{"n":5,"fact":${deep}}]}` });
    expect([200, 400]).toContain(response.status);
    const proto = await anna.post("/api/sync/push", JSON.parse('{"protocol":1,"device":"hostile","after":0,"entries":[{"n":6,"__proto__":{"fact":{}},"fact":{"__proto__":{"kind":"shift.ready"}}}]}'));
    expect(proto.body.refused).toHaveLength(1);
    // Half of a surrogate pair is no text that PostgreSQL's JSON takes; as a record it is stored, and comes back as the sign for "unreadable".
    const half = await anna.post("/api/sync/push", { protocol: 1, device: "hostile", after: 0, entries: [{ n: 7, record: { id: "half", type: "note", text: "a\ud800b", by: anna.person.id, device: "hostile", at: Date.now() } }] });
    expect(half.body).toMatchObject({ refused: [] });
    const { body } = await anna.get("/api/sync/pull?since=0");
    expect(body.records.find((one: { id: string }) => one.id === "half").text).toBe("a\ufffdb");
    await alive();
  });
});
