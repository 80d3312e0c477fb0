import { describe, expect, it } from "vitest";
import { latinSigns, learnKey, signOfKey, type KeySigns } from "#ui/kit/keySigns.ts";

const press = (known: KeySigns, code: string, key: string, more: { shiftKey?: boolean; ctrlKey?: boolean; altKey?: boolean } = {}): KeySigns =>
  learnKey(known, { code, key, shiftKey: false, ctrlKey: false, altKey: false, ...more });

describe("the signs on the keys", () => {
  it("are those of a Latin keyboard until a key says otherwise", () => {
    expect(["KeyM", "Slash", "Quote", "Digit1", "Numpad1", "End", "Escape"].map((code) => signOfKey(code, latinSigns))).toEqual(["M", "/", "'", "1", "1", "End", "Esc"]);
  });

  it("become Russian as a whole at the first Russian letter, and Latin again at the first Latin one", () => {
    const russian = press(latinSigns, "KeyH", "р");
    expect(["KeyM", "KeyH", "Slash", "Quote", "KeyK"].map((code) => signOfKey(code, russian))).toEqual(["Ь", "Р", ".", "Э", "Л"]);
    expect(signOfKey("KeyM", press(russian, "KeyA", "a"))).toBe("M");
  });

  it("are learned one by one where a keyboard differs from the known layouts", () => {
    const german = press(latinSigns, "KeyZ", "y");
    expect(signOfKey("KeyZ", german)).toBe("Y");
    expect(signOfKey("KeyM", german)).toBe("M");
    expect(press(german, "KeyZ", "z")).toEqual(latinSigns);
  });

  it("learn nothing from shifted, chorded and nameless keys", () => {
    expect(press(latinSigns, "Slash", "?", { shiftKey: true })).toBe(latinSigns);
    expect(press(latinSigns, "KeyC", "с", { ctrlKey: true })).toBe(latinSigns);
    expect(press(latinSigns, "Enter", "Enter")).toBe(latinSigns);
    expect(press(latinSigns, "KeyM", "Dead")).toBe(latinSigns);
  });
});
