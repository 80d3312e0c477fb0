import { describe, expect, it, vi } from "vitest";
import { heldOpen } from "#client/session/heldOpen.ts";

/** A machine whose opening and stopping the test decides. */
function machines() {
  const log: string[] = [];
  const opened: { resolve: () => void; reject: (why: Error) => void }[] = [];
  const stops: (() => void)[] = [];
  const open = () => new Promise<{ name: number; stop(): Promise<void> }>((resolve, reject) => {
    const name = opened.length;
    log.push(`open ${name}`);
    opened.push({
      reject,
      resolve: () => resolve({
        name,
        stop: () => { log.push(`stop ${name}`); return new Promise((done) => { stops.push(done); }); },
      }),
    });
  });
  return { log, opened, stops, open };
}

const soon = () => new Promise((resolve) => { setTimeout(resolve); });

describe("a machine held open by its readers", () => {
  it("opens for the first reader, tells it, and stops after the last one", async () => {
    const { log, opened, open } = machines();
    const held = heldOpen(open);
    const told = vi.fn();
    expect(log).toEqual([]);
    const leave = held.subscribe(told);
    const leaveToo = held.subscribe(() => undefined);
    await soon();
    expect(log).toEqual(["open 0"]);
    opened[0]?.resolve();
    await soon();
    expect(held.read()).toMatchObject({ phase: "open", machine: { name: 0 } });
    expect(told).toHaveBeenCalled();
    leave();
    await soon();
    expect(log).toEqual(["open 0"]);
    leaveToo();
    await soon();
    expect(log).toEqual(["open 0", "stop 0"]);
    expect(held.read()).toEqual({ phase: "opening" });
  });

  it("stays up for a reader who leaves and comes back at once", async () => {
    const { log, opened, open } = machines();
    const held = heldOpen(open);
    const leave = held.subscribe(() => undefined);
    await soon();
    opened[0]?.resolve();
    await soon();
    leave();
    held.subscribe(() => undefined);
    await soon();
    expect(log).toEqual(["open 0"]);
    expect(held.read()).toMatchObject({ phase: "open" });
  });

  it("stops a machine that comes up after everybody has left", async () => {
    const { log, opened, open } = machines();
    const held = heldOpen(open);
    held.subscribe(() => undefined)();
    await soon();
    await soon();
    opened[0]?.resolve();
    await soon();
    expect(log).toEqual(["open 0", "stop 0"]);
    expect(held.read()).toEqual({ phase: "opening" });
  });

  it("opens the next machine only when the old one has stopped", async () => {
    const { log, opened, stops, open } = machines();
    const held = heldOpen(open);
    const leave = held.subscribe(() => undefined);
    await soon();
    opened[0]?.resolve();
    await soon();
    leave();
    await soon();
    held.subscribe(() => undefined);
    await soon();
    expect(log).toEqual(["open 0", "stop 0"]);
    stops[0]?.();
    await soon();
    expect(log).toEqual(["open 0", "stop 0", "open 1"]);
  });

  it("says that it failed, and tries again when asked", async () => {
    const { log, opened, open } = machines();
    const held = heldOpen(open);
    held.subscribe(() => undefined);
    await soon();
    opened[0]?.reject(new Error("no way in"));
    await soon();
    expect(held.read()).toMatchObject({ phase: "failed", cause: new Error("no way in") });
    held.again();
    await soon();
    expect(log).toEqual(["open 0", "open 1"]);
    opened[1]?.resolve();
    await soon();
    expect(held.read()).toMatchObject({ phase: "open", machine: { name: 1 } });
  });
});
