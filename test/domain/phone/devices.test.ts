import { describe, expect, it } from "vitest";
import { lost, nameOf, sameDevice, useOf, type DeviceUse } from "#domain/phone/devices.ts";

const jabra = { id: "a1", label: "Headset (Jabra Evolve2 30)" };
const builtIn = { id: "b2", label: "Built-in" };

describe("which device serves", () => {
  it.each<[string, DeviceUse, readonly { id: string; label: string }[], DeviceUse]>([
    ["nothing chosen: the computer decides", {}, [jabra, builtIn], {}],
    ["chosen and there", { wanted: jabra.label }, [builtIn, jabra], { wanted: jabra.label, using: jabra }],
    ["chosen and not there", { wanted: jabra.label, using: jabra }, [builtIn], { wanted: jabra.label, gone: jabra.label }],
    ["back again, under another id", { wanted: jabra.label, gone: jabra.label }, [builtIn, { ...jabra, id: "c3" }], { wanted: jabra.label, using: { ...jabra, id: "c3" } }],
    ["back again in another socket", { wanted: jabra.label, gone: jabra.label }, [{ id: "d", label: "Headset (2- Jabra Evolve2 30)" }], { wanted: jabra.label, using: { id: "d", label: "Headset (2- Jabra Evolve2 30)" } }],
    ["the computer's own is missed", { gone: "Built-in" }, [jabra], { gone: "Built-in" }],
    ["the computer's own is back", { gone: "Built-in" }, [jabra, builtIn], {}],
    ["nothing there at all", { wanted: jabra.label }, [], { wanted: jabra.label, gone: jabra.label }],
  ])("[L3] %s", (_, before, there, after) => {
    expect(useOf(before, there)).toEqual(after);
  });

  it("[L3] misses a lost device of the computer's own choice by the name that people know", () => {
    expect(lost({}, "Default - Built-in (1234:abcd)")).toEqual({ gone: "Built-in" });
    expect(lost({ wanted: "x" }, "y")).toEqual({ wanted: "x" });
  });

  it("knows a device by its label, whatever browser and system add to it", () => {
    expect(sameDevice("Default - Built-in", "Built-in")).toBe(true);
    expect(sameDevice("Headset (Evolve)", "Headset (3- Evolve)")).toBe(true);
    expect(sameDevice("Headset (Evolve 2)", "Headset (Evolve 3)")).toBe(false);
    expect(nameOf("Jabra Evolve2 30 MS Mono (0b0e:0e1b)")).toBe("Jabra Evolve2 30 MS Mono");
  });
});
