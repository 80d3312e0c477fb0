import type { BreakReason, Gender } from "#domain/base/campaign.ts";
import type { AgentState } from "#domain/wallboard/agentState.ts";
import { inBoth } from "#ui/words/language.ts";

export const shiftWords = inBoth<{
  readonly state: Readonly<Record<AgentState["state"], (gender: Gender) => string>>; readonly reasons: Readonly<Record<BreakReason, string>>;
  readonly takeBreak: string; readonly norm: (minutes: number) => string; readonly of: (minutes: number) => string; readonly over: (minutes: number) => string;
  readonly breakTitle: string; readonly breakHint: string; readonly resting: string; readonly left: (face: string) => string; readonly ready: string; readonly stateName: string;
}>({
  en: {
    state: { off: () => "Not started", ready: () => "Ready", dialing: () => "Dialing", inCall: () => "In a call", wrapUp: () => "Wrapping up", break: () => "Break", away: () => "Away", offline: () => "Not at the desk" },
    reasons: { rest: "Rest", lunch: "Lunch", training: "Training", other: "Something else" },
    takeBreak: "Take a break", norm: (minutes) => `${minutes} min`, of: (minutes) => `of ${minutes} min`, over: (minutes) => `${minutes} min over the norm`,
    breakTitle: "A break", breakHint: "The microphone is let go. The time is counted from now.", resting: "You are on a break", left: (face) => `${face} left`, ready: "Back to work", stateName: "State",
  },
  ru: {
    state: { off: () => "Смена не начата", ready: (gender) => (gender === "f" ? "Готова" : "Готов"), dialing: () => "Набор", inCall: () => "В разговоре", wrapUp: () => "После звонка", break: () => "Перерыв", away: (gender) => (gender === "f" ? "Отошла" : "Отошёл"), offline: () => "Нет связи с компьютером" },
    reasons: { rest: "Отдых", lunch: "Обед", training: "Обучение", other: "Другое" },
    takeBreak: "Перерыв", norm: (minutes) => `${minutes} мин`, of: (minutes) => `из ${minutes} мин`, over: (minutes) => `на ${minutes} мин дольше нормы`,
    breakTitle: "Перерыв", breakHint: "Микрофон отпускаем. Время считается с этой минуты.", resting: "Вы на перерыве", left: (face) => `осталось ${face}`, ready: "Вернуться к работе", stateName: "Статус",
  },
});
