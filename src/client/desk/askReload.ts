import type { Call } from "#domain/phone/call.ts";

/** Why this page should be loaded anew. `outdated`: it and the server do not understand each other; `renewed`: it works on, a newer one is there. */
export interface Reasons { readonly outdated: boolean; readonly renewed: boolean }

/**
 * Whether the person is asked to load the page anew now: never in a call, nor before its outcome is saved. A page that works on also
 * waits until the open card is done with.
 */
export function askReload({ outdated, renewed }: Reasons, call: Call["phase"], card: boolean): boolean {
  return call === "idle" && (outdated || (renewed && !card));
}
