import { describe, expect, it } from "vitest";
import { demoChoice } from "#server/demoChoice.ts";

const here = { demo: null, host: "127.0.0.1", publicUrl: null, dataDir: "/data" };
const reachable = { ...here, host: "0.0.0.0", publicUrl: "https://sufler.example.com" };

describe("whether this is a demo", () => {
  it("is decided at the first start: yes on loopback, unless told otherwise", () => {
    expect(demoChoice(here, null)).toEqual({ ok: true, demo: true });
    expect(demoChoice({ ...here, demo: false }, null)).toEqual({ ok: true, demo: false });
  });

  it("is never yes by itself where others can reach the server", () => {
    expect(demoChoice(reachable, null)).toEqual({ ok: true, demo: false });
    expect(demoChoice({ ...here, publicUrl: "https://sufler.example.com" }, null)).toEqual({ ok: true, demo: false });
  });

  it.each([true, false])("is remembered: %s", (remembered) => {
    expect(demoChoice(here, remembered)).toEqual({ ok: true, demo: remembered });
    expect(demoChoice({ ...here, demo: remembered }, remembered)).toEqual({ ok: true, demo: remembered });
    expect(demoChoice({ ...here, demo: !remembered }, remembered)).toMatchObject({ ok: false, problem: expect.stringContaining("cannot be changed") });
  });

  it("does not let a demo onto the network later", () => {
    expect(demoChoice(reachable, true)).toMatchObject({ ok: false, problem: expect.stringContaining("not for a HOST or PUBLIC_URL") });
    expect(demoChoice({ ...reachable, demo: false }, true)).toMatchObject({ ok: false });
  });
});
