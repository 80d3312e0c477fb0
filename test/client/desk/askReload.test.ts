import { expect, it } from "vitest";
import type { CallPhase } from "#domain/phone/call.ts";
import { askReload } from "#client/desk/askReload.ts";

/** Every phase of a call, so that a new one does not compile until it is decided here. */
const asked: Readonly<Record<CallPhase, boolean>> = { idle: true, dialing: false, ringing: false, talking: false, returning: false, ended: false };

it("asks for a reload never in a call, and not before its outcome is saved", () => {
  for (const [phase, expected] of Object.entries(asked) as [CallPhase, boolean][]) {
    expect([phase, askReload({ outdated: true, renewed: false }, phase, false)]).toEqual([phase, expected]);
    expect([phase, askReload({ outdated: false, renewed: true }, phase, false)]).toEqual([phase, expected]);
    expect(askReload({ outdated: false, renewed: false }, phase, false)).toBe(false);
  }
});

it("lets a page that works on finish the card first, and not one that the server no longer understands", () => {
  expect(askReload({ outdated: false, renewed: true }, "idle", true)).toBe(false);
  expect(askReload({ outdated: true, renewed: false }, "idle", true)).toBe(true);
});
