import { useEffect } from "react";
import { useStore } from "zustand";
import { createStore } from "zustand/vanilla";

/** How many things on this page would be lost, or torn off, if it were loaded anew. */
const held = createStore<number>(() => 0);

/** While `on`, and while its component is shown, something is in hand here: a form half typed, a call that is listened to. */
export function useInHand(on = true): void {
  useEffect(() => {
    if (!on) return undefined;
    held.setState((count) => count + 1, true);
    return () => { held.setState((count) => count - 1, true); };
  }, [on]);
}

/** Nothing is in hand anywhere on the page. */
export function useHandsFree(): boolean {
  return useStore(held) === 0;
}
