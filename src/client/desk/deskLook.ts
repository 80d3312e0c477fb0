import { dayOf } from "#domain/base/day.ts";
import { lastOnly } from "#domain/base/lastOnly.ts";
import { companyOn } from "#domain/base/norms.ts";
import { countDay } from "#domain/counting/day.ts";
import { emptyLedger, writeLedger, type Ledger } from "#domain/counting/ledger.ts";
import { verdictsOfDay, type Verdict } from "#domain/counting/verdict.ts";
import { whyRefused } from "#domain/phone/lineRefusals.ts";
import type { Lines } from "#domain/phone/lines.ts";
import { onLine } from "#domain/phone/call.ts";
import { agentState, byClockOf } from "#domain/wallboard/agentState.ts";
import type { Stock } from "#client/dialing/stock.ts";
import { newShell } from "#client/sync/newShell.ts";
import { newest, versionName, type Library } from "#client/sync/downlink.ts";
import { askReload, type Reasons } from "./askReload.ts";
import type { DeskParts } from "./desk.ts";
import type { DeskMemory } from "./deskPen.ts";
import type { BesideWho, DeskState, DeskTrouble, Drafts } from "./deskState.ts";
import type { FirstVisit } from "./firstVisit.ts";
import type { PracticeDesk } from "./practiceDesk.ts";
import type { Stash } from "./stash.ts";

/** What the desk holds between two keys, beside what lies in stores. */
export interface Held {
  readonly at: Stash;
  readonly text: Drafts;
  readonly lines: Lines;
  readonly beside: { readonly who?: BesideWho };
  readonly known: ReadonlyMap<string, string>;
  readonly trouble: DeskTrouble | undefined;
  readonly storage: DeskMemory["storage"];
  readonly roomLow: boolean;
  readonly saved: { readonly call: string; readonly outcome: string } | undefined;
}

interface LookParts extends Omit<DeskParts, "headset"> {
  readonly stock: Stock;
  readonly practice: PracticeDesk;
  readonly visit: FirstVisit;
  /** The company's clock, milliseconds. */
  readonly now: () => number;
}

