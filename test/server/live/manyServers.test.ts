import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { PROTOCOL } from "#wire/protocol.ts";
import type { PullResponse } from "#wire/sync.ts";
import { PASSWORD, startRooms, type LiveVisitor, type TestRooms, type Visitor } from "#test/kit/rooms.ts";
import { until } from "#test/kit/until.ts";

// Two app servers over one PostgreSQL: whoever is connected to either is there for both.

let one: TestRooms;
let two: TestRooms;
beforeAll(async () => {
  one = await startRooms();
  two = await one.another();
});
afterAll(async () => {
  await two?.stop();
  await one?.stop();
});
const open: LiveVisitor[] = [];
afterEach(() => { for (const socket of open.splice(0)) socket.socket.terminate(); });
async function live(who: Visitor): Promise<LiveVisitor> {
  const socket = await who.live(`device-${open.length}-${who.person.name}`);
  open.push(socket);
  return socket;
}
/** Waits until the lead's newest word of who is there names exactly these. */
const online = (lead: LiveVisitor, ...who: readonly Visitor[]): Promise<unknown> => until(`${who.length} online`, () => {
  const last = lead.heard.findLast((message) => message.t === "presence");
  return last?.t === "presence" && last.online.join() === who.map(({ person }) => person.id).sort().join();
}, 30_000);

let made = 0;
async function push(who: Visitor, ...kinds: readonly string[]): Promise<readonly string[]> {
  const device = `many-${who.person.id}-${(made += 1)}`;
  const entries = kinds.map((kind, index) => ({ n: index + 1, fact: { id: `many-${(made += 1)}`, kind, at: Date.now(), offset: 0, by: who.person.id, device } }));
  expect((await who.post("/api/sync/push", { protocol: PROTOCOL, device, entries })).status).toBe(200);
  return entries.map(({ fact }) => fact.id);
}

