import { newShell } from "./newShell.ts";
import type { Station } from "./station.ts";

/** Does the page of somebody who makes no calls want to be loaded anew: a newer one is there, the server understands this one no more, or a back-up was put in place. */
export function wantsReload({ live, uplink, downlink }: Pick<Station, "live" | "uplink" | "downlink">): boolean {
  return newShell.getState() || downlink.library.getState().restored || live.state.getState() === "newVersion" || uplink.state.getState().stopped === "newVersion";
}

/** Hears when that may have changed. */
export function watchReload({ uplink }: Pick<Station, "uplink">, listener: () => void): () => void {
  const stops = [newShell.subscribe(listener), uplink.state.subscribe(({ stopped }, before) => { if (stopped !== before.stopped) listener(); })];
  return () => { for (const stop of stops) stop(); };
}
