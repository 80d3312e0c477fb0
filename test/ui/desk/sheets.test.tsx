// @vitest-environment jsdom
import { fireEvent, screen, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { commands } from "#client/desk/commands.ts";
import { deskWords } from "#ui/desk/words.ts";
import { askedOf, deskOnScreen } from "./deskOnScreen.tsx";

describe("the keypad", () => {
  it("sends tones by key, by click and from a pasted number", () => {
    const desk = deskOnScreen("keypad", "en");
    fireEvent.click(screen.getByRole("button", { name: "Tone 5" }));
    fireEvent.keyDown(screen.getByRole("button", { name: "Tone 5" }), { code: "Digit1", key: "1" });
    fireEvent.paste(screen.getByRole("button", { name: "Tone 5" }), { clipboardData: { getData: () => "ext. 12#" } });
    expect(desk.asked.map(({ argument }) => argument).join("")).toBe("5112#");
    expect(screen.getByLabelText("Sent").textContent).toBe("5112#");
  });
});

describe("a break", () => {
  it("is taken by a digit, with the norm beside each reason", () => {
    const desk = deskOnScreen("breakChoice", "ru");
    const dialog = screen.getByRole("dialog", { name: "Перерыв" });
    expect(within(dialog).getByText("45 мин")).toBeTruthy();
    expect(document.activeElement?.textContent).toContain("Отдых");
    fireEvent.keyDown(document.activeElement ?? document.body, { code: "Digit2", key: "2" });
    expect(desk.asked).toEqual([{ id: "break", argument: { reason: "lunch" } }]);
  });

  it("says what is left of the norm, and how far over it is, without blame", () => {
    deskOnScreen("break", "en");
    expect(screen.getByText("09:00 left")).toBeTruthy();
    document.body.replaceChildren();
    deskOnScreen("breakOver", "en");
    expect(screen.getByText("7 min over the norm")).toBeTruthy();
  });
});

describe("today's calls", () => {
  it("stand with their reason to count or not", () => {
    deskOnScreen("today", "ru");
    const sheet = screen.getByRole("dialog", { name: "Сегодня: 23 звонка" });
    const rows = within(within(sheet).getAllByRole("table")[0] as HTMLElement).getAllByRole("row").slice(1);
    expect(rows).toHaveLength(23);
    expect(within(sheet).getAllByText("Засчитан")).toHaveLength(12);
    expect(within(sheet).getAllByText("18 секунд из 30").length).toBeGreaterThan(0);
  });

  it("[Q7] [Q13] say what was corrected and what was struck, and the agent replies there", () => {
    const desk = deskOnScreen("todayChecked", "ru");
    const sheet = screen.getByRole("dialog", { name: "Сегодня: 23 звонка" });
    expect(within(sheet).getByText("снят после контрольного звонка: клиент о разговоре не знает")).toBeTruthy();
    expect(within(sheet).getByText(/^подтверждён контрольным звонком, /)).toBeTruthy();
    expect(within(sheet).getByText(/^раньше: «/)).toBeTruthy();
    fireEvent.click(within(sheet).getByRole("button", { name: /^Ответить о звонке/ }));
    const field = within(sheet).getByRole("textbox", { name: "Ваш ответ руководителю" });
    expect(document.activeElement).toBe(field);
    fireEvent.change(field, { target: { value: "Клиент перепутал, есть запись." } });
    fireEvent.click(within(sheet).getByRole("button", { name: "Отправить" }));
    expect(desk.asked.at(-1)).toMatchObject({ id: "dispute", argument: { words: "Клиент перепутал, есть запись." } });
    expect(document.activeElement).toBe(within(sheet).getByRole("button", { name: /^Ответить о звонке/ }));
  });

  it("[H7] stand above the time of the shift, whose parts add up", () => {
    deskOnScreen("today", "en");
    const table = screen.getByRole("table", { name: "Time of the shift" });
    const shares = within(table).getAllByRole("row").map((row) => Number(/(\d+)%/.exec(row.textContent ?? "")?.[1]));
    expect(Math.abs(shares.reduce((sum, share) => sum + share, 0) - 100)).toBeLessThanOrEqual(shares.length);
  });

  it("are corrected here, and the correction can be taken back", () => {
    const desk = deskOnScreen("today", "en");
    const select = screen.getAllByRole<HTMLSelectElement>("combobox")[0];
    if (!select) throw new Error("no call to correct");
    const before = select.value;
    fireEvent.change(select, { target: { value: "callback" } });
    const [first] = desk.asked;
    expect(first).toMatchObject({ id: "outcome", argument: { outcome: "callback" } });
    expect(screen.getByText("Outcome corrected: Call back as agreed.")).toBeTruthy();
    fireEvent.click(screen.getByRole("button", { name: "Undo" }));
    expect(desk.asked[1]).toMatchObject({ id: "outcome", argument: { outcome: before } });
  });
});

describe("the help sheet", () => {
  it.each(["en", "ru"] as const)("names every command that has a key of its own, %s", (language) => {
    deskOnScreen("help", language);
    const sheet = screen.getByRole("dialog");
    for (const { id, keys } of commands) if (keys.length > 0 && id !== "goOn") expect(within(sheet).getAllByText(deskWords[language].commands[id]).length).toBeGreaterThan(0);
  });

  it("closes by its button", () => {
    const desk = deskOnScreen("help", "en");
    fireEvent.click(screen.getByRole("button", { name: "Close" }));
    expect(askedOf(desk)).toEqual(["close"]);
    expect(screen.queryByRole("dialog")).toBeNull();
  });
});

describe("other work", () => {
  it("[Q11] is entered by a digit, corrected and taken back", () => {
    const desk = deskOnScreen("work", "en");
    const sheet = screen.getByRole("dialog", { name: "Other work" });
    fireEvent.keyDown(within(sheet).getByRole("button", { name: /^Meeting/ }), { code: "Digit2", key: "2" });
    expect(desk.asked.at(-1)).toEqual({ id: "work", argument: { work: "visit" } });
    fireEvent.change(within(sheet).getAllByRole("combobox")[0] as HTMLElement, { target: { value: "document" } });
    expect(desk.asked.at(-1)).toEqual({ id: "work", argument: { work: "document", piece: "w1" } });
    fireEvent.click(within(sheet).getAllByRole("button", { name: /^Take back: / })[0] as HTMLElement);
    expect(desk.asked.at(-1)).toEqual({ id: "work", argument: { work: "none", piece: "w1" } });
  });

  it("[Q11] stands with the contacts where the target is in points", () => {
    deskOnScreen("restPoints", "ru");
    expect(screen.getByRole("status", { name: "Баллов сегодня" }).textContent).toBe("19 из 90");
    // A bare number would be read as contacts.
    expect(screen.getByText("баллов · 12 контактов")).toBeTruthy();
    expect(screen.getByText("из 90 баллов")).toBeTruthy();
  });
});
