import { createStore, type StoreApi } from "zustand/vanilla";
import type { CallId, Millis } from "#domain/base/envelope.ts";
import { noQuality, stepQuality, summaryOf, type LineQuality, type QualitySummary, type QualityWatch } from "#domain/phone/quality.ts";
import { sampleOf } from "./lineStats.ts";

const EVERY = 1_000;

/** Looks at the line of the call that is up every second, and sums it up when the call is over. */
export interface LineWatch {
  readonly state: StoreApi<LineQuality | undefined>;
  /** From now on it is this call's line; what was watched before is summed up. */
  begin(call: CallId, connection: () => RTCPeerConnection | undefined): void;
  end(): void;
}

/** @param tell gets the summary of a call whose line was measured, after its end */
export function createLineWatch(now: () => Millis, tell: (summary: QualitySummary) => void): LineWatch {
  const state = createStore<LineQuality | undefined>(() => undefined);
  let watched: { readonly call: CallId; readonly timer: ReturnType<typeof setInterval> } | undefined;
  let watch: QualityWatch = noQuality;

  function end(): void {
    if (!watched) return;
    clearInterval(watched.timer);
    const summary = summaryOf(watched.call, watch);
    watched = undefined;
    watch = noQuality;
    state.setState(undefined, true);
    // Whoever ends a call must know that it is over before more is said of it.
    if (summary) queueMicrotask(() => tell(summary));
  }

  return {
    state, end,
    begin(call, connection) {
      if (watched?.call === call) return;
      end();
      const timer = setInterval(() => {
        const on = connection();
        if (!on) return;
        void sampleOf(on, now()).then((sample) => {
          if (!sample || watched?.timer !== timer) return;
          watch = stepQuality(watch, sample);
          state.setState(watch.line, true);
        });
      }, EVERY);
      watched = { call, timer };
    },
  };
}
