// @vitest-environment jsdom
import { fireEvent, screen, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { countingWords } from "#ui/counting/words.ts";
import { trainingWords } from "#ui/training/words.ts";
import { askedOf, deskOnScreen } from "../desk/deskOnScreen.tsx";

describe.each(["ru", "en"] as const)("practice on the desk in %s", (language) => {
  const words = trainingWords[language];

  it("is one line between calls, with a key for it and one for what came of it", () => {
    const desk = deskOnScreen("restPractice", language);
    const line = within(screen.getByRole("region", { name: words.title }));
    expect(line.getByText(/2 (из|of) 5/)).toBeTruthy();
    fireEvent.click(line.getByRole("button", { name: words.practise }));
    fireEvent.keyDown(document.body, { code: "KeyT" });
    fireEvent.keyDown(document.body, { code: "KeyR" });
    expect(askedOf(desk)).toEqual(["practise", "practise", "training"]);
    expect(screen.getByRole("dialog", { name: words.results })).toBeTruthy();
  });

  it("is not offered where there is nothing to practise with, nor in a call or on a break", () => {
    for (const picture of ["rest", "card", "talking", "after", "break"] as const) {
      const desk = deskOnScreen(picture, language);
      fireEvent.keyDown(document.body, { code: "KeyT" });
      // In a call the same key passes the client on.
      expect([picture, askedOf(desk)]).toEqual([picture, picture === "talking" ? ["transfer"] : []]);
    }
    expect(screen.queryByRole("region", { name: words.title })).toBeNull();
  });

  it("is marked from the card to the outcome, and says that it does not count", () => {
    deskOnScreen("practiceCard", language);
    expect(screen.getByRole("note").textContent).toContain(words.practising);
    expect(screen.getByRole("note").textContent).toContain(words.apart);
  });

  it("[T7] is looked back at beside its outcome", () => {
    deskOnScreen("afterPractice", language);
    const back = within(screen.getByRole("region", { name: words.lookBack }));
    expect(back.getByText(words.decider("00:09"))).toBeTruthy();
    expect(back.getByText(words.objections.tooExpensive)).toBeTruthy();
    expect(back.getByText(words.unmet)).toBeTruthy();
    expect(screen.getByText(countingWords[language].not(countingWords[language].why.practice))).toBeTruthy();
  });

  it("says so while the customer has not told yet, and when nobody answered", () => {
    deskOnScreen("afterPracticeComing", language);
    expect(screen.getByText(words.coming)).toBeTruthy();
    deskOnScreen("afterPracticeComing", language, ({ state, view }) => ({ view, state: { ...state, call: { phase: "ended", call: "c-now", why: "busy", endedAt: 1 } } }));
    expect(screen.getByText(words.notAnswered)).toBeTruthy();
  });

  it("lists what was asked for with its calls, and what was practised beside", () => {
    deskOnScreen("practiceResults", language);
    const sheet = within(screen.getByRole("dialog", { name: words.results }));
    expect(sheet.getByText(words.progress(2, 5))).toBeTruthy();
    expect(sheet.getByText(words.doneState)).toBeTruthy();
    expect(sheet.getByText(words.free)).toBeTruthy();
    expect(sheet.getAllByText(words.customers.gatekeeper).length).toBe(1);
  });
});
