// @vitest-environment jsdom
import { sideUp } from "#domain/phone/lines.ts";
import { cleanup, act, fireEvent, screen, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import type { Language } from "#domain/base/campaign.ts";
import { stageOf } from "#client/desk/deskState.ts";
import { deskPictures, pictureNames } from "#ui/preview/fixtures.ts";
import { askedOf, deskOnScreen } from "./deskOnScreen.tsx";

/** The names on which people, documents and checks rely. */
const fixed = {
  en: { call: "Call", hangUp: "Hang up", mute: "Mute", hold: "Hold", transfer: "Transfer", next: "Next prospect", save: "Save outcome", find: "Find objection", words: "Client's words", region: "Contacts today" },
  ru: { call: "Позвонить", hangUp: "Завершить", mute: "Выключить микрофон", hold: "Удержать", transfer: "Перевести", next: "Следующий клиент", save: "Сохранить результат", find: "Найти возражение", words: "Слова клиента", region: "Контактов сегодня" },
} as const;

const button = (name: string): HTMLButtonElement => screen.getByRole("button", { name });

describe.each(["en", "ru"] as const)("every state of the desk, %s", (language: Language) => {
  const names = fixed[language];

  it.each(pictureNames)("%s keeps the fixed names", (picture) => {
    const { state } = deskPictures(language)[picture];
    deskOnScreen(picture, language);
    const stage = stageOf(state);
    const onLine = stage === "call";
    const buttons = byName("button");
    // The phone is at the same place in every state, and can be used exactly while there is a call.
    const second = sideUp(state.lines.side);
    expect(buttons.get(names.hangUp)).toEqual([{ disabled: !onLine && state.lines.side.phase === "free" }]);
    expect(buttons.get(names.mute)).toEqual([{ disabled: !onLine && !second }]);
    // With two lines the hold goes with whom one speaks with.
    expect(buttons.get(names.hold)).toEqual([{ disabled: second ? onLine || state.lines.side.phase !== "talking" : state.call.phase !== "talking" }]);
    const passing = state.call.phase === "talking" && !state.lines.transfer && (!second || state.lines.side.phase === "talking");
    expect(buttons.get(names.transfer)).toEqual([{ disabled: !passing }]);
    if (!state.company || state.line === "elsewhere" || state.line === "otherComputer") return;
    if (state.day?.unit !== "points") expect(document.querySelector(`[role="status"][aria-label="${names.region}"]`)?.textContent).toMatch(language === "en" ? /^\d+ of 70$/ : /^\d+ из 70$/);
    // One button of a name: a person who speaks to the browser, and a check, must hit the right one.
    expect(buttons.get(names.next) ?? []).toEqual(stage === "rest" && state.agent.state !== "break" ? [{ disabled: false }] : []);
    expect(buttons.get(names.call) ?? []).toEqual(stage === "card" ? [{ disabled: false }] : []);
    expect(buttons.get(names.save) ?? []).toEqual(stage === "after" ? [{ disabled: state.choice.outcome === undefined }] : []);
    expect(byName("input").has(names.find)).toBe(onLine || stage === "card");
    expect(byName("textarea").has(names.words)).toBe(onLine || stage === "after");
  });
});

/**
 * All elements of a kind by their accessible name. Asking by role computes the name of every element on the page for
 * every question, which for ninety pictures takes a minute; the other tests here ask by role.
 */
function byName(tag: string): ReadonlyMap<string, readonly { readonly disabled: boolean }[]> {
  const found = new Map<string, { readonly disabled: boolean }[]>();
  for (const element of document.querySelectorAll(tag)) {
    const seen = element.cloneNode(true) as Element;
    for (const hidden of seen.querySelectorAll("[aria-hidden]")) hidden.remove();
    const name = element.getAttribute("aria-label") ?? seen.textContent;
    found.set(name, [...(found.get(name) ?? []), { disabled: element.matches(":disabled") }]);
  }
  return found;
}

it("tells a screen reader the count as the region Contacts today", () => {
  deskOnScreen("rest", "en");
  expect(screen.getByRole("status", { name: "Contacts today" }).textContent).toBe("12 of 70");
});

describe("before the call", () => {
  it("shows who, why now, what was said last time, and the first words with the name in them", () => {
    deskOnScreen("card", "ru");
    expect(screen.getByRole("heading", { name: "Ирина Сергеевна Орлова" })).toBeTruthy();
    expect(screen.getByText("Звонили 2 раза, последний раз 11.11.")).toBeTruthy();
    expect(within(screen.getByRole("region", { name: "Первые слова" })).getByText(/Ирина Сергеевна\? Это Анна Белова, компания «Полка»/)).toBeTruthy();
  });

  it("does what its buttons say", () => {
    const desk = deskOnScreen("card", "en");
    fireEvent.click(button("Call"));
    fireEvent.click(button("Skip"));
    expect(askedOf(desk)).toEqual(["call", "skip"]);
  });

  it("shows the first words while it rings, and the way to hang up", () => {
    const desk = deskOnScreen("ringing", "en");
    expect(screen.getByText(/is that Irene\? It's Emma Clarke here from Shelfwell/)).toBeTruthy();
    fireEvent.click(button("Hang up"));
    expect(askedOf(desk)).toEqual(["hangUp"]);
  });

  it("[P1] does not offer to call while neither the disk nor the server can record it, and says what either means", () => {
    const full = (online: boolean) => deskOnScreen("card", "en", ({ state, ...rest }) => ({ ...rest, state: { ...state, sync: { ...state.sync, online, storage: "full" } } }));
    full(false);
    expect(button("Call").disabled).toBe(true);
    expect(screen.getByText(/disk is full and the server cannot be reached/)).toBeTruthy();
    cleanup();
    full(true);
    expect(button("Call").disabled).toBe(false);
    expect(screen.getByText(/disk is full\. Go on calling/)).toBeTruthy();
  });
});

describe("in the call", () => {
  it("offers the answers under digits, 0 for anything else, and where each leads", () => {
    const desk = deskOnScreen("talking", "ru");
    const answers = within(screen.getByRole("list", { name: "Что ответил клиент" })).getAllByRole("button");
    expect(answers.map((one) => [one.getAttribute("aria-keyshortcuts"), one.querySelector(".answer-label")?.textContent])).toEqual([
      ["1", "Снимаем"], ["2", "Свой"], ["3", "Не хочу обсуждать"], ["4", "Этим занимаюсь не я"], ["0", "Сказал другое"],
    ]);
    fireEvent.click(within(answers[1] ?? document.body).getByText("Свой"));
    fireEvent.click(within(answers[4] ?? document.body).getByText("Сказал другое"));
    expect(desk.asked).toEqual([{ id: "answer", argument: { answer: "own" } }, { id: "other", argument: {} }]);
  });

  it("leads back along the trail", () => {
    const desk = deskOnScreen("talking", "en");
    fireEvent.click(within(screen.getByRole("navigation", { name: "Where the call has been" })).getByRole("button", { name: "Reason" }));
    expect(desk.asked).toEqual([{ id: "back", argument: { index: 1 } }]);
  });

  it("slides a handler over the words, with the way back at its head", () => {
    const desk = deskOnScreen("handler", "en");
    const handler = screen.getByRole("region", { name: "Answer to an objection" });
    expect(within(handler).getByText(/money has to be counted/)).toBeTruthy();
    fireEvent.click(within(handler).getByRole("button", { name: /^Say it another way \(1 of 3\)/ }));
    fireEvent.click(within(handler).getByRole("button", { name: /^back to: Need/ }));
    expect(desk.asked).toEqual([{ id: "handler", argument: { handler: "price" } }, { id: "back", argument: {} }]);
  });

  it("does not change a handler that is being read when a newer version is published", () => {
    const desk = deskOnScreen("handler", "en");
    act(() => { desk.state.setState(({ handlers }) => ({ handlers: handlers.map((one) => ({ ...one, version: 2, phrasings: ["quite another text"] })) })); });
    expect(screen.getByText(/money has to be counted/)).toBeTruthy();
    expect(screen.queryByText("quite another text")).toBeNull();
  });

  it("shows the gist alone when it was asked for", () => {
    deskOnScreen("gist", "en");
    expect(screen.getByText("Find out where the goods are and what is awkward about it.")).toBeTruthy();
    expect(screen.queryByText(/how you manage storage/)).toBeNull();
  });

  it("says that one is not heard while the microphone is off, and presses Mute", () => {
    deskOnScreen("muted", "en");
    expect(button("Mute").getAttribute("aria-pressed")).toBe("true");
    expect(screen.getByText("you are muted")).toBeTruthy();
  });

  it("goes on without a script", () => {
    deskOnScreen("noScript", "ru");
    expect(screen.getByText(/Говорите своими словами/)).toBeTruthy();
    expect(button("Завершить").disabled).toBe(false);
  });
});

describe("after the call", () => {
  it("offers the outcomes of an answered call with their criteria, and takes one", () => {
    const desk = deskOnScreen("after", "en");
    const outcomes = within(screen.getByRole("radiogroup", { name: "Outcome" })).getAllByRole("radio");
    expect(outcomes).toHaveLength(9);
    expect(outcomes[0]?.textContent).toContain("day and hour were said aloud");
    expect(screen.getByText("Choose an outcome: 1–9.")).toBeTruthy();
    fireEvent.click(screen.getByRole("radio", { name: "Call back as agreed" }));
    expect(desk.asked).toEqual([{ id: "outcome", argument: { outcome: "callback" } }]);
  });

  it.each([
    ["afterCounts", "en", "Counts: 13 of 70"], ["afterCounts", "ru", "Засчитан: станет 13 из 70"],
    ["afterTooShort", "en", "Does not count: 18 seconds of 30"], ["afterTooShort", "ru", "Не засчитан: 18 секунд из 30"],
    ["afterNotDecider", "en", "Does not count: not with the decision maker"], ["afterNotDecider", "ru", "Не засчитан: говорили не с ЛПР"],
    ["afterUnanswered", "en", "Does not count: nobody answered"], ["afterUnanswered", "ru", "Не засчитан: не ответили"],
  ] as const)("says before saving whether it counts and why: %s, %s", (picture, language, sentence) => {
    deskOnScreen(picture, language);
    expect(screen.getByText(sentence)).toBeTruthy();
  });

  it("asks about the decision maker only when somebody answered", () => {
    deskOnScreen("afterUnanswered", "en");
    expect(screen.queryByRole("button", { name: /decision maker/i })).toBeNull();
    expect(within(screen.getByRole("radiogroup", { name: "Outcome" })).getAllByRole("radio").map((one) => one.getAttribute("aria-label"))).toEqual(["No answer", "Engaged", "Call declined", "Number not in use"]);
  });
});

describe("keys", () => {
  it("reach the desk by place, once, and are taken from the browser when they are ours", () => {
    const desk = deskOnScreen("talking", "ru");
    const ours = fireEvent.keyDown(document.body, { code: "Slash", key: "." });
    expect(ours).toBe(false);
    expect(askedOf(desk)).toEqual(["find"]);
    expect(document.activeElement).toBe(screen.getByRole("combobox", { name: "Найти возражение" }));
  });

  it("written in a field are text, and Escape leaves the field only", () => {
    const desk = deskOnScreen("handler", "en");
    const field = screen.getByRole("textbox", { name: "Client's words" });
    field.focus();
    expect(fireEvent.keyDown(field, { code: "KeyM", key: "m" })).toBe(true);
    expect(fireEvent.keyDown(field, { code: "Escape", key: "Escape" })).toBe(false);
    expect(document.activeElement).not.toBe(field);
    expect(askedOf(desk)).toEqual([]);
  });

  it("show the signs of a Russian layout once one of its letters was pressed", () => {
    deskOnScreen("talking", "ru");
    expect(button("Выключить микрофон").getAttribute("aria-keyshortcuts")).toBe("M");
    fireEvent.keyDown(document.body, { code: "KeyG", key: "п" });
    expect(button("Выключить микрофон").getAttribute("aria-keyshortcuts")).toBe("Ь");
    expect(screen.getByRole("textbox", { name: "Слова клиента" }).getAttribute("aria-keyshortcuts")).toBe("Э");
  });
});

describe.each([
  { language: "en", client: "client", other: "the other", onLine: "On the line", ready: "Phone is ready" }, { language: "ru", client: "клиент", other: "собеседник", onLine: "На линии", ready: "Телефон готов" },
] as const)("the phone bar says whose voice is heard, $language", ({ language, client, other, onLine, ready }) => {
  const bar = (): string => document.querySelector(".phone-bar")?.textContent ?? "";

  it("the client's in a call, and nobody's while the client waits", () => {
    deskOnScreen("talking", language);
    expect(bar()).toContain(client);
    cleanup();
    deskOnScreen("held", language);
    expect(bar()).not.toContain(client);
    expect(document.querySelectorAll(".phone-bar .level")).toHaveLength(0);
  });

  it("not the client's while a colleague is asked: the client waits and is not heard", () => {
    deskOnScreen("consulting", language);
    expect(bar()).toContain(other);
    expect(bar()).not.toContain(client);
  });

  it("and what the second line does when it is the only one", () => {
    deskOnScreen("sideAlone", language);
    expect(bar()).toContain(onLine);
    expect(bar()).not.toContain(ready);
  });
});

it("offers a newer page between calls only: not while somebody is on the second line either", () => {
  deskOnScreen("newVersion", "en");
  expect(screen.getByRole("button", { name: "Load it now" })).toBeTruthy();
  cleanup();
  deskOnScreen("newVersion", "en", (picture) => ({ ...picture, state: { ...picture.state, lines: deskPictures("en").sideAlone.state.lines } }));
  expect(screen.queryByRole("button", { name: "Load it now" })).toBeNull();
});
