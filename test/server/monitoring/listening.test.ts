import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import type { ListenEnd, ToServer } from "#wire/live.ts";
import { startRooms, type LiveVisitor, type TestRooms, type Visitor } from "#test/kit/rooms.ts";
import { endOrphanedListening } from "#server/monitoring/auditStore.ts";
import { until } from "#test/kit/until.ts";

let rooms: TestRooms;
const visitors = new Map<string, Visitor>();
const who = (name: string): Visitor => visitors.get(name) ?? (() => { throw new Error(name); })();
const open: LiveVisitor[] = [];
async function live(name: string): Promise<LiveVisitor> {
  const one = await who(name).live(`${name}-${open.length}`);
  open.push(one);
  return one;
}
beforeAll(async () => {
  rooms = await startRooms();
  for (const name of ["anna", "boris", "carl", "lead", "southlead", "editor", "closer", "admin"]) visitors.set(name, await rooms.signIn(name));
});
afterAll(() => rooms.stop());
afterEach(() => { for (const one of open.splice(0)) one.socket.terminate(); });

const listen = (agent: string, ask = "ask-1"): ToServer => ({ t: "listen", ask, agent: who(agent).person.id });
const description = { type: "offer", sdp: "v=0\r\n" } as const;
async function audit(session: string): Promise<unknown> {
  return rooms.database.db.query("select p.name as who, a.action, s.name as whom, a.detail ->> 'why' as why from audit a join person p on p.id = a.person join person s on s.id = a.subject where detail ->> 'session' = $1 order by a.id", [session]);
}
async function start(leadName = "lead", agentName = "anna"): Promise<{ lead: LiveVisitor; desk: LiveVisitor; session: string }> {
  const [desk, lead] = [await live(agentName), await live(leadName)];
  lead.say(listen(agentName));
  const { session } = await lead.next("listening");
  expect((await desk.next("sendVoices")).session).toBe(session);
  return { lead, desk, session };
}

