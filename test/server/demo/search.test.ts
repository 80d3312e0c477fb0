import { expect, test } from "vitest";
import { handlerSearch } from "#client/script/search.ts";
import { handlersEn } from "#server/demo/handlers.en.ts";
import { handlersRu } from "#server/demo/handlers.ru.ts";

/** What an agent types with a client on the line: the start of a word, a colloquial form, the client's own sentence. */
test.each([
  ["ru", "дорог", "price"], ["ru", "ну, это для нас дорого", "price"], ["ru", "скидк", "price"],
  ["ru", "почт", "email"], ["ru", "пачту", "email"], ["ru", "скиньте предложение", "email"],
  ["ru", "у нас уже есть поставщик", "supplier"], ["ru", "поставщек", "supplier"], ["ru", "чем вы лучше", "supplier"],
  ["ru", "не сезон, звоните весной", "season"], ["ru", "мне сейчас некогда", "noTime"], ["ru", "подум", "think"],
  ["ru", "откуда у вас мой номер", "whereNumber"], ["ru", "сколько можно звонить", "stopCalling"],
  ["ru", "нет, не интересует", "noNeed"], ["ru", "украд", "trust"], ["ru", "перезвоните на той неделе", "later"],
  ["ru", "сколько стоит", "priceNow"], ["ru", "1с", "moving"], ["ru", "другие предлагают дешевле", "cheaper"],
  ["en", "that's too expensive for us", "price"], ["en", "discount", "price"], ["en", "just send me an e-mail", "email"],
  ["en", "suplier", "supplier"], ["en", "what makes you better", "supplier"], ["en", "it's not the season", "season"],
  ["en", "how much", "priceNow"], ["en", "where did you get my number", "whereNumber"], ["en", "budget", "noMoney"],
  ["en", "need to think about it", "think"], ["en", "no time", "noTime"], ["en", "later", "later"], ["en", "boss", "notMe"],
] as const)("%s: «%s» finds the handler %s first", (language, typed, id) => {
  const search = handlerSearch(language === "ru" ? handlersRu : handlersEn, language);
  expect(search(typed)[0]?.id).toBe(`${language}-${id}`);
});
