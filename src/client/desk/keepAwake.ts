/** Keeps the computer's screen from going dark (W3C Screen Wake Lock), where the browser can; a dark laptop soon sleeps, and its call with it. */
export interface KeepAwake { want(on: boolean): void; stop(): void }

export function createKeepAwake(): KeepAwake {
  // Absent without a secure context.
  const lock = (navigator as { readonly wakeLock?: WakeLock }).wakeLock;
  let wanted = false;
  let held: WakeLockSentinel | undefined;
  let asking: Promise<void> | undefined;

  async function ask(): Promise<void> {
    if (!lock || document.visibilityState !== "visible") return;
    try {
      const sentinel = await lock.request("screen");
      sentinel.onrelease = () => { if (held === sentinel) held = undefined; };
      held = sentinel;
      if (!wanted) await sentinel.release();
    } catch {
      // A low battery, or the company's policy: the screen then goes dark as it always did.
    }
  }
  // The browser takes the lock away from a hidden tab; it is asked for again when the tab is seen.
  const look = () => {
    if (wanted && !held) asking ??= ask().finally(() => { asking = undefined; });
    else if (!wanted) void held?.release();
  };
  document.addEventListener("visibilitychange", look);

  return {
    want(on) {
      if (on === wanted) return;
      wanted = on;
      look();
    },
    stop() {
      document.removeEventListener("visibilitychange", look);
      this.want(false);
    },
  };
}
