import type { Trouble } from "#domain/wallboard/board.ts";
import { inBoth } from "#ui/words/language.ts";
import { enForm, ruForm } from "#ui/words/plural.ts";

const enNumber = new Intl.NumberFormat("en");
const ruNumber = new Intl.NumberFormat("ru");

/** What the board says. */
export const boardWords = inBoth({
  en: {
    title: "Team",
    people: (all: number, working: number) => `${all} ${enForm(all, "person", "people")}, ${working} on shift`,
    columns: {
      person: "Person", state: "State", contacts: "Contacts",
      funnel: "Funnel", line: "On the line", quality: "Line", objection: "Last objection", listen: "Listening in",
    },
    states: { off: "off shift", ready: "ready", dialing: "dialing", inCall: "in a call", wrapUp: "wrap-up" },
    away: { idle: "away", locked: "away, screen locked", input: "away", hidden: "in another window" },
    causes: { asleep: "computer asleep", closed: "page closed", lost: "call left open" },
    breaks: { rest: "break", lunch: "lunch", training: "training", other: "break, other" },
    trouble: (trouble: Trouble) => {
      switch (trouble.kind) {
        case "longBreak": return `break ${trouble.minutes} min, norm ${trouble.norm}`;
        case "away": return `${trouble.source === "hidden" ? "in another window" : "away"} for ${trouble.minutes} min`;
        case "idle": return `no call for ${trouble.minutes} min, norm ${trouble.norm}`;
        case "longWrapUp": return `wrap-up ${trouble.minutes} min, norm ${trouble.norm}`;
        case "offline": return "not connected";
        case "badLine": return trouble.bad === "far" ? "bad line, client’s side" : "bad line, agent’s side";
      }
    },
    quality: { good: "good", fair: "fair", bad: "bad" },
    qualityWhy: {
      heard: "The line is bad: the agent’s network loses part of what the client says.", sent: "The line is bad: the agent’s network loses part of what the agent says, and the client hears gaps.",
      both: "The line is bad: the agent’s network cannot keep up, and both hear gaps or a delay.", far: "The line is bad: the gaps come from the client’s side, the agent’s network is fine.",
    },
    of: (target: number, points?: boolean) => `of ${target}${points ? " pts" : ""}`, number: (value: number) => enNumber.format(value), points: "points",
    target: {
      title: "Target", change: "Change today’s target", changeOf: (name: string) => `Change ${name}’s target`, own: "the company’s own", byLead: (name: string) => `set by ${name}`, byLeadUnknown: "set by a lead",
      plan: (amount: string, unit: string, start: string, end: string) => `${amount} ${unit}, ${start}–${end}`, free: "nothing is due", from: (face: string) => `from ${face}`,
      amount: "How many", unit: "Of what", units: { contacts: "contacts", points: "points" }, start: "From", end: "Till", when: "Holds", whens: { now: "from now on", day: "the whole day" }, last: "Up to and with", save: "Set the target",
      hint: "What has fallen due by now stays due; what falls due later changes.", wholeHint: "The day is reckoned anew from its beginning.", freeHint: "0 means: nothing more is due.",
      invalid: "A whole number from 0 to 10,000; till must be later than from.", saved: (name: string) => `${name}’s target is set.`, withdrawn: "The target is taken back.", takeBack: "Take back",
    },
    clock: (minutes: number) => `The clock of this person’s computer is ${Math.abs(minutes)} min ${minutes > 0 ? "slow" : "fast"}; times here are by the company’s clock.`,
    ofTarget: (count: number, target: number) => `${enNumber.format(count)} of ${enNumber.format(target)}`,
    contacts: (count: number) => enForm(count, "contact", "contacts"),
    pace: (percent: number) => `pace ${percent}%`,
    paceHint: (count: number, due: number, target: number) => `${count} of ${target}, ${due} due by now`,
    funnel: (dialed: number, answered: number, decisionMaker: number, contacts: number) =>
      `${dialed} dialed, ${answered} answered, ${decisionMaker} decision makers, ${contacts} contacts`,
    funnelSteps: ["Dialed", "Answered", "Decision maker", "Contacts"],
    attention: (count: number) => `${count} ${enForm(count, "needs", "need")} attention`,
    allWell: "no alarms",
    quote: (words: string) => `“${words}”`,
    listen: "Listen",
    heard: "listening",
    noLine: "—",
    someone: "Client", practice: "practice",
    wordsComing: "the client’s words are on their way",
    loading: "Gathering the team",
    empty: "Nobody is in this team yet",
    emptyHint: "A row appears as soon as somebody of the team signs in and starts the shift.",
    offline: "The server cannot be reached.",
    offlineHint: "The numbers are those from before. It reconnects by itself; there is nothing to do.",
    today: "Today",
    byHour: "Contacts by the hour",
    finish: (clock: string) => `At this rate the target is met at ${clock}.`,
    tooLate: "At this rate the target is not met by the end of the day.",
    keys: { move: "rows", listen: "listen", trouble: "next who needs help", stop: "stop" },
  },
  ru: {
    title: "Группа",
    people: (all, working) => `${all} ${ruForm(all, "человек", "человека", "человек")}, на смене ${working}`,
    columns: {
      person: "Сотрудник", state: "Статус", contacts: "Контакты",
      funnel: "Воронка", line: "На линии", quality: "Связь", objection: "Последнее возражение", listen: "Прослушивание",
    },
    states: { off: "не на смене", ready: "готов к звонку", dialing: "набор", inCall: "разговор", wrapUp: "после звонка" },
    away: { idle: "нет на месте", locked: "экран заблокирован", input: "нет на месте", hidden: "в другом окне" },
    causes: { asleep: "компьютер спит", closed: "страница закрыта", lost: "звонок не закрыт" },
    breaks: { rest: "перерыв", lunch: "обед", training: "обучение", other: "перерыв по делу" },
    trouble: (trouble) => {
      switch (trouble.kind) {
        case "longBreak": return `перерыв ${trouble.minutes} мин, норма ${trouble.norm}`;
        case "away": return `${trouble.source === "hidden" ? "в другом окне" : "нет на месте"} ${trouble.minutes} мин`;
        case "idle": return `без звонка ${trouble.minutes} мин, норма ${trouble.norm}`;
        case "longWrapUp": return `после звонка ${trouble.minutes} мин, норма ${trouble.norm}`;
        case "offline": return "нет связи";
        case "badLine": return trouble.bad === "far" ? "плохая связь у клиента" : "плохая связь у сотрудника";
      }
    },
    quality: { good: "хорошая", fair: "средняя", bad: "плохая" },
    qualityWhy: {
      heard: "Связь плохая: сеть сотрудника теряет часть слов клиента.", sent: "Связь плохая: сеть сотрудника теряет часть его слов, клиент слышит провалы.",
      both: "Связь плохая: сеть сотрудника не успевает, провалы или задержка у обоих.", far: "Связь плохая: провалы идут со стороны клиента, сеть сотрудника в порядке.",
    },
    of: (target, points) => `из ${target}${points ? " б." : ""}`, number: (value) => ruNumber.format(value), points: "баллов",
    target: {
      title: "План", change: "Изменить план", changeOf: (name) => `Изменить план: ${name}`, own: "общий для компании", byLead: (name) => `задал руководитель: ${name}`, byLeadUnknown: "задал руководитель",
      plan: (amount, unit, start, end) => `${amount} ${unit}, ${start}–${end}`, free: "плана нет", from: (face) => `с ${face}`,
      amount: "Сколько", unit: "Чего", units: { contacts: "контактов", points: "баллов" }, start: "С", end: "До", when: "Действует", whens: { now: "с этой минуты", day: "на весь день" }, last: "По какой день", save: "Задать план",
      hint: "Что уже должно быть сделано к этой минуте, остаётся; меняется то, что дальше.", wholeHint: "День пересчитывается с начала.", freeHint: "0 — дальше плана нет.",
      invalid: "Целое число от 0 до 10 000; «до» позже, чем «с».", saved: (name) => `План задан: ${name}.`, withdrawn: "План отменён, действует прежний.", takeBack: "Отменить",
    },
    clock: (minutes) => `Часы на компьютере сотрудника ${minutes > 0 ? "отстают" : "спешат"} на ${Math.abs(minutes)} мин; время здесь — по часам компании.`,
    ofTarget: (count, target) => `${ruNumber.format(count)} из ${ruNumber.format(target)}`,
    contacts: (count) => ruForm(count, "контакт", "контакта", "контактов"),
    pace: (percent) => `темп ${percent} %`,
    paceHint: (count, due, target) => `${count} из ${target}, к этому часу по плану ${due}`,
    funnel: (dialed, answered, decisionMaker, contacts) =>
      `Набрано ${dialed}, ответили ${answered}, ЛПР ${decisionMaker}, контактов ${contacts}`,
    funnelSteps: ["Набрано", "Ответили", "ЛПР", "Контакты"],
    attention: (count) => `${count} ${ruForm(count, "требует", "требуют", "требуют")} внимания`,
    allWell: "тревог нет",
    quote: (words) => `«${words}»`,
    listen: "Слушать",
    heard: "слушаете",
    noLine: "—",
    someone: "Клиент", practice: "тренировка",
    wordsComing: "слова клиента ещё не пришли",
    loading: "Собираем группу",
    empty: "В группе пока никого нет",
    emptyHint: "Строка появится, как только сотрудник группы войдёт и начнёт смену.",
    offline: "Нет связи с сервером.",
    offlineHint: "Числа — на момент обрыва. Подключаемся снова, делать ничего не нужно.",
    today: "Сегодня",
    byHour: "Контакты по часам",
    finish: (clock) => `Таким темпом план будет выполнен к ${clock}.`,
    tooLate: "Таким темпом план до конца дня не выполнить.",
    keys: { move: "строки", listen: "слушать", trouble: "к тому, кому нужна помощь", stop: "не слушать" },
  },
});
