import { onLine, type Call } from "./call.ts";

/** What a headset's lamps show, and so what its buttons mean next: it follows the call on the screen (rule L8). */
export function lampsOf(call: Call, ringing: boolean): { readonly offHook: boolean; readonly ring: boolean; readonly mute: boolean; readonly hold: boolean } {
  const up = onLine(call);
  return { offHook: up, ring: ringing && !up, mute: up && "muted" in call && call.muted, hold: call.phase === "talking" && (call.hold === "held" || call.hold === "askedBack") };
}

/**
 * What pressing a button on the headset asks for, if anything (rule L8). A headset repeats what it was just told as if it
 * had been pressed; that asks for what is so already, and nothing happens.
 */
export function askedBy(button: "hook" | "mute", does: "on" | "off" | "toggled", call: Call, ringing: boolean): "mute" | "hangUp" | "take" | undefined {
  const up = onLine(call);
  if (button === "mute") {
    const muted = up && "muted" in call && call.muted;
    return up && (does === "toggled" || (does === "on") !== muted) ? "mute" : undefined;
  }
  if (up) return does === "on" ? undefined : "hangUp";
  return ringing && does !== "off" ? "take" : undefined;
}
