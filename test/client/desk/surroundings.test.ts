// @vitest-environment jsdom
import { afterEach, expect, it, vi } from "vitest";
import { createSurroundings } from "#client/desk/surroundings.ts";
import { deskPictures, type PictureName } from "#ui/preview/fixtures.ts";

/** The browser's side of a screen wake lock: how many are held, and what the browser itself takes away. */
function wakeLocks() {
  const held = new Set<{ onrelease: (() => void) | null; release: () => Promise<void> }>();
  Object.defineProperty(navigator, "wakeLock", { configurable: true, value: {
    request: () => {
      const lock = { onrelease: null as (() => void) | null, release: () => { held.delete(lock); lock.onrelease?.(); return Promise.resolve(); } };
      held.add(lock);
      return Promise.resolve(lock);
    },
  } });
  return held;
}
const seen = (state: "visible" | "hidden"): void => {
  Object.defineProperty(document, "visibilityState", { configurable: true, value: state });
  document.dispatchEvent(new Event("visibilitychange"));
};
const closing = (): boolean => {
  const event = new Event("beforeunload", { cancelable: true });
  dispatchEvent(event);
  return event.defaultPrevented;
};
const around = () => {
  const prepared: string[] = [];
  const all = createSurroundings({ prepare: (ask) => { prepared.push(ask ? "ask" : "quietly"); return Promise.resolve(); }, release: () => { prepared.push("release"); } } as Parameters<typeof createSurroundings>[0]);
  const at = (name: PictureName): void => {
    const { state, view } = deskPictures("en")[name];
    all.follow(state, view);
  };
  return { ...all, at, prepared };
};

afterEach(() => { seen("visible"); Reflect.deleteProperty(navigator, "wakeLock"); });

it("keeps the screen on while somebody waits for a call or is in one, again after the browser has taken the lock away, and never in a break", async () => {
  const held = wakeLocks();
  const all = around();
  const { at } = all;
  const count = (wanted: number) => vi.waitFor(() => { expect(held.size).toBe(wanted); }, { timeout: 60_000 });
  at("rest");
  await count(1);
  seen("hidden");
  for (const lock of held) await lock.release();
  at("talking");
  await count(0);
  seen("visible");
  await count(1);
  at("break");
  await count(0);
  at("talking");
  await count(1);
  all.stop();
  await count(0);
});

it("works on where the browser has no such lock, or refuses it", () => {
  const [without, refused] = [around(), around()];
  without.at("talking");
  without.stop();
  Object.defineProperty(navigator, "wakeLock", { configurable: true, value: { request: () => Promise.reject(new DOMException("low battery", "NotAllowedError")) } });
  refused.at("talking");
  refused.stop();
});

it("asks before the tab is closed in a call, and at no other time", () => {
  const all = around();
  const { at } = all;
  expect(["rest", "card", "dialing", "talking", "held", "after", "ringing"].map((name) => {
    at(name as PictureName);
    return closing();
  })).toEqual([false, false, true, true, true, false, true]);
  all.stop();
  expect(closing()).toBe(false);
});
