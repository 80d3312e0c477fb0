// @vitest-environment jsdom
import { fireEvent, screen, waitFor, within } from "@testing-library/react";
import { afterEach, describe, expect, it } from "vitest";
import { deskOnScreen } from "./deskOnScreen.tsx";

afterEach(() => { history.replaceState(null, "", "/"); });

describe("a number dialed by hand", () => {
  it("is read as it stands, said back, and opens a card; nothing is dialed", () => {
    const desk = deskOnScreen("dial", "ru");
    const sheet = screen.getByRole("dialog", { name: "Набрать номер" });
    expect(within(sheet).getByText("+7 495 123-45-67, затем тоном 12")).toBeTruthy();
    expect(document.activeElement).toBe(within(sheet).getByLabelText("Номер"));
    fireEvent.submit(within(sheet).getByLabelText("Номер"));
    expect(desk.asked).toEqual([{ id: "dialNumber", argument: { number: "+74951234567;ext=12" } }]);
  });

  it("is refused with what is wrong with it, and what to do", () => {
    const desk = deskOnScreen("dial", "en");
    const field = screen.getByLabelText("Number");
    for (const [text, sentence] of [["8 495 123", "Digits are missing"], ["call me", "This is no number"], ["112", "Short numbers are for colleagues"], ["020 7946 0958, 020 7946 0959", "more than one number"]] as const) {
      fireEvent.change(field, { target: { value: text } });
      expect(screen.getByText(new RegExp(sentence))).toBeTruthy();
      expect(screen.getByRole<HTMLButtonElement>("button", { name: "Open the card" }).disabled).toBe(true);
    }
    fireEvent.submit(field);
    expect(desk.asked).toEqual([]);
  });

  it("is typed by clicks too", () => {
    deskOnScreen("rest", "en");
    fireEvent.keyDown(document.body, { code: "KeyP", key: "з" });
    for (const digit of "+74") fireEvent.click(screen.getByRole("button", { name: `Digit ${digit}` }));
    fireEvent.click(screen.getByRole("button", { name: "Erase the last digit" }));
    expect(screen.getByLabelText<HTMLInputElement>("Number").value).toBe("+7");
  });

  it("says what waits while the server cannot be reached", () => {
    deskOnScreen("dialOffline", "en");
    expect(screen.getByText(/It waits here/)).toBeTruthy();
  });

  it("comes from a link, and is asked about before anything is dialed", async () => {
    history.replaceState(null, "", "/desk?lang=en&dial=tel%3A%2B74951234567");
    const desk = deskOnScreen("rest", "en");
    await waitFor(() => { expect(desk.asked).toEqual([{ id: "dial", argument: { number: "tel:+74951234567" } }]); });
    expect(location.search).toBe("?lang=en");
  });

  it("of a link waits until the call is over", () => {
    history.replaceState(null, "", "/desk?dial=tel%3A%2B74951234567");
    const desk = deskOnScreen("talking", "en");
    expect(desk.asked).toEqual([]);
    expect(location.search).toContain("dial=");
  });
});

describe("the call history", () => {
  it("tells which way, with whom, how long and who ended it, and dials again by hand", async () => {
    const desk = deskOnScreen("history", "en");
    const sheet = screen.getByRole("dialog", { name: "Call history" });
    await waitFor(() => { expect(within(sheet).getAllByRole("row").length).toBeGreaterThan(10); });
    const rows = within(sheet).getAllByRole("row").slice(1);
    expect(rows[0]?.textContent).toMatch(/in.*\+7 495 000-12-34.*—.*missed/);
    expect(rows.at(-1)?.textContent).toMatch(/in.*number not shown.*01:15.*the client hung up/);
    expect(within(rows.at(-1) as HTMLElement).queryByRole("button")).toBeNull();
    fireEvent.click(within(rows[0] as HTMLElement).getByRole("button", { name: "Dial +7 495 000-12-34" }));
    expect(desk.asked).toEqual([{ id: "dial", argument: { number: "+74950001234" } }]);
  });
});

it("a card of a number dialed by hand says so, and leaves open in the words what is not known", () => {
  deskOnScreen("cardByHand", "ru");
  expect(screen.getByRole("heading", { level: 1 }).textContent).toBe("+7 495 123-45-67");
  expect(screen.getAllByText(/о клиенте пока ничего не известно/).length).toBeGreaterThan(0);
  expect(screen.getByText(/\+7 495 123-45-67, доб\. 12/)).toBeTruthy();
});

describe("what was attempted before", () => {
  it("is told by its newest attempt on the card, and newest first beside it, with who called", () => {
    deskOnScreen("card", "en");
    const last = screen.getByRole("heading", { name: "Last time" }).parentElement as HTMLElement;
    expect(last.textContent).toMatch(/no answer/i);
    expect(last.textContent).not.toContain("after lunch");
    const attempts = [...document.querySelectorAll(".history li")].map((one) => one.textContent ?? "");
    expect(attempts).toHaveLength(2);
    expect(attempts[0]).toMatch(/no answer · you/i);
    expect(attempts[1]).toMatch(/James Porter.*after lunch/);
  });
});
