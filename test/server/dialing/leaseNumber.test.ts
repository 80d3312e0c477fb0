import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { NumberResponse } from "#wire/api.ts";
import { MINUTE, TEN } from "#test/kit/facts.ts";
import { startRooms, type TestRooms, type Visitor } from "#test/kit/rooms.ts";

let rooms: TestRooms;
let anna: Visitor;
let boris: Visitor;
let campaign: string;

beforeAll(async () => {
  rooms = await startRooms();
  [anna, boris] = await Promise.all([rooms.signIn("anna"), rooms.signIn("boris")]);
  const [row] = await rooms.database.db.query<{ campaign: string }>("select campaign from prospect limit 1");
  campaign = row?.campaign ?? "";
});
afterAll(() => rooms.stop());
beforeEach(async () => {
  const { db } = rooms.database;
  await db.query("update dialing_turn set called_at = null, reached_at = null, person = null, device = null, until = null");
  await db.query("delete from fact");
  rooms.clock = TEN;
});

const ask = (who: Visitor, device: string, phone: string, more: object = {}) => who.post("/api/dialing/number", { device, campaign, phone, ...more });
const leased = async (who: Visitor, device: string, phone: string, more: object = {}) => {
  const { status, body } = await ask(who, device, phone, more);
  expect(status).toBe(200);
  return (body as NumberResponse).lease;
};

describe("a number dialed by hand", () => {
  it("[D4] is that of somebody on the list where somebody has it, and their history comes along", async () => {
    const [known] = await rooms.database.db.query<{ id: string; phone: string }>("select id, body ->> 'phone' as phone from prospect where campaign = $1 order by id limit 1", [campaign]);
    const lease = await leased(anna, "anna-desk", known?.phone ?? "", { extension: "12" });
    expect(lease.prospect).toMatchObject({ id: known?.id, extension: "12" });
    expect(lease.until).toBeGreaterThan(TEN);
  });

  it("[D4] on no list makes a prospect, once, who is offered to nobody", async () => {
    const [first, second] = await Promise.all([leased(anna, "anna-desk", "+79995550199"), leased(anna, "anna-desk", "+79995550199")]);
    expect(second.prospect.id).toBe(first.prospect.id);
    expect(first.prospect).toMatchObject({ phone: "+79995550199", firstName: "", lastName: "", campaign });
    rooms.clock = TEN + 120 * MINUTE;
    const { body } = await boris.post("/api/dialing/leases", { device: "boris-desk", language: "en", hold: [], want: 20 });
    expect((body as { leases: { prospect: { id: string } }[] }).leases.map(({ prospect }) => prospect.id)).not.toContain(first.prospect.id);
  });

  it("[D4] is refused while a colleague holds it, and given when they no longer do", async () => {
    await leased(anna, "anna-desk", "+79995550198");
    expect(await ask(boris, "boris-desk", "+79995550198")).toMatchObject({ status: 409, body: { why: "taken" } });
    rooms.clock = TEN + 61 * MINUTE;
    await leased(boris, "boris-desk", "+79995550198");
  });

  it("[D4] is refused for a while after a colleague has called it, though the lease is over", async () => {
    const { prospect } = await leased(anna, "anna-desk", "+79995550197");
    const { db } = rooms.database;
    await db.query("update dialing_turn set person = null, device = null, until = null, called_at = $2 where prospect = $1", [prospect.id, TEN]);
    rooms.clock = TEN + 5 * MINUTE;
    expect((await ask(boris, "boris-desk", "+79995550197")).status).toBe(409);
    rooms.clock = TEN + 16 * MINUTE;
    await leased(boris, "boris-desk", "+79995550197");
  });

  it("needs a device of one's own, a campaign that is there, and a number", async () => {
    await leased(anna, "anna-desk", "+79995550196");
    expect((await ask(boris, "anna-desk", "+79995550195")).status).toBe(403);
    expect((await ask(anna, "anna-desk", "+79995550195", { campaign: "nobody" })).status).toBe(404);
    for (const phone of ["89995550195", "+0", "+7999555019x", ""]) expect((await ask(anna, "anna-desk", phone)).status).toBe(400);
  });
});
