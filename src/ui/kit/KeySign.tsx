import { signOfKey, useKeySigns } from "./keySigns.ts";

/** A key as it is printed on this person's keyboard. Named by its physical place (`KeyboardEvent.code`). */
export function KeySign({ code, shift = false }: { readonly code: string; readonly shift?: boolean }) {
  const signs = useKeySigns();
  return <kbd className="key" aria-hidden="true">{shift ? "⇧" : ""}{signOfKey(code, signs)}</kbd>;
}

/** The same for `aria-keyshortcuts`, in the words of that attribute. */
export function useShortcut(code: string | undefined, shift = false): string | undefined {
  const signs = useKeySigns();
  if (code === undefined) return undefined;
  const sign = signOfKey(code, signs);
  return `${shift ? "Shift+" : ""}${sign === "Esc" ? "Escape" : sign === "⌫" ? "Backspace" : sign}`;
}
