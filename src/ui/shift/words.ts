import type { BreakReason, Gender } from "#domain/base/campaign.ts";
import type { Doing } from "#domain/wallboard/periods.ts";
import type { AgentState } from "#domain/wallboard/agentState.ts";
import { inBoth } from "#ui/words/language.ts";

/** `1 h 05 min`, `12 min`, `40 s`. */
function inMinutes(ms: number, h: string, min: string, s: string): string {
  const minutes = Math.round(ms / 60_000);
  if (ms < 60_000) return `${Math.floor(ms / 1000)} ${s}`;
  return minutes < 60 ? `${minutes} ${min}` : `${Math.floor(minutes / 60)} ${h} ${String(minutes % 60).padStart(2, "0")} ${min}`;
}

export const shiftWords = inBoth<{
  readonly state: Readonly<Record<AgentState["state"], (gender: Gender) => string>>; readonly reasons: Readonly<Record<BreakReason, string>>;
  readonly takeBreak: string; readonly norm: (minutes: number) => string; readonly of: (minutes: number) => string; readonly over: (minutes: number) => string;
  readonly breakTitle: string; readonly breakHint: string; readonly resting: string; readonly left: (face: string) => string; readonly ready: string; readonly stateName: string;
  readonly time: {
    readonly title: string; readonly whole: (length: string) => string; readonly length: (ms: number) => string; readonly share: (percent: number) => string;
    readonly states: Readonly<Record<Doing["state"], string>>; readonly away: Readonly<Record<Extract<Doing, { state: "away" }>["source"], string>>; readonly offline: Readonly<Record<Extract<Doing, { state: "offline" }>["cause"], string>>;
  };
  readonly clock: (minutes: number) => string; readonly allowIdle: string;
}>({
  en: {
    state: { off: () => "Not started", ready: () => "Ready", dialing: () => "Dialing", inCall: () => "In a call", wrapUp: () => "Wrapping up", break: () => "Break", away: () => "Away", offline: () => "Not at the desk" },
    reasons: { rest: "Rest", lunch: "Lunch", training: "Training", other: "Something else" },
    takeBreak: "Take a break", norm: (minutes) => `${minutes} min`, of: (minutes) => `of ${minutes} min`, over: (minutes) => `${minutes} min over the norm`,
    breakTitle: "A break", breakHint: "The microphone is closed during the break. The time runs from your choice.", resting: "You are on a break", left: (face) => `${face} left`, ready: "Back to work", stateName: "State",
    time: {
      title: "Time of the shift", whole: (length) => `${length} in all`, length: (ms) => inMinutes(ms, "h", "min", "s"), share: (percent) => `${percent}%`,
      states: { inCall: "In calls", dialing: "Dialing", wrapUp: "Wrap-up", ready: "Ready", break: "Breaks", away: "Away", offline: "Not known" },
      away: { idle: "away from the computer", locked: "screen locked", input: "nothing typed or moved on this page", hidden: "another window in front" },
      offline: { asleep: "the computer slept", closed: "the page was closed", lost: "a call was left open" },
    },
    allowIdle: "Let the system notice when I am away",
    clock: (minutes) => `This computer’s clock is ${Math.abs(minutes)} min ${minutes > 0 ? "slow" : "fast"}. Times are counted by the company’s clock.`,
  },
  ru: {
    state: { off: () => "Смена не начата", ready: (gender) => (gender === "f" ? "Готова" : "Готов"), dialing: () => "Набор", inCall: () => "В разговоре", wrapUp: () => "После звонка", break: () => "Перерыв", away: (gender) => (gender === "f" ? "Отошла" : "Отошёл"), offline: () => "Нет связи с компьютером" },
    reasons: { rest: "Отдых", lunch: "Обед", training: "Обучение", other: "Другое" },
    takeBreak: "Перерыв", norm: (minutes) => `${minutes} мин`, of: (minutes) => `из ${minutes} мин`, over: (minutes) => `на ${minutes} мин дольше нормы`,
    breakTitle: "Перерыв", breakHint: "На перерыве микрофон закрыт. Время пойдёт, как только выберете.", resting: "Вы на перерыве", left: (face) => `осталось ${face}`, ready: "Вернуться к работе", stateName: "Статус",
    time: {
      title: "Время смены", whole: (length) => `всего ${length}`, length: (ms) => inMinutes(ms, "ч", "мин", "с"), share: (percent) => `${percent} %`,
      states: { inCall: "В разговорах", dialing: "Набор", wrapUp: "После звонка", ready: "Ожидание", break: "Перерывы", away: "Нет на месте", offline: "Неизвестно" },
      away: { idle: "не за компьютером", locked: "экран заблокирован", input: "на странице ничего не нажимали", hidden: "впереди другое окно" },
      offline: { asleep: "компьютер спал", closed: "страница закрыта", lost: "звонок остался открытым" },
    },
    allowIdle: "Пусть система замечает, что меня нет",
    clock: (minutes) => `Часы на компьютере ${minutes > 0 ? "отстают" : "спешат"} на ${Math.abs(minutes)} мин. Время считается по часам компании.`,
  },
});
