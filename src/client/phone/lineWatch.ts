import { createStore, type StoreApi } from "zustand/vanilla";
import type { CallId, Millis } from "#domain/base/envelope.ts";
import { noQuality, soFarOf, stepQuality, type LineQuality, type QualitySoFar, type QualitySummary, type QualityWatch } from "#domain/phone/quality.ts";
import { sampleOf } from "./lineStats.ts";

const EVERY = 1_000;

/** Looks at the line of the call that is up every second, and sums it up when the call is over. */
export interface LineWatch {
  readonly state: StoreApi<LineQuality | undefined>;
  /** From now on it is this call's line; what was watched before is summed up. */
  begin(call: CallId, connection: () => RTCPeerConnection | undefined): void;
  end(): void;
  /** The call goes on elsewhere, and so does its sum. */
  leave(): void;
  /** A call of a page that is no more did not come back: what that page has seen of it is summed up. */
  over(call: CallId): void;
}

/** Where the sum so far is kept over the death of the page. */
export interface QualityMemory { read(): string | null; write(text: string): void }

/** @param tell gets the summary of a call whose line was measured, after its end */
export function createLineWatch(now: () => Millis, tell: (summary: QualitySummary) => void, memory?: QualityMemory): LineWatch {
  const state = createStore<LineQuality | undefined>(() => undefined);
  let watched: { readonly call: CallId; readonly timer: ReturnType<typeof setInterval> } | undefined;
  let watch: QualityWatch = noQuality;
  let before: QualitySoFar | undefined;
  let way: RTCPeerConnection | undefined;

  function leave(): void {
    clearInterval(watched?.timer);
    watched = way = before = undefined;
    watch = noQuality;
    state.setState(undefined, true);
  }

  function sumUp(sum: QualitySoFar | undefined): void {
    if (!sum) return;
    memory?.write("");
    // Whoever ends a call must know that it is over before more is said of it.
    queueMicrotask(() => tell(sum.summary));
  }

  function end(): void {
    if (!watched) return;
    const sum = soFarOf(watched.call, watch, before);
    leave();
    sumUp(sum);
  }

  function kept(): QualitySoFar | undefined {
    try {
      const text = memory?.read() ?? "";
      return text === "" ? undefined : (JSON.parse(text) as QualitySoFar);
    } catch {
      return undefined; // What cannot be read says nothing.
    }
  }

  return {
    state, end, leave,
    begin(call, connection) {
      if (watched?.call === call) return;
      end();
      before = kept();
      const timer = setInterval(() => {
        const on = connection();
        if (!on) return;
        void sampleOf(on, now()).then((sample) => {
          if (!sample || watched?.timer !== timer) return;
          // Another way of the sound counts from nothing again.
          if (way !== undefined && way !== on) [before, watch] = [soFarOf(call, watch, before), noQuality];
          way = on;
          watch = stepQuality(watch, sample);
          state.setState(watch.line, true);
          const sum = soFarOf(call, watch, before);
          if (sum) memory?.write(JSON.stringify(sum));
        });
      }, EVERY);
      watched = { call, timer };
    },
    over(call) {
      const sum = kept();
      if (watched?.call !== call && sum?.summary.call === call) sumUp(sum);
    },
  };
}
