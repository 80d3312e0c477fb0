import { describe, expect, it } from "vitest";
import { chosenLanguage, languageOf } from "#ui/words/language.ts";
import { enForm, ruForm } from "#ui/words/plural.ts";

const storage = (stored: string | null): Pick<Storage, "getItem"> => ({ getItem: () => stored });

describe("the language of the screen", () => {
  it("is the one of the address, before the one that was chosen earlier", () => {
    expect(chosenLanguage("?lang=en", storage("ru"))).toBe("en");
    expect(chosenLanguage("?lang=ru", storage(null))).toBe("ru");
    expect(chosenLanguage("?lang=de", storage("ru"))).toBe("ru");
    expect(chosenLanguage("", storage(null))).toBeUndefined();
  });

  it("is otherwise the person's, otherwise the first of the browser's that we speak", () => {
    expect(languageOf("en", "ru", ["ru"])).toBe("en");
    expect(languageOf(undefined, "ru", ["en"])).toBe("ru");
    expect(languageOf(undefined, undefined, ["de-DE", "ru-RU", "en"])).toBe("ru");
    expect(languageOf(undefined, undefined, ["de-DE"])).toBe("en");
  });
});

describe("plural forms", () => {
  it("are right in Russian", () => {
    const form = (count: number): string => ruForm(count, "звонок", "звонка", "звонков");
    expect([0, 1, 2, 4, 5, 10, 11, 12, 14, 20, 21, 24, 25, 101, 111, 2.5].map(form)).toEqual([
      "звонков", "звонок", "звонка", "звонка", "звонков", "звонков", "звонков", "звонков", "звонков", "звонков", "звонок", "звонка", "звонков", "звонок", "звонков", "звонка",
    ]);
  });

  it("are right in English", () => {
    expect([0, 1, 2, 21].map((count) => enForm(count, "call", "calls"))).toEqual(["calls", "call", "calls", "calls"]);
  });
});
