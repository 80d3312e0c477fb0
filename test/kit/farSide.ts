/** A far side that does exactly what a test writes: raw SIP over a WebSocket, at the PBX's end of the phone's line. */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { WebSocketServer, type WebSocket } from "ws";
import { Got } from "#test/server/switch/kit.ts";

export interface FarSide {
  /** WebSocket URL; everybody may register here. */
  readonly url: string;
  /** All that came, in order, registrations left out. */
  readonly got: readonly Got[];
  /** The next message for which `fits` holds, since the last one that was taken. */
  next(what: string, fits: (got: Got) => boolean): Promise<Got>;
  request(method: string): Promise<Got>;
  response(status: number, method: string): Promise<Got>;
  send(lines: readonly string[], body?: string): void;
  /** Sends these very characters. */
  raw(text: string): void;
  /** All registrations, in order. */
  readonly registrations: readonly Got[];
  /** Answers a request. `tag`: of a fork of its own. */
  answer(to: Got, status: string, more?: { readonly lines?: readonly string[]; readonly body?: string; readonly tag?: string; readonly contact?: boolean }): void;
  /** Sends a request in the dialog that `invite` began. */
  ask(invite: Got, method: string, cseq: number, more?: { readonly lines?: readonly string[]; readonly body?: string; readonly tag?: string }): void;
  /** Calls the phone: an INVITE to where it has registered. `from` as it stands in the header, without its tag. Gives what a dialog needs of it. */
  ring(name: string, more?: { readonly from?: string; readonly lines?: readonly string[]; readonly body?: string; /** The body's, when that is no SDP. */ readonly type?: string }): Ringing;
  /** How often the phone has breathed: a double CRLF (RFC 5626 4.4.1). */
  breaths(): number;
  /** How often the phone has connected. */
  connections(): number;
  /** Ends the socket (RFC 6455 7.4.1). */
  close(code: number): void;
  stop(): Promise<void>;
}

/** A call of the far side's to the phone. */
export interface Ringing {
  readonly callId: string;
  /** ACK, CANCEL, BYE …; the first two with the number of the INVITE. `to`: a response of the phone's, for its tag. */
  say(method: string, cseq: number, to?: Got, more?: { readonly lines?: readonly string[]; readonly body?: string; readonly type?: string }): void;
}

export const SDP = "v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\nm=audio 9 UDP/TLS/RTP/SAVPF 0\r\n";
const SDP_TYPE = "Content-Type: application/sdp";

