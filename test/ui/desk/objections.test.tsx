// @vitest-environment jsdom
import { fireEvent, screen } from "@testing-library/react";
import { expect, it } from "vitest";
import { deskOnScreen } from "./deskOnScreen.tsx";

const field = (): HTMLInputElement => screen.getByRole("combobox", { name: "Find objection" });
const offered = (): readonly (string | null)[] => screen.getAllByRole("option").map((one) => one.textContent);

it("offers the likeliest objections of the module under ⇧ and a digit", () => {
  const desk = deskOnScreen("talking", "en");
  expect([...document.querySelectorAll("[role=option] kbd")].slice(0, 3).map((sign) => sign.getAttribute("data-sign"))).toEqual(["⇧1", "⇧2", "⇧3"]);
  expect(offered().slice(0, 3)).toEqual(["Too expensive", "We have a supplier", "Send me an e-mail"]);
  fireEvent.keyDown(document.body, { code: "Digit2", key: "@", shiftKey: true });
  expect(desk.asked).toEqual([{ id: "handler", argument: { digit: 2 } }]);
});

it("narrows as one types, walks by arrows, opens by Enter and gives the keys back", () => {
  const desk = deskOnScreen("talking", "en");
  field().focus();
  fireEvent.change(field(), { target: { value: "what" } });
  expect(offered().length).toBeGreaterThan(1);
  expect(offered().length).toBeLessThan(7);
  const second = screen.getAllByRole("option")[1];
  fireEvent.keyDown(field(), { code: "ArrowDown", key: "ArrowDown" });
  expect(second?.getAttribute("aria-selected")).toBe("true");
  expect(field().getAttribute("aria-activedescendant")).toBe(second?.id);
  fireEvent.keyDown(field(), { code: "Enter", key: "Enter" });
  expect(desk.asked).toEqual([{ id: "handler", argument: { handler: second?.id.replace("objection-", "") } }]);
  expect(field().value).toBe("");
  expect(document.activeElement).not.toBe(field());
});

it("says what to do when nothing is found", () => {
  deskOnScreen("talking", "en");
  fireEvent.change(field(), { target: { value: "zzz" } });
  expect(screen.getByText(/Note the client's words/)).toBeTruthy();
});

it("never takes the focus by itself", () => {
  deskOnScreen("talking", "en", ({ view, ...rest }) => ({ ...rest, view: { ...view, focus: { field: "find", asked: 3 } } }));
  expect(document.activeElement).toBe(document.body);
});
