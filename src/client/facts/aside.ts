import type { Journal } from "./journal.ts";

/**
 * Where a tab keeps its small memories while the disk takes nothing: sessionStorage. It outlives a reload and a crash of the page,
 * lies in the browser's own process, where a full disk does not matter, and goes with the tab.
 */
export interface Aside {
  /** The person's journal: what it remembers under these names is kept aside when the disk refuses it, and goes to the disk when there is room again. */
  readonly journal: Journal;
  /** Forgets what lies aside: the person leaves, or the work goes on elsewhere. */
  readonly clear: () => void;
  readonly stop: () => void;
}

interface Kept { readonly at: number; readonly what: Readonly<Record<string, unknown>> }

/** A disk that has not taken a write after this long, milliseconds, may never do so. */
const PATIENCE = 1_000;
/** How often the disk is asked whether there is room again, milliseconds. */
const AGAIN = 10_000;

/**
 * @param names what is kept aside; nothing but what JSON can hold lies under them
 * @param now the device's clock, milliseconds
 */
export async function keepAside(person: string, disk: Journal, names: readonly string[], store: Pick<Storage, "getItem" | "setItem" | "removeItem">, now: () => number): Promise<Aside> {
  const key = `sufler.aside.${person}`;
  const found = read(store.getItem(key));
  // Another tab has gone on since: what the disk took later is newer. `null` stands for what is to be forgotten.
  const stale = found !== undefined && ((await disk.newestOwn(() => true, 1))[0]?.at ?? 0) > found.at;
  let kept: Readonly<Record<string, unknown>> = stale ? {} : found?.what ?? {};
  let again: ReturnType<typeof setInterval> | undefined;
  let asking = false;

  function put(next: Readonly<Record<string, unknown>>): void {
    kept = next;
    const empty = Object.keys(kept).length === 0;
    try {
      if (empty) store.removeItem(key);
      else store.setItem(key, JSON.stringify({ at: now(), what: kept } satisfies Kept));
    } catch {
      // More than a tab may keep: this page still knows it, as it did before there was an aside.
    }
    if (empty) {
      clearInterval(again);
      again = undefined;
    } else again ??= setInterval(ask, AGAIN);
  }

  /** Asks the disk once more; one that does not answer is not asked twice. */
  function ask(): void {
    if (asking) return;
    asking = true;
    void write({}).catch(() => undefined).finally(() => { asking = false; });
  }

  async function write(batch: Parameters<Journal["write"]>[0]): Promise<void> {
    const own = Object.entries(batch.remember ?? {}).filter(([name]) => names.includes(name)).map(([name, value]) => [name, value ?? null] as const);
    const setAside = (): void => { if (own.length > 0) put({ ...kept, ...Object.fromEntries(own) }); };
    const before = kept;
    const older = Object.fromEntries(Object.entries(before).map(([name, value]) => [name, value ?? undefined]));
    const remember = { ...older, ...batch.remember };
    const late = setTimeout(setAside, PATIENCE);
    try {
      await disk.write(Object.keys(remember).length > 0 ? { ...batch, remember } : batch);
      clearTimeout(late);
      // What was put aside while this was being written is newer than it.
      const taken = new Map<string, unknown>(own);
      const left = Object.entries(kept).filter(([name, value]) => value !== before[name] && value !== taken.get(name));
      if (left.length < Object.keys(kept).length) put(Object.fromEntries(left));
    } catch (because) {
      clearTimeout(late);
      setAside();
      throw because;
    }
  }

  put(kept);
  return {
    journal: {
      ...disk,
      write,
      recall: async <T>(name: string) => (name in kept ? (kept[name] ?? undefined) as T | undefined : disk.recall<T>(name)),
    },
    clear() { put({}); },
    stop() { clearInterval(again); },
  };
}

function read(text: string | null): Kept | undefined {
  if (text === null) return undefined;
  try {
    const { at, what } = JSON.parse(text) as Partial<Kept>;
    return typeof at === "number" && typeof what === "object" && what !== null ? { at, what } : undefined;
  } catch {
    return undefined; // not ours, or cut off
  }
}
