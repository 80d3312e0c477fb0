import { useEffect, useRef, type ReactNode } from "react";

/** Opens by a button with `opens={id}`; the browser closes it by Escape or a click elsewhere, and keeps it above everything. */
export function Menu({ id, name, children }: { readonly id: string; readonly name: string; readonly children: ReactNode }) {
  const ref = useRef<HTMLDivElement>(null);
  useEffect(() => {
    // The Escape that closes the menu is the browser's: it must not also mean something to the screen below.
    const keep = (event: KeyboardEvent): void => {
      if (event.key === "Escape" && "popover" in HTMLElement.prototype && ref.current?.matches(":popover-open")) event.stopImmediatePropagation();
    };
    window.addEventListener("keydown", keep, { capture: true });
    return () => { window.removeEventListener("keydown", keep, { capture: true }); };
  }, []);
  return <div ref={ref} id={id} popover="auto" className="menu" role="group" aria-label={name}>{children}</div>;
}
