import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Campaign } from "#domain/base/campaign.ts";
import type { Fact } from "#domain/fact.ts";
import { compareFacts } from "#domain/base/envelope.ts";
import { countDay } from "#domain/counting/day.ts";
import { emptyLedger, type Ledger } from "#domain/counting/ledger.ts";
import { boardRows, emptyBoard, writeBoard, type BoardRow } from "#domain/wallboard/board.ts";
import { anyCalls, anyCampaigns, anyCompany, anyFacts } from "#test/kit/anyDay.ts";
import { company as northWind, HOUR, person, TEN } from "#test/kit/facts.ts";
import { recount } from "./recount.ts";
import { inWordsOfRecount, shiftInWordsOfRecount } from "./sameNumbers.ts";
import { recountShift } from "./shift.ts";

const campaigns = new Map<string, Campaign>(anyCampaigns.map((one) => [one.id, one]));
const team = [person("anna"), person("oleg"), person("vera")];

/** The agent's screen: the facts of the own device as they were written, the others (a lead's words too) as they come down, in batches. */
function onDesk(facts: readonly Fact[], agent: string, device: string, size: number): Ledger {
  const own = facts.filter((one) => one.device === device);
  const down = facts.filter((one) => one.by === agent || ("agent" in one && one.agent === agent));
  let board = writeBoard(emptyBoard, own);
  for (let at = 0; at < down.length; at += size) board = writeBoard(board, down.slice(at, at + size));
  return board.people.get(agent) ?? emptyLedger;
}

/** How many days each property tries; more by hand when a rule has changed. */
const RUNS = Number(process.env["RUNS"] ?? 150);

const order = fc.infiniteStream(fc.double({ min: 0, max: 1, noNaN: true }));
const shuffled = (facts: readonly Fact[], chance: Iterator<number>): Fact[] =>
  facts.map((one) => ({ one, key: chance.next().value as number })).sort((a, b) => a.key - b.key).map(({ one }) => one);

describe.each([["facts as a desk writes them", anyCalls], ["facts as nobody would ever write them", anyFacts]] as const)("%s", (_, facts) => {
  it("[Y5] [Q3] [Q7] [Q10] [Q13] [Q16] [Q17] [H1] [H4] [H7] give one number, and one shift, on the agent's desk, on the other device, on the wallboard, in the lead's list of calls, and in a recount from the rules", () => {
    const hours = fc.integer({ min: -10, max: 13 });
    fc.assert(fc.property(facts, order, fc.integer({ min: 1, max: 9 }), hours, anyCompany, (all, chance, size, hour, company) => {
      const now = TEN + hour * HOUR;
      // Up in any order, some batches twice; down to the lead in batches of another size.
      const arrived = [...shuffled(all, chance), ...all.slice(0, size)];
      let board = emptyBoard;
      for (let at = 0; at < arrived.length; at += size) board = writeBoard(board, arrived.slice(at, at + size));
      const rows = boardRows(board, team, new Set(), now, company, campaigns);
      for (const { id } of team) {
        const expected = recount(all, id, now, company, anyCampaigns);
        const row = rows.find((one) => one.person.id === id);
        expect(row && inWordsOfRecount(row.day)).toEqual(expected);
        const shift = recountShift(all, id, now, company.timeZone);
        expect(shiftInWordsOfRecount(board.people.get(id) ?? emptyLedger, now, company)).toEqual(shift);
        for (const [device, portion] of [["laptop", size], ["phone", size + 1]] as const) {
          const ledger = onDesk(shuffled(all, chance), id, `${id}-${device}`, portion);
          expect(inWordsOfRecount(countDay(ledger, now, company, campaigns))).toEqual(expected);
          expect(shiftInWordsOfRecount(ledger, now, company)).toEqual(shift);
        }
      }
    }), { numRuns: RUNS });
  });
});

it.each([["facts as a desk writes them", anyCalls], ["facts as nobody would ever write them", anyFacts]] as const)("[Y5] %s give one wallboard in any order, doubled and in batches: rows with their state, call and objection, plans, work, notes and seconds", (_, facts) => {
  fc.assert(fc.property(facts, order, fc.integer({ min: 1, max: 9 }), fc.integer({ min: -10, max: 13 }), anyCompany, (all, chance, size, hour, company) => {
    const now = TEN + hour * HOUR;
    const rows = (list: readonly Fact[], portion: number): readonly BoardRow[] => {
      let board = emptyBoard;
      for (let at = 0; at < list.length; at += portion) board = writeBoard(board, list.slice(at, at + portion));
      return boardRows(board, team, new Set(["anna", "vera"]), now, company, campaigns);
    };
    expect(rows([...shuffled(all, chance), ...all.slice(0, size)], size)).toEqual(rows([...all].sort(compareFacts), all.length + 1));
  }), { numRuns: RUNS });
});

it("[Q8] counts for nobody what somebody else has said of a call", () => {
  const now = TEN + 12 * HOUR;
  fc.assert(fc.property(anyCalls, (all) => {
    // Oleg says of Anna's calls whatever can be said: her day stays as it was.
    const forged = all.filter((one) => one.by === "anna").map((one): Fact => ({ ...one, by: "oleg", id: `x${one.id}`, at: one.at - 1000 }));
    const alone = recount(all, "anna", now, northWind, anyCampaigns);
    expect(recount([...forged, ...all], "anna", now, northWind, anyCampaigns)).toEqual(alone);
    const row = boardRows(writeBoard(emptyBoard, [...forged, ...all]), team, new Set(), now, northWind, campaigns).find((one) => one.person.id === "anna");
    expect(row && inWordsOfRecount(row.day)).toEqual(alone);
  }), { numRuns: RUNS });
});
