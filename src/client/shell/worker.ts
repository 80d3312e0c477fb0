/**
 * The service worker: keeps the page itself on the device, so that it opens without a network.
 * Facts do not pass through here on their way: they are in IndexedDB and go up from the page. What a closed page, or somebody
 * who has gone, left there goes up from here.
 */
import { SYNC_TAG, type ToWorker } from "#client/sync/askToSend.ts";
import { sendLeft } from "#client/sync/sendLeft.ts";

declare const self: ServiceWorkerGlobalScope;

/** Every file of this build, put in by the build. */
declare const __SHELL__: readonly string[];
/** Names this build. */
declare const __BUILD__: string;

const PREFIX = "sufler-shell-";
const CACHE = PREFIX + __BUILD__;
/** How long a page load waits for the network before it takes what is on the device, milliseconds. */
const PATIENCE = 2500;

self.addEventListener("install", (event) => {
  event.waitUntil((async () => {
    const cache = await caches.open(CACHE);
    // "reload" passes by the browser's own cache, which may hold an older build under a name that is not hashed.
    await cache.addAll(["/", ...__SHELL__].map((path) => new Request(path, { cache: "reload" })));
    await self.skipWaiting();
  })());
});

self.addEventListener("activate", (event) => {
  event.waitUntil((async () => {
    const ours = (await caches.keys()).filter((name) => name.startsWith(PREFIX) && name !== CACHE);
    // One older build stays: a tab that was opened with it may still load a part of the page.
    await Promise.all(ours.slice(0, -1).map((name) => caches.delete(name)));
    await self.clients.claim();
  })());
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== self.location.origin) return;
  if (/^\/(?:api|healthz|live|sip)(?:\/|$)/.test(url.pathname)) return;
  if (request.mode === "navigate") event.respondWith(page(request));
  else event.respondWith(caches.match(request, { ignoreVary: true }).then((kept) => kept ?? fetch(request)));
});

self.addEventListener("message", (event) => {
  if ((event.data as ToWorker | null)?.t === "send") event.waitUntil(sendLeft());
});

/** Of Background Sync, where the browser has it: a promise that rejects makes it try again later, each time after a longer while. */
interface SyncEvent extends ExtendableEvent { readonly tag: string }
self.addEventListener("sync" as "message", (event: unknown) => {
  const { tag } = event as SyncEvent;
  if (tag !== SYNC_TAG) return;
  (event as SyncEvent).waitUntil(sendLeft().then((safe) => {
    if (!safe) throw new Error("something is left to send");
  }));
});

/** The newest page when the network answers in time, otherwise the one that is on the device. */
async function page(request: Request): Promise<Response> {
  // By name: without one the oldest answers first, and a page of the build before would meet a newer server again and again.
  const kept = await caches.match("/", { cacheName: CACHE });
  if (!kept) return fetch(request);
  const late = new Promise<Response>((resolve) => setTimeout(() => resolve(kept), PATIENCE));
  const fresh = fetch(request).then((response) => (response.ok ? response : kept), () => kept);
  return Promise.race([fresh, late]);
}
