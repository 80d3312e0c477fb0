import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Campaign } from "#domain/base/campaign.ts";
import { countDay } from "#domain/counting/day.ts";
import { emptyLedger } from "#domain/counting/ledger.ts";
import type { Fact, FactBody } from "#domain/fact.ts";
import { boardRows, emptyBoard, writeBoard, type Board } from "#domain/wallboard/board.ts";
import type { Journal } from "#client/facts/journal.ts";
import { openRecorder, type Body } from "#client/facts/recorder.ts";
import { openDownlink } from "#client/sync/downlink.ts";
import { createUplink, type Uplink } from "#client/sync/uplink.ts";
import { recount, type Recount } from "#test/recount/recount.ts";
import { inWordsOfRecount, shiftInWordsOfRecount } from "#test/recount/sameNumbers.ts";
import { recountShift } from "#test/recount/shift.ts";
import { campaign, company, HOUR, MINUTE, SECOND, TEN } from "#test/kit/facts.ts";
import { memoryDisk } from "#test/kit/memoryJournal.ts";
import { small, startRooms, type TestRooms, type Visitor } from "#test/kit/rooms.ts";
import { throwDice } from "#test/simulation/dice.ts";
import type { PullResponse, PushResponse } from "#wire/sync.ts";

// Two devices of one agent, a lead's wallboard and the real server between them: the browser's own recorder and ways up and down,
// over HTTP and PostgreSQL. Whatever arrives in whatever order, four countings say one number.

const campaigns: readonly Campaign[] = [
  campaign, { ...campaign, id: "firms", rule: { decisionMaker: false, minSeconds: 10, per: "company" } }, { ...campaign, id: "rehearsal", practice: true },
];
const known = new Map(campaigns.map((one) => [one.id, one]));

let rooms: TestRooms;
let anna: Visitor;
let lead: Visitor;
let admin: Visitor;
beforeAll(async () => {
  rooms = await startRooms({ company: { ...small, campaigns } });
  [anna, lead, admin] = await Promise.all([rooms.signIn("anna"), rooms.signIn("lead"), rooms.signIn("admin")]);
});
afterAll(() => rooms.stop());
beforeEach(async () => {
  await rooms.database.db.query("truncate fact, private_record, device cascade");
  rooms.clock = TEN;
});

const serverNow = (): number => rooms.clock ?? Date.now();

let made = 0;
const opened: Uplink[] = [];
/** A browser of somebody's. What it writes waits while it is cut off. */
async function device(who: Visitor, skew = 0) {
  const disk = memoryDisk(`device-${(made += 1)}`);
  const journal = disk.open() as unknown as Journal;
  const now = (): number => serverNow() + skew;
  const self = { online: true, offset: 0 };
  // As the browser hears it: what the server's clock says beyond the device's own.
  const heardClock = (said: number): void => { self.offset = said - now(); };
  const answer = async <T>(asked: () => Promise<{ status: number; body: unknown }>) => {
    if (!self.online) return { ok: false, status: 0, why: "unreachable" } as const;
    const { status, body } = await asked();
    return status === 200 ? { ok: true, body: body as T } as const : { ok: false, status, why: "trouble" } as const;
  };
  const recorder = await openRecorder(who.person.id, journal, { now, offset: () => self.offset });
  const uplink = createUplink(journal, (body) => answer<PushResponse>(() => who.post("/api/sync/push", { ...body, by: who.person.id })), heardClock);
  const downlink = await openDownlink(journal, ({ cursor, epoch }) => answer<PullResponse>(() => who.get(`/api/sync/pull?since=${cursor}${epoch === undefined ? "" : `&epoch=${epoch}`}`)), recorder.learn, heardClock);
  await downlink.pull();
  opened.push(uplink);
  return {
    self, disk,
    board: (): Board => recorder.known.getState().board,
    facts: (): readonly Fact[] => recorder.known.getState().facts,
    async say(...bodies: readonly Body[]) {
      await recorder.record(bodies);
      if (self.online) await this.meet();
    },
    /** Everything up, everything down. */
    async meet() {
      await uplink.flush();
      await downlink.pull();
    },
    async comeBack() {
      self.online = true;
      await this.meet();
    },
    /** A whole call, with the device's clock: answered at this moment of the company's. */
    call(call: string, prospect: string, answeredAt: number, more: { seconds?: number; outcome?: string; campaign?: string; firm?: string } = {}): readonly Body[] {
      const { seconds = 60, outcome = "meeting", campaign: of = "storage", firm } = more;
      const at = answeredAt + skew;
      return [
        { kind: "call.dialed", call, campaign: of, prospect, number: `n-${call}`, ...(firm === undefined ? {} : { firm }), at: at - 5 * SECOND }, { kind: "call.answered", call, at },
        { kind: "call.ended", call, why: "agentHungUp", at: at + seconds * SECOND }, { kind: "outcome.saved", call, outcome, decisionMaker: true, at: at + (seconds + 5) * SECOND },
      ];
    },
  };
}
type Device = Awaited<ReturnType<typeof device>>;

