import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Campaign } from "#domain/base/campaign.ts";
import type { Fact } from "#domain/fact.ts";
import { emptyBook, writeCalls } from "#domain/counting/callBook.ts";
import { countDay } from "#domain/counting/day.ts";
import { emptyLedger } from "#domain/counting/ledger.ts";
import { boardRows, emptyBoard, writeBoard } from "#domain/wallboard/board.ts";
import { anyCalls, anyCampaigns, anyFacts } from "#test/kit/anyDay.ts";
import { company, HOUR, person, TEN } from "#test/kit/facts.ts";
import { recount } from "./recount.ts";
import { inWordsOfRecount } from "./sameNumbers.ts";

const campaigns = new Map<string, Campaign>(anyCampaigns.map((one) => [one.id, one]));
const team = [person("anna"), person("oleg"), person("vera")];
const NOW = TEN + 12 * HOUR;
const DAY = "2026-11-23";

/** The agent's screen: the facts of the own device as they were written, the other device's as they come down, in batches. */
function onDesk(facts: readonly Fact[], agent: string, device: string, size: number): unknown {
  const own = facts.filter((one) => one.by === agent && one.device === device);
  const down = facts.filter((one) => one.by === agent);
  let board = writeBoard(emptyBoard, own);
  for (let at = 0; at < down.length; at += size) board = writeBoard(board, down.slice(at, at + size));
  return inWordsOfRecount(countDay(board.people.get(agent) ?? emptyLedger, NOW, company, campaigns));
}

const order = fc.infiniteStream(fc.double({ min: 0, max: 1, noNaN: true }));
const shuffled = (facts: readonly Fact[], chance: Iterator<number>): Fact[] =>
  facts.map((one) => ({ one, key: chance.next().value as number })).sort((a, b) => a.key - b.key).map(({ one }) => one);

describe.each([["facts as a desk writes them", anyCalls], ["facts as nobody would ever write them", anyFacts]] as const)("%s", (_, facts) => {
  it("[Y5] [Q3] [Q7] give one number on the agent's desk, on the other device, on the wallboard, in the lead's list of calls, and in a recount from the rules", () => {
    fc.assert(fc.property(facts, order, fc.integer({ min: 1, max: 9 }), (all, chance, size) => {
      // Up in any order, some batches twice; down to the lead in batches of another size.
      const arrived = [...shuffled(all, chance), ...all.slice(0, size)];
      let board = emptyBoard;
      for (let at = 0; at < arrived.length; at += size) board = writeBoard(board, arrived.slice(at, at + size));
      const rows = boardRows(board, team, new Set(), NOW, company, campaigns);
      for (const { id } of team) {
        const expected = recount(all, id, DAY, company, anyCampaigns);
        const row = rows.find((one) => one.person.id === id);
        expect(row && inWordsOfRecount(row.day)).toEqual(expected);
        expect(onDesk(shuffled(all, chance), id, `${id}-laptop`, size)).toEqual(expected);
        expect(onDesk(shuffled(all, chance), id, `${id}-phone`, size + 1)).toEqual(expected);
      }
    }), { numRuns: 300 });
  });
});

it("[Q8] counts for nobody what somebody else has said of a call", () => {
  fc.assert(fc.property(anyCalls, (all) => {
    // Oleg says of Anna's calls whatever can be said: her day stays as it was.
    const forged = all.filter((one) => one.by === "anna").map((one): Fact => ({ ...one, by: "oleg", id: `x${one.id}`, at: one.at - 1000 }));
    const alone = recount(all, "anna", DAY, company, anyCampaigns);
    expect(recount([...forged, ...all], "anna", DAY, company, anyCampaigns)).toEqual(alone);
    const row = boardRows(writeBoard(emptyBoard, [...forged, ...all]), team, new Set(), NOW, company, campaigns).find((one) => one.person.id === "anna");
    expect(row && inWordsOfRecount(row.day)).toEqual(alone);
    const mixed = writeCalls(emptyBook, all.filter((one) => one.by === "anna"));
    expect(inWordsOfRecount(countDay({ ...emptyLedger, book: writeCalls(mixed, forged) }, NOW, company, campaigns))).toEqual(alone);
  }), { numRuns: 100 });
});
