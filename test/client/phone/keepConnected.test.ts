// @vitest-environment jsdom
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { keepConnected, type Attempt } from "#client/phone/keepConnected.ts";

describe("the connection that is kept", () => {
  let attempts: (() => Promise<Attempt>)[] = [];
  let tries = 0;
  const down = () => Promise.reject(new Error("no network"));
  const ready = () => Promise.resolve<Attempt>({ outcome: "ready" });
  const keeper = () => keepConnected(() => {
    tries += 1;
    return (attempts.shift() ?? down)();
  }, () => Date.now(), () => 1);

  beforeEach(() => {
    vi.useFakeTimers();
    attempts = [];
    tries = 0;
  });
  afterEach(() => vi.useRealTimers());
  const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms);

  it("says when it tries again, and pauses longer each time", async () => {
    const kept = keeper();
    kept.start();
    expect(kept.state.getState()).toEqual({ state: "connecting" });
    await pass(0);
    expect(kept.state.getState()).toEqual({ state: "down", retryAt: Date.now() + 1000 });
    await pass(1000);
    expect(tries).toBe(2);
    await pass(1999);
    expect(tries).toBe(2);
    await pass(1);
    expect(tries).toBe(3);
    kept.stop();
  });

  it("tries at once when the browser says that the network is back", async () => {
    const kept = keeper();
    kept.start();
    await pass(0);
    attempts = [ready];
    window.dispatchEvent(new Event("online"));
    await pass(0);
    expect(kept.state.getState()).toEqual({ state: "ready" });
    expect(tries).toBe(2);
    kept.stop();
  });

  it("begins with a short pause again after it was connected", async () => {
    attempts = [down, down, down, ready];
    const kept = keeper();
    kept.start();
    await pass(7000);
    expect(kept.state.getState()).toEqual({ state: "ready" });
    kept.dropped();
    expect(kept.state.getState()).toEqual({ state: "down", retryAt: Date.now() + 1000 });
    kept.stop();
  });

  it("does not hammer a server that refuses it, and keeps saying that it was refused", async () => {
    attempts = [() => Promise.resolve<Attempt>({ outcome: "refused", status: 403 }), () => Promise.resolve<Attempt>({ outcome: "refused", status: 503, retryAfter: 90 })];
    const kept = keeper();
    kept.start();
    await pass(0);
    expect(kept.state.getState()).toEqual({ state: "refused", status: 403 });
    window.dispatchEvent(new Event("online"));
    await pass(29_000);
    expect(tries).toBe(1);
    await pass(1000);
    expect(tries).toBe(2);
    await pass(89_000);
    expect(tries).toBe(2);
    kept.stop();
  });

  it("[P9] asks less and less often with a refused account, and at once when there is another one", async () => {
    let other = false;
    const refused = () => Promise.resolve<Attempt>({ outcome: "refused", status: 401 });
    attempts = [ready, refused, refused, refused, ready];
    const kept = keepConnected(() => {
      tries += 1;
      return (attempts.shift() ?? down)();
    }, () => Date.now(), () => 1, { changed: () => Promise.resolve(other), every: 10_000 });
    kept.start();
    await pass(0);
    kept.refused({ outcome: "refused", status: 401 });
    expect(kept.state.getState()).toEqual({ state: "refused", status: 401 });
    // A switch that closes the socket of whoever gives a wrong password.
    kept.dropped();
    await pass(29_999);
    expect(tries).toBe(1);
    await pass(1);
    expect(tries).toBe(2);
    await pass(59_999);
    expect(tries).toBe(2);
    await pass(1);
    expect(tries).toBe(3);
    await pass(120_000);
    expect(tries).toBe(4);
    expect(kept.state.getState()).toEqual({ state: "refused", status: 401 });
    other = true;
    await pass(10_000);
    expect(tries).toBe(5);
    expect(kept.state.getState()).toEqual({ state: "ready" });
    await pass(20_000);
    expect(tries).toBe(5);
    kept.stop();
  });

  it("[P9] asks an exchange that is too busy again only when it has said so", async () => {
    attempts = [() => Promise.resolve<Attempt>({ outcome: "refused", status: 503, retryAfter: 90 }), ready];
    const kept = keepConnected(() => {
      tries += 1;
      return (attempts.shift() ?? down)();
    }, () => Date.now(), () => 1, { changed: () => Promise.resolve(true), every: 10_000 });
    kept.start();
    await pass(89_999);
    expect(tries).toBe(1);
    await pass(1);
    expect(kept.state.getState()).toEqual({ state: "ready" });
    kept.stop();
  });

  it("tries no more after it was stopped, also when a try was under way", async () => {
    let finish: (attempt: Attempt) => void = () => undefined;
    attempts = [() => new Promise((resolve) => { finish = resolve; })];
    const kept = keeper();
    kept.start();
    kept.stop();
    finish({ outcome: "ready" });
    await pass(60_000);
    expect(kept.state.getState()).toEqual({ state: "off" });
    expect(tries).toBe(1);
  });
});
