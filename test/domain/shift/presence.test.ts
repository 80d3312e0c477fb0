import { describe, expect, it } from "vitest";
import { AWAY_AFTER, GAP_AFTER, gapBetween, stepPresence, type Presence, type Seen } from "#domain/shift/presence.ts";
import { HOUR, MINUTE, TEN } from "#test/kit/facts.ts";

/** Runs through what is seen, one look after another. */
function run(looks: readonly (Partial<Seen> & { readonly at: number })[]): readonly string[] {
  let state: Presence = {};
  return looks.flatMap((look) => {
    const step = stepPresence(state, { watched: true, inputAt: TEN, ...look });
    state = step.state;
    return step.facts.map((fact) => (fact.kind === "shift.away" ? fact.source : fact.kind));
  });
}

describe("somebody who is not there", () => {
  it("[H5] is noticed by the system where it may be asked, and by input on the page elsewhere", () => {
    expect(run([{ at: TEN }, { at: TEN + AWAY_AFTER - 1 }])).toEqual([]);
    expect(run([{ at: TEN }, { at: TEN + AWAY_AFTER }, { at: TEN + HOUR }, { at: TEN + HOUR + 1, inputAt: TEN + HOUR + 1 }])).toEqual(["input", "shift.back"]);
    // The system knows of keys in other windows.
    expect(run([{ at: TEN, system: "active" }, { at: TEN + HOUR, system: "active" }])).toEqual([]);
    expect(run([{ at: TEN, system: "active" }, { at: TEN + AWAY_AFTER, system: "idle" }, { at: TEN + HOUR, system: "locked" }, { at: TEN + 2 * HOUR, system: "active" }])).toEqual(["idle", "locked", "shift.back"]);
  });

  it("[H5] is never blamed for what nobody can see: a hidden page says only that it is hidden", () => {
    const hidden = { hiddenSince: TEN + MINUTE };
    expect(run([{ at: TEN }, { at: TEN + AWAY_AFTER, ...hidden }, { at: TEN + AWAY_AFTER + MINUTE, ...hidden }, { at: TEN + HOUR, inputAt: TEN + HOUR }])).toEqual(["hidden", "shift.back"]);
  });

  it("[H5] is not looked for in a call or on a break, and what follows begins anew", () => {
    expect(run([{ at: TEN, watched: false }, { at: TEN + HOUR, watched: false }, { at: TEN + HOUR + 1 }, { at: TEN + HOUR + AWAY_AFTER }])).toEqual([]);
    expect(run([{ at: TEN, watched: false }, { at: TEN + HOUR }, { at: TEN + HOUR + AWAY_AFTER }, { at: TEN + 2 * HOUR, watched: false }, { at: TEN + 3 * HOUR }])).toEqual(["input"]);
  });
});

it("[H6] tells a computer that slept from a clock that was put forward, and from a hidden page that is woken once a minute", () => {
  expect(gapBetween(TEN, TEN + MINUTE + 2000, 0)).toBe(false);
  expect(gapBetween(TEN, TEN + GAP_AFTER, 0)).toBe(true);
  expect(gapBetween(TEN, TEN + 3 * HOUR, -3 * HOUR)).toBe(false);
  expect(gapBetween(TEN, TEN - HOUR, HOUR)).toBe(false);
});
