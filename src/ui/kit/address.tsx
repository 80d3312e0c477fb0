import { useEffect, useSyncExternalStore, type AnchorHTMLAttributes } from "react";

/** Where the page is, and what was handed along on the way there. */
export interface Place {
  /** Without a slash at its end, in small letters: as an address is meant, however it was typed. */
  readonly path: string;
  readonly search: string;
  readonly along: unknown;
}

const listeners = new Set<() => void>();
let href = location.href;
let place = read();

function read(): Place {
  const { pathname, search } = location;
  return { path: pathname.replace(/\/+$/, "").toLowerCase() || "/", search, along: history.state };
}

function moved(): void {
  href = location.href;
  place = read();
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  if (listeners.size === 0) addEventListener("popstate", moved);
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0) removeEventListener("popstate", moved);
  };
}

/** Stays the same object between two moves. */
function current(): Place {
  // While nobody listened it may have been moved.
  if (listeners.size === 0 && (href !== location.href || history.state !== place.along)) {
    href = location.href;
    place = read();
  }
  return place;
}

export function usePlace(): Place {
  return useSyncExternalStore(subscribe, current);
}

/** Sends the page to another address, in place of this one, as soon as it is drawn. */
export function Elsewhere({ to, along = null }: { readonly to: string; readonly along?: unknown }): null {
  useEffect(() => {
    history.replaceState(along, "", to);
    moved();
  }, [to, along]);
  return null;
}

/** A link within the product: the page stays, only the screen is another one. In a new tab it is a link like any other. */
export function Link({ to, ...more }: { readonly to: string } & Omit<AnchorHTMLAttributes<HTMLAnchorElement>, "href" | "onClick">) {
  return (
    <a {...more} href={to} onClick={(event) => {
      if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
      event.preventDefault();
      history.pushState(null, "", to);
      moved();
    }} />
  );
}
