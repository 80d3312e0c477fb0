import { useState } from "react";

/** `system`: as the computer is set. */
export type Theme = "system" | "light" | "dark";

const key = "sufler.theme";

export function storedTheme(storage: Pick<Storage, "getItem">): Theme {
  const stored = storage.getItem(key);
  return stored === "light" || stored === "dark" ? stored : "system";
}

/** Puts the theme on the page. To be called before the first paint, so that a dark screen does not flash white. */
export function applyTheme(theme: Theme, root: HTMLElement): void {
  if (theme === "system") root.removeAttribute("data-theme");
  else root.setAttribute("data-theme", theme);
}

/** The theme in use, and how to choose another; the choice is kept on this device. */
export function useTheme(): readonly [Theme, (theme: Theme) => void] {
  const [theme, setTheme] = useState(() => storedTheme(localStorage));
  return [theme, (next) => {
    if (next === "system") localStorage.removeItem(key);
    else localStorage.setItem(key, next);
    applyTheme(next, document.documentElement);
    setTheme(next);
  }];
}
