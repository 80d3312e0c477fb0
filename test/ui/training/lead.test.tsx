// @vitest-environment jsdom
import { fireEvent, screen, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { boardNow, leadStates, standingLead } from "#ui/preview/boardFixtures.ts";
import { LeadScreen } from "#ui/screens/LeadScreen.tsx";
import { trainingWords } from "#ui/training/words.ts";
import { commonWords } from "#ui/words/common.ts";
import { onScreen } from "../onScreen.tsx";

const open = (language: "ru" | "en") => {
  const lead = standingLead(leadStates.day(language));
  onScreen(<LeadScreen lead={lead} onSignOut={() => {}} />, language, boardNow);
  const row = leadStates.day(language).rows.find(({ person }) => person.id === "p3");
  if (!row) throw new Error("nobody practises");
  const cell = screen.getByRole("rowheader", { name: row.person.name });
  fireEvent.click(cell);
  return { lead, name: row.person.name, panel: within(screen.getByRole("region", { name: trainingWords[language].title })) };
};

describe.each(["ru", "en"] as const)("training on the lead's screen in %s", (language) => {
  const words = trainingWords[language];

  it("is asked for in one form, with customer, difficulty, how many and by when", () => {
    const { lead, name, panel } = open(language);
    fireEvent.click(panel.getByRole("button", { name: words.assignTo(name) }));
    const form = within(screen.getByRole("form", { name: words.assignTo(name) }));
    expect(document.activeElement).toBe(form.getByLabelText(words.customer));
    fireEvent.change(form.getByLabelText(words.customer), { target: { value: "angry" } });
    fireEvent.click(within(form.getByRole("radiogroup", { name: words.difficulty })).getByLabelText(words.difficulties.hard));
    fireEvent.change(form.getByLabelText(words.howMany), { target: { value: "3" } });
    fireEvent.change(form.getByLabelText(words.byWhen), { target: { value: "2026-11-27" } });
    fireEvent.click(form.getByRole("button", { name: words.assign }));
    expect(lead.asked.wishes).toEqual([{ agent: "p3", customer: "angry", difficulty: "hard", calls: 3, until: "2026-11-27" }]);
    expect(screen.queryByRole("form")).toBeNull();
    expect(screen.getByText(words.assigned(name))).toBeTruthy();
  });

  it("is not asked for in vain: no calls, too many, or by a day that is over", () => {
    const { lead, name, panel } = open(language);
    fireEvent.click(panel.getByRole("button", { name: words.assignTo(name) }));
    const form = within(screen.getByRole("form", { name: words.assignTo(name) }));
    for (const [label, value] of [[words.howMany, "0"], [words.howMany, "51"], [words.howMany, ""], [words.howMany, "2.5"], [words.byWhen, "2026-11-22"], [words.byWhen, ""]] as const) {
      const field = form.getByLabelText<HTMLInputElement>(label);
      const before = field.value;
      fireEvent.change(field, { target: { value } });
      expect(form.getByRole("alert").textContent).toBe(words.invalid);
      expect(form.getByRole<HTMLButtonElement>("button", { name: words.assign }).disabled).toBe(true);
      fireEvent.change(field, { target: { value: before } });
    }
    expect(form.queryByRole("alert")).toBeNull();
    fireEvent.keyDown(form.getByLabelText(words.customer), { code: "Escape" });
    expect(screen.queryByRole("form")).toBeNull();
    expect(lead.asked.wishes).toEqual([]);
  });

  it("shows progress, lateness and each call with its look back, and takes back with an undo", () => {
    const { lead, panel } = open(language);
    expect(panel.getByText(words.progress(2, 5))).toBeTruthy();
    expect(panel.getByText(words.progress(1, 1))).toBeTruthy();
    expect(panel.getByText(words.doneState)).toBeTruthy();
    expect(panel.getAllByText(words.decider("00:09"))).toHaveLength(2);
    expect(panel.getAllByText(words.objections.tooExpensive).length).toBe(4);
    expect(panel.getAllByText(words.unmet).length).toBeGreaterThan(2);
    fireEvent.click(panel.getByRole("button", { name: words.withdraw }));
    expect(lead.asked.withdrawn).toEqual([["a1", true]]);
    fireEvent.click(screen.getByRole("button", { name: commonWords[language].undo }));
    expect(lead.asked.withdrawn).toEqual([["a1", true], ["a1", false]]);
  });
});
