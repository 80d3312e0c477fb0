import { createPublicKey, verify } from "node:crypto";
import { APPEND_PREFIX } from "#wire/protocol.ts";
import { pushSchema } from "#wire/schema.ts";
import type { AppendRequest } from "#wire/sync.ts";
import type { z } from "zod";

/** How long a device's key lasts without its person, milliseconds. */
export const KEY_LASTS = 30 * 86_400_000;

/** The public key if it is one that we take: ECDSA on P-256, as the browser's `crypto.subtle` makes it. */
export function readKey(base64: string): Buffer | undefined {
  const der = Buffer.from(base64, "base64");
  try {
    const { asymmetricKeyDetails } = createPublicKey({ key: der, format: "der", type: "spki" });
    return asymmetricKeyDetails?.namedCurve === "prime256v1" ? der : undefined;
  } catch {
    return undefined;
  }
}

/** Has the holder of the private half signed this batch? The signature is r and s side by side (IEEE P1363), as `crypto.subtle` gives it. */
export function isSigned({ batch, signature }: AppendRequest, key: Buffer): boolean {
  const data = Buffer.from(APPEND_PREFIX + batch, "utf8");
  return verify("sha256", data, { key: createPublicKey({ key, format: "der", type: "spki" }), dsaEncoding: "ieee-p1363" }, Buffer.from(signature, "base64"));
}

/** The batch inside a request; undefined when it has the wrong shape. */
export function readAppended(text: string): z.output<typeof pushSchema> | undefined {
  try {
    return pushSchema.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

/** Bounds what comes without a session: by device, and by address for whoever makes devices up. */
export interface AppendLimits {
  /** False: too many of late. */
  take(device: string, address: string): boolean;
}

/** Requests within the window. An office with fifty computers behind one address catches up in it. */
export const appendLimits = { windowMs: 60_000, perDevice: 60, perAddress: 1500, remembered: 20_000 } as const;

/** @param now milliseconds */
export function createAppendLimits(now: () => number): AppendLimits {
  let since = now();
  let counts = new Map<string, number>();
  const count = (key: string): number => {
    const next = (counts.get(key) ?? 0) + 1;
    counts.set(key, next);
    return next;
  };
  return {
    take(device, address) {
      if (now() - since >= appendLimits.windowMs || counts.size > appendLimits.remembered) {
        since = now();
        counts = new Map();
      }
      return count(`address ${address}`) <= appendLimits.perAddress && count(`device ${device}`) <= appendLimits.perDevice;
    },
  };
}