/** The day of Anna's, once every device has met the server: the same on all of them, in a report and in a recount of all that there is. */
async function agreed(devices: readonly Device[], now = serverNow()): Promise<Recount> {
  for (let round = 0; round < 2; round += 1) for (const one of devices) await one.comeBack();
  const stored = (await rooms.database.db.query<{ body: Fact }>("select body from fact order by random()")).map(({ body }) => body);
  const expected = recount(stored, anna.person.id, now, company, campaigns);
  const shift = recountShift(stored, anna.person.id, now, company.timeZone);
  const report = (await admin.get("/api/sync/pull?since=0")).body as PullResponse;
  for (const board of [...devices.map((one) => one.board()), writeBoard(emptyBoard, report.facts)]) {
    const ledger = board.people.get(anna.person.id) ?? emptyLedger;
    expect(inWordsOfRecount(countDay(ledger, now, company, known))).toEqual(expected);
    expect(boardRows(board, [anna.person], new Set(), now, company, known)[0]?.day.contacts).toBe(expected.contacts);
    expect(shiftInWordsOfRecount(ledger, now, company)).toEqual(shift);
  }
  for (const one of devices) expect(one.disk.refused()).toEqual([]);
  return expected;
}
const counting = ({ calls }: Recount): readonly string[] => calls.filter(({ counts }) => counts).map(({ call }) => call);
const why = ({ calls }: Recount, of: string): string | undefined => calls.find(({ call }) => call === of)?.why;

