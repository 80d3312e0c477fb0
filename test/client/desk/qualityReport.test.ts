import { expect, it } from "vitest";
import { createStore } from "zustand/vanilla";
import { reportQuality } from "#client/desk/qualityReport.ts";
import type { LineQuality } from "#domain/phone/quality.ts";
import type { ToServer } from "#wire/live.ts";

const line = (mos: number, bad?: LineQuality["bad"]): LineQuality => ({ codec: "g711", heard: { loss: 0, jitter: 0, mos }, trend: [mos], ...(bad ? { bad } : {}) });

it("[M3] tells of the call's line at once, of a bad one at once, of small changes with calm, and now and then again; of no other line", () => {
  const said: string[] = [];
  const quality = createStore<LineQuality | undefined>(() => undefined);
  let [now, open] = [0, true];
  let call: string | undefined = "a";
  const send = (message: ToServer): boolean => {
    if (open && message.t === "quality") said.push([message.call, message.grade, message.bad].filter(Boolean).join(" "));
    return open;
  };
  const stop = reportQuality({ send }, quality, () => call, () => now);
  const second = (of: LineQuality | undefined, at: number): readonly string[] => {
    now = at * 1000;
    quality.setState(of, true);
    return said.splice(0);
  };
  expect(second(line(4.3), 1)).toEqual(["a good"]);
  expect(second(line(3.7), 2)).toEqual([]);
  expect(second(line(3.7), 6)).toEqual(["a fair"]);
  expect(second(line(2, "sent"), 7)).toEqual(["a bad sent"]);
  expect(second(line(2, "both"), 8)).toEqual(["a bad both"]);
  expect(second(line(2, "both"), 37)).toEqual([]);
  expect(second(line(2, "both"), 38)).toEqual(["a bad both"]);
  open = false;
  expect(second(line(4.3), 39)).toEqual([]);
  open = true;
  expect(second(line(4.3), 40)).toEqual(["a good"]);
  call = "b";
  expect(second(line(4.3), 41)).toEqual(["b good"]);
  call = undefined;
  expect(second(line(2, "far"), 42)).toEqual([]);
  expect(second(undefined, 43)).toEqual([]);
  stop();
  call = "b";
  expect(second(line(2, "far"), 44)).toEqual([]);
});
