import { createStore, type StoreApi } from "zustand/vanilla";
import { askedBy, lampsOf } from "#domain/phone/headset.ts";
import type { DeviceRole } from "#domain/phone/devices.ts";
import type { LineQuality } from "#domain/phone/quality.ts";
import type { DevicesState, Processing } from "#client/phone/devices.ts";
import type { EchoState } from "#client/phone/echoTest.ts";
import type { Headset, HeadsetState } from "#client/phone/headset.ts";
import type { Microphone, Phone } from "#client/phone/phone.ts";
import type { DeskState } from "./deskState.ts";

/** Whether a call that comes may be told outside of the page. `unable`: the browser has no such notices. */
export type Notices = "unable" | "unasked" | "allowed" | "denied";

/** All about the sound that the screen shows, except levels. */
export interface SoundState {
  readonly microphone: Microphone;
  readonly devices: DevicesState;
  readonly echo: EchoState;
  readonly headset: HeadsetState;
  readonly notices: Notices;
  /** The ringer is being tried. */
  readonly ringing: boolean;
  /** Of the call that is up. */
  readonly quality?: LineQuality;
}

/** What an agent does about the sound; each must be called from a key or a click. */
export interface SoundDesk {
  readonly state: StoreApi<SoundState>;
  choose(role: DeviceRole, label: string | undefined): void;
  process(which: keyof Processing, on: boolean): void;
  /** Calls the echo number, or hangs it up. */
  echo(on: boolean): void;
  /** Two notes on the earpiece; the ringer rings for a moment. */
  try(role: "earpiece" | "ringer"): void;
  allowNotices(): void;
  pickHeadset(): void;
}

/** The sound desk with its door to the rest of the desk. */
export interface OpenSoundDesk extends SoundDesk {
  /** The headset's lamps follow the call. */
  follow(state: Pick<DeskState, "call" | "lines">): void;
  stop(): Promise<void>;
}

/** So long the ringer is tried, milliseconds: one trill and a bit of its pause. */
const TRIED_FOR = 2_200;

/** @param run what a button of the headset asks for, if it is allowed now */
export function createSoundDesk(phone: Pick<Phone, "microphone" | "devices" | "echo" | "ringer" | "quality" | "sample">, headset: Headset, run: (command: "mute" | "hangUp" | "take") => void): OpenSoundDesk {
  // Absent in some browsers on telephones, and on pages of WebViews.
  const api = (globalThis as { readonly Notification?: typeof Notification }).Notification;
  const noticesNow = (): Notices => (!api ? "unable" : ({ default: "unasked", granted: "allowed", denied: "denied" } as const)[api.permission]);
  let trying: ReturnType<typeof setTimeout> | undefined;
  let call: DeskState["call"] = { phase: "idle" };
  let ringing = false;

  function look(): SoundState {
    const quality = phone.quality.getState();
    return {
      microphone: phone.microphone.getState(), devices: phone.devices.state.getState(), echo: phone.echo.state.getState(), headset: headset.state.getState(),
      notices: noticesNow(), ringing: trying !== undefined, ...(quality ? { quality } : {}),
    };
  }
  const state = createStore<SoundState>(look);
  const refresh = (): void => { state.setState(look(), true); };
  const stops = [phone.microphone, phone.devices.state, phone.echo.state, headset.state, phone.quality].map((store) => (store as StoreApi<unknown>).subscribe(refresh));

  function stopTrying(): void {
    if (trying === undefined) return;
    clearTimeout(trying);
    trying = undefined;
    phone.ringer.stop();
    refresh();
  }

  headset.onButton(({ button, does }) => {
    const asked = askedBy(button, does, call, ringing);
    if (asked) run(asked);
  });

  return {
    state,
    choose: (role, label) => phone.devices.choose(role, label),
    process: (which, on) => phone.devices.process(which, on),
    echo(on) {
      if (on) phone.echo.start();
      else phone.echo.stop();
    },
    try(role) {
      if (role === "earpiece") return phone.sample();
      stopTrying();
      phone.ringer.ring("call");
      trying = setTimeout(stopTrying, TRIED_FOR);
      refresh();
    },
    allowNotices() {
      // What the person says is read from the browser; a browser that cannot ask now says no.
      void api?.requestPermission().then(refresh, refresh);
    },
    pickHeadset: () => void headset.pick(),
    follow({ call: now, lines }) {
      call = now;
      ringing = lines.side.phase === "incoming";
      headset.show(lampsOf(now, ringing));
    },
    async stop() {
      stopTrying();
      for (const stop of stops) stop();
      await headset.stop();
    },
  };
}
