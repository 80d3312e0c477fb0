import { describe, expect, it } from "vitest";
import { boardRows, emptyBoard, writeBoard } from "#domain/wallboard/board.ts";
import type { Fact } from "#domain/fact.ts";
import type { LineWord } from "#domain/base/lineWord.ts";
import { wordOf } from "#domain/phone/quality.ts";
import { campaigns, company, fact, HOUR, MINUTE, person, TEN, wholeCall } from "#test/kit/facts.ts";

const team = [person("boris"), person("anna")];

function rows(facts: Fact[], now = TEN + MINUTE, online = ["anna", "boris"]) {
  return boardRows(writeBoard(emptyBoard, facts), team, new Set(online), now, company, campaigns);
}
const anna = (facts: Fact[], now?: number, online?: string[]) => rows(facts, now, online).find((row) => row.person.id === "anna");

describe("the wallboard", () => {
  it("[H1] shows the call before everything else: dialing, in call, wrap-up until the outcome is saved", () => {
    const ready = fact({ kind: "shift.ready" }, TEN - MINUTE);
    const [dialed, answered, ended, outcome] = wholeCall("a", TEN) as [Fact, Fact, Fact, Fact];
    const states = [[ready], [ready, dialed], [ready, dialed, answered], [ready, dialed, answered, ended], [ready, dialed, answered, ended, outcome]]
      .map((facts) => anna(facts)?.state.state);
    expect(states).toEqual(["ready", "dialing", "inCall", "wrapUp", "ready"]);
    const rest = fact({ kind: "shift.break", reason: "rest" }, TEN + 1);
    expect(anna([ready, dialed, answered, rest])?.state.state).toBe("inCall");
  });

  it("[H2] shows the last mark of the shift when no call is up", () => {
    const marks = [fact({ kind: "shift.ready" }, TEN), fact({ kind: "shift.break", reason: "lunch" }, TEN + 1)];
    expect(anna(marks)?.state).toEqual({ state: "break", since: TEN + 1, reason: "lunch" });
    expect(anna([...marks, fact({ kind: "shift.ended" }, TEN + 2)])?.state.state).toBe("off");
    expect(anna([])?.state.state).toBe("off");
  });

  it("[H3] forgets the mark of another day", () => {
    expect(anna([fact({ kind: "shift.ready" }, TEN - 24 * HOUR)])?.state.state).toBe("off");
    expect(anna(wholeCall("a", TEN - 24 * HOUR).slice(0, 2))?.state.state).toBe("off");
  });

  it("[Y7] stands when a device sends a time that is no moment", () => {
    const wild = { offset: 8.6e15 };
    const facts = [
      fact({ kind: "shift.ready" }, 8.6e15, wild), fact({ kind: "shift.break", reason: "rest" }, -8.6e15, { offset: -8.6e15 }),
      ...wholeCall("a", TEN).map((one) => ({ ...one, at: 8.6e15, ...wild })),
    ];
    expect(rows([...facts, ...wholeCall("b", TEN, { by: "boris" })]).map((row) => [row.person.id, row.day.contacts])).toEqual([["anna", 0], ["boris", 1]]);
  });

  it("[M2] puts those in trouble first, with the reason, and keeps the others in the order of names", () => {
    const both = [fact({ kind: "shift.ready" }, TEN), fact({ kind: "shift.break", reason: "rest" }, TEN, { by: "boris" })];
    expect(rows(both).map((row) => row.person.id)).toEqual(["anna", "boris"]);
    const later = rows(both, TEN + 17 * MINUTE, ["boris"]);
    expect(later.map((row) => [row.person.id, row.trouble?.kind])).toEqual([["anna", "offline"], ["boris", "longBreak"]]);
    expect(rows([both[1] as Fact], TEN + 17 * MINUTE).map((row) => [row.person.id, row.trouble])).toEqual([
      ["boris", { kind: "longBreak", minutes: 17, norm: 15 }], ["anna", undefined],
    ]);
    expect(anna([both[0] as Fact], TEN + 6 * MINUTE)?.trouble).toEqual({ kind: "idle", minutes: 6, norm: 5 });
  });

  it("[M3] shows how the line of the call is that goes on, and puts a bad one first with its side", () => {
    const talking = wholeCall("a", TEN, { by: "boris" }).slice(0, 2);
    const said = (word: LineWord, facts = talking) => boardRows(writeBoard(emptyBoard, facts), team, new Set(["anna", "boris"]), TEN + MINUTE, company, campaigns, new Map([["boris", word]]))
      .map((row) => [row.person.id, row.line?.grade, row.trouble]);
    expect(said({ call: "a", grade: "fair" })).toEqual([["anna", undefined, undefined], ["boris", "fair", undefined]]);
    expect(said({ call: "a", grade: "bad", bad: "far" })).toEqual([["boris", "bad", { kind: "badLine", bad: "far" }], ["anna", undefined, undefined]]);
    const quiet = [["anna", undefined, undefined], ["boris", undefined, undefined]];
    expect(said({ call: "the one before", grade: "bad", bad: "sent" })).toEqual(quiet);
    expect(said({ call: "a", grade: "bad", bad: "sent" }, wholeCall("a", TEN, { by: "boris" }))).toEqual(quiet);
    expect(wordOf("a", { trend: [4.2] })).toEqual({ call: "a", grade: "good" });
    expect(wordOf("a", { trend: [4.2], bad: "both" })).toEqual({ call: "a", grade: "bad", bad: "both" });
  });

  it("names the module, the prospect and the last objection by their ids", () => {
    const [dialed, answered] = wholeCall("a", TEN) as [Fact, Fact, Fact, Fact];
    const facts = [
      dialed, answered,
      fact({ kind: "script.opened", call: "a", script: "s", version: 2 }, TEN + 5),
      fact({ kind: "module.shown", call: "a", module: "need", way: "answer" }, TEN + 6),
      fact({ kind: "handler.shown", call: "a", handler: "price", version: 4, phrasing: 0, module: "need" }, TEN + 7),
      fact({ kind: "verbatim.taken", call: "a", record: "r1", second: 9, unforeseen: false }, TEN + 8),
    ];
    expect(anna(facts)?.now).toEqual({ call: "a", prospect: "p-a", campaign: "storage", script: "s", version: 2, module: "need" });
    expect(anna(facts)?.objection).toEqual({ at: TEN + 8, handler: "price", handlerVersion: 4, record: "r1" });
  });
});
