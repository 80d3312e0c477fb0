import { enForm, ruForm } from "#ui/words/plural.ts";
import { inBoth } from "#ui/words/language.ts";

export const countingWords = inBoth({
  en: {
    region: "Contacts today", count: (value: number, target: number) => `${value} of ${target}`, of: (target: number) => `of ${target}`,
    contacts: (count: number) => enForm(count, "contact", "contacts"),
    done: "day's target met", over: (count: number) => count === 0 ? "working hours are over" : `working hours are over: ${count} ${enForm(count, "contact", "contacts")} today`, none: "the first contact is ahead", ahead: "ahead", onPace: "on pace", behind: (due: number) => `${due} due by now`,
    finish: (face: string) => `done about ${face}`, byHour: "Contacts by hour", hourLine: (hour: string, count: number) => `${hour}: ${count} ${enForm(count, "contact", "contacts")}`,
    today: "Today", dialed: "Dialed", answered: "Answered", decisionMaker: "Decision maker", contact: "Contacts",
    todayTitle: (count: number) => `Today: ${count} ${enForm(count, "call", "calls")}`, noCalls: "No calls yet today. They will stand here, each with its reason to count or not.",
    columns: { time: "Time", who: "With whom", talk: "Talk", outcome: "Outcome", verdict: "Counts?" }, correct: "Correct the outcome", corrected: (outcome: string) => `Outcome corrected: ${outcome}.`, savedAs: (outcome: string) => `Saved: ${outcome}.`,
    deciderOf: "Spoke with the decision maker", deciderColumn: "DM", deciderSaid: (yes: boolean) => `Corrected: ${yes ? "with" : "not with"} the decision maker.`,
    unknown: "Prospect", noOutcomeYet: "no outcome yet", all: "All of today",
    afterTitle: "How did it end?", afterUnanswered: "Nobody answered", choose: "Outcome", talked: (face: string) => `talked ${face}`,
    decider: "Spoke with the decision maker", save: "Save outcome", chooseFirst: "Choose an outcome: 1–9.",
    counts: "Counts", countsAs: (value: number, target: number) => `Counts: ${value} of ${target}`, not: (why: string) => `Does not count: ${why}`,
    why: {
      notOver: "the call is not over", notAnswered: "nobody answered", noOutcome: "no outcome yet", practice: "practice campaign",
      notDecisionMaker: "not with the decision maker", unknownCampaign: "its campaign is not known here yet",
      tooShort: (seconds: number, needed: number) => `${seconds} ${enForm(seconds, "second", "seconds")} of ${needed}`,
      outcomeDoesNotCount: (outcome: string) => `“${outcome}” is not a contact`, samePersonToday: "this person already counted today",
      sameCompanyToday: "this company already counted today", outcomeLate: "its outcome was saved after the day had closed",
      struck: (reason: string) => `struck after a control call: ${reason}`,
    },
    strikes: { noTalk: "the client knows of no such talk", notDecisionMaker: "it was not the one who decides", otherOutcome: "another outcome was agreed", wrongNumber: "the number is somebody else’s", other: "other reason" },
  },
  ru: {
    region: "Контактов сегодня", count: (value: number, target: number) => `${value} из ${target}`, of: (target: number) => `из ${target}`,
    contacts: (count: number) => ruForm(count, "контакт", "контакта", "контактов"),
    done: "план дня выполнен", over: (count: number) => count === 0 ? "рабочий день окончен" : `рабочий день окончен: ${count} ${ruForm(count, "контакт", "контакта", "контактов")}`, none: "первый контакт впереди", ahead: "с опережением", onPace: "в темпе", behind: (due: number) => `к этому часу нужно ${due}`,
    finish: (face: string) => `план к ${face}`, byHour: "Контакты по часам", hourLine: (hour: string, count: number) => `${hour}: ${count} ${ruForm(count, "контакт", "контакта", "контактов")}`,
    today: "Сегодня", dialed: "Набрано", answered: "Ответили", decisionMaker: "ЛПР", contact: "Контакты",
    todayTitle: (count: number) => `Сегодня: ${count} ${ruForm(count, "звонок", "звонка", "звонков")}`, noCalls: "Звонков пока не было. Здесь будет каждый и почему он засчитан или нет.",
    columns: { time: "Время", who: "С кем", talk: "Разговор", outcome: "Результат", verdict: "Засчитан?" }, correct: "Исправить результат", corrected: (outcome: string) => `Результат исправлен: ${outcome}.`, savedAs: (outcome: string) => `Сохранено: ${outcome}.`,
    deciderOf: "Говорили с ЛПР", deciderColumn: "ЛПР", deciderSaid: (yes: boolean) => `Исправлено: говорили ${yes ? "с" : "не с"} ЛПР.`,
    unknown: "Клиент", noOutcomeYet: "результата ещё нет", all: "Все за сегодня",
    afterTitle: "Чем закончилось?", afterUnanswered: "Не дозвонились", choose: "Результат", talked: (face: string) => `говорили ${face}`,
    decider: "Говорили с ЛПР", save: "Сохранить результат", chooseFirst: "Выберите результат: 1–9.",
    counts: "Засчитан", countsAs: (value: number, target: number) => `Засчитан: станет ${value} из ${target}`, not: (why: string) => `Не засчитан: ${why}`,
    why: {
      notOver: "разговор ещё идёт", notAnswered: "не ответили", noOutcome: "нет результата", practice: "учебная кампания",
      notDecisionMaker: "говорили не с ЛПР", unknownCampaign: "кампания здесь ещё не известна",
      tooShort: (seconds: number, needed: number) => `${seconds} ${ruForm(seconds, "секунда", "секунды", "секунд")} из ${needed}`,
      outcomeDoesNotCount: (outcome: string) => `«${outcome}» не контакт`, samePersonToday: "этот человек сегодня уже засчитан",
      sameCompanyToday: "эта компания сегодня уже засчитана", outcomeLate: "результат сохранён после закрытия дня",
      struck: (reason: string) => `снят после контрольного звонка: ${reason}`,
    },
    strikes: { noTalk: "клиент о разговоре не знает", notDecisionMaker: "говорили не с ЛПР", otherOutcome: "договорились о другом", wrongNumber: "номер не этого человека", other: "другая причина" },
  },
});
export type CountingWords = (typeof countingWords)["en"];
