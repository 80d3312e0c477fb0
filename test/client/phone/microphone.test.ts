import { describe, expect, it } from "vitest";
import { hindrance } from "#client/phone/microphone.ts";

describe("what hinders the microphone", () => {
  it.each([
    ["NotAllowedError", "denied"], ["SecurityError", "denied"],
    ["NotFoundError", "missing"], ["OverconstrainedError", "missing"],
    ["NotReadableError", "busy"], ["AbortError", "busy"],
  ] as const)("%s means %s", (name, state) => {
    expect(hindrance(new DOMException("", name))).toBe(state);
  });
});
