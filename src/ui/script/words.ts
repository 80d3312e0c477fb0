import { inBoth } from "#ui/words/language.ts";

export const scriptWords = inBoth({
  en: {
    words: "What to say", trail: "Where the call has been", firstWords: "First words", gist: "In short", gistOn: "Only the gist", gistOff: "Full words",
    answers: "What the client says", other: "Said something else", otherHint: "note the words and go on", toEnd: "ends the call",
    handler: "Answer to an objection", backTo: (module: string) => `back to: ${module}`, another: (one: number, of: number) => `Say it another way (${one} of ${of})`,
    proposed: (outcome: string) => `The script ends here: ${outcome}. Say goodbye and hang up.`,
    objections: "The client objects", find: "Find objection", likely: "Likely here", found: "Found",
    nothingFound: "Nothing like that yet. Note the client's words: the script editor will see them.", noHandlers: "No answers to objections have been published yet.",
    afterAnswer: "Open as soon as the client answers.",
    noScript: "This campaign has no published script yet. Speak in your own words; everything is counted as usual.",
    unknown: { name: "[name]", company: "[company]" },
    fallen: "The script has broken, the call goes on. You can talk, note and hang up.",
  },
  ru: {
    words: "Что сказать", trail: "Ход разговора", firstWords: "Первые слова", gist: "Коротко", gistOn: "Только суть", gistOff: "Полный текст",
    answers: "Что ответил клиент", other: "Сказал другое", otherHint: "записать слова и дальше", toEnd: "конец разговора",
    handler: "Отработка возражения", backTo: (module: string) => `назад к: ${module}`, another: (one: number, of: number) => `Сказать иначе (${one} из ${of})`,
    proposed: (outcome: string) => `Скрипт пройден: ${outcome}. Попрощайтесь и завершайте.`,
    objections: "Клиент возражает", find: "Найти возражение", likely: "Чаще всего здесь", found: "Нашлось",
    nothingFound: "Такого пока нет. Запишите слова клиента: редактор скриптов их увидит.", noHandlers: "Отработок пока не опубликовано.",
    afterAnswer: "Откроются, как только клиент ответит.",
    noScript: "У кампании ещё нет опубликованного скрипта. Говорите своими словами, всё засчитывается как обычно.",
    unknown: { name: "[имя]", company: "[компания]" },
    fallen: "Скрипт сломался, разговор продолжается. Говорить, записывать и завершать можно.",
  },
});
