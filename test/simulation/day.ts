import { isDeepStrictEqual } from "node:util";
import { vi } from "vitest";
import type { Campaign, Company, Person } from "#domain/base/campaign.ts";
import { normsOf, withNorms, withRule } from "#domain/base/norms.ts";
import { countDay } from "#domain/counting/day.ts";
import { emptyLedger } from "#domain/counting/ledger.ts";
import type { Fact } from "#domain/fact.ts";
import { boardRows, emptyBoard, writeBoard, type Board } from "#domain/wallboard/board.ts";
import type { Database } from "#server/store/database.ts";
import type { Document } from "#wire/sync.ts";
import { recount, type Recount } from "#test/recount/recount.ts";
import { inWordsOfRecount, shiftInWordsOfRecount } from "#test/recount/sameNumbers.ts";
import { recountShift, type RecountedShift } from "#test/recount/shift.ts";
import { campaign as storage, company as northWind } from "#test/kit/facts.ts";
import { newCaller, type Caller } from "./agent.ts";
import { newDevice, type Device } from "./device.ts";
import { throwDice } from "./dice.ts";
import { virtualTime, type VirtualTime } from "./virtualTime.ts";
import { openWorld, toldAnew, type World } from "./world.ts";

/** Where a simulated day keeps what the server knows. */
export interface Place {
  readonly db: Database;
  /** Everything that the server has, in no order. */
  facts(): Promise<readonly Fact[]>;
  publish(document: Document): Promise<void>;
  /** Keeps all that is committed now; the result goes back to it, as a restored back-up does. Undefined where that cannot be done. */
  backUp?(): (sameLife?: boolean) => void;
  close(): Promise<void>;
  /** So many steps of the day are played where each is slow; some seventy when not given. */
  readonly steps?: number;
}

/** What a played day came to. */
export interface Played {
  /** Empty when everything agreed; otherwise what differed, in words. */
  readonly wrong: readonly string[];
  readonly facts: number;
  readonly contacts: number;
  /** Time in the shifts that were compared, milliseconds. */
  readonly worked: number;
  readonly accidents: Readonly<Record<string, number>>;
}

const AGENTS = 20;
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

const colleague = (id: string, role: Person["role"]): Person => ({ id, name: id, email: `${id}@demo.example`, role, team: "north", language: "en", gender: "f" });
export const staff: readonly Person[] = [
  ...Array.from({ length: AGENTS }, (_, index) => colleague(`agent-${index + 1}`, "agent")), colleague("lead", "lead"), colleague("admin", "admin"),
];
const lead = staff[AGENTS] as Person;
const admin = staff[AGENTS + 1] as Person;

const published: readonly Campaign[] = [
  storage,
  { ...storage, id: "anybody", rule: { decisionMaker: false, minSeconds: 10 } },
  { ...storage, id: "firms", rule: { decisionMaker: false, minSeconds: 10, per: "company" } },
  { ...storage, id: "rehearsal", practice: true },
];

/** Zones whose clocks do different things: none, half an hour, beyond the date line, and one that changes its clock in the night. */
const ZONES = ["Europe/Moscow", "Asia/Kolkata", "Pacific/Auckland", "America/New_York", "America/St_Johns"];

/** Plays one day of a company of twenty agents and a lead, with everything going wrong that the seed holds. */
export async function playDay(seed: number, openPlace: (people: readonly Person[]) => Promise<Place>): Promise<Played> {
  const dice = throwDice(seed);
  const timeZone = dice.pick(ZONES);
  const settled: Company = { ...northWind, timeZone, target: dice.pick([70, 12, 3]), unit: dice.pick(["contacts", "points"] as const), closes: dice.pick([12 * 60, 60, 30 * 60]) };
  // 10:00 UTC of a day in November, when New York has changed its clock; the day is the company's.
  const begin = Date.UTC(2026, 10, dice.between(1, 27), dice.between(0, 23));
  const today = dayOn(begin, settled);
  // Settings of yesterday that end with this day or the next, and a rule that is changed in mid-day (rules Q16, Q17).
  const company = dice.happens(0.5) ? settled : withNorms({ ...settled, target: 5, closes: 60 }, normsOf(settled), dice.pick([today, dayOn(begin + 24 * HOUR, settled)]));
  const campaigns = dice.happens(0.5) ? published : published.map((one) => withRule(
    { ...one, rule: { decisionMaker: false, minSeconds: 40 } }, one.rule, one.outcomes.filter(({ counts }) => counts).map(({ code }) => code), begin + dice.between(0, 5 * HOUR)));
  const time = virtualTime(begin);
  const chance = vi.spyOn(Math, "random").mockImplementation(() => dice.next());
  const uuid = vi.spyOn(crypto, "randomUUID").mockImplementation(() => dice.id() as ReturnType<typeof crypto.randomUUID>);
  const place = await openPlace(staff);
  try {
    for (const one of campaigns) await place.publish({ type: "campaign", id: one.id, version: 1, body: one });
    await place.publish({ type: "company", id: "company", version: 1, body: company });
    return await play(seed, place, time, openWorld(dice, place.db, company, campaigns, dice.pick([0, 0.05, 0.15, 0.4])));
  } finally {
    await place.close();
    chance.mockRestore();
    uuid.mockRestore();
    time.restore();
  }
}

