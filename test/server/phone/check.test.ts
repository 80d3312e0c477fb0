import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer as createHttp } from "node:http";
import { createServer as createHttps } from "node:https";
import { createServer, type AddressInfo, type Server } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { WebSocketServer } from "ws";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { checkServer } from "#server/phone/check/checkServer.ts";
import { createTestLimit } from "#server/phone/check/testLimit.ts";
import { domain, openBed, passwordOf, type Bed } from "#test/server/switch/kit.ts";

let bed: Bed;
const closing: (() => void)[] = [];
beforeAll(async () => { bed = await openBed(); });
afterAll(async () => {
  for (const close of closing) close();
  await bed.stop();
});

async function listen<S extends Server>(server: S): Promise<number> {
  await new Promise<void>((done) => { server.listen(0, "127.0.0.1", done); });
  closing.push(() => { server.close(); if ("closeAllConnections" in server) (server as unknown as { closeAllConnections(): void }).closeAllConnections(); });
  return (server.address() as AddressInfo).port;
}
const check = async (server: string, line?: { username: string; password: string }, now = Date.now()) => {
  const { steps } = await checkServer({ server, domain, line, origin: "https://sufler.example", now });
  return steps.map((step) => `${step.step} ${step.ok ? "ok" : step.fault}${"status" in step ? ` ${String(step.status)}` : ""}`);
};
/** A PBX of which only the first words are heard: it answers each REGISTER as told. */
async function registrar(answer: (text: string, round: number) => string): Promise<string> {
  const http = createHttp();
  const port = await listen(http);
  new WebSocketServer({ server: http, handleProtocols: () => "sip" }).on("connection", (socket) => {
    let round = 0;
    socket.on("message", (data: Buffer) => {
      const text = data.toString();
      const head = ["Via", "To", "From", "Call-ID", "CSeq"].map((name) => new RegExp(`^${name}: .*$`, "m").exec(text)?.[0] ?? "");
      socket.send([`SIP/2.0 ${answer(text, (round += 1))}`, ...head, "Content-Length: 0", "", ""].join("\r\n"));
    });
  });
  return `ws://127.0.0.1:${port}/ws`;
}

