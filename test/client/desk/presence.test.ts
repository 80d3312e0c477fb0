// @vitest-environment jsdom
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { createStore } from "zustand/vanilla";
import { watchPresence } from "#client/desk/presence.ts";
import { AWAY_AFTER } from "#domain/shift/presence.ts";
import { HOUR, MINUTE, TEN } from "#test/kit/facts.ts";

beforeEach(() => {
  vi.useFakeTimers({ now: TEN });
  localStorage.clear();
});
afterEach(() => { vi.useRealTimers(); });

/** A page that was closed for so long, over which the clock was put. */
async function closedFor(ms: number, put: number): Promise<ReturnType<typeof desk>> {
  localStorage.clear();
  vi.setSystemTime(TEN);
  const before = desk();
  await before.presence.begin();
  await vi.advanceTimersByTimeAsync(2 * MINUTE);
  before.presence.stop();
  vi.setSystemTime(TEN + 2 * MINUTE + ms + put);
  const after = desk({ moved: -put });
  await after.presence.begin();
  await vi.advanceTimersByTimeAsync(0);
  after.presence.stop();
  return after;
}

/** A desk between two calls, whose facts are written down. `moved`: what the server says of this clock when it is asked. */
function desk({ person = "anna", call = "idle", state = "ready", moved = 0 } = {}) {
  const recorded: (readonly [string, ...unknown[]])[] = [];
  let offset = 0;
  const presence = watchPresence({
    station: {
      person: { id: person }, offset: () => offset,
      downlink: { pull: () => { offset += moved; return Promise.resolve(); } },
      recorder: { record: (facts: readonly { kind: string; since?: number; at?: number; cause?: string; source?: string }[]) => {
        for (const { kind, since, cause, source } of facts) recorded.push([kind, ...(source === undefined ? [] : [source]), ...(since === undefined ? [] : [cause, (since - TEN) / MINUTE])]);
        return Promise.resolve();
      } },
    },
    lock: { held: () => true }, state: createStore(() => ({ agent: { state } })), memory: { at: { call: { phase: call } } }, pen: { broken: (error: unknown) => { throw error; } },
  } as unknown as Parameters<typeof watchPresence>[0]);
  return { presence, recorded };
}
const asleep = async (ms: number): Promise<void> => {
  vi.setSystemTime(Date.now() + ms);
  await vi.advanceTimersByTimeAsync(5_000);
};

it("[H5] records that nothing was typed or moved, and that somebody is back with the first key", async () => {
  const { presence, recorded } = desk();
  await vi.advanceTimersByTimeAsync(AWAY_AFTER + 10_000);
  expect(recorded).toEqual([["shift.away", "input"]]);
  window.dispatchEvent(new KeyboardEvent("keydown", { code: "KeyA" }));
  expect(recorded.at(-1)).toEqual(["shift.back"]);
  presence.stop();
});

it("[H5] holds nothing against somebody on a break, and says nothing more once it is stopped", async () => {
  const resting = desk({ state: "break" });
  await vi.advanceTimersByTimeAsync(HOUR);
  expect(resting.recorded).toEqual([]);
  resting.presence.stop();
  const { presence, recorded } = desk();
  presence.stop();
  await vi.advanceTimersByTimeAsync(HOUR);
  expect(recorded).toEqual([]);
});

it("[H6] records a computer that slept, but not one whose clock was put forward", async () => {
  const slept = desk();
  await vi.advanceTimersByTimeAsync(MINUTE);
  await asleep(40 * MINUTE);
  expect(slept.recorded[0]).toEqual(["shift.gap", "asleep", 1]);
  slept.presence.stop();
  const corrected = desk({ moved: -40 * MINUTE });
  await asleep(40 * MINUTE);
  expect(corrected.recorded.filter(([kind]) => kind === "shift.gap")).toEqual([]);
  corrected.presence.stop();
});

it("[H6] records when the page comes back how long it was closed, and only that person's", async () => {
  const before = desk();
  await before.presence.begin();
  await vi.advanceTimersByTimeAsync(2 * MINUTE);
  before.presence.stop();
  vi.setSystemTime(TEN + HOUR);
  const other = desk({ person: "oleg" });
  other.presence.stop();
  const after = desk();
  await after.presence.begin();
  await vi.advanceTimersByTimeAsync(0);
  expect(after.recorded).toEqual([["shift.gap", "closed", 2]]);
  after.presence.stop();
});

it("[H6] takes no clock that was put while the page was closed for a gap, and finds the gap behind one that was put back", async () => {
  const [later, earlier] = [await closedFor(MINUTE, 3 * HOUR), await closedFor(HOUR, -HOUR)];
  expect(later.recorded).toEqual([]);
  // By the clock as it stands now, an hour before it says it was closed two minutes after ten.
  expect(earlier.recorded).toEqual([["shift.gap", "closed", 2 - 60]]);
});

it("[H6] lets a gap begin when it began, though the clock was put in it", async () => {
  const { presence, recorded } = desk({ moved: -HOUR });
  await vi.advanceTimersByTimeAsync(MINUTE);
  // Ten minutes asleep, and an hour ahead on waking up.
  await asleep(10 * MINUTE + HOUR);
  presence.stop();
  expect(recorded[0]).toEqual(["shift.gap", "asleep", 1 + 60]);
});