async function play(seed: number, place: Place, time: VirtualTime, world: World): Promise<Played> {
  const { dice, company } = world;
  // Real work of a real database takes no virtual time.
  const pass = (ms: number): Promise<void> => time.pass(ms, () => world.busy > 0);
  const wrong: string[] = [];
  const told = (what: string): void => void (wrong.length < 12 && wrong.push(`seed ${seed}: ${what}`));
  /** Nobody waits for it, but its failure ends the day under the seed's name. */
  const meanwhile = (doing: Promise<unknown> | undefined): void => void doing?.catch((error: unknown) => { world.broken ??= error; });
  const mustHold = (): void => {
    if (world.broken) throw new Error(`seed ${seed}: ${(world.broken as Error).message}`, { cause: world.broken });
  };
  const prospects = Array.from({ length: dice.between(10, 60) }, (_, index) => `prospect-${index}`);
  // A clock that is put right in mid-day was hours wrong at most; one that is years wrong is so from the morning on.
  const slip = (): number => dice.pick([0, 0, 0, 300, -1500, 40_000, -10 * MINUTE, 3 * HOUR, -5 * HOUR]);
  const skew = (): number => (dice.happens(0.8) ? slip() : dice.pick([26 * HOUR, -400 * 24 * HOUR, 30 * 24 * HOUR]));

  const devices: Device[] = [];
  const callers: Caller[] = [];
  const newlyOpened = async (person: Person, name: string): Promise<Device> => {
    const device = newDevice(world, person, name, skew());
    devices.push(device);
    meanwhile(device.open());
    return device;
  };
  for (const person of staff.slice(0, AGENTS)) {
    callers.push(newCaller(world, await newlyOpened(person, `${person.id}-laptop`), prospects));
    // A second device of the same person, now here, now there.
    if (dice.happens(0.2)) callers.push(newCaller(world, await newlyOpened(person, `${person.id}-phone`), prospects));
  }
  const wallboards = [await newlyOpened(lead, "lead-1"), ...(dice.happens(0.3) ? [await newlyOpened(lead, "lead-2")] : [])];
  // Signing in needs the server, so every device has heard its clock before the first call.
  await pass(5_000);
  // Devices that are cut off at some time of the day and come back after it.
  const late = devices.filter((one) => one.person.role === "agent" && dice.happens(0.1));

  /** The lead strikes a contact, or changes somebody's target. */
  const rule = async ({ tab }: Device): Promise<void> => {
    if (!tab) return;
    const agent = dice.pick(staff.slice(0, AGENTS));
    const calls = [...(tab.recorder.known.getState().board.people.get(agent.id)?.book.keys() ?? [])];
    const now = Date.now();
    if (calls.length > 0 && dice.happens(0.7)) {
      return tab.recorder.record([{ kind: "contact.checked", call: dice.pick(calls), agent: agent.id, found: dice.pick(["notConfirmed", "notConfirmed", "confirmed", "notReached", "withdrawn"]) }]);
    }
    const target = `target-${agent.id}-${dice.between(1, 3)}`;
    if (dice.happens(0.3)) return tab.recorder.record([{ kind: "target.withdrawn", target, agent: agent.id, on: dice.happens(0.7) }]);
    const start = dice.between(0, 1200);
    return tab.recorder.record([{
      kind: "target.set", target, agent: agent.id, from: dayOn(now - dice.between(0, 1) * 24 * HOUR, company), to: dayOn(now + dice.between(0, 1) * 24 * HOUR, company),
      since: dice.pick([0, dice.between(0, 1439)]), unit: dice.pick(["contacts", "points"]), amount: dice.between(0, 80), start, end: Math.min(1439, start + dice.between(0, 600)),
    }]);
  };

  const length = place.steps ?? dice.between(50, 90);
  let restore: ((sameLife?: boolean) => void) | undefined;
  let downUntil = -1;
  for (let tick = 0; tick < length; tick += 1) {
    for (const caller of callers) if (dice.happens(0.55)) meanwhile(caller.act());
    if (dice.happens(0.25)) meanwhile(rule(dice.pick(wallboards)));
    if (late.length > 0 && tick === Math.floor(length / 2)) for (const device of late) device.online = false;
    await pass(dice.between(2_000, 300_000));

    if (dice.happens(0.15)) {
      const device = dice.pick(devices);
      world.accidents.set("crash", (world.accidents.get("crash") ?? 0) + 1);
      device.crash();
      await pass(dice.between(10, 20_000));
      meanwhile(device.open());
      await pass(10);
      meanwhile(callers.find((one) => one.device === device)?.recover());
    }
    // Somebody goes home in a hurry; a colleague sits down at that computer, and now and then its person comes back meanwhile.
    if (dice.happens(0.06)) {
      const device = dice.pick(devices);
      world.accidents.set("left in a hurry", (world.accidents.get("left in a hurry") ?? 0) + 1);
      device.crash();
      meanwhile(device.sendLeft());
      await pass(dice.between(5, 40_000));
      meanwhile(device.open());
      await pass(10);
      meanwhile(callers.find((one) => one.device === device)?.recover());
    }
    if (dice.happens(0.1)) {
      const device = dice.pick(devices);
      if (!late.includes(device)) device.online = !device.online;
      device.welcome();
    }
    // The clock of a device is put right, or wrong, in the middle of the day.
    if (dice.happens(0.05)) {
      const device = dice.pick(devices);
      if (Math.abs(device.skew) < 6 * HOUR) device.skew = slip();
    }
    if (tick === downUntil) {
      world.up = true;
      for (const device of devices) device.welcome();
    } else if (downUntil < tick && dice.happens(0.03)) {
      world.up = false;
      downUntil = tick + dice.between(1, 6);
    }
    if (place.backUp && !restore && dice.happens(0.01)) restore = place.backUp();
    else if (restore && dice.happens(0.02)) {
      // By our own command, or by a copied folder or a standby, whose database does not know that it was set back.
      const unknown = dice.happens(0.5);
      const what = unknown ? "set back" : "restored";
      world.accidents.set(what, (world.accidents.get(what) ?? 0) + 1);
      restore(unknown);
      restore = undefined;
      for (const device of devices) device.welcome();
    }
    mustHold();
    if (tick % 40 === 39) for (const device of devices) compareScreen(device, told, world);
  }

  // The day is over. Everybody comes back in good weather, and what was on the way arrives.
  const evening = Date.now();
  world.up = true;
  world.weather = 0;
  for (const device of devices) if (!device.online) device.crash();
  await pass(dice.between(0, 20 * HOUR));
  for (const device of devices) {
    device.online = true;
    if (!device.tab) meanwhile(device.open());
    device.welcome();
  }
  await pass(5_000);
  for (const caller of callers) meanwhile(caller.recover());
  await pass(1000);
  for (let round = 0; round < 200 && !(await settled(devices)); round += 1) {
    await pass(30_000);
    for (const device of devices) {
      device.tab?.uplink.wake();
      device.welcome();
    }
  }
  await pass(20 * MINUTE);
  for (const device of devices) device.welcome();
  await pass(5 * MINUTE);
  mustHold();

  // Nothing lost, nothing doubled, nothing refused.
  const written = devices.flatMap(({ disk }) => disk.entries().flatMap((entry) => ("fact" in entry ? [entry.fact] : [])));
  const stored = await place.facts();
  const here = new Set(written.map(({ id }) => id));
  const there = new Set(stored.map(({ id }) => id));
  if (there.size !== stored.length) told(`the server holds ${stored.length - there.size} facts twice`);
  const lost = [...here].filter((id) => !there.has(id));
  if (lost.length > 0) told(`${lost.length} of ${here.size} facts never reached the server`);
  if ([...there].some((id) => !here.has(id))) told("the server holds facts that no device has written");
  for (const { name, disk } of devices) if (disk.refused().length > 0) told(`${name} was refused ${disk.refused().length} entries: ${disk.refused()[0]?.why}`);

  // One number: on each agent's screens, on the wallboards, in a report made anew, in a recount of what was ever written.
  let contacts = 0;
  let worked = 0;
  const anew = writeBoard(emptyBoard, await toldAnew(place.db, admin));
  for (const now of [evening, Date.now()]) {
    const day = dayOn(now, company);
    for (const agent of staff.slice(0, AGENTS)) {
      const expected = recount(written, agent.id, now, company, world.campaigns);
      const shift = recountShift(written, agent.id, now, company.timeZone);
      contacts += expected.contacts;
      worked += shift.whole;
      const say = (where: string, board: Board): void => {
        const seen = countedOn(board, agent, now, world);
        const difference = differing(expected, seen) ?? differingShift(shift, board, agent, now, world);
        if (difference) told(`${agent.id} on ${day}: ${where} says ${difference}`);
      };
      for (const device of devices) if (device.person === agent && device.tab) say(`the screen of ${device.name}`, device.tab.recorder.known.getState().board);
      for (const device of wallboards) if (device.tab) say(`the wallboard ${device.name}`, device.tab.recorder.known.getState().board);
      say("the report", anew);
    }
  }
  for (const device of devices) device.crash();
  return { wrong, facts: written.length, contacts, worked, accidents: Object.fromEntries(world.accidents) };
}

