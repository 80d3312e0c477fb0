import type { FactBody, PrivateRecord } from "#domain/fact.ts";
import { noLines, type Lines } from "#domain/phone/lines.ts";
import type { Lease } from "#domain/dialing/prospect.ts";
import type { Station } from "#client/sync/station.ts";
import { diskTrouble } from "#client/facts/room.ts";
import type { DeskTrouble, Drafts } from "./deskState.ts";
import { BESIDE, DRAFTS, emptyDrafts, emptyStash, foundLines, foundStash, LINES, NAMES, recallAlive, STASH, STOCK, type BesideStash, type Stash } from "./stash.ts";

/** What was saved a moment ago and can be opened again by one key. */
export interface Saved { readonly stash: Stash; readonly call: string; readonly outcome: string }

/** What the desk holds between two keys, beside what lies in stores. Only the desk's own files change it. */
export interface DeskMemory {
  at: Stash;
  text: Drafts;
  lines: Lines;
  beside: BesideStash;
  /** Names of those who were on the card, by prospect. */
  known: ReadonlyMap<string, string>;
  trouble: DeskTrouble | undefined;
  /** What came of the last write to the disk. */
  storage: "ok" | "full" | "broken";
  /** The browser says that it has little room left for us. */
  roomLow: boolean;
  saved: Saved | undefined;
}

export type DatedFact = FactBody & { readonly at?: number };

/** Writes down what happened and where the agent is. */
export interface DeskPen {
  /** Facts and the place where the agent is go to the disk together; the screen shows the place at once. False when neither the disk nor, in its place, the server took them. */
  readonly write: (next: Stash, facts: readonly DatedFact[], records?: readonly PrivateRecord[], also?: Readonly<Record<string, unknown>>) => Promise<boolean>;
  /** The newest draft goes to the disk as soon as the last one is there: letters typed meanwhile do not queue behind each other. */
  readonly keepDrafts: () => void;
  /** The disk did not take what it was given. */
  readonly broken: (error: unknown) => void;
}

/** What lies on the disk from before, and the leases that were in stock. */
export async function recallMemory({ journal }: Pick<Station, "journal">): Promise<{ readonly memory: DeskMemory; readonly leases: readonly Lease[] }> {
  await recallAlive(journal);
  const [stash, drafts, kept, names, lines, beside] = await Promise.all([
    journal.recall<Stash>(STASH), journal.recall<Drafts>(DRAFTS),
    journal.recall<readonly Lease[]>(STOCK), journal.recall<readonly (readonly [string, string])[]>(NAMES), journal.recall<Lines>(LINES), journal.recall<BesideStash>(BESIDE),
  ]);
  const memory: DeskMemory = {
    at: foundStash(stash ?? emptyStash), text: drafts ?? emptyDrafts, known: new Map(names ?? []), lines: foundLines(lines ?? noLines, stash ?? emptyStash), beside: beside ?? {},
    trouble: undefined, storage: "ok", roomLow: false, saved: undefined,
  };
  return { memory, leases: kept ?? [] };
}

export function createPen({ journal, recorder }: Pick<Station, "journal" | "recorder">, memory: DeskMemory, refresh: () => void): DeskPen {
  let keeping: Promise<void> | undefined;

  const disk = (now: DeskMemory["storage"]): void => {
    // A full disk says so once; from then on the browser only says that the database cannot be opened.
    if (memory.storage === now || (memory.storage === "full" && now === "broken")) return;
    memory.storage = now;
    refresh();
  };

  recorder.onDisk((trouble) => { disk(trouble === undefined ? "ok" : diskTrouble(trouble)); });

  const pen: DeskPen = {
    async write(next, facts, records = [], also = {}) {
      memory.at = next;
      refresh();
      try {
        await recorder.record(facts, records, { [STASH]: memory.at, ...also });
        return true;
      } catch {
        return false;
      }
    },
    keepDrafts() {
      const kept = memory.text;
      keeping ??= journal.write({ remember: { [DRAFTS]: kept } }).catch(pen.broken).finally(() => {
        keeping = undefined;
        if (memory.text !== kept) pen.keepDrafts();
      });
    },
    broken(error) {
      disk(diskTrouble(error));
    },
  };
  return pen;
}
