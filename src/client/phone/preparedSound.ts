import { createStore, type StoreApi } from "zustand/vanilla";
import type { Millis } from "#domain/base/envelope.ts";
import { sameDevice } from "#domain/phone/devices.ts";
import { createCallMedia, type CallMedia, type CallMediaEvents } from "./callMedia.ts";
import { createDevices, type ChoiceMemory, type Devices } from "./devices.ts";
import { createMicrophone, microphoneAllowed, noticePermission, type MicrophoneSource } from "./microphone.ts";
import type { PhoneLines } from "./phoneLines.ts";
import { quiet } from "./quiet.ts";
import { watchRelay, type RelayFault } from "./relayWatch.ts";

/** A prepared call is made anew after this long: credentials for a relay live a limited time. Milliseconds. */
const FRESH_FOR = 5 * 60_000;

/** Sound for one call, before that call is there; `events` are the call's own. */
export interface Prepared { readonly media: CallMedia; events: CallMediaEvents | undefined; readonly madeAt: Millis }

/** Microphone, devices and the sound of the next call: ready while they are wanted, never stale (rules L1 to L4). */
export interface PreparedSound {
  readonly microphone: MicrophoneSource;
  readonly devices: Devices;
  /** What is wrong with the relay for the sound, as the last call that was prepared has found. */
  readonly relay: StoreApi<RelayFault | undefined>;
  /** From now on it is wanted. @param ask false: only when the browser will not ask the person for the microphone */
  prepare(ask?: boolean): Promise<void>;
  /** Makes the next call ready, if that is wanted and none is. */
  make(): Promise<void>;
  /** The prepared call, if it is still good. It is the taker's. */
  take(): Prepared | undefined;
  /** One that is made now. Undefined: no microphone. */
  now(answering?: boolean): Promise<Prepared | undefined>;
  drop(): void;
  /** The network is another one: what was prepared in the old one is of no use. */
  renew(): void;
  /** To be called now and then. */
  look(): void;
  /** A microphone came or went: whatever has lost its own goes on with the one that serves now. */
  refit(): void;
  /** Devices are watched while anybody may want them. */
  attend(): void;
  release(): void;
  /** Listens to the browser's and the computer's news of devices. */
  start(): void;
  stop(): void;
}

export interface PreparedSoundParts {
  readonly now: () => Millis;
  /** Where the person's choice of devices is kept. */
  readonly kept: ChoiceMemory | undefined;
  readonly lines: Pick<PhoneLines, "account" | "iceServers" | "iceOld" | "fresh">;
  readonly inCall: () => boolean;
  /** What else comes out of the earpiece or of the ringer. */
  readonly players: readonly { readonly of: "earpiece" | "ringer"; playOn(speaker: string): void }[];
  /** Another microphone is open. */
  readonly onRefit: () => void;
}

