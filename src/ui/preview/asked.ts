import { useEffect, useState } from "react";

/** What the address asks for; follows the address, so that a program can go through all pictures without loading the page anew. */
export function useAsked(): URLSearchParams {
  const [search, setSearch] = useState(location.search);
  useEffect(() => {
    const follow = (): void => { setSearch(location.search); };
    addEventListener("popstate", follow);
    return () => { removeEventListener("popstate", follow); };
  }, []);
  return new URLSearchParams(search);
}

/** Tells, on the page's root, which picture stands there now. */
export function useShown(name: string): void {
  useEffect(() => { document.documentElement.dataset["shown"] = name; }, [name]);
}