/** @param register what a registration is answered by; undefined: 200, with its own Contact; an empty status: nothing */
export async function openFarSide(register: (message: Got, count: number) => { readonly status: string; readonly lines: readonly string[] } | undefined = () => undefined): Promise<FarSide> {
  const http = createServer();
  const sockets = new WebSocketServer({ server: http, handleProtocols: () => "sip" });
  const got: Got[] = [];
  const registrations: Got[] = [];
  let taken = 0;
  let socket: WebSocket | undefined;
  let connections = 0;
  let breaths = 0;
  let wake: (() => void)[] = [];
  const send: FarSide["send"] = (lines, body = "") => socket?.send([...lines, `Content-Length: ${Buffer.byteLength(body)}`, "", body].join("\r\n"));
  const kept = (to: Got, names: readonly string[]) => names.flatMap((name) => to.all(name).map((value) => `${name}: ${value}`));

  const answer: FarSide["answer"] = (to, status, { lines = [], body, tag = "far", contact = true } = {}) => send([
    `SIP/2.0 ${status}`, ...kept(to, ["Via", "From"]), `To: ${to.one("To")}${/;tag=/.test(to.one("To")) || status.startsWith("100") || tag === "" ? "" : `;tag=${tag}`}`, ...kept(to, ["Call-ID", "CSeq"]),
    ...(contact ? ["Contact: <sip:far@far.invalid;transport=ws>"] : []), ...lines, ...(body === undefined ? [] : [SDP_TYPE]),
  ], body);

  sockets.on("connection", (opened) => {
    socket = opened;
    connections += 1;
    opened.on("message", (data: Buffer) => {
      const message = new Got(data.toString("utf8"));
      if (String(data) === "\r\n\r\n") breaths += 1;
      if (message.start === "") return;
      if (message.method === "REGISTER") {
        registrations.push(message);
        const own = register(message, registrations.length);
        if (own?.status === "") return;
        if (own) return answer(message, own.status, { contact: false, lines: own.lines });
      }
      if (message.method === "REGISTER") return answer(message, "200 OK", { contact: false, lines: [`Contact: ${message.one("Contact")}`, "Expires: 1200"] });
      got.push(message);
      for (const each of wake.splice(0)) each();
    });
  });
  await new Promise<void>((done) => { http.listen(0, "127.0.0.1", done); });

  const next: FarSide["next"] = async (what, fits) => {
    const until = performance.now() + 20_000;
    for (;;) {
      const at = got.findIndex((each, place) => place >= taken && fits(each));
      if (at >= 0) {
        taken = at + 1;
        return got[at] as Got;
      }
      if (performance.now() > until) throw new Error(`Waited in vain for ${what}; there came: ${got.slice(taken).map(({ start }) => start).join(" | ")}`);
      // A real clock: the tests turn the phone's own.
      await new Promise<void>((resolve) => { wake.push(resolve); setImmediate(resolve); });
    }
  };

  return {
    url: `ws://127.0.0.1:${(http.address() as AddressInfo).port}/`, got, registrations, next, send, answer, raw: (text) => socket?.send(text),
    request: (method) => next(method, (each) => each.method === method),
    response: (status, method) => next(`${status} to ${method}`, (each) => each.status === status && each.one("CSeq").endsWith(` ${method}`)),
    ask: (invite, method, cseq, { lines = [], body, tag = "far" } = {}) => {
      const [, target = ""] = /<([^>]+)>/.exec(invite.one("Contact")) ?? [];
      send([
        `${method} ${target} SIP/2.0`, `Via: SIP/2.0/WS far.invalid;branch=z9hG4bK-far-${cseq}-${method}-${got.length}`, "Max-Forwards: 70",
        `From: ${invite.one("To")};tag=${tag}`, `To: ${invite.one("From")}`, `Call-ID: ${invite.one("Call-ID")}`, `CSeq: ${cseq} ${method}`,
        "Contact: <sip:far@far.invalid;transport=ws>", ...lines, ...(body === undefined ? [] : [SDP_TYPE]),
      ], body);
    },
    ring(name, { from = "<sip:+74950000001@far.test>", lines = [], body, type } = {}) {
      const [, target = ""] = /<([^>]+)>/.exec(registrations.at(-1)?.one("Contact") ?? "") ?? [];
      const callId = `ring-${name}`;
      const say: Ringing["say"] = (method, cseq, to, more = {}) => send([
        // A 2xx gets its ACK in a transaction of its own (RFC 3261 13.2.2.4).
        `${method} ${target} SIP/2.0`, `Via: SIP/2.0/WS far.invalid;branch=z9hG4bK-${name}-${method === "CANCEL" ? "INVITE" : method}-${cseq}`, "Max-Forwards: 70",
        `From: ${from};tag=far-${name}`, `To: ${to ? to.one("To") : "<sip:agent@far.test>"}`, `Call-ID: ${callId}`, `CSeq: ${cseq} ${method}`,
        "Contact: <sip:far@far.invalid;transport=ws>", ...(more.lines ?? []), ...(more.body === undefined ? [] : [more.type === undefined ? SDP_TYPE : `Content-Type: ${more.type}`]),
      ], more.body);
      say("INVITE", 1, undefined, { lines, ...(body === undefined ? {} : { body }), ...(type === undefined ? {} : { type }) });
      return { callId, say };
    },
    connections: () => connections,
    breaths: () => breaths,
    close: (code) => socket?.close(code),
    async stop() {
      for (const each of sockets.clients) each.terminate();
      sockets.close();
      http.closeAllConnections();
      await new Promise((done) => { http.close(done); });
      wake = [];
    },
  };
}