async function settled(devices: readonly Device[]): Promise<boolean> {
  for (const { disk } of devices) if ((await disk.open().countUnsent()) > 0) return false;
  return true;
}

/** At any moment a screen shows what the facts that it has amount to. */
function compareScreen(device: Device, told: (what: string) => void, world: World): void {
  if (!device.tab) return;
  const { board, facts } = device.tab.recorder.known.getState();
  const now = Date.now();
  const whose = device.person.role === "agent" ? [device.person] : [world.dice.pick(staff.slice(0, AGENTS))];
  for (const agent of whose) {
    const difference = differing(recount(facts, agent.id, now, world.company, world.campaigns), countedOn(board, agent, now, world))
      ?? differingShift(recountShift(facts, agent.id, now, world.company.timeZone), board, agent, now, world);
    if (difference) told(`in mid-day ${device.name} says ${difference} of ${agent.id}`);
  }
}

function countedOn(board: Board, agent: Person, now: number, world: World): Recount {
  const known = new Map(world.campaigns.map((one) => [one.id, one]));
  // The row of the wallboard and the day on the desk are the same fold; both ways are gone.
  const row = boardRows(board, [agent], new Set(), now, world.company, known)[0];
  const desk = countDay(board.people.get(agent.id) ?? emptyLedger, now, world.company, known);
  if (row && row.day.contacts !== desk.contacts) throw new Error("row and desk differ over the same facts");
  return inWordsOfRecount(desk);
}

