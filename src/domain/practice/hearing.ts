/**
 * Tells when the agent speaks, from the level of each packet: speech rises and falls, while a steady sound (a fan, a tone,
 * an open office) is soon taken for the room. The floor is the least level of the last two seconds (minimum statistics).
 */

/** The level of digital silence, dBFS. */
export const silence = -96;

const span = 250;
const spans = 8;
/** Speech stands out of the room by this much, dB. */
const above = 10;
/** Quieter than this is no voice into a headset, dBFS. */
const faintest = -48;
/** Sound of at least this length begins speech; a click does not. */
const onset = 60;
/** Silence of this length ends it: shorter gaps lie within a word. */
const gap = 200;

export type Hearing = {
  /** The least smoothed level of each quarter of a second, the current one last. */
  readonly floors: readonly number[];
  readonly spanSince: number | undefined;
  readonly smooth: number;
  /** Since when there has been sound without a gap. */
  readonly soundSince: number | undefined;
  readonly soundAt: number;
  readonly speaks: boolean;
};

export type Heard = { readonly type: "voice"; readonly at: number } | { readonly type: "quiet"; readonly at: number; readonly since: number };

export const deafSoFar: Hearing = { floors: [], spanSince: undefined, smooth: silence, soundSince: undefined, soundAt: -Infinity, speaks: false };

/**
 * Takes in the level of one packet (dBFS; `at` in ms) and says whether the agent has just begun or ceased to speak.
 * Call it with `silence` when no packet has come for a while, so that a muted microphone ends a turn too.
 */
export function hearLevel(state: Hearing, level: number, at: number): { readonly state: Hearing; readonly heard: Heard | undefined } {
  const first = state.spanSince === undefined;
  const smooth = first ? level : state.smooth + (level - state.smooth) / 3;
  const fresh = state.spanSince === undefined || at - state.spanSince >= span;
  const floors = fresh
    ? [...state.floors.slice(1 - spans), smooth]
    : [...state.floors.slice(0, -1), Math.min(smooth, state.floors.at(-1) ?? smooth)];
  const sound = level > Math.max(faintest, Math.min(...floors) + above);
  const soundSince = sound ? (state.soundSince ?? at) : at - state.soundAt >= onset ? undefined : state.soundSince;
  const next: Hearing = {
    floors,
    smooth,
    spanSince: fresh ? at : state.spanSince,
    soundSince,
    soundAt: sound ? at : state.soundAt,
    speaks: state.speaks,
  };
  if (!state.speaks && sound && soundSince !== undefined && at - soundSince >= onset) {
    return { state: { ...next, speaks: true }, heard: { type: "voice", at: soundSince } };
  }
  if (state.speaks && at - next.soundAt >= gap) {
    return { state: { ...next, speaks: false }, heard: { type: "quiet", at, since: next.soundAt } };
  }
  return { state: next, heard: undefined };
}
