import { describe, expect, it } from "vitest";
import type { Verdict } from "#domain/counting/verdict.ts";
import { hoursShown, paceSentence } from "#ui/counting/pace.ts";
import { verdictSentence } from "#ui/counting/verdict.ts";
import { countingWords } from "#ui/counting/words.ts";

const say = (verdict: Verdict, language: "en" | "ru"): string => verdictSentence(verdict, countingWords[language], (code) => (language === "en" ? "Voicemail" : "Автоответчик") + (code === "machine" ? "" : "?"));

describe("the verdict in one line", () => {
  it.each([
    [{ counts: true }, "Counts", "Засчитан"],
    [{ counts: false, why: "tooShort", seconds: 1, needed: 30 }, "Does not count: 1 second of 30", "Не засчитан: 1 секунда из 30"],
    [{ counts: false, why: "tooShort", seconds: 3, needed: 30 }, "Does not count: 3 seconds of 30", "Не засчитан: 3 секунды из 30"],
    [{ counts: false, why: "tooShort", seconds: 11, needed: 30 }, "Does not count: 11 seconds of 30", "Не засчитан: 11 секунд из 30"],
    [{ counts: false, why: "tooShort", seconds: 21, needed: 30 }, "Does not count: 21 seconds of 30", "Не засчитан: 21 секунда из 30"],
    [{ counts: false, why: "notDecisionMaker" }, "Does not count: not with the decision maker", "Не засчитан: говорили не с ЛПР"],
    [{ counts: false, why: "outcomeDoesNotCount", outcome: "machine" }, "Does not count: “Voicemail” is not a contact", "Не засчитан: «Автоответчик» не контакт"],
    [{ counts: false, why: "samePersonToday", first: "c1" }, "Does not count: this person already counted today", "Не засчитан: этот человек сегодня уже засчитан"],
    [{ counts: false, why: "notAnswered" }, "Does not count: nobody answered", "Не засчитан: не ответили"],
    [{ counts: false, why: "practice" }, "Does not count: practice campaign", "Не засчитан: учебная кампания"],
  ] as const)("%o", (verdict, english, russian) => {
    expect(say(verdict, "en")).toBe(english);
    expect(say(verdict, "ru")).toBe(russian);
  });
});

describe("the pace", () => {
  const company = { workEnd: 1080 };
  it.each([
    [{ contacts: 12, pace: { due: 12, state: "onPace", finish: 1040 } }, "on pace, done about 17:20", "в темпе, план к 17:20"],
    [{ contacts: 20, pace: { due: 12, state: "ahead", finish: 900 } }, "ahead, done about 15:00", "с опережением, план к 15:00"],
    [{ contacts: 5, pace: { due: 16.2, state: "behind", finish: 1700 } }, "17 due by now", "к этому часу нужно 17"],
    [{ contacts: 0, pace: { due: 0, state: "onPace" } }, "the first contact is ahead", "первый контакт впереди"],
    [{ contacts: 0, pace: { due: 30, state: "behind" } }, "the first contact is ahead", "первый контакт впереди"],
    [{ contacts: 0, pace: { due: 70, state: "behind" } }, "working hours are over", "рабочий день окончен"],
    [{ contacts: 12, pace: { due: 70, state: "behind", finish: 3000 } }, "working hours are over: 12 contacts today", "рабочий день окончен: 12 контактов"],
    [{ contacts: 70, pace: { due: 60, state: "done" } }, "day's target met", "план дня выполнен"],
  ] as const)("%o", (day, english, russian) => {
    expect(paceSentence({ ...day, count: day.contacts, unit: "contacts", target: 70 }, company, countingWords.en)).toBe(english);
    expect(paceSentence({ ...day, count: day.contacts, unit: "contacts", target: 70 }, company, countingWords.ru)).toBe(russian);
  });

  it("has a bar for every working hour, and for any other in which a contact was made", () => {
    const byHour = Array.from({ length: 24 }, () => 0);
    byHour[20] = 1;
    expect(hoursShown(byHour, 540, 1080).map(({ key }) => key)).toEqual([9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20]);
  });
});

it("puts the Russian noun into the form that the number wants", () => {
  expect([1, 2, 5, 11, 21, 22, 25, 111].map((count) => countingWords.ru.contacts(count))).toEqual(["контакт", "контакта", "контактов", "контактов", "контакт", "контакта", "контактов", "контактов"]);
});
