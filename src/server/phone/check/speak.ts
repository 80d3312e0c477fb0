import { createHash, randomBytes } from "node:crypto";
import type { LookupFunction } from "node:net";
import { WebSocket } from "ws";
import type { CheckStep } from "#wire/phoneCheck.ts";
import type { Line } from "../lineStore.ts";
import { PATIENCE } from "./reach.ts";

/** Opens a SIP WebSocket (RFC 7118) at an address that was looked up before, without following it anywhere else. */
export function upgrade(url: string, address: string, origin: string): Promise<{ readonly step: CheckStep; readonly socket?: WebSocket }> {
  return new Promise((resolve) => {
    // The name is looked up no second time: it could mean something else by then.
    const lookup: LookupFunction = (_host, options, done) => {
      const family = address.includes(":") ? 6 : 4;
      if (options.all) done(null, [{ address, family }]);
      else done(null, address, family);
    };
    const socket = new WebSocket(url, "sip", {
      // The certificate has had its own step; here only the answer is looked at.
      rejectUnauthorized: false, handshakeTimeout: PATIENCE, maxPayload: 64 * 1024, perMessageDeflate: false, followRedirects: false, lookup, origin,
    });
    const fail = (fault: "status" | "subprotocol" | "noAnswer" | "noHttp", status?: number): void => {
      resolve({ step: { step: "upgrade", ok: false, fault, ...(status === undefined ? {} : { status }) } });
      socket.terminate();
    };
    socket.on("unexpected-response", (_request, response) => {
      response.destroy();
      fail("status", response.statusCode ?? 0);
    });
    socket.on("error", (error) => fail(/subprotocol/i.test(error.message) ? "subprotocol" : /timed out/.test(error.message) ? "noAnswer" : "noHttp"));
    socket.on("open", () => {
      if (socket.protocol === "sip") resolve({ step: { step: "upgrade", ok: true }, socket });
      else fail("subprotocol");
    });
  });
}

/**
 * Asks the registrar which contacts the line has: a REGISTER without Contact (RFC 3261 section 10.2.3), which proves the
 * password and changes nothing, so that nobody's phone is disturbed.
 */
export async function register(socket: WebSocket, domain: string, line: Line): Promise<CheckStep> {
  const fail = (fault: Extract<CheckStep, { step: "register"; ok: false }>["fault"], status?: number): CheckStep =>
    ({ step: "register", ok: false, fault, ...(status === undefined ? {} : { status }) });
  const said = new Asker(socket, domain, line.username);
  /** By who has asked: a proxy on the way may do so as well as the registrar (RFC 3261 22.3). */
  const proofs = new Map<string, string>();
  for (let algorithm: Algorithm | undefined, round = 0; round < ROUNDS; round += 1) {
    const answer = await said.ask([...proofs].map(([who, proof]) => `${who.split(" ", 1)[0] ?? ""}: ${proof}`));
    if (answer === undefined) return fail("noAnswer");
    const { status } = answer;
    if (status === 200) return { step: "register", ok: true, ...(algorithm === undefined ? {} : { algorithm }) };
    if (status !== 401 && status !== 407) return refusal(status, fail);
    const challenge = best(status === 401 ? answer.registrars : answer.proxys);
    if (!challenge) return fail("algorithm");
    const who = `${status === 401 ? "Authorization" : "Proxy-Authorization"} ${challenge.realm}`;
    // A question that was only too old is no wrong password (RFC 7616 3.3).
    if (proofs.has(who) && !challenge.stale) break;
    proofs.set(who, answerTo(challenge, `sip:${domain}`, line));
    algorithm = challenge.algorithm;
  }
  return fail("wrongPassword");
}

/** How often a password is proved to whoever asks. */
const ROUNDS = 5;

function refusal(status: number, fail: (fault: "forbidden" | "unknownLine" | "status", status?: number) => CheckStep): CheckStep {
  if (status === 403) return fail("forbidden");
  return status === 404 ? fail("unknownLine") : fail("status", status);
}

interface Answered { readonly status: number; readonly registrars: readonly string[]; readonly proxys: readonly string[] }

/** One REGISTER after the other over one socket. */
class Asker {
  readonly #socket: WebSocket;
  readonly #domain: string;
  readonly #user: string;
  readonly #callId = randomBytes(12).toString("hex");
  readonly #tag = randomBytes(6).toString("hex");
  #cseq = 0;

