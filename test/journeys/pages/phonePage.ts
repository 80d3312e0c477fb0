/** An agent's phone without its desk: the real phone, driven by the real call machine, with a tone for a microphone. */
import { onLine, stepCall, type Call, type CallSignal } from "#domain/phone/call.ts";
import { hangUpEnds, noLines, sideUp, stepLines, type LineSignal, type PhoneSignal } from "#domain/phone/lines.ts";
import type { SideFact } from "#domain/phone/sideFacts.ts";
import type { QualitySummary } from "#domain/phone/quality.ts";
import type { PhoneFact } from "#domain/phone/facts.ts";
import { createVoiceSender } from "#client/monitoring/voiceSender.ts";
import { createPhone } from "#client/phone/createPhone.ts";
import type { LeftCall } from "#client/phone/phone.ts";
import type { PhoneAccount } from "#wire/api.ts";
import { foreignSound } from "./foreignSound.ts";
import { liveThroughTest } from "./liveThroughTest.ts";
import { fakeMicrophone, hear } from "./tones.ts";

/** What the page has done since the key was pressed; once the INVITE has left, what it did before that. */
let meanwhile: string[] = [];
let beforeInvite: readonly string[] | undefined;
const did = (what: string) => { if (!meanwhile.includes(what)) meanwhile.push(what); };
const nextTask = new MessageChannel();
nextTask.port1.onmessage = () => { did("let other tasks come first"); };

