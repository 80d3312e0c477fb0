import { signOfKey, useKeySigns } from "./keySigns.ts";

/**
 * A key as it is printed on this person's keyboard. Named by its physical place (`KeyboardEvent.code`). The style sheet
 * draws the sign: as text it would stand inside the buttons and be no part of their names (WCAG 2.5.3, label in name).
 */
export function KeySign({ code, shift = false }: { readonly code: string; readonly shift?: boolean }) {
  const signs = useKeySigns();
  return <kbd className="key" aria-hidden="true" data-sign={`${shift ? "⇧" : ""}${signOfKey(code, signs)}`} />;
}

/** The same for `aria-keyshortcuts`, in the words of that attribute. */
export function useShortcut(code: string | undefined, shift = false): string | undefined {
  const signs = useKeySigns();
  if (code === undefined) return undefined;
  const sign = signOfKey(code, signs);
  return `${shift ? "Shift+" : ""}${sign === "Esc" ? "Escape" : sign === "⌫" ? "Backspace" : sign}`;
}
