import type { Lease } from "#domain/dialing/prospect.ts";
import type { Call } from "#domain/phone/call.ts";
import { sideUp, type Lines } from "#domain/phone/lines.ts";
import type { Walk } from "#domain/script/walk.ts";
import type { LeftCall } from "#client/phone/phone.ts";
import type { BesideWho, Capture, Drafts, OutcomeChoice } from "./deskState.ts";

/** Where the agent is, as it lies in the database: written together with the facts, so that a reload goes on from the same place. */
export interface Stash {
  readonly lease?: Lease;
  readonly call: Call;
  readonly walk: Walk;
  readonly choice: OutcomeChoice;
  readonly captures: readonly Capture[];
  /** What a page that is opened again needs to take the call back (rule P8). */
  readonly left?: LeftCall;
  /** Whose card was open when an outcome was opened again: it comes back when that outcome is saved. */
  readonly afterwards?: Lease;
  /** What an outcome that was opened again was saved as. */
  readonly before?: OutcomeChoice;
}

/** What goes along when the phone moves to another computer of the same person: where the agent is, by the clock of the one that gave it up. */
export interface Place {
  readonly at: Stash;
  readonly drafts: Drafts;
  /** The second line, when it is up. */
  readonly lines?: Lines;
  readonly beside?: BesideStash;
  /** The line of the call, summed up so far. */
  readonly quality?: string;
  /** Company's clock minus that device's, milliseconds. */
  readonly offset: number;
  readonly givenAt: number;
}

/** The stash by another device's clock. @param later milliseconds */
export function movedStash(at: Stash, later: number): Stash {
  const { call } = at;
  if (call.phase === "idle") return at;
  if (call.phase === "ended") return { ...at, call: { ...call, endedAt: call.endedAt + later, ...(call.answeredAt === undefined ? {} : { answeredAt: call.answeredAt + later }) } };
  if (call.phase === "returning") return { ...at, call: { ...call, since: call.since + later, lived: call.lived + later } };
  return { ...at, call: { ...call, since: call.since + later } };
}

/** The stash as a page finds it that has just been opened: a call that was answered is not on this page's line until the PBX has given it back (rule P8). */
export function foundStash(at: Stash): Stash {
  const { call } = at;
  if (call.phase !== "talking") return at;
  const { since, muted, hold } = call;
  return { ...at, call: { phase: "returning", call: call.call, since, muted, held: hold !== "none", lived: Math.max(since, lastAlive(call.call) ?? since), asked: false } };
}

/** Who is, or was last, on the second line, and what another page needs to take that call back (rule B7). */
export interface BesideStash { readonly who?: BesideWho; readonly left?: LeftCall }

/** The second line by another device's clock. @param later milliseconds */
export function movedLines(lines: Lines, later: number): Lines {
  const { side } = lines;
  if (!sideUp(side)) return lines;
  const since = side.since + later;
  return { ...lines, side: side.phase === "returning" ? { ...side, since, lived: side.lived + later } : { ...side, since } };
}

/**
 * The second line as a page finds it that has just been opened: what was answered there is not on this page's line yet (rule B7).
 * @param at the client's call: while it is up, it is the one that is noted as alive
 */
export function foundLines(lines: Lines, { call: client }: Pick<Stash, "call">): Lines {
  const { side } = lines;
  if (side.phase !== "talking") return lines;
  const { call, since, way, muted, hold } = side;
  return { ...lines, side: { phase: "returning", call, since, way, muted, held: hold !== "none", lived: Math.max(since, lastAlive(call) ?? ("call" in client ? lastAlive(client.call) : undefined) ?? since) } };
}

export const STASH = "desk";
/** The second line, apart from the card: a call to us goes on while cards come and go. */
export const LINES = "lines";
export const BESIDE = "beside";
export const DRAFTS = "drafts";
export const STOCK = "stock";
export const NAMES = "names";
/** What outlives a reload while the disk takes nothing. */
export const KEPT_ASIDE: readonly string[] = [STASH, LINES, BESIDE, DRAFTS, STOCK, NAMES];

export const emptyStash: Stash = { call: { phase: "idle" }, walk: { phase: "closed" }, choice: { decisionMaker: false }, captures: [] };
export const emptyDrafts: Drafts = { words: "", note: "", unforeseen: false };

/** Where the last moment of a live call is kept: localStorage, because it can be written while the page is being closed. */
const ALIVE = "sufler.alive";

/** The same in the database, a little later: what localStorage holds the browser itself writes down only now and then, and loses when it is killed. */
interface Alive { readonly call: string; readonly at: number; readonly quality: string | null }
const ALIVE_ROW = "alive";

/** What is to be remembered of the call that is up. */
export const aliveRow = (): Readonly<Record<string, unknown>> => {
  const [call, at] = newestAlive();
  return { [ALIVE_ROW]: { call, at, quality: qualityKept.read() } satisfies Alive };
};

/** To be read before anything else is found: whichever of the two knows more. */
export async function recallAlive(journal: { recall<T>(name: string): Promise<T | undefined> }): Promise<void> {
  const kept = await journal.recall<Alive>(ALIVE_ROW);
  if (!kept || kept.at <= newestAlive()[1]) return;
  markAlive(kept.call, kept.at);
  if (kept.quality !== null) qualityKept.write(kept.quality);
}

function newestAlive(): readonly [string, number] {
  const [call = "", at = "0"] = (localStorage.getItem(ALIVE) ?? "").split(" ");
  return [call, Number(at)];
}

/** Notes that this call was alive at this moment. */
export function markAlive(call: string, at: number): void {
  try {
    localStorage.setItem(ALIVE, `${call} ${at}`);
  } catch {
    // A full store only makes the end of a lost call less exact.
  }
}

/** The last moment at which the call is known to have been alive. */
export function lastAlive(call: string): number | undefined {
  const [known, at] = (localStorage.getItem(ALIVE) ?? "").split(" ");
  return known === call ? Number(at) : undefined;
}

const QUALITY = "sufler.quality";

/** The line of the call that is up, summed up so far: localStorage, as with its last moment. Codes, counts and milliseconds only. */
export const qualityKept = {
  read: (): string | null => localStorage.getItem(QUALITY),
  write(text: string): void {
    try {
      localStorage.setItem(QUALITY, text);
    } catch {
      // A full store only makes the sum of a lost call less exact.
    }
  },
};

/** Who has been welcomed on this device, by their opaque ids: what else is kept goes with signing out, and nobody is to be welcomed every morning. */
const WELCOMED = "sufler.welcomed";

export function wasWelcomed(person: string): boolean {
  return (localStorage.getItem(WELCOMED) ?? "").split(" ").includes(person);
}

export function markWelcomed(person: string): void {
  const known = (localStorage.getItem(WELCOMED) ?? "").split(" ").filter((one) => one !== "" && one !== person);
  try {
    localStorage.setItem(WELCOMED, [...known, person].join(" "));
  } catch {
    // A full store only means that the welcome comes once more.
  }
}

/** The person's choice of sound devices on this computer, beside all that goes with signing out: nobody is to choose the headset anew every morning. */
export function devicesKeptFor(person: string): { read(): string | null; write(text: string): void } {
  const name = `sufler.devices.${person}`;
  return {
    read: () => localStorage.getItem(name),
    write(text) {
      try {
        localStorage.setItem(name, text);
      } catch {
        // A full store only means that the choice holds for this tab.
      }
    },
  };
}