const made = new Set<RTCPeerConnection>();
let everMade = 0;
let failures = 0;
const Real = RTCPeerConnection;
window.RTCPeerConnection = class extends Real {
  /** Chromium itself keeps a few of the connections that are closed while they connect (a task of ChangePeerConnectionState holds them): nothing of ours may hang on those. */
  readonly #open = new AbortController();
  override close(): void {
    made.delete(this);
    this.#open.abort();
    super.close();
  }
  constructor(configuration?: RTCConfiguration) {
    // `?relay`: the only way is through TURN, as behind a firewall.
    super(new URLSearchParams(location.search).has("relay") ? { ...configuration, iceTransportPolicy: "relay" } : configuration);
    made.add(this);
    everMade += 1;
    did("made a connection");
    this.addEventListener("icegatheringstatechange", () => { did("gathered candidates"); }, { signal: this.#open.signal });
    this.addEventListener("connectionstatechange", () => { failures += Number(this.connectionState === "failed"); }, { signal: this.#open.signal });
  }
};

let inviteLeft = false;
let lastInvite = "";
const realSend = Reflect.get(WebSocket.prototype, "send") as WebSocket["send"];
WebSocket.prototype.send = function send(this: WebSocket, data: Parameters<WebSocket["send"]>[0]) {
  if (typeof data === "string" && data.startsWith("INVITE")) {
    inviteLeft = true;
    beforeInvite ??= [...meanwhile];
    lastInvite = data;
  }
  realSend.call(this, data);
};

let later = 0;
const now = () => Math.round(performance.timeOrigin + performance.now()) + later;
/** The person's choice of devices, as it would lie on this computer. */
let chosen: string | null = null;
const devicesKept = { read: () => chosen, write: (text: string) => { chosen = text; } };
/** Looks about more often than agents need it. */
const qualityKept = { read: () => localStorage.getItem("quality"), write: (text: string) => { localStorage.setItem("quality", text); } };
const phone = createPhone({ now, lookAbout: 1000, devicesKept, qualityKept });
const summaries: QualitySummary[] = [];
phone.onSummary((summary) => { summaries.push(summary); });
const signals: PhoneSignal[] = [];
const facts: (PhoneFact | SideFact)[] = [];
let lines = noLines;
let state: Call = { phase: "idle" };
let number = "";
let left: LeftCall | undefined;
let sideLeft: LeftCall | undefined;
/** Where the desk has its database: what a page that is opened again begins from. */
const KEPT = "kept";
let calls = 0;
let given: PhoneAccount;

function step(signal: CallSignal): void {
  const next = stepCall(state, signal);
  const returning = state.phase === "returning" || signal.type === "reopened";
  state = next.state;
  facts.push(...next.facts);
  for (const order of next.orders) phone.obey(order, order.type === "invite" ? number : undefined, returning ? left : undefined);
  if (state.phase !== "returning") left = onLine(state) ? phone.leftCall(state.call) : undefined;
  keep();
}
const keep = () => { localStorage.setItem(KEPT, JSON.stringify({ state, left, lines, sideLeft, lived: now() })); };
/** The second line, as the desk joins it to the call (client/desk/lineDesk.ts), without disk and screen. */
function beside(signal: LineSignal, to?: string): void {
  const next = stepLines(state, lines, signal);
  const returning = lines.side.phase === "returning" || signal.type === "sideReopened";
  lines = next.lines;
  facts.push(...next.facts);
  for (const order of next.orders) phone.beside(order, to, returning ? sideLeft : undefined);
  if (lines.side.phase !== "returning") sideLeft = sideUp(lines.side) ? phone.leftCall(lines.side.call) : undefined;
  keep();
  for (const each of next.tell) step(each);
  if (next.tell.length > 0) beside({ type: "callChanged", at: now() });
}
const ofTheLine = new Set<string>(["transferDone", "heldBy"]);
phone.onSignal((signal) => {
  signals.push(signal);
  if (!ofTheLine.has(signal.type)) step(signal as CallSignal);
  beside(signal as LineSignal);
});
let away = false;
const callers: { readonly call: string; readonly name?: string; readonly number?: string }[] = [];
phone.onRing((who) => {
  callers.push(who);
  beside({ type: "rang", at: now(), call: who.call, away });
});
function own(signal: CallSignal): void {
  step(signal);
  beside({ type: "callChanged", at: now() });
}

/** 0: the real microphone. */
const tone = Number(new URLSearchParams(location.search).get("tone") ?? 450);
const live = liveThroughTest();
createVoiceSender(live, phone);

const page = {
  live, now, phone, signals, facts, summaries, hear, foreignSound,
  microphone: tone > 0 ? fakeMicrophone(tone, () => { did("asked for the microphone"); }) : undefined,
  state: () => state,
  /** The clock goes on by so much at once, and no timer runs: a laptop that slept. */
  sleep(ms: number) { later += ms; },
  connectionsMade: () => everMade,
  chosen: () => chosen,
  /** Every peer connection this page ever made: how many are not closed. */
  openConnections: () => [...made].filter((each) => each.connectionState !== "closed").length,
  /** A connection that waits for its call, with all its candidates. */
  prepared: () => [...made].some((each) => each.signalingState === "have-local-offer" && each.iceGatheringState === "complete"),
  /** How often a way for the sound was lost for good. */
  failures: () => failures,
  /** Goes on where the page that was here before was: its state, how the PBX knows the call, the last moment that it lived. */
  reopen(account: PhoneAccount, away = 0) {
    const kept = JSON.parse(localStorage.getItem(KEPT) ?? "{}") as { state: Call; left?: LeftCall; lines: typeof lines; sideLeft?: LeftCall; lived: number };
    ({ state, left, lines, sideLeft } = kept);
    phone.start(() => Promise.resolve(account), left?.server ?? sideLeft?.server);
    if (onLine(state)) step({ type: "reopened", at: now() + away, lived: kept.lived, way: left?.name.answered !== undefined });
    beside({ type: "sideReopened", at: now() + away, lived: kept.lived, way: sideLeft?.name.answered !== undefined });
  },
  takeBack: () => step({ type: "takeBack", at: now() }),
  start(account: PhoneAccount) {
    given = account;
    phone.start(() => Promise.resolve(given));
  },
  /** The admin has entered another account; nobody tells the page. */
  give(account: PhoneAccount) { given = account; },
  dial(to: string): void {
    signals.length = 0;
    facts.length = 0;
    number = to;
    calls += 1;
    inviteLeft = false;
    beforeInvite = undefined;
    meanwhile = [];
    nextTask.port2.postMessage("");
    if (state.phase === "ended") own({ type: "clear" });
    own({ type: "dial", at: now(), call: `call-${calls}`, campaign: "c", prospect: "p", number: "n" });
  },
  inviteLeft: () => inviteLeft,
  /** Undefined as long as no INVITE has left. */
  beforeInvite: () => beforeInvite,
  lastInvite: () => lastInvite,
  /** The kind of our own end of the way that the sound of a call takes: `host`, `relay` … */
  async way(): Promise<string | undefined> {
    for (const each of [...made].filter((one) => one.connectionState === "connected")) {
      const stats = await each.getStats();
      const entries = [...stats.values()] as { type: string; id: string; state?: string; nominated?: boolean; localCandidateId?: string; candidateType?: string }[];
      const pair = entries.find((one) => one.type === "candidate-pair" && one.state === "succeeded" && one.nominated === true);
      const own = entries.find((one) => one.id === pair?.localCandidateId);
      if (own?.candidateType) return own.candidateType;
    }
    return undefined;
  },
  hangUp() {
    const ends = hangUpEnds(state, lines);
    if (ends.call) own({ type: "hangUp", at: now() });
    if (ends.side) beside({ type: lines.side.phase === "incoming" ? "reject" : "back", at: now() });
  },
  hold: (on: boolean) => own({ type: "hold", on }),
  mute: (on: boolean) => own({ type: "mute", on }),
  lines: () => lines,
  callers,
  away(on: boolean) { away = on; },
  take: () => beside({ type: "take" }),
  reject: () => beside({ type: "reject", at: now() }),
  consult: (to: string) => beside({ type: "consult", at: now(), call: crypto.randomUUID(), number: "m" }, to),
  swap: () => beside({ type: "swap" }),
  join: (on: boolean) => beside({ type: "join", at: now(), on }),
  back: () => beside({ type: "back", at: now() }),
  blind: (to: string) => beside({ type: "transfer", at: now(), how: "blind" }, to),
  attended: () => beside({ type: "transfer", at: now(), how: "attended" }),
  /** What comes in over every connection that is up, whether the ear is open or not. */
  async hearsAll(tones: readonly number[], ms = 600) {
    const tracks = [...made].filter((each) => each.connectionState === "connected").flatMap((each) => each.getReceivers().map(({ track }) => track));
    return Promise.all(tracks.map((track) => hear(track, tones, ms)));
  },
  async hears(tones: readonly number[], ms = 600) {
    const voices = phone.voices();
    return voices ? hear(voices.theirs, tones, ms) : undefined;
  },
};
// A gesture as a person makes it; what is done with it is said by the test before.
document.querySelector("button")?.addEventListener("click", () => page.dial(document.title));
export type PhonePage = typeof page;
Object.assign(window, { page });
