import { expect, it, vi } from "vitest";
import { memoryDatabase, memoryPeople, memoryPeopleOfTeams, memoryPullStore, memorySyncStore, publishInMemory } from "#test/kit/memoryServer.ts";
import { playDay, type Place } from "./day.ts";

vi.mock("#server/sync/syncStore.ts", async (original) => ({ ...(await original<object>()), ...memorySyncStore }));
vi.mock("#server/sync/pullStore.ts", async (original) => ({ ...(await original<object>()), ...memoryPullStore }));
vi.mock("#server/auth/peopleStore.ts", async (original) => ({ ...(await original<object>()), people: memoryPeople, peopleOfTeams: memoryPeopleOfTeams }));

/** How many days, from which seed on: `npm run simulate -- --seeds 1000` or `--seed 7`. */
const SEEDS = Number(process.env["SEEDS"] ?? 100);
const FIRST = Number(process.env["SEED"] ?? 1);

/** Days that once went wrong, and what they had found: played for ever. */
const remembered: readonly (readonly [number, string])[] = [];

const open = (): ((people: Parameters<typeof memoryDatabase>[1]) => Promise<Place>) => async (people) => {
  const db = memoryDatabase(Date.now, people);
  return {
    db,
    facts: async () => [...db.tables.facts.values()].map(({ fact }) => fact),
    publish: async (document) => { publishInMemory(db, document); },
    backUp: () => db.backUp(),
    close: async () => undefined,
  };
};

it(`[Y2] [Y5] [Y6] [Y8] [H7] ${SEEDS} days of twenty agents and a lead, with everything going wrong: agent, wallboard, report and recount say one number and one shift`, async () => {
  const wrong: string[] = [];
  let facts = 0;
  let contacts = 0;
  let worked = 0;
  const accidents = new Map<string, number>();
  for (let seed = FIRST; seed < FIRST + SEEDS; seed += 1) {
    const played = await playDay(seed, open());
    wrong.push(...played.wrong);
    facts += played.facts;
    contacts += played.contacts;
    worked += played.worked;
    for (const [what, times] of Object.entries(played.accidents)) accidents.set(what, (accidents.get(what) ?? 0) + times);
  }
  expect(wrong).toEqual([]);
  // A simulation in which nothing happens proves nothing.
  expect(facts).toBeGreaterThan(SEEDS * 800);
  expect(contacts).toBeGreaterThan(SEEDS * 20);
  expect(worked).toBeGreaterThan(SEEDS * 20 * 3_600_000);
  console.log(`${SEEDS} days: ${facts} facts, ${contacts} contacts, ${Math.round(worked / 3_600_000)} hours of shifts, ${[...accidents].map(([what, times]) => `${what} ${times}`).join(", ")}`);
}, SEEDS * 60_000 + 60_000);

it.each(remembered)("plays the day %i again: %s", async (seed) => {
  expect((await playDay(seed, open())).wrong).toEqual([]);
}, 120_000);
