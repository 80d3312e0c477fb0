// @vitest-environment jsdom
import { fireEvent, screen, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { askedOf, deskOnScreen } from "./deskOnScreen.tsx";

const button = (name: string | RegExp): HTMLElement => screen.getByRole("button", { name });

describe("the first visit", () => {
  it("says why before it asks for the microphone, and lets the impatient by", () => {
    const desk = deskOnScreen("welcome", "en");
    expect(screen.getByText(/The client hears you through it/)).toBeTruthy();
    expect(screen.getByText(/why the recording light is on/)).toBeTruthy();
    fireEvent.click(button("Turn the microphone on"));
    fireEvent.click(button("Next prospect"));
    expect(askedOf(desk)).toEqual(["goOn", "next"]);
  });

  it("goes on by W, leaves Enter to the next prospect, and goes away by Escape", () => {
    const desk = deskOnScreen("welcomeHeard", "ru");
    expect(screen.getByText("Слышно хорошо")).toBeTruthy();
    fireEvent.keyDown(document.body, { code: "KeyW" });
    fireEvent.keyDown(document.body, { code: "Escape" });
    expect(askedOf(desk)).toEqual(["goOn", "close"]);
  });

  it.each([["welcomeDenied", /не даёт микрофон/], ["welcomeMissing", /не найден/], ["welcomeBusy", /занят/]] as const)("is kind without a microphone: %s", (name, sentence) => {
    const desk = deskOnScreen(name, "ru");
    expect(screen.getAllByText(sentence)).toHaveLength(1);
    expect(screen.getByText(/Можно идти дальше/)).toBeTruthy();
    fireEvent.click(button("Попробовать ещё раз"));
    fireEvent.click(button("Дальше без микрофона"));
    expect(desk.asked).toEqual([{ id: "goOn", argument: { way: "again" } }, { id: "goOn", argument: {} }]);
  });

  it("asks whether the notes were heard, and helps when they were not", () => {
    const desk = deskOnScreen("welcomePlayed", "en");
    fireEvent.click(button("No"));
    expect(desk.asked).toEqual([{ id: "goOn", argument: { way: "unheard" } }]);
  });

  it("can be opened again from the person's menu", () => {
    const desk = deskOnScreen("rest", "en");
    fireEvent.click(screen.getByText("Check microphone and sound"));
    expect(askedOf(desk)).toEqual(["welcome"]);
  });
});

describe("the outcomes", () => {
  it("are walked by arrows, round and round, with one stop for Tab", () => {
    const desk = deskOnScreen("afterCounts", "en");
    const radios = within(screen.getByRole("radiogroup", { name: "Outcome" })).getAllByRole("radio");
    expect(radios.map(({ tabIndex }) => tabIndex).filter((index) => index === 0)).toHaveLength(1);
    radios[0]?.focus();
    fireEvent.keyDown(radios[0] ?? document.body, { key: "ArrowUp", code: "ArrowUp" });
    expect(document.activeElement).toBe(radios.at(-1));
    fireEvent.keyDown(radios.at(-1) ?? document.body, { key: "ArrowDown", code: "ArrowDown" });
    expect(document.activeElement).toBe(radios[0]);
    fireEvent.keyDown(radios[0] ?? document.body, { key: "Enter", code: "Enter" });
    expect(askedOf(desk)).toEqual(["outcome", "outcome", "save"]);
  });

  it("say what was saved, and take it back by the button or Z", () => {
    const desk = deskOnScreen("saved", "en");
    expect(screen.getByText("Saved: Meeting booked.")).toBeTruthy();
    fireEvent.keyDown(document.body, { code: "KeyZ" });
    fireEvent.click(button("Undo"));
    expect(askedOf(desk)).toEqual(["undo", "undo"]);
  });

  it("do not promise one contact more for a call that counts already", () => {
    deskOnScreen("afterAgain", "en");
    expect(screen.getByText("Counts: 12 of 70")).toBeTruthy();
  });

  it("let the decision maker of a saved call be corrected in the list of the day", () => {
    const desk = deskOnScreen("today", "en");
    const [first] = screen.getAllByRole("checkbox", { name: /^Spoke with the decision maker/ });
    const before = (first as HTMLInputElement).checked;
    fireEvent.click(first ?? document.body);
    expect(desk.asked[0]).toMatchObject({ id: "outcome", argument: { decisionMaker: !before } });
    fireEvent.click(button("Undo"));
    expect(desk.asked[1]).toMatchObject({ id: "outcome", argument: { decisionMaker: before } });
  });
});
