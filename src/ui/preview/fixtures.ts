import type { Capture, DeskState, DeskTrouble } from "#client/desk/deskState.ts";
import type { PastLine } from "#client/desk/dialDesk.ts";
import type { DeskView } from "#client/desk/view.ts";
import { firstView } from "#client/desk/view.ts";
import type { SoundState } from "#client/desk/soundDesk.ts";
import type { Welcome } from "#client/desk/firstVisit.ts";
import type { Language } from "#domain/base/campaign.ts";
import type { Envelope } from "#domain/base/envelope.ts";
import { countDay, type DayCount } from "#domain/counting/day.ts";
import { emptyLedger, writeLedger, type Ledger } from "#domain/counting/ledger.ts";
import type { Lease, Prospect } from "#domain/dialing/prospect.ts";
import type { Fact, FactBody } from "#domain/fact.ts";
import type { Call } from "#domain/phone/call.ts";
import { noLines, type Lines, type Side } from "#domain/phone/lines.ts";
import { practicePerson } from "#domain/practice/prospects.ts";
import { trainingOf } from "#domain/training/progress.ts";
import type { Walk } from "#domain/script/walk.ts";
import { company, content, now } from "./content.ts";
import { soundPictures } from "./soundFixtures.ts";
import { trainingFixture } from "./trainingFixtures.ts";

/** One picture of the desk: everything that the screen is given. */
export interface DeskPicture { readonly state: DeskState; readonly view: DeskView; readonly levels?: { readonly mine: number; readonly theirs: number }; readonly sound?: SoundState }

export const pictureNames = [
  "welcome", "welcomeAsking", "welcomeSay", "welcomeHeard", "welcomeDenied", "welcomeMissing", "welcomeBusy", "welcomeSound", "welcomePlayed", "welcomeUnheard", "welcomePractice", "welcomeReal",
  "fetching", "rest", "restFirst", "restBehind", "restDone", "restOver", "saved", "break", "breakOver", "breakChoice", "noProspects", "offlineNoProspects",
  "card", "cardFirst", "dialing", "ringing", "talking", "talkingMany", "talkingShort", "handler", "gist", "proposed", "muted", "held", "mutedHeld", "other", "keypad", "noScript",
  "rings", "ringsInCall", "missed", "transferTo", "asking", "consulting", "consultingMuted", "comingBack", "swapped", "joined", "passing", "notPassed", "heldByClient", "sideAlone", "sideAloneOffline",
  "restPractice", "practiceCard", "afterPractice", "afterPracticeComing", "practiceResults",
  "dial", "dialOffline", "history", "historyFew", "cardByHand",
  "today", "todayFew", "restStruck", "restPoints", "todayChecked", "work", "away", "after", "afterCounts", "afterTooShort", "afterNotDecider", "afterUnanswered", "afterNoLines", "afterAgain", "help",
  "devices", "devicesNone", "devicesGone", "devicesEcho", "devicesInCall", "badHeard", "badSent", "badBoth", "badFar", "microphoneGone",
  "offline", "unsent", "refused", "noMicrophone", "lineDown", "linePassword", "lineForbidden", "lineUnknown", "lineBusy", "noSound", "relayRefused", "returning", "returnAsked", "elsewhere", "otherComputer", "storageLow", "storageFull", "storageFullOffline", "signedOut", "callLost", "newVersion",
] as const;

export type PictureName = (typeof pictureNames)[number];

const drawn: { [L in Language]?: Readonly<Record<PictureName, DeskPicture>> } = {};

/** Practice: asked for, begun, looked back at. */
function practicePictures(base: DeskState, after: DeskState, language: Language) {
  const { campaign } = content[language];
  const log = trainingFixture(base.person.id, now, campaign.id, "price");
  const training = trainingOf(log, base.person.id, now, company.timeZone);
  const [assignment] = training.assignments.filter(({ state }) => state === "open");
  const [result] = assignment?.results ?? [];
  if (!assignment || !result) throw new Error("nothing is practised");
  const { back: _, ...untold } = result;
  const person = practicePerson({ character: "tooExpensive", language, person: 85 });
  const lease = { prospect: { ...person, campaign: campaign.id }, until: now, history: [] };
  const forecast = { counts: false, why: "practice" } as const;
  const card: DeskState = { ...base, training, lease, practising: { assignment } };
  const over: DeskState = { ...after, training, lease, choice: { outcome: "meeting", decisionMaker: true }, forecast };
  const view = firstView;
  return {
    restPractice: { state: { ...base, training }, view },
    practiceCard: { state: card, view },
    afterPractice: { state: { ...over, practising: { assignment, result } }, view },
    afterPracticeComing: { state: { ...over, practising: { assignment, result: untold } }, view },
    practiceResults: { state: { ...base, training }, view: { ...view, panel: "training" } },
  } satisfies Partial<Record<PictureName, DeskPicture>>;
}

