import { describe, expect, it } from "vitest";
import { createStock } from "#client/dialing/stock.ts";
import type { Lease } from "#domain/dialing/prospect.ts";
import { HOUR } from "#test/kit/facts.ts";

const lease = (id: string, until: number): Lease => ({
  until, history: [],
  prospect: {
    id, campaign: "storage", language: "en", firstName: "Ann", lastName: "Lee", gender: "f", position: "buyer", company: "Lee & Co",
    phone: "+74950000217", city: "Leeds", timeZone: "Europe/London",
  },
});

/** A stock on a device whose clock is wrong: Date.now() plus `offset` is the server's time. */
function stockAt(offset: number, ...leases: readonly Lease[]) {
  return createStock("anna-laptop", "en", leases, () => undefined, async () => ({ ok: false, status: 0, why: "unreachable" }), () => Date.now() + offset);
}

describe("the stock of leases", () => {
  it("[D1] ends a lease by the server's clock, however wrong the device's own is", async () => {
    const server = Date.now() - 3 * HOUR;
    expect((await stockAt(-3 * HOUR, lease("a", server + HOUR)).next(new Set()))?.prospect.id).toBe("a");
    expect(await stockAt(3 * HOUR, lease("a", Date.now() + HOUR)).next(new Set())).toBeUndefined();
  });
});