/** `YYYY-MM-DD` on the company's wall, without asking the code that is checked. */
function dayOn(at: number, { timeZone }: Company): string {
  return new Date(at).toLocaleDateString("sv-SE", { timeZone });
}

function differing(expected: Recount, seen: Recount): string | undefined {
  if (JSON.stringify(expected) === JSON.stringify(seen)) return undefined;
  if (expected.contacts !== seen.contacts) return `${seen.contacts} contacts instead of ${expected.contacts}`;
  const other = expected.calls.find((one, index) => JSON.stringify(one) !== JSON.stringify(seen.calls[index]));
  if (!other) return `${JSON.stringify({ ...seen, calls: [] })} instead of ${JSON.stringify({ ...expected, calls: [] })}`;
  return `${JSON.stringify(seen.calls.find((one) => one.call === other.call))} instead of ${JSON.stringify(other)} (${seen.calls.length} calls instead of ${expected.calls.length})`;
}

/** Times and states (rules H1 to H7): every period from its first to its last moment, their sums, and what the board shows now. */
function differingShift(expected: RecountedShift, board: Board, agent: Person, now: number, world: World): string | undefined {
  const seen = shiftInWordsOfRecount(board.people.get(agent.id) ?? emptyLedger, now, world.company);
  if (isDeepStrictEqual(expected, seen)) return undefined;
  const at = expected.periods.findIndex((one, index) => !isDeepStrictEqual(one, seen.periods[index]));
  return `${seen.now}, ${seen.whole} ms, ${JSON.stringify(seen.periods[at])} instead of ${expected.now}, ${expected.whole} ms, ${JSON.stringify(expected.periods[at])}`;
}
