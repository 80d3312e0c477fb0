import { createHash } from "node:crypto";
import type { Database } from "#server/store/database.ts";
import { forgetOldTries, forgetTries, takeTry } from "./signInTryStore.ts";

/** Slows down the guessing of passwords: by account and by socket address, and loose enough for an office behind one address at nine. */
export interface SignInLimits {
  /**
   * Asked before each try, which counts as failed until it has succeeded.
   * @returns seconds to wait before the next one; 0: go ahead
   */
  begin(account: string, address: string): Promise<number>;
  succeeded(account: string, address: string): Promise<void>;
}

/** Wrong passwords within the window before an account, or an address, has to wait. */
export const limits = { windowSeconds: 300, perAccount: 10, perAddress: 150 } as const;

/**
 * In the database, so that it holds for all app servers together, under hashes: what was typed may be a password in the wrong field.
 * @param now milliseconds
 */
export function createSignInLimits(db: Database, now: () => number): SignInLimits {
  let tidied = now();
  const accountOf = (account: string): string => hashed(`account ${account}`);
  const addressOf = (address: string): string => hashed(`address ${network(address)}`);
  return {
    async begin(account, address) {
      if (Math.abs(now() - tidied) > limits.windowSeconds * 1000) {
        tidied = now();
        await forgetOldTries(db, new Date(now() - 2 * limits.windowSeconds * 1000));
      }
      return takeTry(db, [{ who: accountOf(account), most: limits.perAccount }, { who: addressOf(address), most: limits.perAddress }], new Date(now()), limits.windowSeconds);
    },
    succeeded: (account, address) => forgetTries(db, accountOf(account), addressOf(address)),
  };
}

const hashed = (text: string): string => createHash("sha256").update(text).digest("base64url");

/** An IPv6 customer has a /64 to choose addresses from (RFC 6177); IPv4 counts as it is. */
function network(address: string): string {
  const plain = address.replace(/^::ffff:(?=\d+\.)/, "");
  if (!plain.includes(":")) return plain;
  const [head = "", tail] = plain.split("::");
  const groups = head.split(":").filter(Boolean);
  if (tail === undefined) return groups.slice(0, 4).join(":");
  const after = tail.split(":").filter(Boolean);
  return [...groups, ...Array.from({ length: Math.max(0, 8 - groups.length - after.length) }, () => "0"), ...after].slice(0, 4).join(":");
}
