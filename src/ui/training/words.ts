import type { Difficulty } from "#domain/practice/difficulty.ts";
import type { CustomerChoice } from "#domain/practice/facts.ts";
import type { Objection } from "#domain/practice/situations.ts";
import { enForm, ruForm } from "#ui/words/plural.ts";
import { inBoth } from "#ui/words/language.ts";

export const trainingWords = inBoth<{
  readonly title: string; readonly practise: string; readonly results: string; readonly practising: string; readonly apart: string;
  readonly line: (done: number, calls: number, until: string) => string; readonly nth: (nth: number, calls: number) => string; readonly late: string; readonly doneState: string; readonly doneLate: string; readonly withdrawnState: string;
  readonly progress: (done: number, calls: number) => string; readonly until: (day: string) => string; readonly free: string; readonly none: string; readonly noneOfPerson: string; readonly noCalls: string;
  readonly customers: Readonly<Record<CustomerChoice, string>>; readonly difficulties: Readonly<Record<Difficulty, string>>; readonly difficultyHints: Readonly<Record<Difficulty, string>>;
  readonly lookBack: string; readonly coming: string; readonly notAnswered: string; readonly nothingRaised: string; readonly decider: (face: string) => string; readonly noDecider: string;
  readonly met: (handler: string, face: string) => string; readonly unmet: string; readonly objections: Readonly<Record<Objection, string>>; readonly noOutcome: string;
  readonly assign: string; readonly assignTo: (name: string) => string; readonly customer: string; readonly difficulty: string; readonly howMany: string; readonly byWhen: string; readonly assigned: (name: string) => string;
  readonly withdraw: string; readonly withdrawn: string; readonly invalid: string;
}>({
  en: {
    title: "Practice", practise: "Practice call", results: "My practice", practising: "Practice call", apart: "It does not count and stands in no figures.",
    line: (done, calls, until) => `Practice: ${done} of ${calls} done, by ${until}`, nth: (nth, calls) => `${nth} of ${calls}`, late: "overdue", doneState: "done", doneLate: "done late", withdrawnState: "taken back",
    progress: (done, calls) => `${done} of ${calls} ${enForm(calls, "call", "calls")}`, until: (day) => `by ${day}`, free: "Beside what was assigned", none: "No practice yet. Practise between calls: a simulated client answers, and nothing counts.", noneOfPerson: "Nothing was asked for yet.", noCalls: "No calls yet.",
    customers: {
      mix: "A mix of clients", objectsThenAgrees: "Objects, then agrees", polite: "Polite", gatekeeper: "Gatekeeper", neverAnswers: "Never answers", tooExpensive: "“Too expensive”", sendEmail: "“Send it by e-mail”",
      hasSupplier: "“We have a supplier”", notSeason: "“Not the season”", angry: "Angry", silent: "Silent", busy: "Engaged", hangsUpAtOnce: "Hangs up at once", answeringMachine: "Answering machine",
    },
    difficulties: { easy: "Easy", usual: "Usual", hard: "Hard" },
    difficultyHints: { easy: "Patient, with fewer objections.", usual: "As clients mostly are.", hard: "Impatient, with one objection more." },
    lookBack: "Look back", coming: "Gathering what the client said…", notAnswered: "Nobody answered, so there is nothing to look back at.", nothingRaised: "The client raised no objections.",
    decider: (face) => `Decision maker after ${face}`, noDecider: "Decision maker not marked", met: (handler, face) => `“${handler}” opened after ${face}`, unmet: "no handler opened", noOutcome: "no outcome yet",
    objections: {
      tooExpensive: "Too expensive", sendEmail: "Send it by e-mail", hasSupplier: "Has a supplier", notSeason: "Not the season", needToThink: "Needs to think", noTime: "No time",
      notInterested: "Not interested", whereFromNumber: "Where did you get my number?", gatekeeper: "Does not put through",
    },
    assign: "Assign practice", assignTo: (name) => `Assign practice to ${name}`, customer: "Client", difficulty: "Difficulty", howMany: "Calls", byWhen: "By", assigned: (name) => `Practice assigned to ${name}.`,
    withdraw: "Take back", withdrawn: "Practice taken back.", invalid: "From 1 to 50 calls, today or later.",
  },
  ru: {
    title: "Тренировки", practise: "Потренироваться", results: "Мои тренировки", practising: "Тренировка", apart: "В план и показатели не идёт.",
    line: (done, calls, until) => `Тренировка: ${done} из ${calls}, до ${until}`, nth: (nth, calls) => `${nth} из ${calls}`, late: "просрочено", doneState: "выполнено", doneLate: "выполнено с опозданием", withdrawnState: "отозвано",
    progress: (done, calls) => `${done} из ${calls} ${ruForm(calls, "звонка", "звонков", "звонков")}`, until: (day) => `до ${day}`, free: "Сверх заданий", none: "Тренировок пока не было. Потренируйтесь между звонками: ответит учебный клиент, и в план ничего не пойдёт.", noneOfPerson: "Пока ничего не назначено.", noCalls: "Звонков пока не было.",
    customers: {
      mix: "Разные клиенты", objectsThenAgrees: "Возражает, потом соглашается", polite: "Вежливый", gatekeeper: "Секретарь", neverAnswers: "Не берёт трубку", tooExpensive: "«Дорого»", sendEmail: "«Пришлите на почту»",
      hasSupplier: "«Уже есть поставщик»", notSeason: "«Не сезон»", angry: "Сердитый", silent: "Молчун", busy: "Занято", hangsUpAtOnce: "Сразу бросает трубку", answeringMachine: "Автоответчик",
    },
    difficulties: { easy: "Легко", usual: "Обычно", hard: "Сложно" },
    difficultyHints: { easy: "Терпеливы, возражают меньше.", usual: "Как большинство клиентов.", hard: "Нетерпеливы, на одно возражение больше." },
    lookBack: "Разбор звонка", coming: "Собираем, что говорил клиент…", notAnswered: "Не ответили, разбирать нечего.", nothingRaised: "Возражений не было.",
    decider: (face) => `ЛПР через ${face}`, noDecider: "ЛПР не отмечен", met: (handler, face) => `отработка «${handler}», через ${face}`, unmet: "отработку не открывали", noOutcome: "результата ещё нет",
    objections: {
      tooExpensive: "Дорого", sendEmail: "Пришлите на почту", hasSupplier: "Уже есть поставщик", notSeason: "Не сезон", needToThink: "Надо подумать", noTime: "Нет времени",
      notInterested: "Не интересно", whereFromNumber: "Откуда у вас мой номер?", gatekeeper: "Секретарь не соединяет",
    },
    assign: "Назначить тренировку", assignTo: (name) => `Назначить тренировку: ${name}`, customer: "Клиент", difficulty: "Сложность", howMany: "Звонков", byWhen: "До", assigned: (name) => `Тренировка назначена: ${name}.`,
    withdraw: "Отозвать", withdrawn: "Тренировка отозвана.", invalid: "От 1 до 50 звонков, сегодня или позже.",
  },
});
export type TrainingWords = (typeof trainingWords)["en"];