describe("two app servers over one database", () => {
  it("tell a lead on either who is there on either", async () => {
    const [leadOne, leadTwo] = [await one.signIn("lead"), await two.signIn("lead")];
    const [anna, boris] = [await one.signIn("anna"), await two.signIn("boris")];
    const [a, b] = [await live(leadOne), await live(leadTwo)];
    const desk = await live(anna);
    await live(boris);
    await online(a, anna, boris, leadOne);
    await online(b, anna, boris, leadOne);
    desk.socket.terminate();
    await online(a, boris, leadOne);
    await online(b, boris, leadOne);
  });

  it("[M3] tell a lead on either how the line of a call is", async () => {
    const [lead, anna, boris] = [await one.signIn("lead"), await two.signIn("anna"), await one.signIn("boris")];
    const [ear, desk, colleague] = [await live(lead), await live(anna), await live(boris)];
    await online(ear, anna, boris, lead);
    // The lead's server is known to the desk's once it is known the other way round, or a beat later.
    let saidAt = 0;
    await until("the word", () => {
      if (Date.now() - saidAt > 500) {
        desk.say({ t: "quality", call: "call-1", grade: "bad", bad: "far" });
        saidAt = Date.now();
      }
      return ear.heard.some((message) => message.t === "quality" && message.agent === anna.person.id && message.bad === "far");
    }, 30_000);
    expect(colleague.heard.some((message) => message.t === "quality")).toBe(false);
  });

  it("[M1] let a lead listen to a desk that is connected to the other, both ways, and write it down once", async () => {
    const [lead, anna] = [await one.signIn("lead"), await two.signIn("anna")];
    const [ear, desk] = [await live(lead), await live(anna)];
    await online(ear, anna, lead);
    ear.say({ t: "listen", ask: "ask", agent: anna.person.id });
    const { session } = await ear.next("listening");
    expect((await desk.next("sendVoices")).session).toBe(session);
    const offer = { type: "offer", sdp: `v=0\r\n${"a=candidate\r\n".repeat(1500)}` } as const; // longer than NOTIFY carries
    desk.say({ t: "signal", session, description: offer });
    expect(await ear.next("signal")).toEqual({ t: "signal", session, description: offer });
    ear.say({ t: "signal", session, description: { type: "answer", sdp: "v=0\r\n" } });
    expect(await desk.next("signal")).toEqual({ t: "signal", session, description: { type: "answer", sdp: "v=0\r\n" } });
    // A stranger on the desk's server has no say in it.
    const stranger = await live(await two.signIn("boris"));
    stranger.say({ t: "unlisten", session, why: "call" });
    ear.say({ t: "unlisten", session, why: "lead" });
    expect(await desk.next("listenEnded")).toEqual({ t: "listenEnded", session, why: "lead" });
    const rows = await one.database.db.query("select action, detail ->> 'why' as why from audit where detail ->> 'session' = $1 order by id", [session]);
    expect(rows).toEqual([{ action: "listen.started", why: null }, { action: "listen.ended", why: "lead" }]);
  });

  it("have one phone for a person at two of them, which goes over with its place, and comes to who waits when it is free", async () => {
    const [desk, laptop] = [await live(await one.signIn("carl")), await live(await two.signIn("carl"))];
    desk.say({ t: "hold" });
    expect(await desk.next("phone")).toEqual({ t: "phone", here: true });
    laptop.say({ t: "hold" });
    expect(await laptop.next("phone")).toEqual({ t: "phone", here: false });
    laptop.say({ t: "take" });
    await desk.next("giveUp");
    const place = JSON.stringify({ words: "р".repeat(9_000) }); // longer than NOTIFY carries
    desk.say({ t: "give", place });
    expect(await laptop.next("phone")).toEqual({ t: "phone", here: true, place });
    expect(await desk.next("phone")).toEqual({ t: "phone", here: false });
    // Given unasked, it goes nowhere.
    desk.say({ t: "give", place: "stolen" });
    laptop.say({ t: "free" });
    expect(await desk.next("phone")).toEqual({ t: "phone", here: true });
    // A desk that does not answer is taken for frozen.
    laptop.say({ t: "take" });
    await desk.next("giveUp");
    expect(await laptop.next("phone")).toEqual({ t: "phone", here: true });
    expect(await desk.next("phone")).toEqual({ t: "phone", here: false });
    // And one whose socket goes for good leaves it to who waits, at whatever server.
    laptop.socket.terminate();
    expect(await desk.next("phone")).toEqual({ t: "phone", here: true });
  });

  it("come to one phone again when the database has forgotten whose it was", async () => {
    const [desk, laptop] = [await live(await one.signIn("carl")), await live(await two.signIn("carl"))];
    desk.say({ t: "hold" });
    expect(await desk.next("phone")).toMatchObject({ here: true });
    await one.database.db.query("delete from phone_holder");
    laptop.say({ t: "hold" });
    expect(await laptop.next("phone")).toMatchObject({ here: true });
    // Somebody comes or goes: then each server looks after its own.
    (await live(await two.signIn("anna"))).say({ t: "hold" });
    expect(await desk.next("phone")).toEqual({ t: "phone", here: false });
    laptop.say({ t: "free" });
    expect(await desk.next("phone")).toMatchObject({ here: true });
  });

  it("show an admin on either whose phone is ready, and tell a desk on the other of a new line or exchange", async () => {
    const admin = await one.signIn("admin");
    const [desk, other] = [await live(await two.signIn("anna")), await live(await two.signIn("boris"))];
    const anna = (await two.signIn("anna")).person;
    const seen = async (): Promise<string> => {
      const { body } = (await admin.get("/api/admin/phone")) as { body: { people: { person: { id: string }; phone: string }[] } };
      return body.people.find(({ person }) => person.id === anna.id)?.phone ?? "";
    };
    desk.say({ t: "line", state: "refused" });
    await until("the phone as the admin sees it", async () => (await seen()) === "refused");
    expect((await admin.post("/api/admin/phone/line", { person: anna.id, line: { username: "101", password: "a long password" } })).status).toBe(200);
    expect(await desk.next("account")).toEqual({ t: "account" });
    const { body } = (await admin.get("/api/admin/phone")) as { body: { setup: object; version: number } };
    expect((await admin.post("/api/admin/phone/setup", { based: body.version, setup: body.setup })).status).toBe(200);
    await desk.next("account");
    await other.next("account");
    expect(other.heard.filter(({ t }) => t === "account")).toHaveLength(1);
    expect((await admin.post("/api/admin/phone/line", { person: anna.id, line: null })).status).toBe(200);
  });

  it("end the listening when the desk's socket goes, and when the lead's server is gone", async () => {
    const [lead, anna] = [await one.signIn("lead"), await two.signIn("anna")];
    const [ear, desk] = [await live(lead), await live(anna)];
    await online(ear, anna, lead);
    ear.say({ t: "listen", ask: "ask", agent: anna.person.id });
    const first = await ear.next("listening");
    await desk.next("sendVoices");
    desk.socket.terminate();
    expect(await ear.next("listenEnded")).toEqual({ t: "listenEnded", session: first.session, why: "agentGone" });

    const third = await one.another();
    const [far, near] = [await third.signIn("lead"), await live(anna)];
    const farEar = await live(far);
    await online(farEar, anna, far);
    farEar.say({ t: "listen", ask: "ask", agent: anna.person.id });
    const { session } = await farEar.next("listening");
    await near.next("sendVoices");
    // As for a server that was killed: it says nothing any more, and the others put its row out.
    await one.database.db.query("delete from app_server where id = (select server from live_socket where device = $1)", [`device-${open.indexOf(farEar)}-lead`]);
    await one.database.db.query("select pg_notify('sufler_servers', 'the dead one')");
    expect(await near.next("listenEnded")).toEqual({ t: "listenEnded", session, why: "leadGone" });
    await third.stop();
  });

  it("[Y6] poke a reader on either, who misses nothing and gets nothing twice while devices push to both", async () => {
    const readers = await Promise.all([one.signIn("lead"), two.signIn("lead")]);
    const writers = [await one.signIn("anna"), await two.signIn("anna"), await one.signIn("boris"), await two.signIn("boris")];
    const sockets = await Promise.all(readers.map(live));
    const got: string[][] = [[], []];
    const from: { cursor: number; epoch: string | undefined }[] = [];
    const pull = async (index: number): Promise<void> => {
      const at = from[index];
      const reader = readers[index];
      if (!reader) throw new Error("no such reader");
      const { body } = (await reader.get(`/api/sync/pull?since=${at?.cursor ?? 0}${at?.epoch ? `&epoch=${at.epoch}` : ""}`)) as { body: PullResponse };
      from[index] = { cursor: body.cursor, epoch: body.epoch };
      got[index]?.push(...body.facts.map(({ id }) => id));
    };
    await Promise.all([pull(0), pull(1)]);
    for (const list of got) list.length = 0;
    const pokes = (index: number): number => sockets[index]?.heard.filter((message) => message.t === "fresh").length ?? 0;
    const seen = [0, 0];
    let pushing = true;
    // Only a poke makes a reader pull: one that were lost would leave facts behind.
    const reading = Promise.all([0, 1].map(async (index) => {
      for (;;) {
        const count = pokes(index);
        if (count > (seen[index] ?? 0)) {
          seen[index] = count;
          await pull(index);
        } else if (!pushing && sent.every((id) => got[index]?.includes(id))) return;
        else await new Promise((resolve) => setTimeout(resolve, 5));
      }
    }));
    const sent: string[] = [];
    await Promise.all(writers.map(async (who) => {
      for (let batch = 0; batch < 12; batch += 1) sent.push(...(await push(who, ...Array.from({ length: 1 + (batch % 4) }, () => "shift.ready"))));
    }));
    pushing = false;
    await reading;
    for (const list of got) expect(list.toSorted()).toEqual(sent.toSorted());
  });

  it("[Y2] come through a crash of the database: nothing acknowledged is lost, and everybody is poked and present again", async () => {
    const [lead, anna] = [await two.signIn("lead"), await one.signIn("anna")];
    const [board] = [await live(lead), await live(anna)];
    await online(board, anna, lead);
    const before = await push(anna, "shift.ready");
    await one.database.crash(async () => {
      expect((await fetch(`${one.url}/healthz`)).status).toBe(503);
    });
    // As a device does: again and again, until the server says that it is durable.
    const device = `after-the-crash-${anna.person.id}`;
    const entries = [{ n: 1, fact: { id: "after-the-crash", kind: "shift.ready", at: Date.now(), offset: 0, by: anna.person.id, device } }];
    await until("the push", async () => (await anna.post("/api/sync/push", { protocol: PROTOCOL, device, entries }).catch(() => ({ status: 0 }))).status === 200, 60_000);
    await until("a poke on the other server", () => board.heard.some((message) => message.t === "fresh"), 60_000);
    const pulled = async (): Promise<readonly string[]> => ((await lead.get("/api/sync/pull?since=0")).body as PullResponse).facts.map(({ id }) => id);
    expect(await pulled()).toEqual(expect.arrayContaining([...before, "after-the-crash"]));
    // The table of sockets does not outlive a crash; each server writes its own down again.
    await until("the sockets in their table", async () => (await one.database.db.query("select from live_socket")).length === 2, 60_000);
    const late = await live(await one.signIn("lead"));
    await online(late, anna, lead);
  });

  it("slow the guessing of a password down together", async () => {
    const enter = async (rooms: TestRooms, password: string): Promise<number> => (await fetch(`${rooms.url}/api/auth/sign-in/email`, {
      method: "POST", headers: { "content-type": "application/json", origin: rooms.url }, body: JSON.stringify({ email: "closer@demo.example", password }),
    })).status;
    const answers = await Promise.all(Array.from({ length: 24 }, (_, index) => enter(index % 2 ? one : two, "guess")));
    expect(answers.filter((status) => status === 401)).toHaveLength(10);
    expect(answers.filter((status) => status === 429)).toHaveLength(14);
    expect(await enter(one, PASSWORD)).toBe(429);
    expect(await enter(two, PASSWORD)).toBe(429);
    const kept = await one.database.db.query<{ who: string }>("select distinct who from sign_in_try");
    expect(kept.every(({ who }) => /^[\w-]{43}$/.test(who))).toBe(true);
  });
});
