import { describe, expect, it } from "vitest";
import { createRows, TICK } from "#client/wallboard/rows.ts";
import { createTrails } from "#client/wallboard/trails.ts";
import type { Fact } from "#domain/fact.ts";
import { byClockOf } from "#domain/wallboard/agentState.ts";
import { boardRows, emptyBoard, writeBoard, type BoardRow } from "#domain/wallboard/board.ts";
import { campaigns, company, fact, person, TEN, wholeCall } from "#test/kit/facts.ts";

const names = Array.from({ length: 200 }, (_, at) => `agent-${at}`);
const team = names.map((name) => person(name));
const offset = 60_000;
const morning = names.map((by, at) => fact({ kind: "shift.ready" }, TEN - 1000 - at, { by }));

describe("the rows of a floor of two hundred", () => {
  it("are made anew one at a time, as the facts come, and say what the whole table made at once would say", () => {
    const rows = createRows();
    let board = writeBoard(emptyBoard, morning);
    const made = (now: number, lines = new Map()): readonly BoardRow[] =>
      rows({ board, team, desks: new Set(names), lines, settings: company, campaigns, now, offset });
    const whole = (now: number): readonly BoardRow[] => boardRows(board, team, new Set(names), now, company, campaigns).map((row) => ({ ...row, state: byClockOf(row.state, offset) }));
    const now = Math.ceil(TEN / TICK) * TICK;
    let before = made(now);
    expect(before).toEqual(whole(now));
    for (const one of wholeCall("a", now, { by: "agent-7" })) {
      board = writeBoard(board, [one]);
      const after = made(now);
      expect(after.filter((row) => !before.includes(row)).map((row) => row.person.id)).toEqual(["agent-7"]);
      expect(after).toEqual(whole(now));
      before = after;
    }
    // Time goes on for everybody.
    expect(made(now + 6 * 60_000)).toEqual(whole(now + 6 * 60_000));
  });
});

describe("the trails of the calls that are up", () => {
  it("are what all facts together say, in whatever pieces and order these come", () => {
    const call = "a";
    const steps: Fact[] = [
      fact({ kind: "module.shown", call, module: "greeting", way: "start" }, TEN), fact({ kind: "module.shown", call, module: "offer", way: "answer" }, TEN + 1),
      fact({ kind: "verbatim.taken", call, record: "words", second: 3, unforeseen: false }, TEN + 2), fact({ kind: "module.shown", call, module: "need", way: "answer" }, TEN + 3),
      fact({ kind: "module.shown", call, module: "offer", way: "back" }, TEN + 4), fact({ kind: "module.shown", call: "b", module: "greeting", way: "start" }, TEN + 5),
    ];
    const rows = [{ now: { call } }] as unknown as readonly BoardRow[];
    const trails = createTrails();
    const facts: Fact[] = [];
    let last: unknown;
    for (const at of [3, 0, 5, 1, 4, 2]) {
      facts.push(steps[at] as Fact);
      const found = trails(rows, facts);
      expect([...found.keys()]).toEqual(["a"]);
      expect(found).toEqual(createTrails()(rows, [...facts].reverse()));
      last = found.get(call);
    }
    expect(last).toEqual({ modules: ["greeting", "offer"], captures: [{ record: "words", second: 3 }] });
    expect(trails(rows, facts).get(call)).toBe(last);
    expect([...trails([], facts).keys()]).toEqual([]);
  });
});
