import { request, type Answer } from "#client/sync/http.ts";
import type { Prospect } from "#domain/dialing/prospect.ts";
import type { AuditEntry, AuditResponse, ProspectsResponse } from "#wire/api.ts";

/** What is kept of people and of deeds, as an admin works with it. */
export interface Keeping {
  /** People on the lists by name, company or number; undefined when the server could not be asked. */
  find(text: string): Promise<readonly Prospect[] | undefined>;
  /**
   * Erases a person's data in a few seconds, for good; until then it can be taken back. Leaving the page does not stop it.
   * @param done hears whether it was done
   * @returns takes it back; false when it is too late
   */
  erase(prospect: string, done: (ok: boolean) => void): () => boolean;
  /** Who did what, newest first; `before`: the id of the last entry that is shown. */
  audit(before?: number): Promise<readonly AuditEntry[] | undefined>;
  /** Does at once what is still waiting. */
  stop(): void;
}

export type { AuditEntry, Deed } from "#wire/api.ts";

/** How long an erasure can be taken back, milliseconds. */
export const TAKE_BACK = 7_000;

export function createKeeping(): Keeping {
  const waiting = new Set<() => void>();
  const flush = (): void => { for (const go of waiting) go(); };
  addEventListener("pagehide", flush);
  const bodyOf = <T>(answer: Answer<T>): T | undefined => (answer.ok ? answer.body : undefined);
  return {
    find: async (text) => bodyOf(await request<ProspectsResponse>("POST", "/api/prospects/find", { text }))?.prospects,
    erase(prospect, done) {
      const go = (): void => {
        clearTimeout(timer);
        waiting.delete(go);
        void request("POST", "/api/prospects/erase", { prospect }).then(({ ok }) => { done(ok); });
      };
      const timer = setTimeout(go, TAKE_BACK);
      waiting.add(go);
      return () => {
        clearTimeout(timer);
        return waiting.delete(go);
      };
    },
    audit: async (before) => bodyOf(await request<AuditResponse>("GET", `/api/audit${before === undefined ? "" : `?before=${before}`}`))?.entries,
    stop() {
      removeEventListener("pagehide", flush);
      flush();
    },
  };
}
