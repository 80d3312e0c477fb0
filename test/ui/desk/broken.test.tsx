// @vitest-environment jsdom
import { fireEvent, screen } from "@testing-library/react";
import { createStore } from "zustand/vanilla";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { Levels } from "#client/phone/phone.ts";
import { previewDesk } from "#ui/preview/previewDesk.ts";
import { deskPictures } from "#ui/preview/fixtures.ts";
import { now } from "#ui/preview/content.ts";
import { DeskScreen } from "#ui/screens/DeskScreen.tsx";
import { onScreen } from "../onScreen.tsx";
import { askedOf, deskOnScreen } from "./deskOnScreen.tsx";

// React tells the console of every error that a boundary has caught.
beforeEach(() => { vi.spyOn(console, "error").mockImplementation(() => {}); });
afterEach(() => { vi.restoreAllMocks(); });

it("keeps the hang-up button, the objections and the notes when the script crashes", () => {
  const desk = deskOnScreen("talking", "en", ({ state, ...rest }) => ({ ...rest, state: { ...state, script: { ...state.script, modules: state.script?.modules.map((module) => ({ ...module, answers: null })) } as never } }));
  expect(screen.getByText(/The script has broken, the call goes on/)).toBeTruthy();
  expect(screen.getByRole("textbox", { name: "Client's words" })).toBeTruthy();
  fireEvent.click(screen.getByRole("button", { name: "Hang up" }));
  expect(askedOf(desk)).toEqual(["hangUp"]);
});

it("keeps the words and the hang-up button when the objections crash", () => {
  const desk = previewDesk(deskPictures("en").talking);
  onScreen(<DeskScreen desk={{ ...desk, find: () => { throw new Error("broken index"); } }} onSignOut={() => {}} />, "en", now);
  expect(screen.getByText(/how you manage storage/)).toBeTruthy();
  fireEvent.click(screen.getByRole("button", { name: "Hang up" }));
  expect(askedOf(desk)).toEqual(["hangUp"]);
});

it("keeps a hang-up button when the phone bar itself crashes", () => {
  const desk = previewDesk(deskPictures("en").talking);
  const levels = createStore(() => null) as never as typeof desk.levels & { getState(): Levels };
  onScreen(<DeskScreen desk={{ ...desk, levels }} onSignOut={() => {}} />, "en", now);
  expect(screen.getByText(/The phone bar has broken/)).toBeTruthy();
  fireEvent.click(screen.getByRole("button", { name: "Hang up" }));
  expect(askedOf(desk)).toEqual(["hangUp"]);
});
