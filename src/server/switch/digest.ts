/** Digest authentication (RFC 7616) with SHA-256 before MD5 (RFC 8760), qop=auth only. Pure. */
import { createHash, timingSafeEqual } from "node:crypto";
import { splitList } from "./head.ts";

/** H(A1) of `user:realm:password` in hex, one for each algorithm: the password itself need not be kept. */
export interface LineSecret {
  readonly md5: string;
  readonly sha256: string;
}

type Algorithm = "SHA-256" | "MD5";

const hash = (algorithm: Algorithm, text: string) =>
  createHash(algorithm === "MD5" ? "md5" : "sha256").update(text, "utf8").digest("hex");

/** RFC 7616 3.4.2: what the server keeps of a password. */
export function lineSecret(username: string, realm: string, password: string): LineSecret {
  const a1 = `${username}:${realm}:${password}`;
  return { md5: hash("MD5", a1), sha256: hash("SHA-256", a1) };
}

/** The challenges, best first. MD5 stays last: sip.js and JsSIP read the last one and know no other algorithm. */
export function challenges(realm: string, nonce: string, stale: boolean): string[] {
  const one = (algorithm: Algorithm) =>
    `Digest realm="${realm}", nonce="${nonce}", algorithm=${algorithm}, qop="auth"${stale ? ", stale=true" : ""}`;
  return [one("SHA-256"), one("MD5")];
}

export interface Credentials {
  readonly algorithm: Algorithm;
  readonly username: string;
  readonly nonce: string;
  readonly uri: string;
  readonly response: string;
  readonly cnonce: string;
  readonly nc: string;
}

/** The best of the (Proxy-)Authorization values that answers a challenge of ours; undefined when none does. */
export function readCredentials(fields: readonly string[], realm: string): Credentials | undefined {
  const found = fields.map((field) => readOne(field, realm)).filter((one) => one !== undefined);
  return found.find((one) => one.algorithm === "SHA-256") ?? found[0];
}

function readOne(field: string, realm: string): Credentials | undefined {
  const scheme = /^Digest\s+/i.exec(field);
  if (!scheme) return undefined;
  const params = new Map<string, string>();
  for (const part of splitList(field.slice(scheme[0].length))) {
    const pair = /^([a-z0-9*_-]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s"]+))$/i.exec(part);
    if (!pair) return undefined;
    const name = (pair[1] ?? "").toLowerCase();
    if (params.has(name)) return undefined;
    params.set(name, pair[2]?.replaceAll(/\\(.)/g, "$1") ?? pair[3] ?? "");
  }
  const algorithm = (params.get("algorithm") ?? "MD5").toUpperCase();
  if (algorithm !== "MD5" && algorithm !== "SHA-256") return undefined;
  if (params.get("realm") !== realm || params.get("qop")?.toLowerCase() !== "auth") return undefined;
  const [username, nonce, uri, response, cnonce, nc] = ["username", "nonce", "uri", "response", "cnonce", "nc"].map((name) => params.get(name));
  if (!username || !nonce || !uri || !response || !cnonce || !nc || !/^[0-9a-f]{8}$/i.test(nc)) return undefined;
  return { algorithm, username, nonce, uri, response, cnonce, nc };
}

/** Whether the response was made with the password behind `secret`, for this method (RFC 7616 3.4.1). */
export function proves(credentials: Credentials, method: string, secret: LineSecret): boolean {
  const { algorithm, nonce, nc, cnonce, uri } = credentials;
  const a1 = algorithm === "MD5" ? secret.md5 : secret.sha256;
  const expected = hash(algorithm, `${a1}:${nonce}:${nc}:${cnonce}:auth:${hash(algorithm, `${method}:${uri}`)}`);
  const given = credentials.response.toLowerCase();
  return given.length === expected.length && timingSafeEqual(Buffer.from(given), Buffer.from(expected));
}
