import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Campaign, Company } from "#domain/base/campaign.ts";
import { dayAfter, dayOf, dayStart } from "#domain/base/day.ts";
import { campaignAt, companyOn, normsOf } from "#domain/base/norms.ts";
import type { NormsResponse } from "#wire/normsAdmin.ts";
import type { PullResponse } from "#wire/sync.ts";
import { company, HOUR } from "#test/kit/facts.ts";
import { startRooms, type TestRooms, type Visitor } from "#test/kit/rooms.ts";

/** Noon of the company's day: no midnight passes while these tests run. */
const today = dayOf(Date.now(), company.timeZone);
const NOON = dayStart(today, company.timeZone) + 12 * HOUR;

let rooms: TestRooms;
let admin: Visitor;
let agent: Visitor;
beforeAll(async () => {
  rooms = await startRooms();
  rooms.clock = NOON;
  [admin, agent] = [await rooms.signIn("admin"), await rooms.signIn("anna")];
});
afterAll(() => rooms.stop());

const read = async (): Promise<NormsResponse> => (await admin.get("/api/admin/norms")).body as NormsResponse;
const asked = { ...normsOf(company), target: 40, unit: "points", weights: { contact: 1.5, meeting: 6, visit: 8, proposal: 2, document: 0.25 }, weekend: [6, 7], closes: 60 };
const saveNorms = async (norms: unknown, from: "today" | "tomorrow", based?: number) => admin.post("/api/admin/norms/company", { based: based ?? (await read()).company?.version ?? 0, norms, from });
const documents = async (): Promise<{ readonly company: Company; readonly campaigns: readonly Campaign[] }> => {
  const body = (await agent.get("/api/sync/pull?since=0")).body as PullResponse;
  const all = [...body.documents].sort((a, b) => a.version - b.version);
  return { company: all.findLast(({ type }) => type === "company")?.body as Company, campaigns: [...new Map(all.flatMap((one) => (one.type === "campaign" ? [[one.id, one.body] as const] : []))).values()] };
};
/** The database's own clock wrote when a version came: as if it were noon there too. */
const atNoon = (): Promise<unknown> => rooms.database.db.query("update document set published_at = $1", [new Date(NOON)]);
const deeds = async (): Promise<readonly unknown[]> => (await rooms.database.db.query<{ action: string }>("select action from audit where action like 'norms.%' or action like 'rule.%' order by id")).map(({ action }) => action);

describe("an admin's settings of the company", () => {
  it("[Q16] hold from tomorrow on when that is asked, on the devices of all, and stand in the log", async () => {
    const answer = await saveNorms(asked, "tomorrow");
    expect(answer.status).toBe(200);
    const { company: held } = await documents();
    const since = dayAfter(today, 1);
    expect(companyOn(held, today)).toEqual(company);
    expect(normsOf(companyOn(held, since))).toEqual(asked);
    expect((answer.body as NormsResponse).company).toMatchObject({ norms: asked, coming: { from: since, until: normsOf(company) } });
    expect(await deeds()).toEqual(["norms.saved"]);
  });

  it("[Q16] taken back on the same day, have never been", async () => {
    const { company: now } = await read();
    await atNoon();
    const undone = await admin.post("/api/admin/norms/undo", { based: now?.version, campaign: null });
    expect(undone.status).toBe(200);
    expect((await documents()).company).toEqual(company);
    expect((undone.body as NormsResponse).company).toMatchObject({ norms: normsOf(company), version: (now?.version ?? 0) + 1 });
    expect(await deeds()).toEqual(["norms.saved", "norms.undone"]);
  });

  it("[Q16] cannot be taken back on another day", async () => {
    await saveNorms(asked, "today");
    const { company: now } = await read();
    await rooms.database.db.query("update document set published_at = published_at - interval '2 days' where type = 'company' and version = $1", [now?.version]);
    const undone = await admin.post("/api/admin/norms/undo", { based: now?.version, campaign: null });
    expect([undone.status, undone.body]).toEqual([409, { why: "tooLate" }]);
  });

  it("are refused whole when anything in them cannot be, and when somebody else has saved since", async () => {
    const before = await read();
    const wrong: readonly object[] = [
      { target: -1 }, { target: 1.5 }, { unit: "calls" }, { weights: { ...asked.weights, contact: 0 } }, { weights: { ...asked.weights, visit: 0.001 } }, { weekend: [1, 2, 3, 4, 5, 6, 7] },
      { weekend: [6, 6] }, { closes: 1440 }, { workStart: 1080, workEnd: 540 }, { breaks: { rest: 10 } }, { timeZone: "Asia/Tokyo" },
    ];
    for (const one of wrong) expect([one, (await saveNorms({ ...asked, ...one }, "today")).status]).toEqual([one, 400]);
    const stale = await saveNorms(asked, "today", (before.company?.version ?? 0) - 1);
    expect([stale.status, stale.body]).toEqual([409, { why: "newer" }]);
    expect(await read()).toEqual(before);
  });
});

