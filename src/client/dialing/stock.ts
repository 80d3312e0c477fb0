import { createStore, type StoreApi } from "zustand/vanilla";
import type { Language } from "#domain/base/campaign.ts";
import type { Millis } from "#domain/base/envelope.ts";
import { nextLease } from "#domain/dialing/nextProspect.ts";
import type { Lease } from "#domain/dialing/prospect.ts";
import type { Answer } from "#client/sync/http.ts";
import type { LeaseRequest, LeaseResponse } from "#wire/api.ts";

export interface Stock {
  readonly leases: StoreApi<readonly Lease[]>;
  /** How many on the list have numbers that the company does not call; told when nobody else is left. */
  barred(): number;
  /** The prospect to call next; the server is asked when the stock is empty. Undefined when there is none. */
  next(calledToday: ReadonlySet<string>): Promise<Lease | undefined>;
  /** Fills up in the background when little is left. */
  refill(calledToday: ReadonlySet<string>): Promise<void>;
  /** One more that this device holds: somebody whose number was dialed by hand (rule D4). */
  add(lease: Lease): void;
  /** Puts one aside until the others are done. */
  skip(prospect: string): void;
  /** Forgets people whose data were erased (rule Y10). */
  drop(prospects: ReadonlySet<string>): void;
}

const WANT = 10;
const LOW = 6;

/** The small stock of leased prospects that lets a device go on offline (rule D1). */
export function createStock(
  device: string, language: Language, kept: readonly Lease[],
  keep: (leases: readonly Lease[]) => void,
  ask: (body: LeaseRequest) => Promise<Answer<LeaseResponse>>,
  /** By the server's clock, which a lease is measured by: a wrong one here must neither stop the calls nor prolong a lease. */
  now: () => Millis,
): Stock {
  const leases = createStore<readonly Lease[]>(() => kept);
  leases.subscribe(keep);
  let barred = 0;
  let asking: Promise<void> | undefined;

  const fresh = (called: ReadonlySet<string>): readonly Lease[] =>
    leases.getState().filter((lease) => lease.until > now() && !called.has(lease.prospect.id));
  const fetchMore = (called: ReadonlySet<string>): Promise<void> => {
    asking ??= (async () => {
      const hold = fresh(called).map((lease) => lease.prospect.id);
      const answer = await ask({ device, language, hold, want: WANT });
      if (!answer.ok) return;
      barred = answer.body.barred ?? 0;
      // The server sends the whole stock; the order that this device has already shown stays.
      const order = new Map(leases.getState().map((lease, index) => [lease.prospect.id, index]));
      const rank = (lease: Lease): number => order.get(lease.prospect.id) ?? order.size;
      leases.setState([...answer.body.leases].sort((a, b) => rank(a) - rank(b)), true);
    })().finally(() => { asking = undefined; });
    return asking;
  };

  return {
    leases, barred: () => barred,
    async next(called) {
      const here = nextLease(leases.getState(), called, now());
      if (here) return here;
      await fetchMore(called);
      return nextLease(leases.getState(), called, now());
    },
    async refill(called) {
      if (fresh(called).length < LOW) await fetchMore(called);
    },
    drop(prospects) {
      const all = leases.getState();
      if (all.some((one) => prospects.has(one.prospect.id))) leases.setState(all.filter((one) => !prospects.has(one.prospect.id)), true);
    },
    add(lease) {
      leases.setState([...leases.getState().filter(({ prospect }) => prospect.id !== lease.prospect.id), lease], true);
    },
    skip(prospect) {
      const all = leases.getState();
      leases.setState([...all.filter((one) => one.prospect.id !== prospect), ...all.filter((one) => one.prospect.id === prospect)], true);
    },
  };
}
