import { inBoth } from "./language.ts";

/** Words that several rooms use. */
export const commonWords = inBoth({
  en: {
    close: "Close", cancel: "Cancel", undo: "Undo", tryAgain: "Try again",
    language: "Language", languages: { en: "English", ru: "Русский" },
    theme: "Colours", themes: { system: "Auto", light: "Light", dark: "Dark" },
    signOut: "Sign out", signIn: "Sign in",
    roles: { agent: "Telemarketer", lead: "Team lead", editor: "Script editor", closer: "Closer", admin: "Administrator" },
    loading: "One moment…",
    fallen: "This part of the screen has broken. What you have recorded is safe.",
  },
  ru: {
    close: "Закрыть", cancel: "Отмена", undo: "Вернуть", tryAgain: "Показать снова",
    language: "Язык", languages: { en: "English", ru: "Русский" },
    theme: "Оформление", themes: { system: "Авто", light: "Светлое", dark: "Тёмное" },
    signOut: "Выйти", signIn: "Войти",
    roles: { agent: "Телемаркетолог", lead: "Руководитель группы", editor: "Редактор скриптов", closer: "Менеджер по сделкам", admin: "Администратор" },
    loading: "Минутку…",
    fallen: "Эта часть экрана сломалась. Всё записанное цело.",
  },
});
