/** A switch on a port of its own, and a client that speaks raw SIP text: what it sends is what a test wrote. */
import { createHash } from "node:crypto";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { vi } from "vitest";
import { WebSocket, WebSocketServer } from "ws";
import { createSwitch, lineSecret } from "#server/switch/switch.ts";
import type { LocalAgent, SipSwitch, SwitchOptions } from "#server/switch/switch.ts";

// Nothing here waits for a time to pass; a loaded machine may still take long.
vi.setConfig({ testTimeout: 120_000 });

export const domain = "sufler.test";

export interface Bed {
  readonly sip: SipSwitch;
  readonly url: string;
  readonly events: { event: string; detail: Record<string, unknown> | undefined }[];
  connect(): Promise<RawClient>;
  /** A client whose line has registered one contact. */
  line(user: string, extra?: RegisterExtra): Promise<RawClient>;
  stop(): Promise<void>;
}

export const passwordOf = (user: string) => `secret of ${user}`;

/**
 * Lines are agent1 … agent99; anybody else is unknown.
 * @param page HTML that the same port serves, for tests in a browser
 */
export async function openBed(options: Partial<SwitchOptions> = {}, page = ""): Promise<Bed> {
  const events: Bed["events"] = [];
  const sip = createSwitch({
    domain,
    findLine: async (user) => (/^agent\d{1,2}$/.test(user) ? lineSecret(user, domain, passwordOf(user)) : undefined),
    log: (event, detail) => events.push({ event, detail }),
    ...options,
  });
  const http = createServer((_, response) => void response.setHeader("content-type", "text/html; charset=utf-8").end(page));
  const server = new WebSocketServer({ server: http, path: "/sip", maxPayload: 1024 * 1024, handleProtocols: () => "sip" });
  server.on("connection", (socket, request) => sip.accept(socket, request.socket.remoteAddress ?? ""));
  await new Promise<void>((done) => void http.listen(0, "127.0.0.1", done));
  const { port } = http.address() as AddressInfo;
  const url = `ws://127.0.0.1:${port}/sip`;
  const clients: RawClient[] = [];
  const connect = async () => {
    const client = await RawClient.open(url);
    clients.push(client);
    return client;
  };
  return {
    sip, url, events, connect,
    async line(user, extra) {
      const client = await connect();
      const answer = await client.register(user, extra);
      if (answer.status !== 200) throw new Error(`${user} was not registered: ${answer.start}`);
      return client;
    },
    async stop() {
      for (const client of clients) client.socket.terminate();
      await sip.stop();
      server.close();
      http.closeAllConnections();
      await new Promise((done) => http.close(done));
    },
  };
}

/** Cuts a message into lines, naively and apart from the code under test. */
export class Got {
  readonly text: string;
  readonly start: string;
  readonly lines: readonly string[];
  readonly body: string;

  constructor(text: string) {
    this.text = text;
    const [head = "", ...body] = text.split("\r\n\r\n");
    const [start = "", ...lines] = head.split("\r\n");
    this.start = start;
    this.lines = lines;
    this.body = body.join("\r\n\r\n");
  }

  get status(): number {
    return /^SIP\/2\.0 (\d{3}) /.test(this.start) ? Number(this.start.slice(8, 11)) : 0;
  }

  get method(): string {
    return this.status ? "" : (this.start.split(" ")[0] ?? "");
  }

  all(name: string): string[] {
    return this.lines.filter((line) => line.toLowerCase().startsWith(`${name.toLowerCase()}:`)).map((line) => line.slice(name.length + 1).trim());
  }

  /** The first value; throws when there is none, so that a test does not compare undefined with undefined. */
  one(name: string): string {
    const value = this.all(name)[0];
    if (value === undefined) throw new Error(`No ${name} in:\n${this.text}`);
    return value;
  }
}

export interface RegisterExtra {
  readonly contact?: string;
  readonly expires?: number | string;
  readonly algorithm?: "MD5" | "SHA-256";
  readonly password?: string;
  readonly lines?: readonly string[];
}

let count = 0;
export const unique = (what: string) => `${what}${process.pid.toString(36)}${(count += 1).toString(36)}`;

export interface Wish {
  readonly method: string;
  readonly uri: string;
  readonly from?: string;
  readonly to?: string;
  readonly callId?: string;
  readonly cseq?: number;
  readonly branch?: string;
  readonly lines?: readonly string[];
  readonly body?: string;
}

