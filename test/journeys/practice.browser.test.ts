/** A practice customer on the real switch, called by JsSIP in Chromium: a client and a browser that nobody here wrote. */
import { fileURLToPath } from "node:url";
import type { Browser, Page } from "playwright-core";
import { build } from "vite";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { personGender } from "#domain/practice/numbers.ts";
import { levelOf } from "#server/practice/g711.ts";
import { createPractice, type Practice, type Said } from "#server/practice/practice.ts";
import { colour, timbreOf } from "#server/practice/timbre.ts";
import { openVoices } from "#server/practice/voices.ts";
import { openBrowser } from "#test/kit/browser.ts";
import { until } from "#test/kit/until.ts";
import { domain, openBed, passwordOf, type Bed } from "#test/server/switch/kit.ts";

const file = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
const voicesFolder = file("../../src/server/practice/voices");

let browser: Browser;
let script: string;
let bed: Bed;
let practice: Practice;
let said: Said[];
let agent: Page;

beforeAll(async () => {
  const lib = { entry: file("practicePage.ts"), formats: ["iife" as const], name: "page" };
  const built = await build({ configFile: false, logLevel: "error", build: { write: false, minify: false, lib }, define: { "process.env.NODE_ENV": '"test"', global: "globalThis" } });
  const output = (Array.isArray(built) ? built[0] : built) as { output: { code?: string }[] };
  script = output.output[0]?.code ?? "";
  browser = await openBrowser();
});
afterAll(async () => {
  await browser.close();
});
beforeEach(async () => {
  said = [];
  bed = await openBed({}, "<!doctype html><title>phone</title>");
  practice = createPractice({ attach: (local) => bed.sip.attach(local), domain, voices: voicesFolder, seed: 8, said: (line) => said.push(line) });
  agent = await (await browser.newContext()).newPage();
  await agent.goto(bed.url.replace("ws:", "http:").replace("/sip", "/"));
  await agent.addScriptTag({ content: script });
  await agent.evaluate((args) => window.practicePhone.register(...args), ["agent1", passwordOf("agent1"), domain, bed.url] as const);
});
afterEach(async () => {
  await agent.context().close();
  await practice.stop();
  await bed.stop();
});

const dial = (number: string): Promise<string> => agent.evaluate((target) => window.practicePhone.call(target), `sip:${number}@${domain}`);
const talk = (on: boolean): Promise<void> => agent.evaluate((value) => window.practicePhone.talk(value), on);
/** Levels since a mark, and whether the last so many of 21 ms hold speech. */
const levels = (from = 0): Promise<number[]> => agent.evaluate((start) => window.practicePhone.levels.slice(start), from);
const hears = async (last = 12): Promise<boolean> => Math.max(...(await levels()).slice(-last)) > -42;
const endedBy = (): Promise<string | undefined> => agent.evaluate(() => window.practicePhone.endedBy);
const change = (how: "hold" | "resume" | "restartIce" | "update"): Promise<void> => agent.evaluate((what) => window.practicePhone.change(what), how);
const pause = (ms: number): Promise<void> => agent.waitForTimeout(ms);

/** How well a line was recognised: the best fit when it is stretched a little, as a jitter buffer does under load. */
function likeness(heard: readonly number[], line: readonly number[]): number {
  const stretched = (by: number): number[] => Array.from({ length: Math.round(line.length * by) }, (_, n) => line[Math.min(line.length - 1, Math.floor(n / by))] ?? 0);
  return Math.max(...[0.88, 0.92, 0.96, 1, 1.04, 1.08, 1.12].map((by) => fit(heard, stretched(by))));
}

const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1] ?? -1;

