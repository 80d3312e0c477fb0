import { afterAll, beforeAll, expect, it } from "vitest";
import type { Fact } from "#domain/fact.ts";
import { boardRows, emptyBoard, writeBoard } from "#domain/wallboard/board.ts";
import { PROTOCOL } from "#wire/protocol.ts";
import type { MarkResponse, PullResponse } from "#wire/sync.ts";
import { startTestDatabase, type TestDatabase } from "#test/kit/database.ts";
import { campaigns, company, wholeCall } from "#test/kit/facts.ts";
import { openWire, type Wire } from "#test/kit/proxy.ts";
import { recount } from "#test/recount/recount.ts";
import { inWordsOfRecount } from "#test/recount/sameNumbers.ts";
import { startRooms, type LiveVisitor, type TestRooms, type Visitor } from "#test/kit/rooms.ts";
import { until } from "#test/kit/until.ts";

// The network between one of two app servers and PostgreSQL goes; the other one works on. Nobody may lose anything, or be told a wrong number.

let database: TestDatabase;
let wire: Wire;
let whole: TestRooms;
let cutOff: TestRooms;
let lead: Visitor;
let anna: Visitor;
let boris: Visitor;
let board: LiveVisitor;
beforeAll(async () => {
  database = await startTestDatabase();
  const url = new URL(database.url);
  wire = await openWire(Number(url.port));
  url.port = String(wire.port);
  whole = await startRooms({ database });
  cutOff = await startRooms({ database: { ...database, open: () => database.open(url.href, { answer: 4_000, idle: 4_000, pulse: 1_000, echo: 3_000 }) } });
  [lead, anna] = [await cutOff.signIn("lead"), await cutOff.signIn("anna")];
  boris = await whole.signIn("boris");
  board = await lead.live("device-of-the-board");
});
afterAll(async () => {
  wire?.mend();
  board?.socket.terminate();
  await cutOff?.stop();
  await whole?.stop();
  await wire?.close();
  await database?.stop();
});

const known: Fact[] = [];
/** A call of somebody's, on a device of its own, as their browser sends it. */
function callOf(who: Visitor, call: string) {
  const device = `device-of-${call}`;
  const facts = wholeCall(call, Date.now() - 300_000, { prospect: `person-${call}` }).map((one): Fact => ({ ...one, id: `${call}-${one.kind}`, by: who.person.id, device }));
  known.push(...facts);
  const entries = facts.map((fact, index) => ({ n: index + 1, fact }));
  return {
    ids: facts.map(({ id }) => id),
    push: () => who.post("/api/sync/push", { protocol: PROTOCOL, device, entries }).then(({ status }) => status, () => 0),
    mark: async () => ((await who.get(`/api/sync/mark?device=${device}`)).body as MarkResponse).mark,
  };
}
const pokes = (): number => board.heard.filter((message) => message.t === "fresh").length;
let cursor: PullResponse | undefined;
const onBoard: Fact[] = [];
/** As the lead's browser does: everything after the cursor, again when the server could not. */
async function pullAll(): Promise<void> {
  for (let more = true; more; ) {
    const { status, body } = await lead.get(`/api/sync/pull?since=${cursor?.cursor ?? 0}${cursor ? `&epoch=${cursor.epoch}` : ""}`);
    if (status !== 200) continue;
    cursor = body as PullResponse;
    onBoard.push(...cursor.facts);
    more = cursor.more;
  }
}
const healthy = async (): Promise<boolean> => (await fetch(`${cutOff.url}/healthz`)).status === 200;
const stored = async (): Promise<readonly string[]> => (await database.db.query<{ id: string }>("select id from fact")).map(({ id }) => id).sort();

it.each([
  ["swallows everything", "silent", () => wire.freeze()],
  ["delivers and loses every answer", "answers", () => wire.swallowAnswers()],
  ["is cut", "cut", () => wire.cut()],
] as const)("[Y2] [Y6] a network to the database that %s: what a device sends is kept once, the other server works on, the wallboard is told what it missed", async (_, name, fault) => {
  await until("a healthy server", healthy, 60_000);
  const before = callOf(anna, `${name}-before`);
  await until("the first call", async () => (await before.push()) === 200, 60_000);

  fault();
  // The server says that it cannot; the device keeps what it has and shows it as unsent.
  const during = callOf(anna, `${name}-during`);
  expect(await during.push()).toBeGreaterThanOrEqual(500);
  await until("the server to say that it is cut off", async () => !(await healthy()), 60_000);
  // The other one works on, however the first one's transactions ended.
  const elsewhere = callOf(boris, `${name}-elsewhere`);
  await until("the colleague's call on the other server", async () => (await elsewhere.push()) === 200, 90_000);

  const poked = pokes();
  wire.mend();
  await until("the device's call", async () => (await during.push()) === 200, 90_000);
  expect(await during.mark()).toBe(during.ids.length);
  // Heard again: what was told while nobody listened, and what is told from now on.
  await until("a poke after the fault", () => pokes() > poked, 60_000);
  const heard = pokes();
  expect(await callOf(boris, `${name}-later`).push()).toBe(200);
  await until("the colleague on the other server to be heard of", () => pokes() > heard, 60_000);

  const ids = (facts: readonly Fact[]): readonly string[] => facts.map(({ id }) => id).sort();
  await until("all that the other server knows", async () => {
    await pullAll();
    return onBoard.length >= known.length;
  }, 60_000);
  expect(ids(onBoard)).toEqual(ids(known));
  expect(await stored()).toEqual(ids(known));
  const now = Date.now();
  for (const row of boardRows(writeBoard(emptyBoard, onBoard), [anna.person, boris.person], new Set(), now, company, campaigns))
    expect(inWordsOfRecount(row.day)).toEqual(recount(known, row.person.id, now, company, [...campaigns.values()]));
}, 400_000);
