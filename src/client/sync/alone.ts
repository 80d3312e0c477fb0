/**
 * Names of the Web Locks of a person's database. They hold across tabs and the service worker of one browser.
 * `send`: one sender at a time; `open`: shared by all who have the database open, exclusive for whoever deletes it.
 */
const lockName = (of: "send" | "open", person: string): string => `sufler-${of}-${person}`;

/** Does the work when nobody else in this browser sends for the person. Rejects when `signal` ends the waiting. */
export function sendingAlone<T>(person: string, work: () => Promise<T>, signal?: AbortSignal): Promise<T> {
  return navigator.locks.request(lockName("send", person), signal ? { signal } : {}, work);
}

/** Says that the person's database is in use, until the given function is called. */
export function holdOpen(person: string): Promise<() => void> {
  return new Promise((resolve, reject) => {
    navigator.locks.request(lockName("open", person), { mode: "shared" }, () => new Promise<void>((release) => { resolve(release); })).catch(reject);
  });
}

/** Does the work only if nobody in this browser has the person's database open; who opens it meanwhile waits. */
export async function whenUnused(person: string, work: () => Promise<void>): Promise<void> {
  await navigator.locks.request(lockName("open", person), { ifAvailable: true }, (lock) => (lock ? work() : undefined));
}
