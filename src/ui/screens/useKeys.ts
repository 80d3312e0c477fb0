import { useEffect, useRef } from "react";

export type Focus = "field" | "button" | "elsewhere";

/** Hands every key that is pressed on the page to `press`, with what the focus is on. True: it was ours. */
export function useKeys(press: (event: KeyboardEvent, focus: Focus) => boolean): void {
  const latest = useRef(press);
  useEffect(() => { latest.current = press; });
  useEffect(() => {
    const listen = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || event.isComposing) return;
      if (latest.current(event, focusOf(event.target))) event.preventDefault();
    };
    window.addEventListener("keydown", listen);
    return () => { window.removeEventListener("keydown", listen); };
  }, []);
}

function focusOf(target: EventTarget | null): Focus {
  if (!(target instanceof Element)) return "elsewhere";
  if (target.closest("input, textarea, select, [contenteditable]")) return "field";
  return target.closest("button, a, summary") ? "button" : "elsewhere";
}
