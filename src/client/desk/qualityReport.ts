import type { StoreApi } from "zustand/vanilla";
import type { CallId, Millis } from "#domain/base/envelope.ts";
import { wordOf, type LineQuality } from "#domain/phone/quality.ts";
import type { Live } from "#client/sync/live.ts";

/** A bad line is told at once; good and fair change places so often that they are told with calm, milliseconds. */
const CALM = 5_000;
/** Said again although nothing has changed: a lead may have come to another app server meanwhile. */
const AGAIN = 30_000;

/**
 * Tells the leads of the team how the line of the call is (rule M3): when the word changes, and now and then. Returns how to stop.
 * @param call the client's call that goes on, if one does
 */
export function reportQuality(live: Pick<Live, "send">, quality: StoreApi<LineQuality | undefined>, call: () => CallId | undefined, now: () => Millis): () => void {
  let told = "";
  let bad: LineQuality["bad"];
  let toldAt = -Infinity;
  return quality.subscribe((line) => {
    const up = call();
    if (!line || up === undefined) return;
    const word = wordOf(up, line);
    const key = `${word.call} ${word.grade} ${word.bad ?? ""}`;
    const since = now() - toldAt;
    const due = !told.startsWith(`${up} `) || word.bad !== bad || (key === told ? since >= AGAIN : since >= CALM);
    if (!due || !live.send({ t: "quality", ...word })) return;
    [told, bad, toldAt] = [key, word.bad, now()];
  });
}