export class RawClient {
  readonly socket: WebSocket;
  /** Everything received and not yet taken. */
  readonly inbox: Got[] = [];
  readonly host = `${unique("h")}.invalid`;
  readonly user = unique("u");
  closed: { code: number; reason: string } | undefined;
  #wake: (() => void)[] = [];

  private constructor(socket: WebSocket) {
    this.socket = socket;
    socket.on("message", (data: Buffer) => {
      this.inbox.push(new Got(data.toString("utf8")));
      this.#stir();
    });
    socket.on("close", (code, reason) => {
      this.closed = { code, reason: reason.toString() };
      this.#stir();
    });
    socket.on("error", () => undefined); // a cut socket is what some tests are after; `closed` tells
  }

  static async open(url: string): Promise<RawClient> {
    const socket = new WebSocket(url, "sip");
    const client = new RawClient(socket);
    await new Promise((done, failed) => socket.once("open", done).once("error", failed));
    return client;
  }

  #stir(): void {
    const waiting = this.#wake;
    this.#wake = [];
    for (const wake of waiting) wake();
  }

  send(text: string | Buffer): void {
    this.socket.send(text);
  }

  /** Takes the first message for which `fits` holds out of the inbox, waiting for it. */
  async take(what: string, fits: (got: Got) => boolean, withinMs = 60_000): Promise<Got> {
    const until = performance.now() + withinMs;
    for (;;) {
      const at = this.inbox.findIndex(fits);
      if (at >= 0) return this.inbox.splice(at, 1)[0] as Got;
      const left = until - performance.now();
      if (left <= 0 || this.closed) {
        const seen = this.inbox.map((got) => got.start).join(" | ");
        throw new Error(`Waited in vain for ${what}; ${this.closed ? `closed ${this.closed.code} ${this.closed.reason}; ` : ""}inbox: ${seen}`);
      }
      await this.#stirred(left);
    }
  }

  async ended(withinMs = 60_000): Promise<{ code: number; reason: string }> {
    const until = performance.now() + withinMs;
    while (!this.closed) {
      const left = until - performance.now();
      if (left <= 0) throw new Error("The socket stayed open");
      await this.#stirred(left);
    }
    return this.closed;
  }

  async #stirred(withinMs: number): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    await Promise.race([
      new Promise<void>((done) => this.#wake.push(done)),
      new Promise<void>((done) => (timer = setTimeout(done, withinMs))),
    ]);
    clearTimeout(timer);
  }

  response(status: number, cseqMethod?: string): Promise<Got> {
    return this.take(`${status} ${cseqMethod ?? ""}`, (got) => got.status === status && (!cseqMethod || got.one("CSeq").endsWith(cseqMethod)));
  }

  final(cseqMethod: string): Promise<Got> {
    return this.take(`a final answer to ${cseqMethod}`, (got) => got.status >= 200 && got.one("CSeq").endsWith(` ${cseqMethod}`));
  }

  incoming(method: string): Promise<Got> {
    return this.take(method, (got) => got.method === method);
  }

  get contact(): string {
    return `<sip:${this.user}@${this.host};transport=ws>`;
  }

  /** The text of a request, with what every request needs. */
  request(wish: Wish): string {
    const { method, uri, body = "" } = wish;
    return [
      `${method} ${uri} SIP/2.0`,
      `Via: SIP/2.0/WS ${this.host};branch=${wish.branch ?? `z9hG4bK${unique("b")}`}`,
      `Max-Forwards: 70`,
      `From: ${wish.from ?? `<sip:agent1@${domain}>;tag=${unique("f")}`}`,
      `To: ${wish.to ?? `<${uri}>`}`,
      `Call-ID: ${wish.callId ?? unique("call")}`,
      `CSeq: ${wish.cseq ?? 1} ${method}`,
      ...(wish.lines ?? []),
      `Content-Length: ${Buffer.byteLength(body)}`,
      ``,
      body,
    ].join("\r\n");
  }

  async register(user: string, extra: RegisterExtra = {}): Promise<Got> {
    const callId = unique("reg");
    const wish = (cseq: number, lines: readonly string[]): Wish => ({
      method: "REGISTER", uri: `sip:${domain}`, from: `<sip:${user}@${domain}>;tag=${unique("f")}`, to: `<sip:${user}@${domain}>`, callId, cseq,
      lines: [...(extra.contact === "" ? [] : [`Contact: ${extra.contact ?? this.contact}`]), ...(extra.expires === undefined ? [] : [`Expires: ${extra.expires}`]), ...(extra.lines ?? []), ...lines],
    });
    this.send(this.request(wish(1, [])));
    const challenge = await this.response(401, "REGISTER");
    const password = extra.password ?? passwordOf(user);
    this.send(this.request(wish(2, [`Authorization: ${proof(challenge, { user, password, method: "REGISTER", uri: `sip:${domain}`, algorithm: extra.algorithm ?? "SHA-256" })}`])));
    return this.final("REGISTER");
  }

  /** Answers a request that came in, as its user agent. */
  answer(got: Got, status: number, reason: string, extra: { tag?: string; lines?: readonly string[]; body?: string } = {}): void {
    const { body = "" } = extra;
    const to = got.one("To");
    this.send([
      `SIP/2.0 ${status} ${reason}`,
      ...got.all("Via").map((value) => `Via: ${value}`),
      ...got.all("Record-Route").map((value) => `Record-Route: ${value}`),
      `From: ${got.one("From")}`,
      `To: ${/;tag=/.test(to) || status === 100 ? to : `${to};tag=${extra.tag ?? `t-${this.user}`}`}`,
      `Call-ID: ${got.one("Call-ID")}`, `CSeq: ${got.one("CSeq")}`,
      ...(extra.lines ?? []),
      `Content-Length: ${Buffer.byteLength(body)}`, ``, body,
    ].join("\r\n"));
  }
}

