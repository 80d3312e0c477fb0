/** What the page says to the service worker. */
export interface ToWorker { readonly t: "send" }

/** The name of our Background Sync (WICG Background Synchronization): the browser then wakes the worker when the network is back. */
export const SYNC_TAG = "sufler-send";

interface WithSync extends ServiceWorkerRegistration { readonly sync?: { register(tag: string): Promise<void> } }

let known: WithSync | undefined;

/**
 * Asks the service worker to send what lies unsent in this browser, now; where the browser can, also as soon as there is a network,
 * whether or not a page is open then. Elsewhere the next page asks. Does nothing where there is no worker (development).
 */
export function askToSend(): void {
  if (!("serviceWorker" in navigator)) return;
  // While the page is being closed nothing can be waited for: then the registration of before serves.
  if (known) tell(known);
  else void navigator.serviceWorker.ready.then((registration) => { known = registration; tell(registration); });
}

function tell(registration: WithSync): void {
  registration.active?.postMessage({ t: "send" } satisfies ToWorker);
  // Refused where the site's permission for it was taken away; the message above and the next page's do without.
  void registration.sync?.register(SYNC_TAG).catch(() => undefined);
}