/** Every state of the desk in one language; made once. */
export function deskPictures(language: Language): Readonly<Record<PictureName, DeskPicture>> {
  return drawn[language] ??= draw(language);
}

function draw(language: Language): Readonly<Record<PictureName, DeskPicture>> {
  const { person, campaign, script, handlers, lease, words } = content[language];
  const minute = 60_000;
  const call = "c-now";
  const base: DeskState = {
    person, company, campaign, script, handlers, stock: 8, call: { phase: "idle" }, lines: noLines, walk: { phase: "closed" }, captures: [], drafts: { words: "", note: "", unforeseen: false },
    choice: { decisionMaker: false }, agent: { state: "ready", since: now - 134_000 }, day: dayOf(language, 12), names: namesOf(language),
    sync: { online: true, unsent: 0, refused: 0, inMemory: 0, storage: "ok" }, line: "ready", offset: 0, ledger: ledgerOf(language, 12),
  };
  const captures: readonly Capture[] = words.map((text, index) => ({ record: `r${index}`, text, second: 31 + index * 8, module: index === 0 ? "reason" : "need", unforeseen: index === 1 }));
  const talking: Call = { phase: "talking", call, since: now - 42_000, muted: false, hold: "none" };
  const walk: Walk = { phase: "open", call, script: script.id, version: 3, trail: ["hello", "reason", "need"], marks: ["decisionMaker"] };
  const inCall: DeskState = { ...base, lease, call: talking, walk, agent: { state: "inCall", since: now - 42_000, call } };
  const ended: Call = { phase: "ended", call, why: "clientHungUp", answeredAt: now - 120_000, endedAt: now - 18_000 };
  const after: DeskState = { ...base, lease, call: ended, walk, agent: { state: "wrapUp", since: now - 18_000, call }, choice: { decisionMaker: true }, captures };
  const onBreak = (ago: number): DeskState => ({ ...base, agent: { state: "break", since: now - ago * minute, reason: "rest" } });
  const trouble = (one: DeskTrouble, more: Partial<DeskState> = {}): DeskState => ({ ...base, trouble: one, ...more });
  const card: DeskState = { ...base, lease };
  const first: Welcome = { step: "microphone", microphone: "unasked", heard: false, tone: "unplayed", practice: true };
  const welcome = (more: Partial<Welcome>, of: Partial<DeskState> = {}): DeskState => ({ ...base, day: dayOf(language, 0), names: new Map(), welcome: { ...first, ...more }, ...of });
  const open: Partial<Welcome> = { microphone: "ready", device: "Jabra Evolve2 30 MS Mono (0b0e:0e1b)" };
  const heard: Partial<Welcome> = { ...open, heard: true };
  const sound = { mine: 0.35, theirs: 0.14 };
  const view = firstView;
  const counted = base.day?.calls.filter(({ verdict }) => verdict.counts).map(({ record }) => record.call) ?? [];
  const check = { kind: "contact.checked", agent: person.id } as const;
  const struck: readonly FactBody[] = [
    { ...check, call: counted.at(-1) ?? "", found: "notConfirmed", reason: "noTalk" }, { ...check, call: counted.at(-3) ?? "", found: "confirmed" },
    { kind: "outcome.saved", call: counted.at(-2) ?? "", outcome: "gatekeeper", decisionMaker: true },
  ];
  const work: readonly FactBody[] = [{ kind: "work.done", work: "w1", type: "meeting" }, { kind: "work.done", work: "w2", type: "proposal" }];
  const beside = (side: Side, more: Partial<Lines> = {}): Pick<DeskState, "lines" | "who"> => ({
    lines: { ...noLines, side, ...more },
    who: { call: "c-side", name: language === "ru" ? "Ирина Корнеева" : "Irene Cornwell", number: "1002" },
  });
  const mate: Side = { phase: "talking", call: "c-side", since: now - 12_000, way: "out", muted: false, hold: "none" };
  const waiting: Call = { ...talking, hold: "held" };
  const { company: _, campaign: __, day: ___, script: ____, ...bare } = base;
  return {
    welcome: { state: welcome({}), view },
    welcomeAsking: { state: welcome({ microphone: "asking" }), view },
    welcomeSay: { state: welcome(open), view, levels: { mine: 0.05, theirs: 0 } },
    welcomeHeard: { state: welcome({ ...open, heard: true }), view, levels: { mine: 0.45, theirs: 0 } },
    welcomeDenied: { state: welcome({ microphone: "denied" }, { trouble: { kind: "noMicrophone", cause: "denied" } }), view },
    welcomeMissing: { state: welcome({ microphone: "missing" }), view },
    welcomeBusy: { state: welcome({ microphone: "busy" }), view },
    welcomeSound: { state: welcome({ ...heard, step: "sound" }), view },
    welcomePlayed: { state: welcome({ ...heard, step: "sound", tone: "played" }), view },
    welcomeUnheard: { state: welcome({ microphone: "denied", step: "sound", tone: "unheard" }), view },
    welcomePractice: { state: welcome({ ...heard, step: "practice", tone: "played" }), view },
    welcomeReal: { state: welcome({ ...heard, step: "practice", tone: "unheard", practice: false }), view },
    fetching: { state: { ...bare, line: "connecting" }, view },
    rest: { state: base, view },
    restFirst: { state: { ...base, day: dayOf(language, 0), names: new Map() }, view },
    restBehind: { state: { ...base, day: dayOf(language, 5) }, view },
    restDone: { state: { ...base, day: dayOf(language, 71) }, view },
    restOver: { state: { ...base, day: overOf(dayOf(language, 5)) }, view },
    saved: { state: { ...base, undoable: { call: "c0", outcome: "meeting" } }, view },
    break: { state: onBreak(6), view },
    breakOver: { state: onBreak(22), view },
    breakChoice: { state: base, view: { ...view, panel: "break" } },
    dial: { state: base, view: { ...view, panel: "dial", dial: { text: "8 (495) 123-45-67 доб. 12" } } },
    dialOffline: { state: { ...base, sync: { ...base.sync, online: false, unsent: 3 } }, view: { ...view, panel: "dial", dial: { text: "8 495 123", answer: "offline" } } },
    history: { state: base, view: { ...view, panel: "history" } },
    historyFew: { state: { ...base, day: dayOf(language, 1) }, view: { ...view, panel: "history" } },
    cardByHand: { state: { ...base, lease: byHand(lease.prospect) }, view },
    noProspects: { state: trouble({ kind: "noProspects", barred: 12 }, { stock: 0 }), view },
    offlineNoProspects: { state: trouble({ kind: "offlineNoProspects" }, { stock: 0, sync: { online: false, unsent: 14, refused: 0, inMemory: 0, storage: "ok" } }), view },
    card: { state: card, view, levels: { mine: 0.3, theirs: 0 } },
    cardFirst: { state: { ...card, lease: { ...lease, history: [] } }, view },
    dialing: { state: { ...card, call: { phase: "dialing", call, since: now - 1_000, muted: false }, agent: { state: "dialing", since: now - 1_000, call } }, view },
    ringing: { state: { ...card, call: { phase: "ringing", call, since: now - 6_000, muted: false, early: false }, agent: { state: "dialing", since: now - 6_000, call } }, view, levels: { mine: 0.05, theirs: 0 } },
    talking: { state: { ...inCall, captures: captures.slice(0, 1) }, view, levels: sound },
    talkingMany: { state: { ...inCall, walk: { ...walk, trail: ["hello"], marks: [] } }, view, levels: sound },
    talkingShort: { state: { ...inCall, walk: { ...walk, trail: ["hello", "gatekeeper", "hello", "reason", "need", "rent", "need", "rent", "reason"], marks: [] } }, view, levels: sound },
    handler: { state: { ...inCall, walk: { ...walk, over: { handler: "price", version: 1, phrasing: 0 } }, captures }, view, levels: { mine: 0.5, theirs: 0 } },
    gist: { state: inCall, view: { ...view, gistOnly: true }, levels: sound },
    proposed: { state: { ...inCall, walk: { ...walk, trail: [...walk.trail, "rent"], outcome: "meeting" }, captures }, view, levels: sound },
    muted: { state: { ...inCall, call: { ...talking, muted: true } }, view, levels: { mine: 0, theirs: 0.3 } },
    held: { state: { ...inCall, call: { ...talking, hold: "held" } }, view, levels: { mine: 0, theirs: 0 } },
    mutedHeld: { state: { ...inCall, call: { ...talking, muted: true, hold: "held" } }, view },
    other: { state: { ...inCall, drafts: { words: words[1] ?? "", note: "", unforeseen: true } }, view, levels: sound },
    keypad: { state: inCall, view: { ...view, panel: "keypad" }, levels: sound },
    rings: { state: { ...base, ...beside({ phase: "incoming", call: "c-side", since: now - 3_000 }, { ringing: "call" }) }, view },
    ringsInCall: { state: { ...inCall, ...beside({ phase: "incoming", call: "c-side", since: now - 3_000 }, { ringing: "waiting" }) }, view, levels: sound },
    missed: { state: { ...base, ...beside({ phase: "free", last: { call: "c-side", why: "missed", at: now - 60_000 } }) }, view },
    transferTo: { state: inCall, view: { ...view, panel: "transfer" }, levels: sound },
    asking: { state: { ...inCall, call: waiting, ...beside({ phase: "ringing", call: "c-side", since: now - 4_000, way: "out", muted: false }, { focus: "side" }) }, view },
    consulting: { state: { ...inCall, call: waiting, ...beside(mate, { focus: "side" }) }, view, levels: sound },
    consultingMuted: { state: { ...inCall, call: waiting, ...beside({ ...mate, muted: true }, { focus: "side" }) }, view, levels: { mine: 0, theirs: 0.3 } },
    comingBack: { state: { ...inCall, call: waiting, ...beside({ phase: "returning", call: "c-side", since: now - 12_000, way: "out", muted: false, held: false, lived: now - 2_000 }, { focus: "side" }) }, view },
    swapped: { state: { ...inCall, ...beside({ ...mate, hold: "held" }) }, view, levels: sound },
    joined: { state: { ...inCall, ...beside(mate, { focus: "both" }) }, view, levels: sound },
    passing: { state: { ...inCall, call: waiting, ...beside({ phase: "free" }, { focus: "none", transfer: { how: "blind", since: now - 2_000 } }) }, view },
    notPassed: { state: { ...inCall, ...beside({ phase: "free" }, { failed: { how: "blind", status: 404 } }) }, view, levels: sound },
    heldByClient: { state: { ...inCall, ...beside({ phase: "free" }, { heldBy: { call: true, side: false } }) }, view },
    sideAlone: { state: { ...base, ...beside({ ...mate, way: "in" }, { focus: "side" }) }, view, levels: sound },
    sideAloneOffline: { state: { ...base, ...beside({ ...mate, way: "in" }, { focus: "side" }), sync: { ...base.sync, online: false, unsent: 2 } }, view, levels: sound },
    noScript: { state: withoutScript({ ...inCall, walk: { phase: "closed" } }), view, levels: sound },
    ...practicePictures(base, after, language),
    after: { state: after, view },
    afterCounts: { state: { ...after, choice: { outcome: "meeting", decisionMaker: true }, forecast: { counts: true } }, view },
    afterTooShort: { state: { ...after, call: { ...ended, answeredAt: now - 36_000 }, choice: { outcome: "refused", decisionMaker: true }, forecast: { counts: false, why: "tooShort", seconds: 18, needed: 30 } }, view },
    afterNotDecider: { state: { ...after, choice: { outcome: "refused", decisionMaker: false }, forecast: { counts: false, why: "notDecisionMaker" } }, view },
    afterNoLines: { state: { ...after, walk: { phase: "closed" }, captures: [], call: { phase: "ended", call, why: "noLines", endedAt: now - 3_000 }, choice: { outcome: "notConnected", decisionMaker: false }, forecast: { counts: false, why: "notAnswered" } }, view },
    afterUnanswered: { state: { ...after, walk: { phase: "closed" }, captures: [], call: { phase: "ended", call, why: "noAnswer", endedAt: now - 3_000 }, choice: { outcome: "noAnswer", decisionMaker: false }, forecast: { counts: false, why: "notAnswered" } }, view },
    afterAgain: { state: { ...after, call: { ...ended, call: lastCounted(base.day) }, choice: { outcome: "meeting", decisionMaker: true }, forecast: { counts: true } }, view },
    today: { state: base, view: { ...view, panel: "today" } },
    todayFew: { state: { ...base, day: dayOf(language, 1), ledger: ledgerOf(language, 1) }, view: { ...view, panel: "today" } },
    restStruck: { state: { ...base, day: dayOf(language, 12, struck) }, view },
    restPoints: { state: { ...base, day: dayOf(language, 12, work, { ...company, unit: "points", target: 90 }) }, view },
    todayChecked: { state: { ...base, day: dayOf(language, 12, struck) }, view: { ...view, panel: "today" } },
    work: { state: { ...base, day: dayOf(language, 12, work) }, view: { ...view, panel: "work" } },
    away: { state: { ...base, agent: { state: "away", source: "input", since: now - 400_000 } }, view },
    help: { state: base, view: { ...view, panel: "help" } },
    ...soundPictures(base, { ...inCall, captures: captures.slice(0, 1) }),
    offline: { state: { ...inCall, sync: { online: false, unsent: 3, refused: 0, inMemory: 0, storage: "ok" } }, view, levels: sound },
    unsent: { state: { ...base, sync: { online: true, unsent: 21, refused: 0, inMemory: 0, storage: "ok" } }, view },
    refused: { state: { ...base, sync: { online: true, unsent: 0, refused: 2, inMemory: 0, storage: "ok" } }, view },
    noMicrophone: { state: { ...card, trouble: { kind: "noMicrophone", cause: "denied" } }, view },
    lineDown: { state: { ...card, trouble: { kind: "lineDown" }, line: "down" }, view },
    linePassword: { state: { ...inCall, trouble: { kind: "lineRefused", why: "password" }, line: "refused" }, view, levels: sound },
    lineForbidden: { state: { ...base, trouble: { kind: "lineRefused", why: "forbidden" }, line: "refused" }, view },
    lineUnknown: { state: { ...card, trouble: { kind: "lineRefused", why: "unknown" }, line: "refused" }, view },
    lineBusy: { state: { ...card, trouble: { kind: "lineRefused", why: "busy" }, line: "refused" }, view },
    relayRefused: { state: { ...base, trouble: { kind: "relayRefused" } }, view },
    noSound: { state: { ...inCall, trouble: { kind: "noSound" } }, view },
    returning: { state: { ...inCall, call: { phase: "returning", call, since: now - 42_000, muted: false, held: false, lived: now - 900, asked: false } }, view },
    returnAsked: { state: { ...inCall, call: { phase: "returning", call, since: now - 142_000, muted: false, held: false, lived: now - 90_000, asked: true } }, view },
    elsewhere: { state: { ...base, line: "elsewhere" }, view },
    otherComputer: { state: { ...base, line: "otherComputer" }, view },
    storageLow: { state: { ...base, sync: { online: true, unsent: 0, refused: 0, inMemory: 0, storage: "low" } }, view },
    storageFullOffline: { state: { ...inCall, sync: { online: false, unsent: 4, refused: 0, inMemory: 3, storage: "full" } }, view, levels: sound },
    storageFull: { state: { ...inCall, sync: { online: true, unsent: 4, refused: 0, inMemory: 0, storage: "full" } }, view, levels: sound },
    signedOut: { state: trouble({ kind: "signedOut" }, { sync: { online: true, unsent: 6, refused: 0, inMemory: 0, storage: "ok" } }), view },
    callLost: { state: { ...after, call: { ...ended, why: "lost" }, trouble: { kind: "callLost" } }, view },
    newVersion: { state: trouble({ kind: "newVersion" }), view },
  };
}

