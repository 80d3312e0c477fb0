import { generateKeyPairSync, sign, type KeyObject } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Fact } from "#domain/fact.ts";
import { endDeviceKeys } from "#server/sync/deviceKeyStore.ts";
import { appendLimits, createAppendLimits, KEY_LASTS } from "#server/sync/append.ts";
import { APPEND_PREFIX, MAX_APPEND_BYTES, PROTOCOL } from "#wire/protocol.ts";
import type { Entry, PushRequest } from "#wire/sync.ts";
import { startRooms, type TestRooms, type Visitor } from "#test/kit/rooms.ts";

let rooms: TestRooms;
let anna: Visitor;
let boris: Visitor;
beforeAll(async () => {
  rooms = await startRooms();
  [anna, boris] = await Promise.all([rooms.signIn("anna"), rooms.signIn("boris")]);
});
afterAll(() => rooms.stop());

let made = 0;
const pair = (curve = "prime256v1") => generateKeyPairSync("ec", { namedCurve: curve });
const spki = (key: KeyObject): string => key.export({ type: "spki", format: "der" }).toString("base64");
const signed = (text: string, key: KeyObject, prefix = APPEND_PREFIX): string => sign("sha256", Buffer.from(prefix + text), { key, dsaEncoding: "ieee-p1363" }).toString("base64");

function ready(who: Visitor, device: string, n: number): Entry {
  return { n, fact: { id: `append-${(made += 1)}`, kind: "shift.ready", at: Date.now(), offset: 0, by: who.person.id, device } satisfies Fact };
}
const batchOf = (device: string, entries: readonly Entry[], more: Partial<PushRequest> = {}): string => JSON.stringify({ protocol: PROTOCOL, device, entries, ...more });
/** As the service worker sends it: without a cookie. */
async function append(body: unknown): Promise<{ status: number; body: any }> {
  const response = await fetch(`${rooms.url}/api/sync/append`, { method: "POST", headers: { "content-type": "application/json", origin: rooms.url }, body: JSON.stringify(body) });
  return { status: response.status, body: await response.json() };
}
async function keyed(who: Visitor, device = `kiosk-${(made += 1)}`): Promise<{ device: string; key: KeyObject }> {
  const { publicKey, privateKey } = pair();
  expect((await who.post("/api/sync/key", { device, key: spki(publicKey) })).status).toBe(200);
  return { device, key: privateKey };
}
const idsOf = async (who: Visitor): Promise<readonly string[]> => ((await who.get("/api/sync/pull?since=0")).body.facts as Fact[]).map(({ id }) => id);

