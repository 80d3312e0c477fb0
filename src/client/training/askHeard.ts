import type { StoreApi } from "zustand/vanilla";
import type { PracticeCall, TrainingLog } from "#domain/training/log.ts";
import type { Recorder } from "#client/facts/recorder.ts";
import type { Answer } from "#client/sync/http.ts";
import type { LinesResponse } from "#wire/api.ts";

/** After this long nobody can tell any more what was said, milliseconds: the server forgets it in two days. */
const TOLD_FOR = 40 * 3_600_000;
/** Between two questions about the same call, milliseconds. */
const AGAIN = 2_000;

export interface AskHeard {
  /** Asks about every call of which it is not known yet what the customer said. Happens by itself after a call; to be done when the server is back. */
  ask(): void;
  stop(): void;
}

/**
 * Makes a fact of what the practice customers said in this person's calls (rule T7). Only the server knows it, so it is asked
 * for when the call is over.
 */
export function createAskHeard(
  person: string, log: StoreApi<TrainingLog>, recorder: Pick<Recorder, "record">, now: () => number,
  get: (call: string) => Promise<Answer<LinesResponse>>,
): AskHeard {
  const asking = new Set<string>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let stopped = false;

  const untold = ({ by, answered, ended, heard }: PracticeCall): boolean =>
    by === person && answered !== undefined && ended !== undefined && heard === undefined && now() - ended.at < TOLD_FOR;

  async function askAbout(call: string): Promise<"told" | "soon" | "later"> {
    const answer = await get(call);
    if (stopped) return "told";
    if (answer.ok) {
      await recorder.record([{ kind: "practice.heard", call, lines: answer.body.lines }]);
      return "told";
    }
    // 409: the server has not seen the end of the call yet. 404: this account has no line any more, so nobody will ever tell.
    return answer.status === 409 ? "soon" : answer.status === 404 ? "told" : "later";
  }

  function ask(): void {
    if (stopped) return;
    for (const call of [...log.getState().calls.values()].filter(untold).map((one) => one.call)) {
      if (asking.has(call)) continue;
      asking.add(call);
      void askAbout(call).catch(() => "later" as const).then((told) => {
        if (told === "told") return;
        asking.delete(call);
        if (told === "later") return;
        clearTimeout(timer);
        timer = setTimeout(ask, AGAIN);
      });
    }
  }

  const deaf = log.subscribe(ask);
  ask();
  return {
    ask,
    stop() {
      stopped = true;
      deaf();
      clearTimeout(timer);
    },
  };
}