/** The same day when the working hours are over. */
function overOf(day: DayCount): DayCount {
  return { ...day, pace: { ...day.pace, state: "behind", due: day.target } };
}

function lastCounted(day: DayCount | undefined): string {
  return day?.calls.findLast(({ verdict }) => verdict.counts)?.record.call ?? "";
}

function withoutScript(state: DeskState): DeskState {
  const { script: _, ...rest } = state;
  return { ...rest, handlers: [] };
}

/** A day with so many contacts in it, made of facts and counted by the rule, so that the pictures cannot lie. */
export function dayOf(language: Language, contacts: number, more: readonly FactBody[] = [], of = company): DayCount {
  const { campaign } = content[language];
  return countDay(ledgerOf(language, contacts, more), now, of, new Map([[campaign.id, campaign]]));
}

/** The facts of such a day; `more` was said ten minutes ago, what a lead says by a lead. */
function ledgerOf(language: Language, contacts: number, more: readonly FactBody[] = []): Ledger {
  const { person, campaign } = content[language];
  const facts: Fact[] = [];
  let others = 0;
  const start = now - 127 * 60_000;
  const calls = contacts === 0 ? 0 : contacts + Math.ceil(contacts * 0.9);
  const step = (123 * 60_000) / Math.max(1, calls);
  for (let index = 0; index < calls; index += 1) {
    const at = Math.round(start + index * step);
    const call = `c${index}`;
    const say = (offset: number, body: FactBody): void => { facts.push({ ...envelope(person.id, at + offset, facts.length), ...body }); };
    const contact = Math.floor(((index + 1) * contacts) / calls) > Math.floor((index * contacts) / calls);
    if (!contact) others += 1;
    const turn = contact ? index % 8 : others % 4;
    say(0, { kind: "call.dialed", call, campaign: campaign.id, prospect: `p${index}`, number: `n${index}` });
    const unanswered = !contact && (turn === 1 || turn === 3);
    if (!unanswered) say(4_000, { kind: "call.answered", call });
    const talk = contact ? 48_000 + turn * 9_000 : turn === 2 ? 18_000 : 40_000;
    say(unanswered ? 26_000 : 4_000 + talk, { kind: "call.ended", call, why: unanswered ? "noAnswer" : "agentHungUp" });
    const outcome = contact ? (["refused", "proposal", "meeting", "refused"][index % 4] ?? "refused") : unanswered ? "noAnswer" : turn === 2 ? "refused" : "gatekeeper";
    if (index === 1 && !unanswered) say(4_000 + talk, { kind: "call.quality", call, codec: "g711", heard: 2400, heardLost: 310, sent: 2400, sentLost: 4, jitter: 31, roundTrip: 88, mos: 301, worst: 210, badSeconds: 24 });
    say(30_000 + talk, { kind: "outcome.saved", call, outcome, decisionMaker: contact || turn === 2 });
  }
  for (const body of more) facts.push({ ...envelope("agent" in body ? "lead" : person.id, now - 600_000, facts.length), ...body });
  return writeLedger(emptyLedger, facts);
}

