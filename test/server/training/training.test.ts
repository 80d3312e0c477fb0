import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Fact, FactBody } from "#domain/fact.ts";
import { isTraining } from "#domain/training/log.ts";
import { keepLine } from "#server/training/linesStore.ts";
import { ledBy } from "#server/sync/ledPeople.ts";
import { HOUR } from "#test/kit/facts.ts";
import { practiceCampaign } from "#test/kit/practiceFacts.ts";
import { small, startRooms, type TestRooms, type Visitor } from "#test/kit/rooms.ts";
import type { PullResponse, PushResponse } from "#wire/sync.ts";

let rooms: TestRooms;
const who = new Map<string, Visitor>();
const names = ["anna", "boris", "carl", "lead", "southlead", "editor", "admin"] as const;
const of = (name: (typeof names)[number]): Visitor => who.get(name) as Visitor;
beforeAll(async () => {
  rooms = await startRooms({ company: { ...small, campaigns: [...small.campaigns, practiceCampaign] } });
  for (const name of names) who.set(name, await rooms.signIn(name));
});
afterAll(() => rooms.stop());

let made = 0;
const unique = (stem: string): string => `${stem}-t${(made += 1)}`;
const numbers = new Map<string, number>();
/** Sends one fact as the browser of this person does. */
async function tell(name: (typeof names)[number], body: FactBody, at = Date.now(), device = `${name}-device`): Promise<{ readonly fact: Fact; readonly answer: PushResponse }> {
  const n = (numbers.get(device) ?? 0) + 1;
  numbers.set(device, n);
  const fact = { ...body, id: unique("f"), at, offset: 0, by: of(name).person.id, device } as Fact;
  const { status, body: answer } = await of(name).post("/api/sync/push", { protocol: 1, device, entries: [{ n, fact }] });
  expect(status).toBe(200);
  return { fact, answer: answer as PushResponse };
}
const pulled = async (name: (typeof names)[number], since = 0): Promise<PullResponse> => (await of(name).get(`/api/sync/pull?since=${since}`)).body as PullResponse;
const assign = (agent: (typeof names)[number], more: Partial<Extract<FactBody, { kind: "training.assigned" }>> = {}): Extract<FactBody, { kind: "training.assigned" }> =>
  ({ kind: "training.assigned", assignment: unique("a"), agent: of(agent).person.id, campaign: "practice", customer: "mix", difficulty: "easy", calls: 3, until: "2026-12-01", ...more });
const withdraw = (agent: (typeof names)[number]): FactBody => ({ kind: "training.withdrawn", assignment: "a", agent: of(agent).person.id, on: true });

