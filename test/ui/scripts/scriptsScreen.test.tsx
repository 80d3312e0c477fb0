// @vitest-environment jsdom
import { fireEvent, screen, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import type { Language } from "#domain/base/campaign.ts";
import { editorStates, published, standingEditor } from "#ui/preview/editorFixtures.ts";
import { ScriptsScreen } from "#ui/screens/ScriptsScreen.tsx";
import { onScreen } from "../onScreen.tsx";

const texts = {
  ru: {
    outline: "Содержание скрипта", filter: "Найти в скрипте", fresh: /^Новая отработка/, publish: /^Опубликовать/, discard: "Отменить правки", undo: "Вернуть",
    title: "Возражение", gist: "Суть", phrasing: "Формулировка 1", synonyms: "Как ещё это говорят", add: "Ещё формулировка", second: "Формулировка 2",
    price: /^Дорого/, email: /^Пришлите на почту/, opening: /^Приветствие/, reason: "Повод", english: "Английский", englishTitle: /Storage for wholesalers/,
    readOnly: /Модули пока только для чтения/, answer: "Да, слушаю", name: "имя клиента",
    noGist: "Скажите одной строкой, чего добиться ответом.", noPhrasing: "Нужна хотя бы одна формулировка.", same: "Возражение с таким названием уже есть.", taken: "Дорого",
    isNew: "Появится новая отработка", done: /Опубликовано: «Мы переезжаем», версия 1/, now: /Уже у сотрудников/, newTitle: "Мы переезжаем",
    newer: /вышла новая версия/, keep: "Оставить свою и править дальше", take: "Взять опубликованную", failed: /Сервер не справился/, offline: /Писать можно/,
    changes: ["Слова для поиска", "Формулировка 2", "Добавится формулировка 3"], other: /Есть незаконченный черновик: «Дорого»/, toDraft: "К черновику", none: "Скриптов пока нет",
  },
  en: {
    outline: "Outline of the script", filter: "Find in the script", fresh: /^New handler/, publish: /^Publish/, discard: "Discard changes", undo: "Undo",
    title: "Objection", gist: "Gist", phrasing: "Phrasing 1", synonyms: "Other ways to say it", add: "Another phrasing", second: "Phrasing 2",
    price: /^Too expensive/, email: /^Send it by e-mail/, opening: /^Opening/, reason: "Reason", english: "Russian", englishTitle: /Склад для оптовиков/,
    readOnly: /Modules can only be read for now/, answer: "Yes, go ahead", name: "client’s name",
    noGist: "Say in one line what the reply must achieve.", noPhrasing: "At least one phrasing is needed.", same: "There is an objection of this name already.", taken: "Too expensive",
    isNew: "A new handler will appear", done: /Published: “We are moving”, version 1/, now: /Agents have it now/, newTitle: "We are moving",
    newer: /A newer version came out/, keep: "Keep mine and go on", take: "Take the newer one", failed: /The server could not do it/, offline: /You can write on/,
    changes: ["The words to find it by", "Phrasing 2", "Phrasing 3 is added"], other: /There is an unfinished draft: “Too expensive”/, toDraft: "To the draft", none: "There are no scripts yet",
  },
} as const;

const show = (editor: ReturnType<typeof standingEditor>, language: Language): void => { onScreen(<ScriptsScreen editor={editor} onSignOut={() => {}} />, language); };
const button = (name: string | RegExp): HTMLButtonElement => screen.getByRole("button", { name });
const field = (name: string): HTMLInputElement => screen.getByRole("textbox", { name });
const write = (name: string, value: string): void => { fireEvent.change(field(name), { target: { value } }); };

describe.each(["ru", "en"] as const)("the editor's screen in %s", (language) => {
  const t = texts[language];

  it("shows a module as the agent sees it, with where each answer leads, and says that it cannot be edited yet", () => {
    show(standingEditor(editorStates.choose(language)), language);
    fireEvent.click(button(t.opening));
    expect(screen.getByText(t.readOnly)).toBeTruthy();
    expect(screen.getByText(t.name)).toBeTruthy();
    const answer = screen.getByText(t.answer).closest("li");
    fireEvent.click(within(answer as HTMLElement).getByRole("button", { name: t.reason }));
    expect(screen.getByRole("heading", { level: 1, name: t.reason })).toBeTruthy();
    expect(screen.queryByRole("button", { name: t.publish })).toBeNull();
  });

  it("adds a handler by one key, marks what is missing only when publishing is tried, and says when agents have it", () => {
    const editor = standingEditor(editorStates.choose(language));
    show(editor, language);
    fireEvent.keyDown(document.body, { code: "KeyN" });
    expect(screen.getByText(t.isNew)).toBeTruthy();
    expect(button(t.publish).disabled).toBe(true);
    write(t.title, t.newTitle);
    expect(screen.queryByText(t.noGist)).toBeNull();
    fireEvent.click(button(t.publish));
    expect(editor.sent).toEqual([]);
    expect(field(t.gist).getAttribute("aria-invalid")).toBe("true");
    expect(screen.getByText(t.noPhrasing)).toBeTruthy();
    write(t.gist, "gist");
    write(t.phrasing, "words");
    write(t.synonyms, "one, two");
    expect(screen.queryByText(t.noGist)).toBeNull();
    fireEvent.click(button(t.publish));
    expect(editor.sent).toMatchObject([{ title: t.newTitle, gist: "gist", synonyms: "one, two", phrasings: ["words"], based: 0 }]);
    expect(screen.getByText(t.done)).toBeTruthy();
    expect(screen.getByText(t.now)).toBeTruthy();
    expect(within(screen.getByRole("navigation", { name: t.outline })).getByRole("button", { name: t.newTitle })).toBeTruthy();
  });

  it("says at once that a name is taken", () => {
    show(standingEditor(editorStates.half(language)), language);
    expect(screen.getByText(t.same)).toBeTruthy();
    expect(screen.queryByText(t.noGist)).toBeNull();
  });

  it("begins a draft with the first letter, in place, and says what will change", () => {
    const editor = standingEditor(editorStates.choose(language));
    show(editor, language);
    fireEvent.click(button(t.price));
    expect(editor.state.getState().draft).toBeUndefined();
    write(t.gist, "another gist");
    expect(editor.state.getState().draft).toMatchObject({ gist: "another gist", based: 4 });
    fireEvent.click(button(t.publish));
    expect(editor.sent).toHaveLength(1);
  });

  it("lists the changes of a draft in words", () => {
    show(standingEditor(editorStates.changed(language)), language);
    const list = screen.getByRole("complementary").querySelectorAll("li");
    expect([...list].map((item) => item.textContent)).toEqual(t.changes);
  });

  it("loses no draft when another handler is looked at", () => {
    const editor = standingEditor(editorStates.changed(language));
    show(editor, language);
    fireEvent.click(button(t.email));
    expect(screen.getByText(t.other)).toBeTruthy();
    expect(field(t.gist).readOnly).toBe(true);
    expect(screen.queryByRole("button", { name: t.publish })).toBeNull();
    fireEvent.click(button(t.toDraft));
    expect(field(t.gist).readOnly).toBe(false);
    expect(editor.state.getState().draft?.phrasings).toHaveLength(3);
  });

  it("gives discarded changes back", () => {
    const editor = standingEditor(editorStates.changed(language));
    show(editor, language);
    const before = editor.state.getState().draft;
    fireEvent.click(button(t.discard));
    expect(editor.state.getState().draft).toBeUndefined();
    fireEvent.click(button(t.undo));
    expect(editor.state.getState().draft).toEqual(before);
  });

  it("shows both when somebody else was quicker, and lets the draft go on from the newest version", () => {
    const editor = standingEditor(editorStates.newer(language), published);
    show(editor, language);
    expect(screen.getByText(t.newer)).toBeTruthy();
    expect(button(t.publish).disabled).toBe(true);
    fireEvent.click(button(t.keep));
    expect(editor.state.getState().draft).toMatchObject({ based: 5, phrasings: { length: 3 } });
    fireEvent.click(button(t.publish));
    expect(editor.sent).toMatchObject([{ based: 5 }]);
  });

  it("lets go of the draft when the newest version is taken", () => {
    const editor = standingEditor(editorStates.newer(language));
    show(editor, language);
    fireEvent.click(button(t.take));
    expect(editor.state.getState().draft).toBeUndefined();
    expect(screen.queryByText(t.newer)).toBeNull();
    expect(field(t.title)).toBeTruthy();
  });

  it("says what became of it when the server fails or is away", () => {
    show(standingEditor(editorStates.failed(language)), language);
    expect(screen.getByRole("alert").textContent).toMatch(t.failed);
  });

  it("lets write on without the server and keeps the draft", () => {
    const editor = standingEditor(editorStates.offline(language));
    show(editor, language);
    expect(screen.getByText(t.offline)).toBeTruthy();
    expect(button(t.publish).disabled).toBe(true);
    write(t.gist, "written offline");
    expect(editor.state.getState().draft?.gist).toBe("written offline");
  });

  it("switches between the scripts and narrows the outline", () => {
    show(standingEditor(editorStates.choose(language)), language);
    fireEvent.click(screen.getByRole("radio", { name: t.english }));
    expect(screen.getByText(t.englishTitle)).toBeTruthy();
    fireEvent.change(screen.getByRole("searchbox", { name: t.filter }), { target: { value: "qqq" } });
    expect(within(screen.getByRole("navigation", { name: t.outline })).queryAllByRole("listitem")).toEqual([]);
  });

  it("says when there is no script", () => {
    show(standingEditor(editorStates.empty(language)), language);
    expect(screen.getByRole("heading", { name: t.none })).toBeTruthy();
  });
});

describe("the editor's keys", () => {
  it("are text inside a field; Ctrl+Enter publishes from there, Escape leaves it", () => {
    const editor = standingEditor(editorStates.changed("en"));
    show(editor, "en");
    const gist = field("Gist");
    gist.focus();
    fireEvent.keyDown(gist, { code: "KeyN" });
    expect(document.activeElement).toBe(gist);
    expect(field("Objection").value).toBe("Too expensive");
    fireEvent.keyDown(gist, { code: "Escape" });
    expect(document.activeElement).toBe(document.body);
    fireEvent.keyDown(gist, { code: "Enter", ctrlKey: true, repeat: true });
    expect(editor.sent).toEqual([]);
    fireEvent.keyDown(gist, { code: "Enter", ctrlKey: true });
    expect(editor.sent).toHaveLength(1);
  });

  it("lead to the filter by the slash and through the outline by the arrows", () => {
    show(standingEditor(editorStates.choose("en")), "en");
    fireEvent.keyDown(document.body, { code: "Slash" });
    const filter = screen.getByRole("searchbox");
    expect(document.activeElement).toBe(filter);
    fireEvent.keyDown(filter, { code: "ArrowDown" });
    expect(document.activeElement?.textContent).toBe("I’ll think about it");
    fireEvent.keyDown(document.activeElement as Element, { code: "ArrowDown" });
    expect(document.activeElement?.textContent).toBe("No time");
  });
});
