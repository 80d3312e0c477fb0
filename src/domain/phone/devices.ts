/** What a sound device is there for: each is chosen by itself. */
export type DeviceRole = "microphone" | "earpiece" | "ringer";

/** A device as the browser lists it. Its id changes with the browser's data and sometimes with the socket; its label stays. */
export interface SoundDevice { readonly id: string; readonly label: string }

/** Which device serves a role now, and which one is missed. */
export interface DeviceUse {
  /** The label that the person chose; without one the computer decides. */
  readonly wanted?: string;
  /** What serves the role; without one, whatever the computer takes by itself. */
  readonly using?: SoundDevice;
  /** The label of the device that should serve and is not there. */
  readonly gone?: string;
}

/**
 * The use of a role after a look at what is there (rule L3): the chosen device when it is plugged in, otherwise the
 * computer's own choice, and the chosen one is missed until it comes back.
 */
export function useOf(before: DeviceUse, there: readonly SoundDevice[]): DeviceUse {
  const { wanted, gone } = before;
  const using = wanted === undefined ? undefined : there.find(({ label }) => sameDevice(label, wanted));
  const missed = wanted !== undefined ? (using ? undefined : wanted)
    : gone !== undefined && !there.some(({ label }) => sameDevice(label, gone)) ? gone : undefined;
  return { ...(wanted === undefined ? {} : { wanted }), ...(using ? { using } : {}), ...(missed === undefined ? {} : { gone: missed }) };
}

/** The device that the computer had taken by itself went away while it was in use. */
export function lost(before: DeviceUse, label: string): DeviceUse {
  return before.wanted === undefined ? { ...before, gone: nameOf(label) } : before;
}

/** One and the same device: Windows counts a headset anew at every socket ("2- Evolve"), and marks the one that it takes by itself. */
export function sameDevice(a: string, b: string): boolean {
  return plain(a) === plain(b);
}

/** The device as people know it: without the browser's mark for the computer's own choice and without numbers of maker and model. */
export function nameOf(label: string): string {
  return label.replace(/^(?:Default|Communications|По умолчанию|Оборудование связи) - /, "").replace(/ \([0-9a-f]{4}:[0-9a-f]{4}\)$/, "");
}

function plain(label: string): string {
  return nameOf(label).replace(/\(\d+- /, "(").toLowerCase();
}
