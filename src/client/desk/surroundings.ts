import { onLine } from "#domain/phone/call.ts";
import type { Phone } from "#client/phone/phone.ts";
import type { DeskState } from "./deskState.ts";
import { createKeepAwake } from "./keepAwake.ts";
import { readiness, staysAwake } from "./readiness.ts";
import type { DeskView } from "./view.ts";

/** What the page asks of browser and computer for the sake of the desk: the microphone, the screen, a question before it closes. */
export interface Surroundings {
  follow(state: DeskState, view: DeskView): void;
  stop(): void;
}

export function createSurroundings(phone: Pick<Phone, "prepare" | "release">): Surroundings {
  const awake = createKeepAwake();
  let ready: ReturnType<typeof readiness> = "no";
  let asks = false;

  // The browser puts the question in its own words; it does so only on a page that somebody has touched.
  const question = (event: BeforeUnloadEvent) => { event.preventDefault(); };

  return {
    follow(state, view) {
      const now = readiness(state, view);
      if (now !== ready) {
        ready = now;
        if (now === "no") phone.release();
        else void phone.prepare(now === "yes");
      }
      awake.want(staysAwake(state));
      // Only while it is needed: a page that may ask is kept out of the browser's cache of pages.
      const asking = onLine(state.call);
      if (asking === asks) return;
      asks = asking;
      if (asking) addEventListener("beforeunload", question);
      else removeEventListener("beforeunload", question);
    },
    stop() {
      removeEventListener("beforeunload", question);
      awake.stop();
    },
  };
}