describe("asking to practise", () => {
  const table: readonly [by: (typeof names)[number], agent: (typeof names)[number], may: boolean][] = [
    ["lead", "anna", true], ["lead", "boris", true], ["lead", "carl", false], ["southlead", "carl", true], ["southlead", "anna", false], ["admin", "anna", true], ["admin", "carl", true],
    ["anna", "anna", false], ["anna", "boris", false], ["editor", "anna", false], ["lead", "southlead", false], ["lead", "lead", false], ["admin", "editor", false],
  ];
  for (const [by, agent, may] of table) {
    it(`[T3] ${by} ${may ? "may" : "may not"} ask ${agent}, nor take back what another may not`, async () => {
      for (const body of [assign(agent), withdraw(agent)]) {
        const { answer, fact } = await tell(by, body);
        expect(answer.refused.map(({ id, why }) => [id, why])).toEqual(may ? [] : [[fact.id, "author"]]);
        expect((await rooms.database.db.query("select 1 from fact where id = $1", [fact.id])).length).toBe(may ? 1 : 0);
      }
    });
  }

  it("[T3] is refused for nobody's agent and for a campaign that is not there", async () => {
    expect((await tell("lead", { ...assign("anna"), agent: "nobody" })).answer.refused).toMatchObject([{ why: "author" }]);
    expect((await tell("lead", assign("anna", { campaign: "gone" }))).answer.refused).toMatchObject([{ why: "campaign" }]);
    expect((await ledBy(rooms.database.db, of("editor").person)).size).toBe(0);
  });

  it("comes down to the agent whom it concerns and to nobody else's, at once", async () => {
    const [annas, boriss] = await Promise.all([of("anna").live("anna-live"), of("boris").live("boris-live")]);
    const before = { anna: (await pulled("anna")).cursor, boris: (await pulled("boris")).cursor };
    const { fact } = await tell("lead", assign("anna"));
    await annas.next("fresh");
    expect((await pulled("anna", before.anna)).facts).toEqual([fact]);
    expect((await pulled("anna")).facts.map(({ id }) => id)).toContain(fact.id);
    expect((await pulled("boris", before.boris)).facts).toEqual([]);
    expect((await pulled("southlead")).facts.map(({ id }) => id)).not.toContain(fact.id);
    expect((await pulled("lead")).facts.map(({ id }) => id)).toContain(fact.id);
    expect(boriss.heard.filter(({ t }) => t === "fresh")).toEqual([]);
    annas.socket.close();
    boriss.socket.close();
  });

  it("of an admin's comes down to the lead of the team as well", async () => {
    const { fact } = await tell("admin", assign("boris"));
    expect((await pulled("lead")).facts.map(({ id }) => id)).toContain(fact.id);
    expect((await pulled("southlead")).facts.map(({ id }) => id)).not.toContain(fact.id);
  });
});

describe("a device that knows nothing yet", () => {
  it("[T6] is told of training for sixty days, of everything else for two", async () => {
    const call = `practice-${unique("c")}`;
    const told: Fact[] = [];
    for (const days of [1, 3, 30, 59, 61]) {
      const at = Date.now() - days * 24 * HOUR;
      for (const body of [{ kind: "shift.ready" }, { kind: "call.ringing", call: "c-live" }, { kind: "call.answered", call }] as const) told.push((await tell("carl", body, at)).fact);
      told.push((await tell("southlead", assign("carl"), at)).fact);
    }
    const now = Date.now();
    const expected = told.filter((fact) => now - fact.at < (isTraining(fact) ? 60 : 2) * 24 * HOUR).map(({ id }) => id);
    expect(expected).toHaveLength(10);
    const seen = (await pulled("carl")).facts.map(({ id }) => id).filter((id) => told.some((fact) => fact.id === id));
    expect(seen.sort()).toEqual(expected.sort());
    // What SQL takes for training and what the domain does is the same.
    const lasting = await rooms.database.db.query<{ body: Fact; lasting: boolean }>("select body, lasting from fact");
    expect(lasting.filter((row) => row.lasting !== isTraining(row.body))).toEqual([]);
  });
});

describe("the lines of a practice call", () => {
  it("are told to the caller alone, in their order, and name the situation only", async () => {
    const uuid = "0f8fad5b-d9cb-469f-a165-70867728950e";
    const session = uuid.replaceAll("-", "");
    const line = (await of("anna").get("/api/phone/account")).body.practice.username as string;
    for (const [n, says] of [[1, "tooExpensive"], [0, "greeting"], [1, "refuse"]] as const) await keepLine(rooms.database.db, { session, n, caller: line, ms: 400 + n * 9000, says });
    const ask = (name: (typeof names)[number], call = `practice-${uuid}`) => of(name).get(`/api/practice/lines?call=${call}`);
    expect(await ask("anna")).toEqual({ status: 200, body: { lines: [{ ms: 400, says: "greeting" }, { ms: 9400, says: "tooExpensive" }] } });
    expect(await ask("boris")).toEqual({ status: 200, body: { lines: [] } });
    expect((await ask("lead")).status).toBe(403);
    expect((await ask("anna", "practice-none")).status).toBe(404);
    expect((await of("anna").get("/api/practice/lines")).status).toBe(400);
  });
});
