import type { Journal } from "#client/facts/journal.ts";
import { APPEND_PREFIX } from "#wire/protocol.ts";
import type { AppendRequest, KeyRequest, KeyResponse, PushRequest } from "#wire/sync.ts";
import type { Answer } from "./http.ts";

/**
 * With what this device can send what its agent left on it, when the agent is away (rule Y9). The private half was made so that
 * the browser gives it to nobody, this program included: it can only be signed with, here.
 */
interface DeviceKey {
  readonly sign: CryptoKey;
  /** Milliseconds of the server's clock, as the server gave it. */
  readonly until: number;
}

const NAME = "deviceKey";
/** A key that has less than this left is made anew, milliseconds. */
const RENEW = 25 * 86_400_000;
const ECDSA = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" } as const;

/** Makes the device's key, or a fresh one for one that grows old, while its agent is signed in. */
export async function renewDeviceKey(journal: Journal, now: number, post: (body: KeyRequest) => Promise<Answer<KeyResponse>>): Promise<void> {
  const known = await journal.recall<DeviceKey>(NAME);
  if (known && known.until - now > RENEW) return;
  const pair = await crypto.subtle.generateKey(ECDSA, false, ["sign"]) as CryptoKeyPair;
  const answer = await post({ device: journal.device, key: base64(await crypto.subtle.exportKey("spki", pair.publicKey)) });
  if (answer.ok) await journal.write({ remember: { [NAME]: { sign: pair.privateKey, until: answer.body.until } satisfies DeviceKey } });
}

/** Puts a batch into a request that the device's key signs; undefined when the device has no key. */
export async function signer(journal: Pick<Journal, "device" | "recall">): Promise<((batch: PushRequest) => Promise<AppendRequest>) | undefined> {
  const key = await journal.recall<DeviceKey>(NAME);
  if (!key) return undefined;
  return async (request) => {
    const batch = JSON.stringify(request);
    const signature = await crypto.subtle.sign(ECDSA, key.sign, new TextEncoder().encode(APPEND_PREFIX + batch));
    return { device: journal.device, batch, signature: base64(signature) };
  };
}

function base64(bytes: ArrayBuffer): string {
  return btoa(String.fromCharCode(...new Uint8Array(bytes)));
}
