import { createStore, type StoreApi } from "zustand/vanilla";
import type { Campaign, Company, Person } from "#domain/base/campaign.ts";
import type { Fact, PrivateRecord } from "#domain/fact.ts";
import type { Handler, Script } from "#domain/script/script.ts";
import type { Journal, Place } from "#client/facts/journal.ts";
import type { Document, PullResponse } from "#wire/sync.ts";
import { deviceNow } from "./deviceClock.ts";
import type { Answer } from "./http.ts";

/** The documents and colleagues that have come down, found by name. */
export interface Library {
  readonly company?: Company;
  readonly campaigns: ReadonlyMap<string, Campaign>;
  /** Every version at hand, by `id@version`. */
  readonly scripts: ReadonlyMap<string, Script>;
  readonly handlers: ReadonlyMap<string, Handler>;
  readonly people: readonly Person[];
  /** Private texts by record id. */
  readonly texts: ReadonlyMap<string, PrivateRecord>;
  /** The server has been asked at least once since the database was made. */
  readonly loaded: boolean;
  /** The server has put a back-up in place since this page was loaded: some of what the page knows is the server's no more. */
  readonly restored: boolean;
}

export interface Downlink {
  readonly library: StoreApi<Library>;
  /** Hears ids of records and prospects whose text must be forgotten (rule Y10); the journal and the library have done so already. */
  onErased(listener: (ids: ReadonlySet<string>) => void): () => void;
  /** Fetches what is newer than the cursor. Never two at a time; a call during one asks once more after it. */
  pull(): Promise<void>;
}

const empty: Library = { campaigns: new Map(), scripts: new Map(), handlers: new Map(), people: [], texts: new Map(), loaded: false, restored: false };

/** `id@version`, the name of one immutable version. */
export function versionName(id: string, version: number): string {
  return `${id}@${version}`;
}

/** The newest version of each document among those at hand. */
export function newest<T extends { readonly id: string; readonly version: number }>(all: Iterable<T>): readonly T[] {
  const found = new Map<string, T>();
  for (const one of all) {
    const other = found.get(one.id);
    if (!other || other.version < one.version) found.set(one.id, one);
  }
  return [...found.values()];
}

/** Opens the library from the browser's database and keeps it fresh by cursor. */
export async function openDownlink(
  journal: Journal,
  get: (place: Place) => Promise<Answer<PullResponse>>,
  learn: (facts: readonly Fact[]) => void,
  heardClock: (now: number, sentAt: number, receivedAt: number) => void,
): Promise<Downlink> {
  const [documents, people, records, stored] = await Promise.all([
    journal.documents(), journal.recall<readonly Person[]>("people"), journal.allRecords(), journal.place(),
  ]);
  const library = createStore<Library>(() => shelve({ ...empty, people: people ?? [], loaded: stored.cursor > 0 }, documents, records));
  // Each tab keeps its own place: another tab that pulls must not take rows away from this one.
  // A cursor that was stored before epochs were told is void.
  let place: Place = stored.epoch === undefined ? { cursor: 0 } : stored;
  let running: Promise<void> | undefined;
  let again = false;
  const forgetful = new Set<(ids: ReadonlySet<string>) => void>();

  const run = async (): Promise<void> => {
    do {
      again = false;
      for (;;) {
        const sentAt = deviceNow();
        const answer = await get(place);
        if (!answer.ok) return;
        const { body } = answer;
        heardClock(body.now, sentAt, deviceNow());
        // A full disk keeps nothing of it; this page knows it all the same, and the next one asks for it again.
        const since = place.epoch === body.epoch && place.cursor <= body.cursor ? place.cursor : 0;
        await journal.receive({ ...body, since, remember: { people: body.people } }).catch(() => undefined);
        const restored = library.getState().restored || (place.epoch !== undefined && place.epoch !== body.epoch);
        place = { cursor: body.cursor, epoch: body.epoch };
        learn(body.facts);
        library.setState((old) => shelve(withPeople(old, body.people, restored), body.documents, body.records, body.erased), true);
        if (body.erased && body.erased.length > 0) for (const listener of forgetful) listener(new Set(body.erased));
        if (!body.more) break;
      }
    } while (again);
  };

  return {
    library,
    onErased(listener) {
      forgetful.add(listener);
      return () => void forgetful.delete(listener);
    },
    pull() {
      if (running) {
        again = true;
        return running;
      }
      running = run().finally(() => { running = undefined; });
      return running;
    },
  };
}

/** Everybody comes with every answer and seldom changes: who reads the library may go by what is the same object. */
function withPeople(old: Library, people: readonly Person[], restored: boolean): Library {
  const same = JSON.stringify(old.people) === JSON.stringify(people);
  return same && old.loaded && old.restored === restored ? old : { ...old, people: same ? old.people : people, loaded: true, restored };
}

function shelve(old: Library, documents: readonly Document[], records: readonly PrivateRecord[], erased: readonly string[] = []): Library {
  if (documents.length === 0 && records.length === 0 && erased.length === 0) return old;
  const campaigns = new Map(old.campaigns);
  const scripts = new Map(old.scripts);
  const handlers = new Map(old.handlers);
  let company = old.company;
  // Sorted, so that of company and campaign the newest version stays.
  for (const document of [...documents].sort((a, b) => a.version - b.version)) {
    if (document.type === "company") company = document.body;
    else if (document.type === "campaign") campaigns.set(document.id, document.body);
    else if (document.type === "script") scripts.set(versionName(document.id, document.version), document.body);
    else handlers.set(versionName(document.id, document.version), document.body);
  }
  const texts = new Map(old.texts);
  for (const record of records) texts.set(record.id, record);
  for (const id of erased) texts.delete(id);
  return { ...old, ...(company ? { company } : {}), campaigns, scripts, handlers, texts };
}
