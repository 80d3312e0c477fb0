import type { Microphone, Phone } from "#client/phone/phone.ts";

/** What a person sees before the first call on a device: is there a microphone, is there sound, one practice call. */
export interface Welcome {
  readonly step: "microphone" | "sound" | "practice";
  /** `asking`: the browser's own question is open. */
  readonly microphone: Microphone | "asking";
  /** What the computer calls the microphone. */
  readonly device?: string;
  /** A voice has been seen to reach the microphone. */
  readonly heard: boolean;
  readonly tone: "unplayed" | "played" | "unheard";
  /** There are practice customers to call. */
  readonly practice: boolean;
}

export interface FirstVisit {
  /** Undefined when it is over, or was put aside. */
  read(): Omit<Welcome, "practice"> | undefined;
  /** The obvious thing of the step. True when there is no step left. */
  goOn(): boolean;
  /** Asks for the microphone, or plays the notes, once more. */
  again(): void;
  /** The notes were not heard. */
  unheard(): void;
  open(): void;
  close(): void;
  stop(): void;
}

/** As loud as a voice at the mouthpiece; a fan is not. */
const VOICE = 0.06;
/** So many loud moments (about eight a second) are a word, fewer a knock. */
const MOMENTS = 5;

/**
 * @param done was it over before
 * @param remember keeps that it is over, for this person on this device
 */
export function createFirstVisit(phone: Pick<Phone, "microphone" | "microphoneName" | "levels" | "prepare" | "sample">, done: boolean, remember: () => void, changed: () => void): FirstVisit {
  let step: Welcome["step"] | undefined = done ? undefined : "microphone";
  let [asking, tone, loud] = [false, "unplayed" as Welcome["tone"], 0];

  function ask(): void {
    asking = phone.microphone.getState() !== "ready";
    // What is already denied stays so without a question, and the state does not change: the answer is waited for here.
    void phone.prepare().finally(() => { asking = false; changed(); });
  }

  function play(): void {
    tone = "played";
    phone.sample();
  }

  function close(): void {
    if (step === undefined) return;
    step = undefined;
    remember();
  }

  const stop = phone.levels.subscribe(({ mine }) => {
    if (step !== "microphone" || loud >= MOMENTS || mine < VOICE) return;
    loud += 1;
    if (loud >= MOMENTS) changed();
  });

  return {
    read() {
      if (step === undefined) return undefined;
      const device = phone.microphoneName();
      return { step, microphone: asking ? "asking" : phone.microphone.getState(), ...(device === undefined ? {} : { device }), heard: loud >= MOMENTS, tone };
    },
    goOn() {
      if (step === "microphone") {
        if (phone.microphone.getState() === "unasked") ask();
        else step = "sound";
      } else if (step === "sound") {
        if (tone === "unplayed") play();
        else step = "practice";
      } else {
        close();
        return true;
      }
      return false;
    },
    again() {
      if (step === "microphone") ask();
      else if (step === "sound") play();
    },
    unheard() { tone = "unheard"; },
    open() { [step, tone, loud] = ["microphone", "unplayed", 0]; },
    close, stop,
  };
}