function envelope(by: string, at: number, index: number): Envelope {
  return { id: `f${index}`, at, offset: 0, by, device: "d" };
}

function namesOf(language: Language): ReadonlyMap<string, string> {
  const { names } = content[language];
  return new Map(Array.from({ length: 160 }, (_, index) => [`p${index}`, names[index % names.length] ?? ""]));
}

/** What the history lists when the day's calls were all that this telephone did, and two clients called back. */
export function pastFixture(day: DayCount | undefined, names: ReadonlyMap<string, string>): readonly PastLine[] {
  const out = (day?.calls ?? []).slice(-14).toReversed().flatMap(({ record: { call, dialed, answered, ended } }, index): PastLine[] => dialed ? [{
    call, way: "out", at: dialed.at, prospect: dialed.prospect, number: dialed.number, spelled: `+7495000${String(1100 + index)}`,
    ...(ended ? { why: ended.why } : {}), ...(answered && ended ? { seconds: (ended.at - answered.at) / 1000 } : {}), ...(names.has(dialed.prospect) ? { who: names.get(dialed.prospect) ?? "" } : {}),
  }] : []);
  const [first] = out;
  if (!first) return [];
  return [{ call: "i1", way: "in", at: first.at, why: "missed", number: "m", spelled: "+74950001234" }, ...out, { call: "i2", way: "in", at: first.at - 86_400_000, why: "clientHungUp", seconds: 75 }];
}

/** Somebody of whom nothing is known but the number that was dialed by hand. */
function byHand({ campaign, language, timeZone }: Prospect): Lease {
  const prospect: Prospect = { id: "hand-1", campaign, language, timeZone, gender: "m", firstName: "", lastName: "", position: "", company: "", city: "", phone: "+74951234567", extension: "12" };
  return { prospect, until: now, history: [] };
}
