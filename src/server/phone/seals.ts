import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from "node:crypto";

/** Keeps what must be read again but lie nowhere in the clear: AES-256-GCM under a key drawn from SECRET (HKDF, RFC 5869). */
export interface Seals {
  seal(text: string): string;
  /** `fresh`: sealed under the key of today. Undefined when no key here opens it. */
  open(sealed: string): { readonly text: string; readonly fresh: boolean } | undefined;
}

/** @param before earlier values of SECRET (SECRET_BEFORE): what was sealed under them still opens, and is to be sealed anew */
export function createSeals(secret: string, before: readonly string[] = []): Seals {
  const [now, ...earlier] = [secret, ...before].map(keyOf) as [Key, ...Key[]];
  return {
    // "k1" names the scheme, the id the key: who cannot open it knows whether the secret is wrong or the row is broken.
    seal: (text) => `k1.${now.id}.${encrypt(now.key, text)}`,
    open(sealed) {
      const [, id, content] = /^k1\.([0-9a-f]{8})\.(.+)$/.exec(sealed) ?? [];
      // Before keys had ids, nothing stood before the content.
      const keys = id === undefined ? [now, ...earlier] : [now, ...earlier].filter((one) => one.id === id);
      for (const { key, id: by } of keys) {
        const text = decrypt(key, content ?? sealed);
        if (text !== undefined) return { text, fresh: id !== undefined && by === now.id };
      }
      return undefined;
    },
  };
}

interface Key { readonly id: string; readonly key: Buffer }
const drawn = (secret: string, what: string, length: number): Buffer => Buffer.from(hkdfSync("sha256", secret, "", what, length));
const keyOf = (secret: string): Key => ({ key: drawn(secret, "sufler pbx line", 32), id: drawn(secret, "sufler key id", 4).toString("hex") });

function encrypt(key: Buffer, text: string): string {
  const nonce = randomBytes(12);
  const cipher = createCipheriv("aes-256-gcm", key, nonce);
  return Buffer.concat([nonce, cipher.update(text, "utf8"), cipher.final(), cipher.getAuthTag()]).toString("base64");
}

function decrypt(key: Buffer, sealed: string): string | undefined {
  const bytes = Buffer.from(sealed, "base64");
  try {
    const decipher = createDecipheriv("aes-256-gcm", key, bytes.subarray(0, 12));
    decipher.setAuthTag(bytes.subarray(-16));
    return Buffer.concat([decipher.update(bytes.subarray(12, -16)), decipher.final()]).toString("utf8");
  } catch {
    return undefined; // sealed with another secret
  }
}
