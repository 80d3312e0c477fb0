// @vitest-environment jsdom
import { expect, it } from "vitest";
import { emptyStash, foundStash, markAlive, type Stash } from "#client/desk/stash.ts";

const at = (call: Stash["call"]): Stash => ({ ...emptyStash, call });

it("[P8] shows a call that is found in the database as coming back, not as one on the line", () => {
  markAlive("a", 42);
  const found = foundStash(at({ phase: "talking", call: "a", since: 20, muted: true, hold: "askedBack" }));
  expect(found.call).toEqual({ phase: "returning", call: "a", since: 20, muted: true, held: true, lived: 42, asked: false });
  // Nothing is known of its life: then it had just been answered.
  expect(foundStash(at({ phase: "talking", call: "b", since: 20, muted: false, hold: "none" })).call).toMatchObject({ phase: "returning", lived: 20, held: false });
  for (const other of [at({ phase: "idle" }), at({ phase: "ended", call: "a", why: "lost", endedAt: 3 }), at({ phase: "ringing", call: "a", since: 2, muted: false, early: false })]) {
    expect(foundStash(other)).toBe(other);
  }
});
