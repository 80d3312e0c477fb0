import type { NormsTrouble } from "#client/admin/norms.ts";
import type { BreakReason, WorkKind } from "#domain/base/campaign.ts";
import { inBoth } from "#ui/words/language.ts";
import type { NormsProblem, RuleProblem } from "./normsDraft.ts";

interface NormsWords {
  readonly company: string; readonly hint: string; readonly target: string; readonly unit: string; readonly units: Readonly<Record<"contacts" | "points", string>>;
  readonly start: string; readonly end: string; readonly weekend: string; readonly weekdays: readonly string[];
  readonly breaks: string; readonly breakNames: Readonly<Record<BreakReason, string>>;
  readonly weights: string; readonly weightNames: Readonly<Record<"contact" | WorkKind, string>>;
  readonly closes: string; readonly closesHint: string;
  readonly from: string; readonly froms: Readonly<Record<"today" | "tomorrow", string>>; readonly fromHints: Readonly<Record<"today" | "tomorrow", string>>;
  readonly coming: (day: string) => string; readonly save: string; readonly saved: Readonly<Record<"today" | "tomorrow", string>>; readonly undone: string;
  readonly rule: string; readonly ruleHint: string; readonly campaign: string; readonly seconds: string; readonly decisionMaker: string;
  readonly per: string; readonly pers: Readonly<Record<"person" | "company" | "call", string>>; readonly counting: string;
  readonly saveRule: string; readonly ruleSaved: (campaign: string) => string; readonly ruleUndone: (campaign: string) => string;
  readonly problems: Readonly<Record<NormsProblem | RuleProblem, string>>; readonly troubles: Readonly<Record<NormsTrouble, string>>; readonly first: string; readonly name: string; readonly zone: string; readonly zoneHint: string; readonly made: string;
}

