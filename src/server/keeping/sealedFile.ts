import { createCipheriv, createDecipheriv, randomBytes, scryptSync } from "node:crypto";
import { createReadStream } from "node:fs";
import { open } from "node:fs/promises";
import { Transform, type Readable } from "node:stream";
import { StartProblem } from "#server/startProblem.ts";

/** Encrypted back-ups begin with this; then salt, initialisation vector, a sign of the right passphrase, the cipher text, and the tag at the very end. */
const MAGIC = Buffer.from("SUFLER SEALED 1\n", "latin1");
const SALT = 16;
const IV = 12;
const SIGN = 16;
const TAG = 16;
const HEAD = MAGIC.length + SALT + IV + SIGN;

interface Key { readonly key: Buffer; /** Tells a wrong passphrase from a damaged file. */ readonly sign: Buffer }

/** A passphrase can be guessed: each guess shall cost 64 MB and a moment (scrypt, RFC 7914). */
function keyOf(passphrase: string, salt: Buffer): Key {
  const made = scryptSync(passphrase.normalize("NFC"), salt, 32 + SIGN, { N: 2 ** 16, r: 8, p: 1, maxmem: 128 << 20 });
  return { key: made.subarray(0, 32), sign: made.subarray(32) };
}

/** Encrypts what passes through, as it passes (AES-256-GCM, NIST SP 800-38D): head first, tag last. */
export function sealing(passphrase: string): Transform {
  const [salt, iv] = [randomBytes(SALT), randomBytes(IV)];
  const { key, sign } = keyOf(passphrase, salt);
  const head = Buffer.concat([MAGIC, salt, iv, sign]);
  const cipher = createCipheriv("aes-256-gcm", key, iv, { authTagLength: TAG }).setAAD(head);
  let begun = false;
  const begin = (): Buffer => (begun ? Buffer.alloc(0) : ((begun = true), head));
  return new Transform({
    transform: (chunk: Buffer, _, done) => done(null, Buffer.concat([begin(), cipher.update(chunk)])),
    flush: (done) => done(null, Buffer.concat([begin(), cipher.final(), cipher.getAuthTag()])),
  });
}

/**
 * The bytes of a back-up, decrypted where it is sealed. What comes out is proved only when the stream has ended without an error: it
 * is read once as a whole before anything is done with it.
 * @throws StartProblem when it is sealed and the passphrase is none, or not the right one; the system's error when it cannot be read
 */
export async function unsealed(file: string, passphrase: string | null): Promise<Readable> {
  const handle = await open(file, "r");
  let head: Buffer;
  let tag: Buffer;
  let size: number;
  try {
    ({ size } = await handle.stat());
    head = Buffer.alloc(HEAD);
    await handle.read(head, 0, HEAD, 0);
    if (!head.subarray(0, MAGIC.length).equals(MAGIC)) return createReadStream(file);
    if (passphrase === null) throw new StartProblem(`${file} is encrypted: give the passphrase that it was made with as BACKUP_PASSPHRASE.`);
    tag = Buffer.alloc(TAG);
    await handle.read(tag, 0, TAG, Math.max(HEAD, size - TAG));
  } finally {
    await handle.close();
  }
  const [salt, iv, sign] = [head.subarray(MAGIC.length, MAGIC.length + SALT), head.subarray(MAGIC.length + SALT, -SIGN), head.subarray(-SIGN)];
  const made = keyOf(passphrase, salt);
  if (!made.sign.equals(sign)) throw new StartProblem(`${file} was encrypted with another BACKUP_PASSPHRASE, or its beginning is damaged. Nothing was restored.`);
  if (size <= HEAD + TAG) throw new Error("nothing is left of the cipher text");
  const cipher = createDecipheriv("aes-256-gcm", made.key, iv, { authTagLength: TAG }).setAAD(head).setAuthTag(tag);
  const opening = new Transform({
    transform: (chunk: Buffer, _, done) => done(null, cipher.update(chunk)),
    flush(done) {
      try {
        done(null, cipher.final());
      } catch (error) {
        done(error as Error);
      }
    },
  });
  const source = createReadStream(file, { start: HEAD, end: size - TAG - 1 });
  source.on("error", (error) => opening.destroy(error));
  return source.pipe(opening);
}
