import { expect, it } from "vitest";
import { haveParted, whyParted } from "#domain/base/partedClocks.ts";
import { HOUR, MINUTE, SECOND } from "#test/kit/facts.ts";

it("[Y12] takes small differences for the network's, and what is known already for no news", () => {
  expect(haveParted({ lead: SECOND, put: 0 }, 2 * SECOND)).toBe(false);
  expect(haveParted({ lead: -3 * SECOND, put: 0 }, 2 * SECOND)).toBe(true);
  expect(haveParted({ lead: HOUR, put: HOUR }, 2 * SECOND)).toBe(false);
});

it.each([
  ["a computer that slept from a clock that was put", { lead: 30 * MINUTE, put: 0 }, 30 * MINUTE - SECOND, "slept"],
  ["a clock that was put forward", { lead: HOUR, put: 0 }, 0, "put"],
  ["a clock that was put back", { lead: -HOUR, put: 0 }, 0, "put"],
  ["a clock that was put back while the computer slept for less", { lead: -MINUTE, put: 0 }, 10 * MINUTE, "put"],
  ["a sleep after a clock that had been put", { lead: HOUR + 10 * MINUTE, put: HOUR }, 10 * MINUTE, "slept"],
] as const)("[Y12] tells %s by the company's clock", (_, clocks, companyMoved, why) => {
  expect(whyParted(clocks, companyMoved)).toBe(why);
});
