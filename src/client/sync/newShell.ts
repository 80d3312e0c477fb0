import { createStore, type StoreApi } from "zustand/vanilla";

/**
 * A newer build of the page than this one is on the device: the service worker that brought it has taken over. This page goes on
 * with its own parts, which the worker still keeps, and can be loaded anew when its person has nothing in hand.
 */
export const newShell: StoreApi<boolean> = createStore<boolean>(() => false);

// The first worker that a page ever gets is no newer one.
if ("serviceWorker" in navigator && navigator.serviceWorker.controller !== null)
  navigator.serviceWorker.addEventListener("controllerchange", () => { newShell.setState(true, true); });

/** Looks whether the server has a newer build: browsers ask by themselves once a day, and pages stay open for as long. */
export function lookForNewShell(): void {
  if (!("serviceWorker" in navigator)) return;
  void navigator.serviceWorker.ready.then((registration) => registration.update()).catch(() => undefined); // the next connection looks again
}
