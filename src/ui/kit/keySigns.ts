import { createContext, useContext } from "react";
import { useStore } from "zustand";
import { createStore, type StoreApi } from "zustand/vanilla";

/**
 * What is printed on the keys of this person's keyboard. No browser tells the layout in use (Chromium's layout map
 * knows the first Latin one only), so it is learned from the keys as they are pressed: a sign that a key of a known
 * layout would give means that the whole layout is in use; any other sign is remembered for its key alone.
 */
export interface KeySigns { readonly layout: "latin" | "russian"; readonly own: Readonly<Record<string, string>> }

export const latinSigns: KeySigns = { layout: "latin", own: {} };

interface PressedKey { readonly code: string; readonly key: string; readonly shiftKey: boolean; readonly ctrlKey: boolean; readonly altKey: boolean }

const latin: Readonly<Record<string, string>> = {
  ...Object.fromEntries("ABCDEFGHIJKLMNOPQRSTUVWXYZ".split("").map((letter) => [`Key${letter}`, letter])),
  Slash: "/", Quote: "'", Equal: "=", Minus: "-", Period: ".", Comma: ",", Semicolon: ";", Backquote: "`", BracketLeft: "[", BracketRight: "]",
};

const russianRows: readonly (readonly [string, string])[] = [["QWERTYUIOP", "ЙЦУКЕНГШЩЗ"], ["ASDFGHJKL", "ФЫВАПРОЛД"], ["ZXCVBNM", "ЯЧСМИТЬ"]];
const russian: Readonly<Record<string, string>> = {
  ...Object.fromEntries(russianRows.flatMap(([keys, signs]) => keys.split("").map((letter, at) => [`Key${letter}`, signs[at] ?? ""]))),
  Slash: ".", Quote: "Э", Equal: "=", Minus: "-", Period: "Ю", Comma: "Б", Semicolon: "Ж", Backquote: "Ё", BracketLeft: "Х", BracketRight: "Ъ",
};

const layouts = { latin, russian };

const named: Readonly<Record<string, string>> = {
  Enter: "Enter", NumpadEnter: "Enter", Escape: "Esc", End: "End", Backspace: "⌫", Space: "Space", F1: "F1",
};

/** The signs as known after one more key. Keys with Ctrl or Alt, and keys that give no letter or sign, teach nothing. */
export function learnKey(known: KeySigns, event: PressedKey): KeySigns {
  if (event.ctrlKey || event.altKey || event.shiftKey || event.key.length !== 1) return known;
  const usual = layouts[known.layout][event.code];
  if (usual === undefined) return known;
  const sign = event.key.toUpperCase();
  const { [event.code]: held, ...others } = known.own;
  if (sign === usual) return held === undefined ? known : { ...known, own: others };
  const other = known.layout === "latin" ? "russian" : "latin";
  // Signs that another alphabet has in this very place: the layout was switched.
  if (sign === layouts[other][event.code]) return { layout: other, own: {} };
  return held === sign ? known : { ...known, own: { ...known.own, [event.code]: sign } };
}

/** What stands on a physical key (`KeyboardEvent.code`). */
export function signOfKey(code: string, signs: KeySigns): string {
  const digit = /^(?:Digit|Numpad)(\d)$/.exec(code)?.[1];
  return digit ?? named[code] ?? signs.own[code] ?? layouts[signs.layout][code] ?? (code === "NumpadAdd" ? "+" : code === "NumpadSubtract" ? "-" : code);
}

export const KeySignsStore = createContext<StoreApi<KeySigns>>(createStore(() => latinSigns));

export function useKeySigns(): KeySigns {
  return useStore(useContext(KeySignsStore));
}