/** What the admin reads about norms and contact rules. */
export const normsWords = inBoth<NormsWords>({
  en: {
    company: "Norm of the day", hint: "For everybody to whom a lead has said nothing else. Days that are over never change.",
    target: "Due a day", unit: "Of what", units: { contacts: "contacts", points: "points" },
    start: "The day begins", end: "and ends", weekend: "Days off", weekdays: ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"],
    breaks: "Norms of breaks, minutes", breakNames: { rest: "Rest", lunch: "Lunch", training: "Training", other: "Other" },
    weights: "Worth in points", weightNames: { contact: "Contact", meeting: "Meeting", visit: "Visit", proposal: "Proposal", document: "Document" },
    closes: "A day closes for pay on the next day at", closesHint: "Outcomes, control calls and other work that come later change nothing of that day.",
    from: "Holds", froms: { tomorrow: "from tomorrow", today: "from today" },
    fromHints: { tomorrow: "Nobody's numbers of today change.", today: "Today's numbers are reckoned anew at once, on every screen." },
    coming: (day) => `These hold from ${day} on; until then the earlier ones do.`,
    save: "Save the norm", saved: { tomorrow: "The norm is saved and holds from tomorrow.", today: "The norm is saved and holds from today." }, undone: "The norm is as it was before.",
    rule: "What counts as a contact", ruleHint: "Holds for calls that are answered from the moment of saving. What was counted before stays as it is.",
    campaign: "Campaign", seconds: "Talk at least, seconds", decisionMaker: "Only with the decision maker",
    per: "One contact a day of", pers: { person: "a person", company: "a company", call: "every call" }, counting: "Outcomes that count",
    saveRule: "Save the rule", ruleSaved: (campaign) => `The rule of “${campaign}” is saved and in force.`, ruleUndone: (campaign) => `The rule of “${campaign}” is as it was before.`,
    problems: {
      target: "Not saved: the norm of a day is a whole number from 0 to 10,000.", hours: "Not saved: the working day must end later than it begins.",
      weekend: "Not saved: if every day were off, nobody would owe anything. Leave at least one working day.",
      weights: "Not saved: a worth is a number from 0 to 100, with two digits after the point at most.", contactWeight: "Not saved: a contact must be worth more than 0, because norms are converted by it.",
      breaks: "Not saved: the norm of a break is a whole number of minutes from 1 to 480.", closes: "Not saved: enter the hour at which a day closes, such as 12:00.",
      name: "Not saved: enter the company's name, 200 characters at most.",
      seconds: "Not saved: the shortest talk is a whole number of seconds from 0 to 3,600.", counting: "Not saved: with no outcome that counts, nobody could ever reach the norm. Tick at least one.",
    },
    troubles: {
      offline: "The server cannot be reached; nothing was changed. Try again when the connection is back.", forbidden: "Only an administrator may do this. Sign in again.",
      newer: "Somebody else has saved in between; nothing of yours was changed. You now see their version: make your change once more.",
      tooLate: "Too late to take it back: that day is over. Enter the earlier values and save them.", invalid: "The server did not take what was entered. Check the fields.",
      trouble: "The server could not do it; nothing was changed. Its log says why.",
    },
    first: "The company has no settings yet. Enter them here once: until then nothing is due and nothing counts.",
    name: "Name of the company", zone: "Time zone", zoneHint: "In it days begin and end, for everybody and for ever: it cannot be changed later.", made: "The settings are saved: the company can begin.",
  },
  ru: {
    company: "Норма дня", hint: "Для всех, кому руководитель не задал другого. Прошедшие дни не меняются никогда.",
    target: "План на день", unit: "Чего", units: { contacts: "контактов", points: "баллов" },
    start: "День начинается в", end: "кончается в", weekend: "Выходные", weekdays: ["Пн", "Вт", "Ср", "Чт", "Пт", "Сб", "Вс"],
    breaks: "Нормы перерывов, минут", breakNames: { rest: "Отдых", lunch: "Обед", training: "Обучение", other: "Другое" },
    weights: "Сколько стоит в баллах", weightNames: { contact: "Контакт", meeting: "Встреча", visit: "Выезд", proposal: "КП", document: "Документ" },
    closes: "День закрывается для оплаты назавтра в", closesHint: "Результаты, контрольные звонки и другая работа, записанные позже, в этом дне ничего не изменят.",
    from: "Действует", froms: { tomorrow: "с завтрашнего дня", today: "с сегодняшнего" },
    fromHints: { tomorrow: "Сегодняшние числа ни у кого не изменятся.", today: "Сегодняшние числа сразу пересчитаются на всех экранах." },
    coming: (day) => `Эти нормы действуют с ${day}, до тех пор — прежние.`,
    save: "Сохранить норму", saved: { tomorrow: "Норма сохранена и действует с завтрашнего дня.", today: "Норма сохранена и действует с сегодняшнего дня." }, undone: "Норма снова прежняя.",
    rule: "Что считается контактом", ruleHint: "Действует для звонков, на которые ответят после сохранения. Засчитанное раньше не изменится.",
    campaign: "Кампания", seconds: "Разговор не короче, секунд", decisionMaker: "Только с ЛПР",
    per: "Один контакт в день", pers: { person: "с человека", company: "с компании", call: "каждый звонок" }, counting: "Какие результаты засчитываются",
    saveRule: "Сохранить правило", ruleSaved: (campaign) => `Правило кампании «${campaign}» сохранено и действует.`, ruleUndone: (campaign) => `Правило кампании «${campaign}» снова прежнее.`,
    problems: {
      target: "Не сохранено: план на день — целое число от 0 до 10 000.", hours: "Не сохранено: рабочий день должен кончаться позже, чем начинается.",
      weekend: "Не сохранено: если выходные все дни, плана не будет ни у кого. Оставьте хотя бы один рабочий.",
      weights: "Не сохранено: стоимость — число от 0 до 100, не больше двух знаков после запятой.", contactWeight: "Не сохранено: контакт должен стоить больше 0, по нему пересчитываются планы.",
      breaks: "Не сохранено: норма перерыва — целое число минут от 1 до 480.", closes: "Не сохранено: укажите час, когда закрывается день, например 12:00.",
      name: "Не сохранено: введите название компании, не длиннее 200 знаков.",
      seconds: "Не сохранено: наименьшая длина разговора — целое число секунд от 0 до 3600.", counting: "Не сохранено: если не засчитывать ни один результат, план не выполнит никто. Отметьте хотя бы один.",
    },
    troubles: {
      offline: "Сервер не отвечает, ничего не изменилось. Попробуйте, когда связь вернётся.", forbidden: "Это может только администратор. Войдите ещё раз.",
      newer: "Кто-то сохранил раньше, ваше не сохранено. Теперь вы видите его версию: внесите изменения ещё раз.",
      tooLate: "Вернуть уже нельзя: тот день прошёл. Введите прежние значения и сохраните.", invalid: "Сервер не принял введённое. Проверьте поля.",
      trouble: "Сервер не справился, ничего не изменилось. Причина — в его журнале.",
    },
    first: "У компании пока нет настроек. Задайте их здесь один раз: до этого плана нет и ничего не засчитывается.",
    name: "Название компании", zone: "Часовой пояс", zoneHint: "По нему начинаются и кончаются дни, для всех и навсегда: позже его не изменить.", made: "Настройки сохранены, можно начинать.",
  },
});