describe("an admin's contact rule", () => {
  it("[Q17] is in force from the moment at which the server keeps it, and can be taken back that day", async () => {
    const [first] = (await read()).campaigns;
    if (!first) throw new Error("there is no campaign");
    const was = (await documents()).campaigns.find(({ id }) => id === first.id) as Campaign;
    const body = { campaign: first.id, based: first.version, rule: { decisionMaker: false, minSeconds: 45, per: "company" }, counting: ["meeting"] };
    expect((await admin.post("/api/admin/norms/rule", body)).status).toBe(200);
    const now = (await documents()).campaigns.find(({ id }) => id === first.id) as Campaign;
    expect(campaignAt(now, NOON - 1)).toMatchObject({ rule: was.rule, outcomes: was.outcomes });
    expect(campaignAt(now, NOON)).toBe(now);
    expect(now.rule).toEqual(body.rule);
    expect(now.outcomes.filter(({ counts }) => counts).map(({ code }) => code)).toEqual(["meeting"]);
    await atNoon();
    expect((await admin.post("/api/admin/norms/undo", { campaign: first.id, based: first.version + 1 })).status).toBe(200);
    expect((await documents()).campaigns.find(({ id }) => id === first.id)).toEqual(was);
    expect((await deeds()).slice(-2)).toEqual(["rule.saved", "rule.undone"]);
  });

  it("is refused without an outcome that counts, with one that answered calls do not have, and for a campaign that is not", async () => {
    const [first] = (await read()).campaigns;
    const body = { campaign: first?.id, based: first?.version, rule: { decisionMaker: true, minSeconds: 20 }, counting: ["meeting"] };
    const status = async (more: object): Promise<unknown> => (await admin.post("/api/admin/norms/rule", { ...body, ...more })).status;
    expect([await status({ counting: [] }), await status({ counting: ["noAnswer"] }), await status({ counting: ["invented"] }), await status({ campaign: "gone" }), await status({ rule: { ...body.rule, minSeconds: -1 } })])
      .toEqual([400, 400, 400, 404, 400]);
  });
});

describe("a company without settings", () => {
  it("[Q16] gets its name, its time zone and its first norms from an admin, once and for all days", async () => {
    await rooms.database.db.query("delete from document where type = 'company'");
    expect((await read()).company).toBeNull();
    const post = async (more: object) => admin.post("/api/admin/norms/company", { based: 0, norms: asked, from: "today", company: { name: "Тихий Дон", timeZone: "Asia/Kathmandu" }, ...more });
    const wrong = [{ company: undefined }, { company: { name: " ", timeZone: "Asia/Tokyo" } }, ...["Mars/Olympus", "+03:00", "", "x".repeat(99)].map((timeZone) => ({ company: { name: "x", timeZone } })), { based: 1 }];
    for (const one of wrong) expect([one, (await post(one)).status]).toEqual([one, 400]);
    expect((await saveNorms(asked, "today", 1)).status).toBe(404);
    expect((await post({})).body).toMatchObject({ company: { version: 1, timeZone: "Asia/Kathmandu", norms: asked } });
    expect((await documents()).company).toEqual({ name: "Тихий Дон", timeZone: "Asia/Kathmandu", ...asked });
    // Nobody's later word makes another zone of it.
    expect([(await post({})).status, (await post({ based: 1, company: { name: "x", timeZone: "UTC" } })).status, (await saveNorms(asked, "today")).status]).toEqual([409, 400, 200]);
    expect((await documents()).company.timeZone).toBe("Asia/Kathmandu");
  });
});
