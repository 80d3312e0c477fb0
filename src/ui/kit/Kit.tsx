import { useEffect, useState, type ReactNode } from "react";
import { createStore } from "zustand/vanilla";
import "./tokens.css";
import "./base.css";
import "./controls.css";
import { ClockContext, type Clock, deviceClock } from "./clock.ts";
import { KeySignsStore, latinSigns, learnKey, type KeySigns } from "./keySigns.ts";
import { applyTheme, storedTheme } from "./theme.ts";
import { createToasts, ToastPlace, ToastsContext } from "./Toast.tsx";

/** What every screen stands on: the look, the clock, the signs on the keys, the place for short sentences. Once, around everything. */
export function Kit({ children, clock, signs = latinSigns }: { readonly children: ReactNode; readonly clock?: Clock; readonly signs?: KeySigns }) {
  const [world] = useState(() => {
    applyTheme(storedTheme(localStorage), document.documentElement);
    return { clock: clock ?? deviceClock(), signs: createStore(() => signs), toasts: createToasts() };
  });
  useEffect(() => {
    const learn = (event: KeyboardEvent): void => { world.signs.setState((known) => learnKey(known, event), true); };
    window.addEventListener("keydown", learn, { capture: true });
    return () => { window.removeEventListener("keydown", learn, { capture: true }); };
  }, [world]);
  return (
    <ClockContext value={world.clock}>
      <KeySignsStore value={world.signs}>
        <ToastsContext value={world.toasts}>
          {children}
          <ToastPlace />
        </ToastsContext>
      </KeySignsStore>
    </ClockContext>
  );
}
