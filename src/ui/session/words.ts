import type { SignInRefusal } from "#client/session/session.ts";
import { inBoth } from "#ui/words/language.ts";
import { enForm, ruForm } from "#ui/words/plural.ts";

/** What the way in, the frame and the pages in between say. */
export const sessionWords = inBoth({
  en: {
    what: "The prompter for people who sell by phone: it dials, gives you the words, keeps what the client says, and counts contacts truthfully.",
    email: "E-mail",
    password: "Password",
    signIn: "Sign in",
    signingIn: "Checking…",
    capsLock: "Caps Lock is on.",
    refusals: {
      wrong: "This e-mail and password do not match. Check the keyboard layout and Caps Lock.",
      tooMany: (minutes: number) => `Too many tries in a row. The next one is taken in ${minutes} ${enForm(minutes, "minute", "minutes")}.`,
      offline: "The server cannot be reached. Check the network: you can enter as soon as it answers.",
      server: "The server could not do it. Try again in a minute.",
    },
    demoRefusals: {
      wrong: "This person is no longer in the demo. Reload the page.",
      tooMany: (minutes: number) => `Too many tries in a row. The next one is taken in ${minutes} ${enForm(minutes, "minute", "minutes")}.`,
      offline: "The server cannot be reached. Check that it is running.",
      server: "The server could not do it. Try again in a minute.",
    },
    missing: { email: "Enter your e-mail.", password: "Enter your password." },
    ended: "The session is over. Sign in again: all that was recorded is in its place.",
    left: "You have signed out.",
    demo: "This is a demo: be anybody",
    demoHint: "One click, no typing. Open a second, private window to be two people at once.",
    sees: {
      agent: "calls, reads, takes words down",
      lead: "sees the team, hears the calls",
      editor: "writes answers to objections",
      closer: "takes warm clients; not built yet",
      admin: "sees team and scripts, sets up norms and telephony",
    },
    parts: {
      desk: "Desk", lead: "Team", scripts: "Scripts", handoffs: "Hand-offs",
      lists: "Lists", reports: "Reports", process: "Processes", admin: "Settings",
    },
    nav: "Parts",
    later: {
      handoffs: "The queue of warm clients will be here: who is interested, what they said in their own words, which step was agreed, and which closer has it.",
      lists: "The lists of clients will be here: import from CSV and XLSX, checks of numbers and doubles, the do-not-call list.",
      reports: "Reports by day, week and month will be here: quantity beside quality, and every number opens the calls it was made from.",
      process: "The map of the department’s processes will be here: the steps, who does each, who controls it, and the documents it needs.",
    },
    laterHint: "This part is not built yet. Nothing is broken.",
    noScreenYet: "There is no working screen for your role yet.",
    notYours: (part: string, role: string) => `The part “${part}” is not for your role (${role.toLowerCase()}).`,
    toYours: (part: string) => `Open “${part}”`,
    opening: "Opening…",
    failed: "The screen did not open",
    failedHint: "All that was recorded is in its place. Try again; if that does not help, reload the page.",
    again: "Try again",
    fallen: "This screen has broken",
    fallenHint: "All that was recorded is in its place. Reload the page to go on.",
    newer: "A newer Sufler is ready. Loading it takes a second.",
    loadNewer: "Load it now",
    reload: "Reload the page",
    detail: "Details for the administrator",
  },
  ru: {
    what: "Суфлёр для тех, кто продаёт по телефону: набирает номер, подсказывает слова, записывает фразы клиента и честно считает контакты.",
    email: "Почта",
    password: "Пароль",
    signIn: "Войти",
    signingIn: "Проверяем…",
    capsLock: "Включён Caps Lock.",
    refusals: {
      wrong: "Почта и пароль не подходят друг к другу. Проверьте раскладку и Caps Lock.",
      tooMany: (minutes: number) => `Слишком много попыток подряд. Попробуйте снова через ${minutes === 1 ? "" : `${minutes} `}${ruForm(minutes, "минуту", "минуты", "минут")}.`,
      offline: "Сервер недоступен. Проверьте сеть: как только он ответит, вход заработает.",
      server: "Сервер не справился. Попробуйте ещё раз через минуту.",
    },
    demoRefusals: {
      wrong: "Этого человека в демонстрации больше нет. Обновите страницу.",
      tooMany: (minutes: number) => `Слишком много входов подряд. Попробуйте снова через ${minutes === 1 ? "" : `${minutes} `}${ruForm(minutes, "минуту", "минуты", "минут")}.`,
      offline: "Сервер недоступен. Проверьте, что он запущен.",
      server: "Сервер не справился. Попробуйте ещё раз через минуту.",
    },
    missing: { email: "Впишите почту.", password: "Впишите пароль." },
    ended: "Сеанс закончился. Войдите снова: всё записанное на месте.",
    left: "Вы вышли.",
    demo: "Демонстрация: зайдите кем угодно",
    demoHint: "Одним нажатием, без пароля. Откройте второе окно в режиме инкогнито, чтобы быть двумя людьми сразу.",
    sees: {
      agent: "звонит, читает, записывает",
      lead: "видит группу, слышит звонки",
      editor: "пишет ответы на возражения",
      closer: "ведёт сделки; раздел строится",
      admin: "видит группу и скрипты, настраивает нормы и телефонию",
    },
    parts: {
      desk: "Рабочее место", lead: "Группа", scripts: "Скрипты", handoffs: "Передачи",
      lists: "Списки", reports: "Отчёты", process: "Процессы", admin: "Настройки",
    },
    nav: "Разделы",
    later: {
      handoffs: "Здесь будет очередь тёплых клиентов: кто заинтересовался, что сказал своими словами, о каком шаге договорились — и кто из менеджеров его ведёт.",
      lists: "Здесь будут списки клиентов: загрузка из CSV и XLSX, проверка номеров и дублей, запрет звонков.",
      reports: "Здесь будут отчёты за день, неделю и месяц: количество рядом с качеством, и каждое число раскрывается до звонков, из которых сложилось.",
      process: "Здесь будет карта процессов отдела: шаги, кто делает, кто проверяет и какие документы нужны на каждом шаге.",
    },
    laterHint: "Этот раздел ещё не построен. Ничего не сломано.",
    noScreenYet: "Для вашей роли рабочего экрана пока нет.",
    notYours: (part, role) => `Раздел «${part}» — не для вашей роли (${role.toLowerCase()}).`,
    toYours: (part) => `Открыть «${part}»`,
    opening: "Открываем…",
    failed: "Экран не открылся",
    failedHint: "Всё записанное на месте. Попробуйте ещё раз; если не поможет, обновите страницу.",
    again: "Попробовать ещё раз",
    fallen: "Этот экран сломался",
    fallenHint: "Всё записанное на месте. Обновите страницу, чтобы продолжить.",
    newer: "Вышла новая версия. Загрузка займёт секунду.",
    loadNewer: "Обновить сейчас",
    reload: "Обновить страницу",
    detail: "Подробности для администратора",
  },
});

type Refusals = (typeof sessionWords)["en"]["refusals"];

/** Why somebody was not let in, in one sentence; how long to wait is the server's word, in whole minutes. */
export function refusalSentence(refusal: SignInRefusal, words: Refusals): string {
  return refusal.why === "tooMany" ? words.tooMany(Math.max(1, Math.ceil(refusal.wait / 60))) : words[refusal.why];
}
