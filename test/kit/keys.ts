import type { Page } from "playwright-core";

/** Under a Russian layout: which key gives which letter or sign. */
const russian: ReadonlyMap<string, string> = new Map([
  ...rows("йцукенгшщзхъ", ["KeyQ", "KeyW", "KeyE", "KeyR", "KeyT", "KeyY", "KeyU", "KeyI", "KeyO", "KeyP", "BracketLeft", "BracketRight"]),
  ...rows("фывапролджэ", ["KeyA", "KeyS", "KeyD", "KeyF", "KeyG", "KeyH", "KeyJ", "KeyK", "KeyL", "Semicolon", "Quote"]),
  ...rows("ячсмитьбю.", ["KeyZ", "KeyX", "KeyC", "KeyV", "KeyB", "KeyN", "KeyM", "Comma", "Period", "Slash"]),
  ...rows("1234567890", ["Digit1", "Digit2", "Digit3", "Digit4", "Digit5", "Digit6", "Digit7", "Digit8", "Digit9", "Digit0"]),
  [" ", "Space"],
]);
const signs: ReadonlyMap<string, string> = new Map([...russian].map(([sign, code]) => [code, sign]));
/** Keys that give no sign, by their number on Windows: Chromium acts on some of them by that. */
const named: Readonly<Record<string, number>> = { Enter: 13, Backspace: 8, Tab: 9, Escape: 27, End: 35, ArrowDown: 40, ArrowUp: 38, F1: 112 };

function rows(letters: string, codes: readonly string[]): (readonly [string, string])[] {
  return letters.split("").map((letter, at) => [letter, codes[at] ?? ""]);
}

export interface Keyboard {
  /** Presses keys by their place. */
  press(...codes: readonly string[]): Promise<void>;
  /** Types a text letter by letter. */
  type(text: string): Promise<void>;
}

/** A keyboard with a Russian layout, down to the browser's own input events. */
export async function russianKeyboard(page: Page): Promise<Keyboard> {
  const session = await page.context().newCDPSession(page);
  async function press(code: string): Promise<void> {
    const sign = signs.get(code);
    const number = named[code];
    if (sign === undefined && number === undefined) throw new Error(`a Russian keyboard has no key ${code} here`);
    const text = code === "Enter" ? "\r" : sign;
    const what = { code, key: sign ?? code, ...(number === undefined ? {} : { windowsVirtualKeyCode: number }) };
    await session.send("Input.dispatchKeyEvent", { type: text === undefined ? "rawKeyDown" : "keyDown", ...what, ...(text === undefined ? {} : { text, unmodifiedText: text }) });
    await session.send("Input.dispatchKeyEvent", { type: "keyUp", ...what });
  }
  return {
    async press(...codes) {
      for (const code of codes) await press(code);
    },
    async type(text) {
      for (const letter of text) await press(russian.get(letter) ?? "");
    },
  };
}

/** A keyboard with a Latin layout. */
export function latinKeyboard(page: Page): Keyboard {
  return {
    async press(...codes) {
      for (const code of codes) await page.keyboard.press(code);
    },
    type: (text) => page.keyboard.type(text),
  };
}
