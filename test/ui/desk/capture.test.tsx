// @vitest-environment jsdom
import { fireEvent, screen } from "@testing-library/react";
import { expect, it } from "vitest";
import { deskOnScreen } from "./deskOnScreen.tsx";

it("takes the client's words by one key, text and Enter, and gives the keys back", () => {
  const desk = deskOnScreen("talking", "en");
  fireEvent.keyDown(document.body, { code: "Quote", key: "'" });
  const field = screen.getByRole<HTMLTextAreaElement>("textbox", { name: "Client's words" });
  expect(document.activeElement).toBe(field);
  fireEvent.change(field, { target: { value: "too dear" } });
  expect(desk.state.getState().drafts.words).toBe("too dear");
  fireEvent.keyDown(field, { code: "Enter", key: "Enter" });
  expect(desk.asked).toEqual([{ id: "words", argument: {} }, { id: "keep", argument: "words" }]);
  expect(document.activeElement).not.toBe(field);
  expect(screen.getByText("noted")).toBeTruthy();
});

it("keeps nothing when nothing is written", () => {
  const desk = deskOnScreen("talking", "en");
  const field = screen.getByRole("textbox", { name: "Note" });
  field.focus();
  fireEvent.keyDown(field, { code: "Enter", key: "Enter" });
  expect(desk.asked).toEqual([]);
});

it("shows what was taken down with the time in the call and the module", () => {
  deskOnScreen("handler", "ru");
  expect(screen.getByText("у нас всё забито до нового года")).toBeTruthy();
  expect(screen.getByText("00:31 · Повод")).toBeTruthy();
  expect(screen.getByText("00:39 · Потребность · вне скрипта")).toBeTruthy();
});
