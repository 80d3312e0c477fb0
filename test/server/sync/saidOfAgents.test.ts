import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Fact, FactBody } from "#domain/fact.ts";
import { HOUR } from "#test/kit/facts.ts";
import { startRooms, type TestRooms, type Visitor } from "#test/kit/rooms.ts";
import { PROTOCOL } from "#wire/protocol.ts";
import type { PullResponse, PushResponse } from "#wire/sync.ts";

let rooms: TestRooms;
const who = new Map<string, Visitor>();
const names = ["anna", "boris", "carl", "lead", "southlead", "editor", "admin"] as const;
type Name = (typeof names)[number];
const of = (name: Name): Visitor => who.get(name) as Visitor;
beforeAll(async () => {
  rooms = await startRooms();
  for (const name of names) who.set(name, await rooms.signIn(name));
});
afterAll(() => rooms.stop());

let made = 0;
const numbers = new Map<string, number>();
async function tell(name: Name, body: FactBody, at = Date.now()): Promise<{ readonly fact: Fact; readonly answer: PushResponse }> {
  const device = `${name}-device`;
  const n = (numbers.get(device) ?? 0) + 1;
  numbers.set(device, n);
  const fact = { ...body, id: `said-${(made += 1)}`, at, offset: 0, by: of(name).person.id, device } as Fact;
  const { status, body: answer } = await of(name).post("/api/sync/push", { protocol: PROTOCOL, device, entries: [{ n, fact }] });
  expect(status).toBe(200);
  return { fact, answer: answer as PushResponse };
}
const pulled = async (name: Name): Promise<readonly string[]> => ((await of(name).get("/api/sync/pull?since=0")).body as PullResponse).facts.map(({ id }) => id);

/** What a lead may say of an agent. */
const said = (agent: Name): readonly FactBody[] => [
  { kind: "target.set", target: `t-${agent}`, agent: of(agent).person.id, from: "2026-11-23", to: "2026-11-23", since: 0, unit: "contacts", amount: 40, start: 540, end: 900 },
  { kind: "target.withdrawn", target: `t-${agent}`, agent: of(agent).person.id, on: true },
  { kind: "contact.checked", call: "c", agent: of(agent).person.id, found: "notConfirmed", reason: "noTalk" },
];

describe("targets and control calls", () => {
  const table: readonly [by: Name, agent: Name, may: boolean][] = [
    ["lead", "anna", true], ["lead", "carl", false], ["southlead", "anna", false], ["southlead", "carl", true], ["admin", "carl", true],
    ["anna", "anna", false], ["anna", "boris", false], ["editor", "anna", false], ["lead", "lead", false],
  ];
  for (const [by, agent, may] of table) {
    it(`[Q15] ${by} ${may ? "may" : "may not"} set a target of ${agent} or check a contact`, async () => {
      for (const body of said(agent)) {
        const { answer, fact } = await tell(by, body);
        expect(answer.refused.map(({ id, why }) => [id, why])).toEqual(may ? [] : [[fact.id, "author"]]);
        expect((await pulled(agent)).includes(fact.id)).toBe(may);
      }
    });
  }

  it("[Q15] nobody but the server says that a call came in late", async () => {
    for (const name of ["anna", "lead", "admin"] as const) {
      const { answer } = await tell(name, { kind: "call.late", call: "c", agent: of("anna").person.id, received: Date.now() });
      expect(answer.refused).toMatchObject([{ why: "author" }]);
    }
  });

  it("[Q15] come down to the agent and the own lead, and to nobody else", async () => {
    const { fact } = await tell("lead", said("anna")[2] as FactBody);
    const seen = await Promise.all(names.map(async (name) => [name, (await pulled(name)).includes(fact.id)] as const));
    expect(seen.filter(([, sees]) => sees).map(([name]) => name)).toEqual(["anna", "lead", "admin"]);
  });

  it("[Q14] what comes in after its day has closed is kept and noted, once a call, for the agent and the lead", async () => {
    const old = Date.now() - 60 * HOUR;
    const late: string[] = [];
    for (const body of [{ kind: "call.dialed", call: "old", campaign: "storage", prospect: "p", number: "n" }, { kind: "call.answered", call: "old" }, { kind: "call.ended", call: "old", why: "agentHungUp" }] as const)
      expect((await tell("anna", body, old)).answer.refused).toEqual([]);
    await tell("anna", { kind: "call.dialed", call: "new", campaign: "storage", prospect: "q", number: "n" });
    // An outcome that was said too late is late by its own time; the call is no later for it.
    await tell("anna", { kind: "outcome.saved", call: "old", outcome: "meeting", decisionMaker: true });
    for (const name of ["anna", "lead"] as const) {
      const { facts } = (await of(name).get("/api/sync/pull?since=0")).body as PullResponse;
      const notes = facts.filter((fact) => fact.kind === "call.late");
      expect(notes).toMatchObject([{ call: "old", agent: of("anna").person.id, by: "server" }]);
      late.push(...notes.map(({ id }) => id));
    }
    expect(new Set(late).size).toBe(1);
  });

  it("[T6] targets are told to a new device however long ago they were said", async () => {
    const target = (days: number) => tell("lead", { kind: "target.set", target: `old-${days}`, agent: of("anna").person.id, from: "2026-01-01", to: "2099-01-01", since: 0, unit: "contacts", amount: 40, start: 540, end: 900 }, Date.now() - days * 24 * HOUR);
    const said = [await target(50), await target(400)];
    const seen = await pulled("anna");
    expect(said.map(({ fact }) => seen.includes(fact.id))).toEqual([true, true]);
  });

  it("an agent's other work and reply go up like everything of their own", async () => {
    for (const body of [{ kind: "work.done", work: "w", type: "visit" }, { kind: "contact.disputed", call: "c", record: "r" }, { kind: "shift.gap", since: 5, cause: "asleep" }, { kind: "shift.away", source: "locked" }, { kind: "shift.back" }] as const)
      expect((await tell("anna", body)).answer.refused).toEqual([]);
  });
});