describe("what an absent agent left on a shared computer", () => {
  it("[Y9] goes up under that agent's name, once, without anybody's session, and moves the device's mark", async () => {
    const { device, key } = await keyed(anna);
    const entries = [ready(anna, device, 1), ready(anna, device, 2)];
    const batch = batchOf(device, entries, { by: anna.person.id });
    const request = { device, batch, signature: signed(batch, key) };
    expect(await append(request)).toMatchObject({ status: 200, body: { acked: 2, refused: [] } });
    expect(await append(request)).toMatchObject({ status: 200, body: { acked: 2, refused: [] } });
    const ids = await idsOf(anna);
    for (const entry of entries) expect(ids.filter((id) => "fact" in entry && id === entry.fact.id)).toHaveLength(1);
    const empty = batchOf(device, []);
    expect((await append({ device, batch: empty, signature: signed(empty, key) })).body).toMatchObject({ acked: 2 });
  });

  it("[Y9] is refused when the key is not of that device, has ended, or the batch was touched", async () => {
    const { device, key } = await keyed(anna);
    const other = await keyed(boris);
    const batch = batchOf(device, [ready(anna, device, 1)]);
    const refused = { status: 401, body: { why: "key" } };
    expect(await append({ device, batch, signature: signed(batch, other.key) })).toMatchObject(refused);
    expect(await append({ device, batch: batch.replace("shift.ready", "shift.ended"), signature: signed(batch, key) })).toMatchObject(refused);
    expect(await append({ device, batch, signature: signed(batch, key, "") })).toMatchObject(refused);
    expect(await append({ device: "no-such-device", batch, signature: signed(batch, key) })).toMatchObject(refused);
    // A key speaks for its own device alone, and for its own agent alone.
    expect(await append({ device: other.device, batch, signature: signed(batch, other.key) })).toMatchObject(refused);
    const foreign = batchOf(other.device, [ready(anna, other.device, 1)]);
    expect((await append({ device: other.device, batch: foreign, signature: signed(foreign, other.key) })).body).toMatchObject({ refused: [{ n: 1, why: "author" }] });
    // A newer key of the same device takes the place of the older one.
    await keyed(anna, device);
    expect(await append({ device, batch, signature: signed(batch, key) })).toMatchObject(refused);
    expect(await idsOf(anna)).not.toContain((JSON.parse(batch) as { entries: { fact: Fact }[] }).entries[0]?.fact.id);
  });

  it("[Y9] is refused after thirty days, after the person's keys were ended, and for whoever is no agent", async () => {
    const { device, key } = await keyed(anna);
    const empty = batchOf(device, []);
    const request = { device, batch: empty, signature: signed(empty, key) };
    expect((await append(request)).status).toBe(200);
    rooms.clock = Date.now() + KEY_LASTS + 1000;
    expect((await append(request)).status).toBe(401);
    rooms.clock = undefined;
    expect((await append(request)).status).toBe(200);
    await rooms.database.db.query("update person set role = 'lead' where id = $1", [anna.person.id]);
    expect((await append(request)).status).toBe(401);
    await rooms.database.db.query("update person set role = 'agent' where id = $1", [anna.person.id]);
    expect((await append(request)).status).toBe(200);
    await endDeviceKeys(rooms.database.db, anna.person.id);
    expect((await append(request)).status).toBe(401);
  });

  it("gives a key for an agent's own device only, and takes no other kind of key", async () => {
    const { device } = await keyed(anna);
    expect((await boris.post("/api/sync/key", { device, key: spki(pair().publicKey) })).status).toBe(403);
    expect((await anna.post("/api/sync/key", { device, key: spki(pair("secp384r1").publicKey) })).status).toBe(400);
    expect((await anna.post("/api/sync/key", { device, key: "AAAA" })).status).toBe(400);
    const lead = await rooms.signIn("lead");
    expect((await lead.post("/api/sync/key", { device: "leads", key: spki(pair().publicKey) })).status).toBe(403);
  });

  it("answers wrong shapes, a foreign protocol and what is too large", async () => {
    const { device, key } = await keyed(anna);
    const send = (batch: string) => append({ device, batch, signature: signed(batch, key) });
    expect((await send("{")).status).toBe(400);
    expect((await send("[]")).status).toBe(400);
    expect((await send(batchOf(device, [], { protocol: PROTOCOL + 1 }))).status).toBe(426);
    expect((await append({ device, batch: "x".repeat(MAX_APPEND_BYTES), signature: "AAAA" })).status).toBe(413);
  });

  it("is bounded by device and by address", () => {
    let now = 0;
    const bounds = createAppendLimits(() => now);
    const taken = (device: string, times: number) => Array.from({ length: times }, () => bounds.take(device, "a")).filter(Boolean).length;
    expect(taken("one", appendLimits.perDevice + 5)).toBe(appendLimits.perDevice);
    expect(taken("two", 5)).toBe(5);
    for (let index = 0; index < appendLimits.perAddress; index += 1) bounds.take(`made-up-${index}`, "a");
    expect(bounds.take("three", "a")).toBe(false);
    expect(bounds.take("three", "b")).toBe(true);
    now = appendLimits.windowMs;
    expect(bounds.take("one", "a")).toBe(true);
  });
});
