import { fork } from "node:child_process";
import { join } from "node:path";
import { chromium } from "playwright-core";
import { FLAGS } from "./desk.mjs";
import { hire } from "./floorPeople.mjs";
import { startSufler } from "./sufler.mjs";
import { PROJECT } from "../setup/place.mjs";

const AGENTS = 200;
const SECRET = "a secret that only the bench knows, and only for as long as it runs";

/**
 * `lead.board`: what one second of an ordinary day on a floor of 200 agents (some 42 facts) costs the main thread of a lead's page that
 * shows them all, with some 40,000 facts of the day on the board: scripts, style and layout, whatever else the machine does.
 */
export async function measure() {
  const sufler = await startSufler({ SECRET });
  const browser = await chromium.launch({ executablePath: process.env.CHROME_PATH, args: FLAGS });
  const load = fork(join(PROJECT, "scripts/bench/floorLoad.mjs"), { stdio: ["ignore", "inherit", "inherit", "ipc"] });
  const say = (message) => new Promise((resolve, reject) => {
    load.once("message", (answer) => (answer.error ? reject(new Error(answer.error)) : resolve(answer)));
    load.send(message);
  });
  try {
    const people = await hire(sufler.database(), SECRET, AGENTS, AGENTS);
    await say({ what: "open", url: sufler.url, people: people.filter(({ role }) => role === "agent") });
    await say({ what: "work", count: AGENTS, speed: 40, seconds: 25 });
    const context = await browser.newContext({ bypassCSP: true, viewport: { width: 1366, height: 640 } });
    const [name, value] = people.find(({ role }) => role === "lead").cookie.split("=");
    await context.addCookies([{ name, value, url: sufler.url }]);
    const page = await context.newPage();
    await page.addInitScript(() => {
      globalThis.tasks = [];
      new PerformanceObserver((list) => { for (const one of list.getEntries()) globalThis.tasks.push(one.duration); }).observe({ type: "longtask" });
    });
    await page.goto(`${sufler.url}/lead?lang=en`);
    await page.locator("table.board tbody tr").nth(AGENTS - 1).waitFor({ timeout: 120_000 });
    await page.waitForLoadState("networkidle");
    const session = await context.newCDPSession(page);
    await session.send("Performance.enable", { timeDomain: "threadTicks" });
    const spent = async () => {
      const { metrics } = await session.send("Performance.getMetrics");
      const of = (metric) => metrics.find((one) => one.name === metric)?.value ?? 0;
      return [(of("ScriptDuration") + of("RecalcStyleDuration") + of("LayoutDuration")) * 1000, of("TaskDuration") * 1000, of("JSHeapUsedSize") / 1e6];
    };
    const [before, began] = [await spent(), performance.now()];
    await page.evaluate(() => { globalThis.tasks.length = 0; });
    const told = await say({ what: "work", count: AGENTS, speed: 1, seconds: 20 });
    const seconds = (performance.now() - began) / 1000;
    const after = await spent();
    const tasks = await page.evaluate(() => globalThis.tasks);
    const each = (after[0] - before[0]) / (told.entries);
    console.log(`lead.board: ${told.entries} entries in ${Math.round(seconds)} s: ${Math.round(after[0] - before[0])} ms of scripts, style and layout, ${Math.round(after[1] - before[1])} ms of tasks, heap ${Math.round(after[2])} MB; tasks over 50 ms: ${tasks.length}, longest ${Math.round(Math.max(0, ...tasks))} ms`);
    return [{ name: "lead.board", value: each * 42 }];
  } finally {
    load.kill();
    await browser.close();
    await sufler.stop();
  }
}
