import { expect, it } from "vitest";
import { emptyBook, writeCalls } from "#domain/counting/callBook.ts";
import { countDay } from "#domain/counting/day.ts";
import { emptyLedger, writeLedger } from "#domain/counting/ledger.ts";
import { verdictsOfDay } from "#domain/counting/verdict.ts";
import { boardRows, emptyBoard, writeBoard } from "#domain/wallboard/board.ts";
import { campaigns as live, company, fact, HOUR, person, SECOND, TEN, wholeCall } from "#test/kit/facts.ts";
import { practiceCall, practiceCampaign } from "#test/kit/practiceFacts.ts";

const campaigns = new Map([...live, [practiceCampaign.id, practiceCampaign]]);
const ordinary = wholeCall("c1", TEN);
const practice = [
  ...practiceCall("1", TEN + 60 * SECOND), ...practiceCall("2", TEN + 600 * SECOND),
  fact({ kind: "verbatim.taken", call: "practice-2", record: "r", second: 3, unforeseen: false }, TEN + 620 * SECOND),
];

it("[T1] practice moves none of the day's figures, and is not in the list of its calls", () => {
  const day = (facts: typeof ordinary) => countDay(writeLedger(emptyLedger, facts), TEN + HOUR, company, campaigns);
  expect(day([...ordinary, ...practice])).toEqual(day(ordinary));
  expect(day(practice)).toMatchObject({ contacts: 0, dialed: 0, answered: 0, decisionMaker: 0, calls: [] });
  expect(day(ordinary)).toMatchObject({ contacts: 1, dialed: 1, answered: 1, decisionMaker: 1 });
});

it("[T1] practice moves no figure of the wallboard, nor the last objection; who practises is seen to", () => {
  const rows = (facts: typeof ordinary, now = TEN + HOUR) => boardRows(writeBoard(emptyBoard, facts), [person("anna")], new Set(["anna"]), now, company, campaigns);
  const objected = [...ordinary, fact({ kind: "handler.shown", call: "c1", handler: "dear", version: 2, phrasing: 0, module: "reason" }, TEN + 20 * SECOND)];
  const [before, after] = [rows(objected)[0], rows([...objected, ...practice])[0]];
  expect(after?.day).toEqual(before?.day);
  expect(after?.objection).toEqual({ at: TEN + 20 * SECOND, handler: "dear", handlerVersion: 2 });
  const talking = practice.slice(0, 3);
  expect(rows([...objected, ...talking], TEN + 80 * SECOND)[0]).toMatchObject({ state: { state: "inCall" }, now: { call: "practice-1", practice: true } });
  expect(rows(ordinary.slice(0, 2), TEN + 20 * SECOND)[0]?.now).not.toHaveProperty("practice");
});

it("[Q5] [T1] a practice call that would count in every other respect does not", () => {
  const book = writeCalls(emptyBook, practiceCall("1", TEN));
  expect(verdictsOfDay(book, "2026-11-23", { timeZone: company.timeZone, campaigns }).get("practice-1")).toEqual({ counts: false, why: "practice" });
});
