import { afterAll, beforeAll, expect, it } from "vitest";
import { z } from "zod";
import type { Role } from "#domain/base/campaign.ts";
import { everybody } from "#server/http/access.ts";
import type { ToClient, ToServer } from "#wire/live.ts";
import { PROTOCOL } from "#wire/protocol.ts";
import { toServer } from "#wire/schema.ts";
import { startRooms, type LiveVisitor, type TestRooms, type Visitor } from "#test/kit/rooms.ts";

// Who may say what on the live socket, and who may be told what. A new message does not compile, and fails, until its row is here.

/** Somebody of each role, and a lead of another team. */
const sayers = { agent: "boris", lead: "lead", otherLead: "southlead", editor: "editor", closer: "closer", admin: "admin" } as const;
type Sayer = keyof typeof sayers;
/** `tells`: the team's lead hears of it. `own`: touches nothing but what is the person's own. `ignored`: nobody hears anything of it. */
type Effect = "welcomed" | "listens" | "notAllowed" | "own" | "tells" | "ignored";

const all = (effect: Effect): Record<Sayer, Effect> => ({ agent: effect, lead: effect, otherLead: effect, editor: effect, closer: effect, admin: effect });
const mayDo: { readonly [T in ToServer["t"]]: Readonly<Record<Sayer, Effect>> } = {
  hello: all("welcomed"),
  listen: { ...all("notAllowed"), lead: "listens", admin: "listens" },
  // About somebody else's session, whose id is known: not even an admin speaks in it.
  signal: all("ignored"), unlisten: all("ignored"),
  line: all("own"), hold: all("own"), take: all("own"), give: all("own"), free: all("own"),
  // How the line of a call is: an agent's own, to the leads (rule M3).
  quality: { ...all("ignored"), agent: "tells" },
};
const mayHear: { readonly [T in ToClient["t"]]: readonly Role[] } = {
  welcome: everybody, beat: everybody, fresh: everybody, phone: everybody, account: everybody, giveUp: everybody, refused: everybody,
  presence: ["lead", "admin"], quality: ["lead", "admin"], listening: ["lead", "admin"], signal: ["agent", "lead", "admin"], listenEnded: ["agent", "lead", "admin"], sendVoices: ["agent"],
};

let rooms: TestRooms;
const visitors = new Map<string, Visitor>();
const open: { readonly role: Role; readonly live: LiveVisitor }[] = [];
async function live(name: string): Promise<LiveVisitor> {
  const visitor = visitors.get(name) ?? (await rooms.signIn(name));
  visitors.set(name, visitor);
  const one = await visitor.live(`${name}-${open.length}`);
  open.push({ role: visitor.person.role, live: one });
  return one;
}
/** What comes to everybody by itself. */
const noise: ReadonlySet<ToClient["t"]> = new Set(["fresh", "account", "beat", "presence", "phone", "giveUp", "quality"]);
const told = (one: LiveVisitor): readonly string[] => one.heard.map(({ t }) => t).filter((t) => !noise.has(t));
/** All that the server had to say to this socket until now has come. */
async function settled(one: LiveVisitor): Promise<void> {
  const phones = one.heard.filter(({ t }) => t === "phone").length;
  one.say({ t: "hold" });
  await expect.poll(() => one.heard.filter(({ t }) => t === "phone").length, { timeout: 60_000 }).toBeGreaterThan(phones);
}

let lead: LiveVisitor;
let anna: LiveVisitor;
let carl: LiveVisitor;
let session: string;
let annaId: string;
beforeAll(async () => {
  rooms = await startRooms();
  [lead, anna, carl] = [await live("lead"), await live("anna"), await live("carl")];
  annaId = visitors.get("anna")?.person.id ?? "";
  lead.say({ t: "listen", ask: "first", agent: annaId });
  ({ session } = await lead.next("listening"));
  await anna.next("sendVoices");
});
afterAll(() => rooms.stop());

const description = { type: "offer", sdp: "v=0" } as const;
const said = (): { readonly [T in ToServer["t"]]: Extract<ToServer, { t: T }> } => ({
  hello: { t: "hello", protocol: PROTOCOL, device: "d" }, listen: { t: "listen", ask: "more", agent: annaId },
  signal: { t: "signal", session, description }, unlisten: { t: "unlisten", session, why: "call" },
  line: { t: "line", state: "ready" }, hold: { t: "hold" }, take: { t: "take" }, give: { t: "give", place: "{}" }, free: { t: "free" },
  quality: { t: "quality", call: "call-1", grade: "good" },
});

it("knows every message that a page can send", () => {
  if (!(toServer instanceof z.ZodDiscriminatedUnion)) throw new Error("the messages are no union any more");
  const kinds = toServer.options.map((option) => z.object({ shape: z.object({ t: z.object({ value: z.string() }) }) }).parse(option).shape.t.value);
  expect(kinds.sort()).toEqual(Object.keys(mayDo).sort());
});

for (const [kind, row] of Object.entries(mayDo) as [ToServer["t"], Readonly<Record<Sayer, Effect>>][]) {
  it(`[M1] ${kind}: does for each role what is written here, and nothing to others`, async () => {
    for (const [role, effect] of Object.entries(row) as [Sayer, Effect][]) {
      const one = await live(sayers[role]);
      const others = [lead, anna, carl];
      await Promise.all(others.map(settled));
      const before = others.map((other) => told(other).length);
      if (kind !== "hello") one.say(said()[kind]);
      if (effect === "notAllowed") expect(await one.next("refused")).toEqual({ t: "refused", ask: "more", why: "notAllowed" });
      if (effect === "tells") expect(await lead.next("quality")).toMatchObject({ agent: visitors.get(sayers[role])?.person.id });
      if (effect === "listens") {
        const { session: made } = await one.next("listening");
        expect(await anna.next("sendVoices")).toEqual({ t: "sendVoices", session: made });
      }
      // A desk that has freed its phone, or that another computer of the person stands beside, is answered all the same.
      await settled(one);
      await Promise.all(others.map(settled));
      const answered: Readonly<Record<Effect, readonly string[]>> = { welcomed: ["welcome"], listens: ["welcome", "listening"], notAllowed: ["welcome", "refused"], own: ["welcome"], tells: ["welcome"], ignored: ["welcome"] };
      expect([role, told(one)]).toEqual([role, answered[effect]]);
      if (effect === "ignored") expect(lead.heard.some((message) => message.t === "quality" && message.agent === visitors.get(sayers[role])?.person.id)).toBe(false);
      expect([role, others.map((other, index) => told(other).slice(before[index]))]).toEqual([role, [[], effect === "listens" ? ["sendVoices"] : [], []]]);
    }
  });
}

it("tells nobody what is not for the role", () => {
  expect(open.length).toBeGreaterThan(20);
  for (const { role, live: one } of open) for (const { t } of one.heard) expect([t, mayHear[t].includes(role)]).toEqual([t, true]);
});