describe("the test of a connection, from the server", () => {
  const anna = { username: "agent1", password: passwordOf("agent1") };

  it("finds nothing wrong with a switch that works, proves the password by SHA-256, and changes no registration", async () => {
    expect(await check(bed.url)).toEqual(["name ok", "port ok", "upgrade ok"]);
    const { steps } = await checkServer({ server: bed.url, domain, line: anna, origin: "https://sufler.example", now: Date.now() });
    expect(steps.at(-1)).toEqual({ step: "register", ok: true, algorithm: "SHA-256" });
    expect(bed.sip.registered("agent1")).toBe(0);
  });

  it("tells a wrong password, an unknown line, a refusal, an algorithm that nobody here knows, and silence apart", async () => {
    expect((await check(bed.url, { ...anna, password: "wrong" })).at(-1)).toBe("register wrongPassword");
    const at = async (answer: string): Promise<string | undefined> => (await check(await registrar(() => answer), anna)).at(-1);
    expect(await at("403 Forbidden")).toBe("register forbidden");
    expect(await at("404 Not Found")).toBe("register unknownLine");
    expect(await at("503 Service Unavailable")).toBe("register status 503");
    expect(await at('401 Unauthorized\r\nWWW-Authenticate: Digest realm="r", nonce="n", algorithm=SHA-512, qop="auth"')).toBe("register algorithm");
    expect(await at("100 Trying")).toBe("register noAnswer");
  });

  it("answers MD5 without a quality of protection, as old exchanges ask for it", async () => {
    const url = await registrar((text, round) => (round === 1 ? '401 Unauthorized\r\nWWW-Authenticate: Digest realm="r", nonce="n"' : /algorithm=MD5/.test(text) && !/qop/.test(text) ? "200 OK" : "403 Forbidden"));
    expect((await check(url, anna)).at(-1)).toBe("register ok");
  });

  it("proves the password to a proxy on the way too, and takes a question that was too old for no wrong password", async () => {
    const md5 = (realm: string, more = "") => `Digest realm="${realm}", nonce="n", qop="auth"${more}`;
    const url = await registrar((text, round) => {
      if (round === 1) return `407 Proxy Authentication Required\r\nProxy-Authenticate: ${md5("door")}`;
      if (!/^Proxy-Authorization: .*realm="door"/m.test(text)) return "400 Where Is Your Proof";
      if (round === 2) return `401 Unauthorized\r\nWWW-Authenticate: ${md5("home")}`;
      if (round === 3) return `401 Unauthorized\r\nWWW-Authenticate: ${md5("home", ", stale=TRUE")}`;
      return /^Authorization: .*realm="home"/m.test(text) ? "200 OK" : "403 Forbidden";
    });
    expect((await check(url, anna)).at(-1)).toBe("register ok");
  });

  it("tells an unknown name, a closed port, and one where nothing answers apart", async () => {
    expect(await check("wss://pbx.invalid/ws")).toEqual(["name unknown"]);
    expect(await check("wss://169.254.169.254/ws")).toEqual(["name linkLocal"]);
    const port = await listen(createServer());
    closing.pop()?.();
    expect(await check(`ws://127.0.0.1:${port}/ws`)).toEqual(["name ok", "port refused"]);
    const silent = await listen(createServer(() => undefined));
    expect(await check(`ws://127.0.0.1:${silent}/ws`)).toEqual(["name ok", "port ok", "upgrade noAnswer"]);
    expect(await check(`wss://127.0.0.1:${silent}/ws`)).toEqual(["name ok", "port ok", "certificate noTls"]);
  });

  it("tells what answered instead of a WebSocket for SIP", async () => {
    const web = await listen(createHttp((_, response) => response.writeHead(404).end("x".repeat(100_000))));
    expect(await check(`ws://127.0.0.1:${web}/ws`)).toEqual(["name ok", "port ok", "upgrade status 404"]);
    const away = await listen(createHttp((_, response) => response.writeHead(302, { location: bed.url }).end()));
    expect(await check(`ws://127.0.0.1:${away}/ws`)).toEqual(["name ok", "port ok", "upgrade status 302"]);
    const other = createHttp();
    const otherPort = await listen(other);
    new WebSocketServer({ server: other, handleProtocols: () => false });
    expect(await check(`ws://127.0.0.1:${otherPort}/ws`)).toEqual(["name ok", "port ok", "upgrade subprotocol"]);
    const smtp = await listen(createServer((socket) => { socket.on("error", () => undefined); socket.end("220 mail\r\n"); }));
    expect(await check(`ws://127.0.0.1:${smtp}/ws`)).toEqual(["name ok", "port ok", "upgrade noHttp"]);
  });

  it.runIf(spawnSync("openssl", ["version"]).status === 0)("tells a self-signed certificate, a foreign name and one that is over apart, and proves no password over them", async () => {
    const folder = mkdtempSync(join(tmpdir(), "sufler-cert-"));
    closing.push(() => { rmSync(folder, { recursive: true, force: true }); });
    const secure = async (name: string): Promise<string> => {
      const [key, cert] = [join(folder, "key.pem"), join(folder, "cert.pem")];
      execFileSync("openssl", ["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-subj", "/CN=pbx", "-addext", `subjectAltName=${name}`, "-keyout", key, "-out", cert], { stdio: "pipe" });
      const https = createHttps({ key: readFileSync(key), cert: readFileSync(cert) });
      new WebSocketServer({ server: https, handleProtocols: () => "sip" });
      return `wss://127.0.0.1:${await listen(https)}/ws`;
    };
    expect(await check(await secure("IP:127.0.0.1"), anna)).toEqual(["name ok", "port ok", "certificate selfSigned", "upgrade ok"]);
    expect(await check(await secure("DNS:pbx.example"), anna)).toEqual(["name ok", "port ok", "certificate wrongName", "upgrade ok"]);
    expect(await check(await secure("IP:127.0.0.1"), anna, Date.now() + 40 * 86_400_000)).toEqual(["name ok", "port ok", "certificate expired", "upgrade ok"]);
  });
});

describe("the limit of tests", () => {
  it("lets somebody mend step by step and nobody look about", () => {
    const world = { now: 0 };
    const limit = createTestLimit(() => world.now);
    expect([1, 2, 3, 4, 5, 6].map(() => limit.wait("admin"))).toEqual([0, 0, 0, 0, 0, 0]);
    expect(limit.wait("admin")).toBe(10);
    expect(limit.wait("other")).toBe(0);
    world.now += 4_000;
    expect(limit.wait("admin")).toBe(6);
    world.now += 6_000;
    expect(limit.wait("admin")).toBe(0);
  });
});