export interface Proof {
  readonly user: string;
  readonly password: string;
  readonly method: string;
  readonly uri: string;
  readonly algorithm: "MD5" | "SHA-256";
  readonly nc?: string;
}

/** Answers a challenge after RFC 7616 3.4, apart from the code under test. */
export function proof(challenge: Got, how: Proof): string {
  const fields = [...challenge.all("WWW-Authenticate"), ...challenge.all("Proxy-Authenticate")];
  const field = fields.find((one) => one.includes(`algorithm=${how.algorithm}`)) ?? "";
  const nonce = /nonce="([^"]+)"/.exec(field)?.[1] ?? "";
  const realm = /realm="([^"]+)"/.exec(field)?.[1] ?? "";
  const h = (text: string) => createHash(how.algorithm === "MD5" ? "md5" : "sha256").update(text).digest("hex");
  const nc = how.nc ?? "00000001";
  const response = h(`${h(`${how.user}:${realm}:${how.password}`)}:${nonce}:${nc}:xyz:auth:${h(`${how.method}:${how.uri}`)}`);
  return `Digest username="${how.user}", realm="${realm}", nonce="${nonce}", uri="${how.uri}", response="${response}", algorithm=${how.algorithm}, qop=auth, nc=${nc}, cnonce="xyz"`;
}

/** A call between two raw clients, answered: everything that a later request in the dialog needs. */
export interface RawCall {
  readonly callId: string;
  readonly from: string;
  readonly to: string;
  readonly route: string;
  readonly invite: Got;
  readonly ok: Got;
  readonly calleeTarget: string;
  readonly callerTarget: string;
}

export async function call(caller: RawClient, callerUser: string, callee: RawClient, calleeUri: string): Promise<RawCall> {
  const callId = unique("call");
  const from = `<sip:${callerUser}@${domain}>;tag=${unique("f")}`;
  caller.send(caller.request({ method: "INVITE", uri: calleeUri, from, callId, cseq: 10, lines: [`Contact: ${caller.contact}`, "Content-Type: application/sdp"], body: "v=0\r\n" }));
  const invite = await callee.incoming("INVITE");
  callee.answer(invite, 180, "Ringing");
  await caller.response(180);
  callee.answer(invite, 200, "OK", { lines: [`Contact: ${callee.contact}`] });
  const ok = await caller.response(200, "INVITE");
  const to = ok.one("To");
  const route = ok.one("Record-Route");
  const calleeTarget = ok.one("Contact").slice(1, -1);
  caller.send(caller.request({ method: "ACK", uri: calleeTarget, from, to, callId, cseq: 10, lines: [`Route: ${route}`] }));
  await callee.incoming("ACK");
  return { callId, from, to, route, invite, ok, calleeTarget, callerTarget: caller.contact.slice(1, -1) };
}

/** An agent within the process that keeps what it gets. */
export function recordingAgent(serves: (user: string) => boolean): LocalAgent & { got: Got[] } {
  const got: Got[] = [];
  return { got, serves, receive: (text) => void got.push(new Got(text)) };
}

export async function until(what: string, holds: () => boolean, withinMs = 60_000): Promise<void> {
  const end = performance.now() + withinMs;
  while (!holds()) {
    if (performance.now() > end) throw new Error(`Waited in vain until ${what}`);
    await new Promise((done) => setTimeout(done, 5));
  }
}
