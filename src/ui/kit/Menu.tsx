import type { ReactNode } from "react";

/** Opens by a button with `opens={id}`; the browser closes it by Escape or a click elsewhere, and keeps it above everything. */
export function Menu({ id, name, children }: { readonly id: string; readonly name: string; readonly children: ReactNode }) {
  return <div id={id} popover="auto" className="menu" role="group" aria-label={name}>{children}</div>;
}
