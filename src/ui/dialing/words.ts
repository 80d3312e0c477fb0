import { enForm, ruForm } from "#ui/words/plural.ts";
import { inBoth } from "#ui/words/language.ts";

export const dialingWords = inBoth({
  en: {
    client: "Client", there: (face: string) => `${face} there`, nowhere: "Dialed by hand: nothing is known yet.", extension: (digits: string) => `, ext. ${digits}`, about: "About them", before: "Before today", never: "Nobody has called yet.",
    decider: "Decision maker", lastTime: "Last time", why: "Why now", first: "First call: nobody has spoken with them yet.",
    again: (count: number) => `Called ${count} ${enForm(count, "time", "times")} before`, last: (day: string) => `last on ${day}`,
    call: "Call", skip: "Skip", next: "Next prospect", noOutcome: "no outcome", byYou: "you",
    stock: (count: number) => (count === 0 ? "More will be fetched" : `${count} more ${enForm(count, "prospect", "prospects")} ready`),
    empty: "Nobody to call just now", barred: (count: number) => `Passed over because your company does not dial such numbers: ${count}. If that is a mistake, tell your administrator: the dial plan is in Settings.`, emptyWhy: "The list is used up, or the people left may not be called at this hour. Tell your team lead, or look again in a few minutes.", lookAgain: "Look again",
    offlineEmpty: "The people kept on this computer have all been called", offlineEmptyWhy: "There is no connection to the server, so new ones cannot be fetched. Everything you did is kept here and will be sent. Take a break; when the connection is back, go on.",
  },
  ru: {
    client: "Клиент", there: (face: string) => `там ${face}`, nowhere: "Набран вручную: о клиенте пока ничего не известно.", extension: (digits: string) => `, доб. ${digits}`, about: "Что известно", before: "Было раньше", never: "Ещё никто не звонил.",
    decider: "ЛПР", lastTime: "В прошлый раз", why: "Почему сейчас", first: "Первый звонок: с этим клиентом ещё не говорили.",
    again: (count: number) => `Звонили ${count} ${ruForm(count, "раз", "раза", "раз")}`, last: (day: string) => `последний раз ${day}`,
    call: "Позвонить", skip: "Пропустить", next: "Следующий клиент", noOutcome: "без результата", byYou: "вы",
    stock: (count: number) => (count === 0 ? "Новые клиенты подгрузятся" : `Наготове ещё ${count} ${ruForm(count, "клиент", "клиента", "клиентов")}`),
    empty: "Звонить пока некому", barred: (count: number) => `Пропущено, потому что на такие номера у вас не звонят: ${count}. Если это ошибка, скажите администратору: правила набора в «Настройках».`, emptyWhy: "База пройдена, или оставшимся сейчас звонить нельзя: у них не то время. Скажите руководителю или загляните через несколько минут.", lookAgain: "Проверить ещё раз",
    offlineEmpty: "Все, кто был на этом компьютере, уже обзвонены", offlineEmptyWhy: "Связи с сервером нет, новых клиентов не получить. Всё сделанное сохранено здесь и уйдёт само. Передохните: связь вернётся — продолжите.",
  },
});
