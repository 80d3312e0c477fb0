import type { DeviceId, Millis } from "../base/envelope.ts";
import type { FactOf } from "../fact.ts";

/** A stretch of time in which nothing ran on a device, as the device itself noticed afterwards. */
export type Gap = FactOf<"shift.gap">;

/** Milliseconds between two moments of a device's own clock in which it is known to have slept; overlapping gaps count once. */
export function asleepWithin(gaps: readonly Gap[], device: DeviceId, from: Millis, to: Millis): Millis {
  let slept = 0;
  let until = from;
  for (const { since, at } of gaps.filter((gap) => gap.device === device).sort((a, b) => a.since - b.since || a.at - b.at)) {
    const start = Math.max(since, until);
    const end = Math.min(at, to);
    if (end <= start) continue;
    slept += end - start;
    until = end;
  }
  return slept;
}