describe("listening", () => {
  it("[M1] is for a lead of the same team and for admins; the server decides and writes it down before a voice is sent", async () => {
    const desk = await live("anna");
    for (const name of ["boris", "southlead", "editor", "closer"]) {
      const visitor = await live(name);
      visitor.say(listen("anna"));
      expect([name, await visitor.next("refused")]).toEqual([name, { t: "refused", ask: "ask-1", why: "notAllowed" }]);
    }
    const lead = await live("lead");
    lead.say(listen("southlead", "not an agent".replaceAll(" ", "-")));
    expect((await lead.next("refused")).why).toBe("notAllowed");
    lead.say({ t: "listen", ask: "nobody", agent: "nobody" });
    expect((await lead.next("refused")).why).toBe("notAllowed");
    expect(desk.heard.some((message) => message.t === "sendVoices")).toBe(false);

    for (const name of ["lead", "admin"]) {
      const { session } = await start(name);
      expect(await audit(session)).toEqual([{ who: name, action: "listen.started", whom: "anna", why: null }]);
    }
  });

  it("[M1] ends on both sides once the lead or the agent has another role or team, and nobody begins by what they were", async () => {
    const [north, south] = [await start("lead", "anna"), await start("southlead", "carl")];
    const { db } = rooms.database;
    const put = (name: string, role: string, team: string): Promise<unknown> => db.query("update person set role = $2, team = $3 where id = $1", [who(name).person.id, role, team]);
    await put("lead", "editor", "north");
    await put("carl", "agent", "north");
    try {
      const late = await live("boris");
      north.lead.say(listen("boris", "late"));
      expect(await north.lead.next("refused")).toEqual({ t: "refused", ask: "late", why: "notAllowed" });
      for (const { lead, desk, session } of [north, south]) {
        for (const side of [lead, desk]) expect(await side.next("listenEnded")).toEqual({ t: "listenEnded", session, why: "notAllowed" });
        expect(await audit(session)).toMatchObject([{ action: "listen.started" }, { action: "listen.ended", why: "notAllowed" }]);
      }
      expect(late.heard.some((message) => message.t === "sendVoices")).toBe(false);
    } finally {
      await put("lead", "lead", "north");
      await put("carl", "agent", "south");
    }
  });

  it("hands descriptions on between the two sides of a session and to nobody else", async () => {
    const { lead, desk, session } = await start();
    const stranger = await live("boris");
    stranger.say({ t: "signal", session, description: { type: "answer", sdp: "stolen" } });
    stranger.say({ t: "unlisten", session, why: "call" });
    desk.say({ t: "signal", session, description });
    expect(await lead.next("signal")).toEqual({ t: "signal", session, description });
    lead.say({ t: "signal", session, description: { type: "answer", sdp: "v=0\r\na" } });
    expect(await desk.next("signal")).toEqual({ t: "signal", session, description: { type: "answer", sdp: "v=0\r\na" } });
    expect([lead, desk].some((one) => one.heard.some((message) => message.t === "listenEnded" || (message.t === "signal" && message.description.sdp === "stolen")))).toBe(false);
  });

  const ends: readonly [string, ListenEnd, (lead: LiveVisitor, desk: LiveVisitor, session: string) => void, "lead" | "desk"][] = [
    ["the lead has heard enough", "lead", (lead, _, session) => lead.say({ t: "unlisten", session, why: "lead" }), "desk"],
    ["the call is over", "call", (_, desk, session) => desk.say({ t: "unlisten", session, why: "call" }), "lead"],
    ["there is no path between the two", "noPath", (lead, _, session) => lead.say({ t: "unlisten", session, why: "noPath" }), "desk"],
    ["the agent's socket goes", "agentGone", (_, desk) => desk.socket.terminate(), "lead"],
    ["the lead's socket goes", "leadGone", (lead) => lead.socket.terminate(), "desk"],
  ];
  for (const [when, why, end, told] of ends) {
    it(`ends when ${when}, the other side is told, and the log says so`, async () => {
      const { lead, desk, session } = await start();
      end(lead, desk, session);
      expect(await (told === "lead" ? lead : desk).next("listenEnded")).toEqual({ t: "listenEnded", session, why });
      await until("the end in the log", async () => ((await audit(session)) as unknown[]).length === 2);
      expect(await audit(session)).toEqual([{ who: "lead", action: "listen.started", whom: "anna", why: null }, { who: "lead", action: "listen.ended", whom: "anna", why }]);
    });
  }

  it("is refused while no desk is connected, and beyond three listeners", async () => {
    const lead = await live("lead");
    lead.say(listen("boris"));
    expect(await lead.next("refused")).toEqual({ t: "refused", ask: "ask-1", why: "noDesk" });
    await live("boris");
    for (let count = 0; count < 3; count += 1) {
      const one = await live("admin");
      one.say(listen("boris"));
      await one.next("listening");
    }
    lead.say(listen("boris"));
    expect((await lead.next("refused")).why).toBe("busy");
  });

  it("finds the tab that has the call among the agent's tabs", async () => {
    const [idle, gone, calling, lead] = [await live("anna"), await live("anna"), await live("anna"), await live("lead")];
    lead.say(listen("anna"));
    const { session } = await lead.next("listening");
    for (const tab of [idle, gone, calling]) expect((await tab.next("sendVoices")).session).toBe(session);
    idle.say({ t: "unlisten", session, why: "call" });
    calling.say({ t: "signal", session, description });
    expect((await lead.next("signal")).description).toEqual(description);
    expect((await gone.next("listenEnded")).session).toBe(session);
    // Neither the late word of another tab nor its end touches the session any more.
    gone.say({ t: "signal", session, description: { type: "offer", sdp: "late" } });
    gone.socket.terminate();
    idle.socket.terminate();
    lead.say({ t: "signal", session, description: { type: "answer", sdp: "a" } });
    await calling.next("signal");
    expect(lead.heard.filter((message) => message.t === "listenEnded" || message.t === "signal")).toHaveLength(1);
    calling.say({ t: "unlisten", session, why: "call" });
    expect(await lead.next("listenEnded")).toEqual({ t: "listenEnded", session, why: "call" });
  });

  it("ends when every tab says that it has no call", async () => {
    const [one, two, lead] = [await live("anna"), await live("anna"), await live("lead")];
    lead.say(listen("anna"));
    const { session } = await lead.next("listening");
    one.say({ t: "unlisten", session, why: "call" });
    two.say({ t: "unlisten", session, why: "call" });
    expect(await lead.next("listenEnded")).toEqual({ t: "listenEnded", session, why: "call" });
  });

  it("moves with the lead: a wish to hear another agent ends the first", async () => {
    const { lead, desk, session } = await start();
    await live("boris");
    lead.say(listen("boris", "ask-2"));
    expect(await desk.next("listenEnded")).toEqual({ t: "listenEnded", session, why: "lead" });
    expect((await lead.next("listening")).ask).toBe("ask-2");
  });

  it("that a killed server could not end is ended in the log at the next start", async () => {
    const { db } = rooms.database;
    await db.query("insert into audit (person, action, subject, detail) values ($1, 'listen.started', $2, '{\"session\":\"orphan\"}')", [who("lead").person.id, who("anna").person.id]);
    await endOrphanedListening(db, new Date(Date.now() + 1000));
    await endOrphanedListening(db, new Date(Date.now() + 1000));
    expect(await audit("orphan")).toEqual([{ who: "lead", action: "listen.started", whom: "anna", why: null }, { who: "lead", action: "listen.ended", whom: "anna", why: "serverGone" }]);
  });
});