/** Makes the function that puts together all that the agent's screen shows, from the stores and what the desk holds. */
export function createLook({ station, phone, lock, stock, practice, visit, now }: LookParts, held: () => Held): () => DeskState {
  const { journal, recorder, downlink, uplink, straight, live, person } = station;
  const handlersOf = lastOnly((library: Library, script: string | undefined) => newest(library.handlers.values()).filter((one) => one.script === script));
  const scriptsOf = lastOnly((library: Library) => newest(library.scripts.values()));
  // Of the ledger only what a count is made of: most facts of a day change nothing of it.
  const dayBy = lastOnly((book: Ledger["book"], gaps: Ledger["gaps"], works: Ledger["works"], targets: Ledger["targets"], library: Library, minute: number) =>
    library.company && countDay({ ...emptyLedger, book, gaps, works, targets }, minute * 60_000, library.company, library.campaigns));

  // By the minute, and at its end: later than everything that was saved before.
  const forecastBy = lastOnly((ledger: Ledger, library: Library, call: Stash["call"], choice: Stash["choice"], minute: number) => forecastOf(ledger, library, call, choice, (minute + 1) * 60_000));
  const stateOf = lastOnly((ledger: Ledger, timeZone: string, second: number) => agentState(ledger, second * 1000, timeZone));

  function mine(): Ledger {
    return recorder.known.getState().board.people.get(person.id) ?? emptyLedger;
  }

  function look(): DeskState {
    const { at, text, known, storage, roomLow, saved, lines, beside: { who } } = held();
    const library = downlink.library.getState();
    const ledger = mine();
    const campaign = (at.lease && library.campaigns.get(at.lease.prospect.campaign))
      ?? [...library.campaigns.values()].find((one) => one.language === person.language && !one.practice);
    const training = practice.training();
    const practising = practice.practising(at.lease, at.call.phase === "idle" ? undefined : at.call.call);
    const script = at.walk.phase === "open"
      ? library.scripts.get(versionName(at.walk.script, at.walk.version))
      : scriptsOf(library).find((one) => one.id === campaign?.script);
    const handlers = handlersOf(library, campaign?.script);
    const company = library.company && companyOn(library.company, dayOf(now(), library.company.timeZone));
    const day = dayBy(ledger.book, ledger.gaps, ledger.works, ledger.targets, library, Math.floor(now() / 60_000));
    const answered = at.call.phase === "ended" && at.call.answeredAt !== undefined;
    const forecast = at.call.phase === "ended" && at.choice.outcome !== undefined ? forecastBy(ledger, library, at.call, at.choice, Math.floor(now() / 60_000)) : undefined;
    const sync = uplink.state.getState();
    const past = straight.state.getState();
    const wrong = troubleNow();
    const agent = byClockOf(stateOf(ledger, company?.timeZone ?? "UTC", Math.floor(now() / 1000)), station.offset());
    const step = at.lease || at.call.phase !== "idle" || agent.state === "break" || wrong?.kind === "noProspects" || wrong?.kind === "offlineNoProspects" ? undefined : visit.read();
    return {
      person, stock: stock.leases.getState().length, call: at.call, lines, ...(who ? { who } : {}), walk: at.walk, handlers,
      captures: at.captures, drafts: text, choice: answered ? at.choice : { ...at.choice, decisionMaker: false },
      agent, ledger, offset: station.offset(), names: known, line: lineNow(),
      sync: {
        online: navigator.onLine && sync.reachable && live.state.getState() === "open", unsent: sync.unsent + past.unsent, refused: sync.refused + past.refused,
        storage: storage === "ok" && roomLow ? "low" : storage, inMemory: past.unsent,
      },
      ...(company ? { company } : {}), ...(day ? { day } : {}),
      ...(campaign ? { campaign } : {}), ...(script ? { script } : {}), ...(at.lease ? { lease: at.lease } : {}),
      ...(training ? { training } : {}), ...(practising ? { practising } : {}),
      ...(forecast ? { forecast } : {}), ...(wrong ? { trouble: wrong } : {}),
      ...(step ? { welcome: { ...step, practice: training !== undefined } } : {}),
      ...(saved ? { undoable: { call: saved.call, outcome: saved.outcome } } : {}),
    };
  }

  /** The verdict on the call if this were saved now. */
  function forecastOf(ledger: Ledger, { company: settings, campaigns }: Library, call: Stash["call"], { outcome, decisionMaker }: Stash["choice"], at: number): Verdict | undefined {
    if (!settings || outcome === undefined || call.phase !== "ended") return undefined;
    const imagined = writeLedger(ledger, [{ kind: "outcome.saved", id: "￿", at, offset: 0, by: person.id, device: journal.device, call: call.call, outcome, decisionMaker }]);
    const day = dayOf((call.answeredAt ?? call.endedAt) + station.offset(), settings.timeZone);
    const company = companyOn(settings, day);
    return verdictsOfDay(imagined.book, day, { timeZone: company.timeZone, campaigns, gaps: imagined.gaps, ...(company.closes === undefined ? {} : { closes: company.closes }) }).get(call.call);
  }

  function lineNow(): DeskState["line"] {
    return lock.held() ? phone.line.getState().state : lock.elsewhere() === "tab" ? "elsewhere" : "otherComputer";
  }

  function troubleNow(): DeskTrouble | undefined {
    const { at, trouble } = held();
    const stopped = uplink.state.getState().stopped;
    // Signing in again takes no call away; a reload waits until nothing is in hand, the outcome included.
    if (stopped === "signedOut" && !onLine(at.call)) return { kind: stopped };
    const outdated = stopped === "newVersion" || live.state.getState() === "newVersion";
    const askedFor = (reasons: Reasons): boolean => askReload(reasons, at.call.phase, at.lease !== undefined);
    if (askedFor({ outdated, renewed: false })) return { kind: "newVersion" };
    const microphone = phone.microphone.getState();
    if (microphone === "denied" || microphone === "missing" || microphone === "busy") return { kind: "noMicrophone", cause: microphone };
    if (phone.silent.getState()) return { kind: "noSound" };
    if (trouble) return trouble;
    const line = phone.line.getState();
    if (lock.held() && line.state === "refused") return { kind: "lineRefused", why: whyRefused(line.status) };
    if (lock.held() && line.state === "down") return { kind: "lineDown" };
    if (phone.relay.getState() === "refused") return { kind: "relayRefused" };
    // This page works on; a newer one is better, when there is time.
    const renewed = newShell.getState() || downlink.library.getState().restored;
    return askedFor({ outdated, renewed }) ? { kind: "newVersion" } : undefined;
  }

  return look;
}

/** The new state, in which everything that says the same as before is the same object: what has not changed is not drawn again. */
export function settled(old: DeskState, next: DeskState): DeskState {
  const kept = Object.fromEntries(Object.entries(next).map(([key, value]) => {
    const before = (old as unknown as Readonly<Record<string, unknown>>)[key];
    return [key, alike(before, value) ? before : value];
  })) as unknown as DeskState;
  return alike(old, kept) ? old : kept;
}

/** Equal, or plain objects with equal values. */
function alike(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (!plain(a) || !plain(b)) return false;
  const keys = Object.keys(a);
  return keys.length === Object.keys(b).length && keys.every((key) => Object.hasOwn(b, key) && Object.is(a[key], b[key]));
}

function plain(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}
