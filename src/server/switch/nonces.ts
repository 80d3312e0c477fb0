import { randomBytes } from "node:crypto";

/** The nonces given out on one socket: good there only, for a time, and each count once (RFC 7616 3.3, 3.4). */
export class Nonces {
  readonly #kept = new Map<string, { issuedAt: number; lastCount: number }>();
  readonly #lifeMs: number;
  /** A client asks for one at a time; older ones were forgotten by it too. */
  readonly #most = 8;

  constructor(lifeMs: number) {
    this.#lifeMs = lifeMs;
  }

  issue(now: number): string {
    for (const oldest of this.#kept.keys()) {
      if (this.#kept.size < this.#most) break;
      this.#kept.delete(oldest);
    }
    const nonce = randomBytes(18).toString("base64url");
    this.#kept.set(nonce, { issuedAt: now, lastCount: 0 });
    return nonce;
  }

  /** Takes a count of a nonce; false when the nonce is unknown or too old, or the count was used before: stale. */
  take(nonce: string, count: string, now: number): boolean {
    const kept = this.#kept.get(nonce);
    const number = Number.parseInt(count, 16);
    if (!kept || now - kept.issuedAt > this.#lifeMs || number <= kept.lastCount) return false;
    kept.lastCount = number;
    return true;
  }
}