export function createPreparedSound({ now, kept, lines, inCall, players, onRefit }: PreparedSoundParts): PreparedSound {
  const relay = createStore<RelayFault | undefined>(() => undefined);
  const devices = createDevices(kept, now);
  const microphone = createMicrophone(() => devices.constraints(), (label) => {
    devices.microphoneLost(label);
    void refit();
  });
  /** The sound of every call that is up, and of the one that is prepared. */
  const sounds = new Set<CallMedia>();
  let wanted = false;
  /** It would be wanted, were it allowed. */
  let hoped = false;
  let spare: Prepared | undefined;

  function makeMedia(track: MediaStreamTrack, answering = false): Prepared {
    const made: Prepared = {
      madeAt: now(), events: undefined,
      media: createCallMedia(track, lines.iceServers(), () => made.events, () => sounds.delete(made.media), answering),
    };
    sounds.add(made.media);
    watchRelay(made.media.connection, lines.iceServers(), (fault) => { relay.setState(fault, true); });
    made.media.playOn(devices.speaker("earpiece"));
    return made;
  }

  async function make(): Promise<void> {
    if (!wanted || !(await microphone.open())) return;
    await quiet();
    const track = wanted && lines.account() && !spare && !inCall() ? microphone.clone() : undefined;
    if (track) spare = makeMedia(track);
  }

  async function prepare(ask = true): Promise<void> {
    if (!ask && !(await microphoneAllowed())) {
      hoped = true;
      return;
    }
    wanted = true;
    await make();
    attend();
  }

  function drop(): void {
    spare?.media.close();
    spare = undefined;
  }

  function renew(): void {
    if (!wanted || inCall()) return;
    drop();
    void make();
  }

  const stale = ({ madeAt, media }: Prepared) => now() - madeAt > FRESH_FOR || media.mine.readyState === "ended";

  async function renewOld(): Promise<void> {
    if (lines.iceOld()) await lines.fresh().then(drop, () => undefined); // Unreachable now: the next look asks again.
    if (!spare || stale(spare)) renew();
  }

  const attend = () => devices.watch(wanted || inCall());

  function playRight(): void {
    for (const media of sounds) media.playOn(devices.speaker("earpiece"));
    for (const player of players) player.playOn(devices.speaker(player.of));
  }

  async function refit(all = false): Promise<void> {
    if (!all && !wanted && !inCall()) return;
    if (!(await microphone.open())) return;
    for (const media of sounds) {
      const track = all || media.mine.readyState === "ended" ? microphone.clone() : undefined;
      if (track) await media.useTrack(track);
    }
    void make();
    onRefit();
  }

  let corrected = 0;
  devices.state.subscribe((after, before) => {
    const id = (state: typeof after) => state.uses.microphone.using?.id;
    if (id(after) !== id(before)) corrected = 0;
    // Taken in place of the other one in every call: nobody is called again for it (rule L4).
    if (id(after) !== id(before) || after.processing !== before.processing) void microphone.reopen().then((ok) => (ok ? refit(true) : undefined));
    playRight();
  });

  // A device that has just come is not always ready for the first who asks: what could not be had then is asked for at the next look.
  devices.onLook(() => {
    playRight();
    if (!wanted && !inCall()) return;
    const { microphones, uses: { microphone: { using } } } = devices.state.getState();
    const hindered = microphone.state.getState();
    const open = microphone.name();
    if (microphones.length > 0 && (hindered === "missing" || hindered === "busy" || (hindered === "ready" && open === undefined))) void refit();
    else if (using && open !== undefined && !sameDevice(open, using.label) && corrected < 3) {
      corrected += 1;
      void microphone.reopen(true).then((ok) => (ok ? refit(true) : undefined));
    }
  });

  const devicesChanged = () => { if (microphone.state.getState() !== "ready") void refit(); };
  // Undefined on a page that may not have a microphone at all.
  const source = () => navigator.mediaDevices as MediaDevices | undefined;

  return {
    microphone, devices, relay, prepare, make, drop, renew, attend,
    /** A laptop that slept wakes with one that is hours old, before any timer has run (rule L2). */
    take() {
      const taken = spare;
      if (taken && stale(taken)) drop();
      else spare = undefined;
      return taken && !stale(taken) ? taken : undefined;
    },
    async now(answering = false) {
      const track = (await microphone.open()) ? microphone.clone() : undefined;
      return track && makeMedia(track, answering);
    },
    look: () => void renewOld(),
    refit: () => void refit(),
    release() {
      wanted = false;
      hoped = false;
      drop();
      microphone.release();
      attend();
    },
    start() {
      source()?.addEventListener("devicechange", devicesChanged);
      // Allowed in the browser's own controls, the microphone is opened at once where nobody dared to ask for it.
      noticePermission(() => { if (hoped) void prepare(false); else devicesChanged(); });
    },
    stop() {
      source()?.removeEventListener("devicechange", devicesChanged);
      devices.stop();
    },
  };
}
