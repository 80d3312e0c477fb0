import { createStore, type StoreApi } from "zustand/vanilla";
import { lost, sameDevice, useOf, type DeviceRole, type DeviceUse, type SoundDevice } from "#domain/phone/devices.ts";

/** What the browser does to the agent's voice before it is sent. */
export interface Processing { readonly echo: boolean; readonly noise: boolean; readonly gain: boolean }

export interface DevicesState {
  readonly microphones: readonly SoundDevice[];
  /** Earpiece and ringer are chosen from these. */
  readonly speakers: readonly SoundDevice[];
  readonly uses: Readonly<Record<DeviceRole, DeviceUse>>;
  readonly processing: Processing;
  /** The browser can play on another device than the computer's own. */
  readonly mayChooseSpeaker: boolean;
}

/** Where a person's choice is kept on this computer. */
export interface ChoiceMemory { read(): string | null; write(text: string): void }

/** Sound devices: which there are, which the person wants, which serve now. */
export interface Devices {
  readonly state: StoreApi<DevicesState>;
  /** By label; undefined lets the computer decide. */
  choose(role: DeviceRole, label: string | undefined): void;
  process(which: keyof Processing, on: boolean): void;
  /** What the microphone is to be asked for with. */
  constraints(): MediaTrackConstraints;
  /** What that role plays on now, by the browser's id; "" is the computer's own choice. */
  speaker(role: "earpiece" | "ringer"): string;
  /** The microphone in use went away. */
  microphoneLost(label: string | undefined): void;
  /** Looks what is there, now. Never rejects. */
  look(): Promise<void>;
  /** Looks again and again while devices are in use. */
  watch(on: boolean): void;
  /** Called after every look that has seen devices, whether anything is new or not: what went wrong at the last one may go well now. */
  onLook(listener: () => void): void;
  stop(): void;
}

/**
 * Milliseconds between two looks while devices are in use: on Linux a Bluetooth headset or a device of PipeWire comes
 * and goes without the kernel's word, and Chromium notices (and ends the track) only when somebody asks what is there.
 */
const LOOK_EVERY = 3_000;

/**
 * Milliseconds that a speaker is left aside from the moment when it was unplugged: PulseAudio and PipeWire move the browser's stream to
 * another speaker then, and Chromium, which keeps an idle stream for five seconds, would take that very one for the speaker that is
 * back, and play beside it from then on.
 */
const SPEAKER_RESTS = 10_000;

const roles = ["microphone", "earpiece", "ringer"] as const;
const standard: Processing = { echo: true, noise: true, gain: true };

