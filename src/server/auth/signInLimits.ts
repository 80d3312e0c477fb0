/** Slows down the guessing of passwords: by account and by socket address, and loose enough for an office behind one address at nine. */
export interface SignInLimits {
  /** Seconds to wait before the next attempt; 0: go ahead. */
  wait(account: string, address: string): number;
  /** Counted as failed until it succeeds, so that a thousand attempts at once are not all let in. */
  begun(account: string, address: string): void;
  succeeded(account: string, address: string): void;
}

/** Wrong passwords within the window before an account, or an address, has to wait. */
export const limits = { windowSeconds: 300, perAccount: 10, perAddress: 150, remembered: 20_000 } as const;

/** @param now milliseconds, of any clock that does not go back */
export function createSignInLimits(now: () => number): SignInLimits {
  const failures = new Map<string, number[]>();
  const recent = (key: string): number[] => {
    const since = now() - limits.windowSeconds * 1000;
    const times = (failures.get(key) ?? []).filter((time) => time > since);
    if (times.length === 0) failures.delete(key);
    else failures.set(key, times);
    return times;
  };
  const waitOf = (key: string, most: number): number => {
    const times = recent(key);
    const first = times[times.length - most];
    return first === undefined ? 0 : Math.ceil((first + limits.windowSeconds * 1000 - now()) / 1000);
  };
  return {
    wait: (account, address) => Math.max(waitOf(`account ${account}`, limits.perAccount), waitOf(`address ${network(address)}`, limits.perAddress)),
    begun(account, address) {
      for (const key of [`account ${account}`, `address ${network(address)}`]) {
        const times = recent(key);
        // Re-inserted, so that the oldest are forgotten first when somebody makes up accounts by the thousand.
        failures.delete(key);
        failures.set(key, [...times, now()].slice(-limits.perAddress));
        if (failures.size > limits.remembered) for (const oldest of failures.keys()) { failures.delete(oldest); break; }
      }
    },
    succeeded(account, address) {
      failures.delete(`account ${account}`);
      failures.get(`address ${network(address)}`)?.pop();
    },
  };
}

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