describe("two devices of one agent and a lead", () => {
  let laptop: Device;
  let phone: Device;
  let wallboard: Device;
  const all = (): readonly Device[] => [laptop, phone, wallboard];
  afterEach(() => { for (const one of opened.splice(0)) one.stop(); });
  const start = async (skews: readonly [number, number] = [0, 0]): Promise<void> => {
    [laptop, phone, wallboard] = [await device(anna, skews[0]), await device(anna, skews[1]), await device(lead)];
  };

  it("[Q3] of two contacts of one day the one answered earlier takes the place, also when it arrives hours later", async () => {
    await start();
    laptop.self.online = false;
    await laptop.say(...laptop.call("early", "p1", TEN));
    await phone.say(...phone.call("late", "p1", TEN + 30 * MINUTE));
    rooms.clock = TEN + HOUR;
    expect(counting(await agreed([phone, wallboard]))).toEqual(["late"]);
    const day = await agreed(all());
    expect([counting(day), why(day, "late")]).toEqual([["early"], "samePersonToday"]);
    // Struck, it leaves its place to the other one; put right by the agent, it has it again only when the lead says so.
    await wallboard.say({ kind: "contact.checked", call: "early", agent: anna.person.id, found: "notConfirmed", reason: "noTalk" });
    expect(counting(await agreed(all()))).toEqual(["late"]);
    rooms.clock = TEN + 2 * HOUR;
    await phone.say({ kind: "outcome.saved", call: "early", outcome: "refused", decisionMaker: true });
    expect(why(await agreed(all()), "early")).toBe("struck");
    await wallboard.say({ kind: "contact.checked", call: "early", agent: anna.person.id, found: "withdrawn" });
    expect(counting(await agreed(all()))).toEqual(["early"]);
  });

  it("[Q3] five people at one company are five contacts in one campaign and one in another, whichever device called them", async () => {
    await start();
    for (const [n, one] of [laptop, phone, laptop, phone, laptop].entries()) {
      await one.say(...one.call(`s${n}`, `person-${n}`, TEN + n * 3 * MINUTE, { firm: "acme" }), ...one.call(`f${n}`, `worker-${n}`, TEN + (20 - n) * 3 * MINUTE, { firm: "acme", campaign: "firms" }));
    }
    rooms.clock = TEN + 2 * HOUR;
    const day = await agreed(all());
    expect(counting(day)).toEqual(["f4", "s0", "s1", "s2", "s3", "s4"]);
    expect(why(day, "f0")).toBe("sameCompanyToday");
  });

  it("[Q7] corrections of corrections, at the same moment from both devices, come to the last word by time, then by id", async () => {
    await start();
    await laptop.say(...laptop.call("c", "p1", TEN));
    rooms.clock = TEN + HOUR;
    await agreed(all());
    const saved = (outcome: string, at: number): FactBody & { readonly at: number } => ({ kind: "outcome.saved", call: "c", outcome, decisionMaker: true, at });
    for (const one of [laptop, phone]) one.self.online = false;
    await laptop.say(saved("refused", TEN + 20 * MINUTE), saved("callBack", TEN + 30 * MINUTE));
    await phone.say(saved("callBack", TEN + 25 * MINUTE), saved("meeting", TEN + 30 * MINUTE + 1));
    await phone.comeBack();
    expect(counting(await agreed(all()))).toEqual(["c"]);
    for (const one of [laptop, phone]) one.self.online = false;
    const both = TEN + 40 * MINUTE;
    await laptop.say(saved("callBack", both));
    await phone.say(saved("refused", both));
    await laptop.comeBack();
    // Either may have the higher id: all say the same, and that is checked in `agreed`.
    const day = await agreed(all());
    const last = [...laptop.facts()].filter((fact) => fact.kind === "outcome.saved" && fact.at === both).sort((a, b) => (a.id < b.id ? -1 : 1)).at(-1);
    expect(counting(day)).toEqual(last?.kind === "outcome.saved" && last.outcome === "refused" ? ["c"] : []);
  });

  it("[Q5] [T1] practice changes nothing on any of them", async () => {
    await start();
    await laptop.say(...laptop.call("c", "p1", TEN));
    await phone.say(...phone.call("practice-1", "p1", TEN - HOUR, { campaign: "rehearsal" }), ...phone.call("practice-2", "p9", TEN + HOUR, { campaign: "rehearsal" }));
    rooms.clock = TEN + 2 * HOUR;
    await wallboard.say({ kind: "contact.checked", call: "practice-2", agent: anna.person.id, found: "confirmed" });
    expect(await agreed(all())).toMatchObject({ contacts: 1, dialed: 1, answered: 1 });
  });

  it("[Y3] [Y7] clocks that are years wrong, one ahead and one behind, and put back in mid-shift, make no other day of it", async () => {
    await start([400 * 24 * HOUR, -400 * 24 * HOUR]);
    await laptop.say({ kind: "shift.ready" }, ...laptop.call("ahead", "p1", TEN + MINUTE));
    await phone.say(...phone.call("behind", "p1", TEN + 3 * MINUTE), ...phone.call("other", "p2", TEN + 6 * MINUTE));
    rooms.clock = TEN + HOUR;
    // The laptop's clock is put right: what it writes from then on has another difference, and is of the same day.
    const mended = await device(anna, 0);
    await mended.say(...mended.call("mended", "p2", TEN + 2 * MINUTE));
    expect(counting(await agreed([...all(), mended]))).toEqual(["ahead", "mended"]);
  });

  it("[Q6] [H3] a call that is answered in the last millisecond of a day, and one in the first of the next, are of two days", async () => {
    await start();
    const midnight = TEN + 14 * HOUR;
    rooms.clock = midnight - MINUTE;
    await laptop.say(...laptop.call("last", "p1", midnight - 1), ...laptop.call("first", "p1", midnight));
    await phone.say(...phone.call("over", "p2", midnight - 20 * SECOND, { seconds: 40 }));
    rooms.clock = midnight + HOUR;
    expect(counting(await agreed(all(), midnight - 1))).toEqual(["last", "over"]);
    expect(counting(await agreed(all(), midnight))).toEqual(["first"]);
  });

  it("[Q12] [Q14] what a device brings after the day has closed counts if it was said in time, and is noted; what was said too late is shown and changes nothing", async () => {
    await start();
    laptop.self.online = false;
    await laptop.say(...laptop.call("forgotten", "p1", TEN), ...laptop.call("unsaid", "p2", TEN + HOUR).slice(0, 3));
    await phone.say(...phone.call("known", "p1", TEN + HOUR));
    const closed = TEN + 26 * HOUR;
    rooms.clock = closed + MINUTE;
    await laptop.say({ kind: "outcome.saved", call: "unsaid", outcome: "meeting", decisionMaker: true }, { kind: "outcome.saved", call: "forgotten", outcome: "callBack", decisionMaker: true });
    const day = await agreed(all(), TEN + 10 * HOUR);
    expect([counting(day), why(day, "known"), why(day, "unsaid")]).toEqual([["forgotten"], "samePersonToday", "outcomeLate"]);
    for (const one of all()) expect(one.facts().filter((fact) => fact.kind === "call.late").map((fact) => ("call" in fact ? fact.call : "")).sort()).toEqual(["forgotten", "unsaid"]);
  });

  it("[Y5] whatever is said, corrected, struck and taken back, in whatever order it arrives", async () => {
    for (const seed of [1, 2, 3]) {
      await rooms.database.db.query("truncate fact, private_record, device cascade");
      rooms.clock = TEN;
      const dice = throwDice(seed);
      await start([dice.pick([0, 40_000, -3 * HOUR]), dice.pick([0, -90_000, 26 * HOUR])]);
      const calls: string[] = [];
      for (let step = 0; step < 40; step += 1) {
        rooms.clock = serverNow() + dice.between(SECOND, 9 * MINUTE);
        const one = dice.pick([laptop, phone]);
        const call = calls.length > 0 ? dice.pick(calls) : undefined;
        if (call === undefined || dice.happens(0.4)) {
          const name = `call-${step}`;
          calls.push(name);
          await one.say(...one.call(name, `p${dice.between(1, 4)}`, serverNow() - dice.between(0, 20 * MINUTE), { seconds: dice.pick([5, 29, 30, 200]), outcome: dice.pick(["meeting", "refused", "callBack"]), campaign: dice.pick(["storage", "firms", "rehearsal"]), firm: dice.pick(["acme", "best"]) }).slice(0, dice.pick([2, 3, 4, 4, 4])));
        } else if (dice.happens(0.45)) await one.say({ kind: "outcome.saved", call, outcome: dice.pick(["meeting", "refused", "callBack"]), decisionMaker: dice.happens(0.8) });
        else if (dice.happens(0.5)) await wallboard.say({ kind: "contact.checked", call, agent: anna.person.id, found: dice.pick(["notConfirmed", "confirmed", "withdrawn", "notReached"]) });
        else await one.say(dice.pick<Body>([{ kind: "shift.break", reason: "rest" }, { kind: "shift.ready" }, { kind: "work.done", work: `w${dice.between(1, 2)}`, type: dice.pick(["visit", "none"]) }]));
        const cut = dice.pick(all());
        if (dice.happens(0.4)) cut.self.online = !cut.self.online;
      }
      await agreed(all());
    }
  });
});