/** How well two level curves fit at the best shift (1 is perfect), the second being the shorter. */
function fit(heard: readonly number[], expected: readonly number[]): number {
  let best = -1;
  const floor = (level: number): number => Math.max(-55, level);
  for (let shift = 0; shift + expected.length <= heard.length; shift++) {
    const a = heard.slice(shift, shift + expected.length).map(floor);
    const b = expected.map(floor);
    const mean = (values: number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
    const [ma, mb] = [mean(a), mean(b)];
    let [ab, aa, bb] = [0, 0, 0];
    for (let i = 0; i < a.length; i++) {
      const [x, y] = [(a[i] ?? 0) - ma, (b[i] ?? 0) - mb];
      ab += x * y;
      aa += x * x;
      bb += y * y;
    }
    best = Math.max(best, ab / Math.sqrt(aa * bb || 1));
  }
  return best;
}

/** The level curve of what was said, as the far end should hear it: 1024 samples at 48 kHz are 170.67 at 8 kHz. */
function curveOf(line: Said): number[] {
  const { persona } = line;
  const take = openVoices(voicesFolder).takes(persona.language, personGender(persona.person), line.situation).find(({ text }) => text === line.text);
  const samples = colour(take?.sound() ?? new Int16Array(), timbreOf(persona));
  const step = 1024 / 6;
  return Array.from({ length: Math.floor(samples.length / step) }, (_, n) => levelOf(samples.subarray(Math.round(n * step), Math.round((n + 1) * step))));
}

test("a decision maker speaks with the recorded voice, answers the agent in turn, agrees and hangs up", async () => {
  expect(await dial("+74950000117")).toBe("confirmed");
  const [recognised, backwards]: [number[], number[]] = [[], []];
  for (let line = 0; line < 8; line++) {
    await until(`line ${line}`, () => said.length > line);
    const from = (await levels()).length;
    await until("its sound", () => hears());
    await until("its end", async () => !(await hears(20)));
    const spoken = said[line];
    if (!spoken) throw new Error("nothing was said");
    const heard = await levels(Math.max(0, from - 20));
    const curve = curveOf(spoken);
    if (curve.length > 40) {
      recognised.push(likeness(heard, curve));
      backwards.push(likeness(heard, curve.toReversed()));
    }
    if (spoken.situation === "goodbye") break;
    await talk(true);
    await pause(1500);
    await talk(false);
  }
  // The recordings are recognised, and better than the same recordings played backwards, which have the same loudness.
  expect(recognised.length).toBeGreaterThanOrEqual(3);
  expect(median(recognised)).toBeGreaterThan(0.75);
  expect(median(recognised)).toBeGreaterThan(median(backwards) + 0.08);
  expect(said.map(({ situation }) => situation).slice(0, 2)).toEqual(["greeting", "whoAreYou"]);
  expect(said.map(({ situation }) => situation).slice(-2)).toEqual(["agree", "goodbye"]);
  await until("BYE from the customer", async () => (await endedBy()) === "remote");
  expect(practice.calls()).toBe(0);
});

test("hold, resume, ICE restart, UPDATE and both kinds of tones leave the call as it was", async () => {
  expect(await dial("+74950005203")).toBe("confirmed");
  await until("the greeting", () => hears());
  await until("its end", async () => !(await hears(20)));
  await change("hold");
  const from = (await levels()).length;
  await pause(2000);
  expect(Math.max(...(await levels(from + 20)))).toBeLessThan(-60);
  for (const how of ["resume", "restartIce", "update"] as const) await change(how);
  await agent.evaluate(() => window.practicePhone.tones());
  await pause(500);
  expect(await agent.evaluate(() => window.practicePhone.established())).toBe(true);
  await talk(true);
  await pause(1500);
  await talk(false);
  await until("the customer's answer", () => said.length > 1);
  await until("its sound", () => hears());
  await agent.evaluate(() => window.practicePhone.hangUp());
  await until("the end", () => practice.calls() === 0);
});

test("talking over the customer makes it stop within 0.6 s", async () => {
  expect(await dial("+74950000302")).toBe("confirmed");
  await until("the greeting", () => hears());
  await until("its end", async () => !(await hears(20)));
  await talk(true);
  await pause(1500);
  await talk(false);
  await until("the next line", () => said.length > 1);
  await until("its sound", () => hears(4));
  await talk(true);
  // 0.6 s, and 0.2 s for the way there and back through two jitter buffers.
  await pause(800);
  const from = (await levels()).length;
  await pause(1000);
  await talk(false);
  expect(Math.max(...(await levels(from)))).toBeLessThan(-42);
  expect(await endedBy()).toBeUndefined();
});

test("busy, never answering and unknown numbers say so", async () => {
  expect(await dial("+74950001100")).toBe("Busy");
  expect(await dial("+74950001500")).toBe("Not Found");
  const ringing = dial("+74950000400");
  await until("ringing", () => practice.calls() === 1);
  await agent.evaluate(() => window.practicePhone.hangUp());
  expect(await ringing).toBe("Canceled");
  await until("the end", () => practice.calls() === 0);
});
