import { describe, expect, it } from "vitest";
import { boardCommand, boardKeys } from "#ui/wallboard/boardKeys.ts";
import { canBeHeard, stepTo, teamDay } from "#ui/wallboard/team.ts";
import { rowsOf } from "#ui/preview/boardFixtures.ts";

const rows = rowsOf("en");
const key = (code: string, more: Partial<Record<"repeat" | "ctrlKey" | "shiftKey", boolean>> = {}) => ({ code, repeat: false, ctrlKey: false, altKey: false, metaKey: false, shiftKey: false, ...more });

describe("the team in one line", () => {
  it("adds up the people, the contacts and those in trouble", () => {
    expect(teamDay(rows)).toMatchObject({ people: 10, working: 9, contacts: 193, target: 700, troubled: 3 });
  });

  it("says the pace against what is due by now, and nothing before anything is due", () => {
    expect(teamDay(rows).pace).toBe(Math.round((193 / rows.reduce((due, { day }) => due + day.pace.due, 0)) * 100));
    expect(teamDay(rows.map((row) => ({ ...row, day: { ...row.day, pace: { due: 0, state: "onPace" as const } } }))).pace).toBeUndefined();
    expect(teamDay([])).toEqual({ people: 0, working: 0, unit: "contacts", contacts: 0, target: 0, troubled: 0 });
  });
});

it("a call can be heard only while it is answered and its desk is connected", () => {
  expect(rows.filter(canBeHeard).map(({ person }) => person.name)).toEqual(["Anna Bell", "Daria Kim"]);
});

describe("stepping through the rows", () => {
  it("stops at both ends", () => {
    expect(stepTo(rows, "p0", "up")).toBe("p0");
    expect(stepTo(rows, "p9", "down")).toBe("p9");
    expect(stepTo(rows, undefined, "down")).toBe("p0");
    expect(stepTo(rows, undefined, "up")).toBe("p0");
    expect(stepTo(rows, "p4", "first")).toBe("p0");
    expect(stepTo(rows, "p4", "last")).toBe("p9");
  });

  it("leads nowhere when there is nobody, or nobody in trouble", () => {
    expect(stepTo([], undefined, "down")).toBeUndefined();
    expect(stepTo(rows.filter(({ trouble }) => !trouble), "p4", "trouble")).toBeUndefined();
  });
});

describe("keys of the board", () => {
  it("belong to a field or a button when one has the focus", () => {
    expect(boardCommand(key("ArrowDown"), "field")).toBeUndefined();
    expect(boardCommand(key("KeyL"), "field")).toBeUndefined();
    expect(boardCommand(key("Enter"), "button")).toBeUndefined();
    expect(boardCommand(key("KeyL"), "button")).toBe("listen");
    expect(boardCommand(key("Escape"), "field")).toBe("stop");
  });

  it("act once when held, but for the arrows; and never with Ctrl or Shift", () => {
    for (const [code, command] of Object.entries(boardKeys)) {
      expect(boardCommand(key(code, { repeat: true }), "elsewhere")).toBe(command === "up" || command === "down" ? command : undefined);
      expect(boardCommand(key(code, { ctrlKey: true }), "elsewhere")).toBeUndefined();
      expect(boardCommand(key(code, { shiftKey: true }), "elsewhere")).toBeUndefined();
    }
  });
});