export function createDevices(memory?: ChoiceMemory, now: () => number = Date.now): Devices {
  const kept = readChoice(memory);
  const state = createStore<DevicesState>(() => ({
    microphones: [], speakers: [], processing: kept.processing, uses: kept.uses,
    mayChooseSpeaker: typeof HTMLMediaElement !== "undefined" && "setSinkId" in HTMLMediaElement.prototype,
  }));
  let looking: ReturnType<typeof setInterval> | undefined;
  let known = false;
  const lookers: (() => void)[] = [];
  /** When a speaker was found to have gone, by its id. */
  const wentAt = new Map<string, number>();

  const listOf = (role: DeviceRole, { microphones, speakers }: DevicesState) => (role === "microphone" ? microphones : speakers);

  function settle(change: Partial<DevicesState>): void {
    const before = state.getState();
    const next = { ...before, ...change };
    // Before the first look nobody knows what is there, and nothing is missed.
    const uses = known ? Object.fromEntries(roles.map((role) => [role, useOf(next.uses[role], listOf(role, next))])) as DevicesState["uses"] : next.uses;
    for (const role of roles) {
      const had = before.uses[role].using;
      if (had && uses[role].gone !== undefined) wentAt.set(had.id, now());
    }
    const after = { ...next, uses };
    if (JSON.stringify(after) !== JSON.stringify(before)) state.setState(after, true);
  }

  function keep(): void {
    const { uses, processing } = state.getState();
    memory?.write(JSON.stringify({ ...Object.fromEntries(roles.flatMap((role) => (uses[role].wanted === undefined ? [] : [[role, uses[role].wanted]]))), processing }));
  }

  async function look(): Promise<void> {
    // Undefined on a page that may not have a microphone at all.
    const media = navigator.mediaDevices as MediaDevices | undefined;
    const all = await media?.enumerateDevices().catch(() => undefined);
    // Without the permission for the microphone devices have no labels: then nothing can be told of them yet.
    if (!all?.some(({ label }) => label !== "")) return;
    known = true;
    settle({ microphones: real(all, "audioinput"), speakers: real(all, "audiooutput") });
    for (const listener of lookers) listener();
  }
  const changed = () => void look();
  (navigator.mediaDevices as MediaDevices | undefined)?.addEventListener("devicechange", changed);

  return {
    state, look,
    choose(role, label) {
      const { uses } = state.getState();
      settle({ uses: { ...uses, [role]: label === undefined ? {} : { wanted: label } } });
      keep();
    },
    process(which, on) {
      settle({ processing: { ...state.getState().processing, [which]: on } });
      keep();
    },
    constraints() {
      const { processing: { echo, noise, gain }, uses } = state.getState();
      const id = uses.microphone.using?.id;
      // Exactly so: beside a microphone that is open already Chromium takes a mere wish for fulfilled by what that one has.
      return { echoCancellation: { exact: echo }, noiseSuppression: { exact: noise }, autoGainControl: { exact: gain }, ...(id === undefined ? {} : { deviceId: { exact: id } }) };
    },
    speaker(role) {
      const id = state.getState().uses[role].using?.id ?? "";
      return now() - (wentAt.get(id) ?? -Infinity) < SPEAKER_RESTS ? "" : id;
    },
    microphoneLost(label) {
      const { uses } = state.getState();
      if (label !== undefined) state.setState({ uses: { ...uses, microphone: lost(uses.microphone, label) } });
      void look();
    },
    watch(on) {
      if (on === (looking !== undefined)) return;
      clearInterval(looking);
      looking = on ? setInterval(changed, LOOK_EVERY) : undefined;
      if (on) changed();
    },
    onLook: (listener) => void lookers.push(listener),
    stop() {
      clearInterval(looking);
      (navigator.mediaDevices as MediaDevices | undefined)?.removeEventListener("devicechange", changed);
    },
  };
}

/** The devices themselves, without the browser's second names for those that the computer takes by itself; of equal ones the first. */
function real(all: readonly MediaDeviceInfo[], kind: MediaDeviceKind): readonly SoundDevice[] {
  const found: SoundDevice[] = [];
  for (const { deviceId: id, label, kind: its } of all) {
    if (its !== kind || label === "" || id === "default" || id === "communications") continue;
    if (!found.some((one) => sameDevice(one.label, label))) found.push({ id, label });
  }
  return found;
}

function readChoice(memory: ChoiceMemory | undefined): Pick<DevicesState, "uses" | "processing"> {
  let kept: Partial<Record<DeviceRole, unknown>> & { readonly processing?: Partial<Processing> } = {};
  try {
    kept = JSON.parse(memory?.read() ?? "{}") as typeof kept;
  } catch {
    // What cannot be read is chosen anew.
  }
  const use = (role: DeviceRole): DeviceUse => (typeof kept[role] === "string" ? { wanted: kept[role] } : {});
  const on = (which: keyof Processing) => (typeof kept.processing?.[which] === "boolean" ? kept.processing[which] : standard[which]);
  return { uses: { microphone: use("microphone"), earpiece: use("earpiece"), ringer: use("ringer") }, processing: { echo: on("echo"), noise: on("noise"), gain: on("gain") } };
}