  constructor(socket: WebSocket, domain: string, user: string) {
    [this.#socket, this.#domain, this.#user] = [socket, domain, encodeURIComponent(user)];
  }

  /** Undefined when no final answer came in time. */
  ask(proofs: readonly string[]): Promise<Answered | undefined> {
    this.#cseq += 1;
    const cseq = `${this.#cseq} REGISTER`;
    const who = `<sip:${this.#user}@${this.#domain}>`;
    const lines = [
      `REGISTER sip:${this.#domain} SIP/2.0`, `Via: SIP/2.0/WS check.invalid;branch=z9hG4bK${randomBytes(8).toString("hex")}`, "Max-Forwards: 70",
      `To: ${who}`, `From: ${who};tag=${this.#tag}`, `Call-ID: ${this.#callId}`, `CSeq: ${cseq}`, ...proofs,
      "User-Agent: Sufler (connection test)", "Content-Length: 0", "", "",
    ];
    return new Promise((resolve) => {
      const done = (answer: Answered | undefined): void => {
        clearTimeout(timer);
        this.#socket.off("message", hear);
        this.#socket.off("close", gone);
        resolve(answer);
      };
      const gone = (): void => done(undefined);
      const hear = (data: Buffer): void => {
        const head = data.toString("utf8").split(/\r?\n\r?\n/)[0]?.split(/\r?\n(?![ \t])/) ?? [];
        const status = Number(/^SIP\/2\.0 (\d{3})/.exec(head[0] ?? "")?.[1]);
        const ours = head.some((line) => /^cseq\s*:/i.test(line) && line.replace(/^[^:]*:\s*/, "").trim() === cseq);
        if (!ours || !(status >= 200)) return;
        const of = (name: RegExp): readonly string[] => head.filter((line) => name.test(line)).map((line) => line.replace(/^[^:]*:\s*/, ""));
        done({ status, registrars: of(/^www-authenticate\s*:/i), proxys: of(/^proxy-authenticate\s*:/i) });
      };
      const timer = setTimeout(gone, PATIENCE);
      this.#socket.on("message", hear);
      this.#socket.once("close", gone);
      this.#socket.send(lines.join("\r\n"));
    });
  }
}

/** What the page's phone can answer, best first, as Node calls it (client/phone/digest.ts). */
const hashes = { "SHA-256": "sha256", "SHA-512-256": "sha512-256", MD5: "md5" } as const;
type Algorithm = keyof typeof hashes;
const isKnown = (algorithm: string): algorithm is Algorithm => Object.hasOwn(hashes, algorithm);

interface Challenge { readonly algorithm: Algorithm; readonly realm: string; readonly nonce: string; readonly opaque: string | undefined; readonly qop: boolean; readonly stale: boolean }

/** The best challenge that the page's phone can answer too. */
function best(challenges: readonly string[]): Challenge | undefined {
  const read = challenges.flatMap((one): Challenge[] => {
    const value = (name: string): string | undefined => new RegExp(`\\b${name}\\s*=\\s*(?:"([^"]*)"|([^\\s,]+))`, "i").exec(one)?.slice(1).find((found) => found !== undefined);
    const algorithm = (value("algorithm") ?? "MD5").toUpperCase();
    const [realm, nonce, qop] = [value("realm"), value("nonce"), value("qop")];
    if (!realm || !nonce || !isKnown(algorithm)) return [];
    return [{ algorithm, realm, nonce, opaque: value("opaque"), qop: qop?.split(",").some((word) => word.trim().toLowerCase() === "auth") ?? false, stale: /^true$/i.test(value("stale") ?? "") }];
  });
  return Object.keys(hashes).map((name) => read.find(({ algorithm }) => algorithm === name)).find((one) => one !== undefined);
}

/** RFC 7616 section 3.4. */
function answerTo({ algorithm, realm, nonce, opaque, qop }: Challenge, uri: string, { username, password }: Line): string {
  const hash = (text: string): string => createHash(hashes[algorithm]).update(text, "utf8").digest("hex");
  const [nc, cnonce] = ["00000001", randomBytes(12).toString("hex")];
  const [a1, a2] = [hash(`${username}:${realm}:${password}`), hash(`REGISTER:${uri}`)];
  const response = qop ? hash(`${a1}:${nonce}:${nc}:${cnonce}:auth:${a2}`) : hash(`${a1}:${nonce}:${a2}`);
  const quoted = (text: string): string => `"${text.replace(/["\\]/g, "\\$&")}"`;
  return `Digest username=${quoted(username)}, realm=${quoted(realm)}, nonce=${quoted(nonce)}, uri="${uri}", response="${response}", algorithm=${algorithm}`
    + (qop ? `, cnonce="${cnonce}", qop=auth, nc=${nc}` : "") + (opaque === undefined ? "" : `, opaque=${quoted(opaque)}`);
}
