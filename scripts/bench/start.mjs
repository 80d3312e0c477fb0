import { chromium } from "playwright-core";
import { FLAGS } from "./desk.mjs";
import { median } from "./figures.mjs";
import { afterACall, fill } from "./save.mjs";
import { signedIn, startSufler } from "./sufler.mjs";

const ROUNDS = 5;

/**
 * `desk.start`: from opening /desk to a desk that can be worked with, with 100,000 facts of the last two days on the device, by the
 * clock. `desk.start.work`: how much of it the page's main thread is at work, until nothing more is fetched.
 */
export async function measure() {
  const sufler = await startSufler();
  const browser = await chromium.launch({ executablePath: process.env.CHROME_PATH, args: FLAGS });
  try {
    const context = await signedIn(browser, sufler, "agent4");
    const page = await context.newPage();
    await page.addInitScript(watchReady);
    const session = await context.newCDPSession(page);
    await session.send("Performance.enable", { timeDomain: "threadTicks" });
    const start = async () => {
      await page.goto(`${sufler.url}/desk?lang=en`);
      const { ready, painted } = await page.evaluate(() => globalThis.sufler.ready);
      await page.waitForLoadState("networkidle");
      const { metrics } = await session.send("Performance.getMetrics");
      const of = (name) => metrics.find((metric) => metric.name === name)?.value ?? 0;
      return { ready, painted, work: of("TaskDuration") * 1000, heap: of("JSHeapUsedSize") / 1e6 };
    };
    const told = (what, { ready, painted, work, heap }) => console.log(`desk.start: ${what}: painted after ${Math.round(painted)} ms, ready after ${Math.round(ready)} ms, ${Math.round(work)} ms of work, heap ${Math.round(heap)} MB`);
    await start();
    told("a new device", await start());
    const me = await (await context.request.get(`${sufler.url}/api/me`)).json();
    await page.evaluate(fill, afterACall(me.person.id));
    const rounds = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      rounds.push(await start());
      told("100,000 facts", rounds.at(-1));
    }
    return [{ name: "desk.start", value: median(rounds.map(({ ready }) => ready)) }, { name: "desk.start.work", value: median(rounds.map(({ work }) => work)) }];
  } finally {
    await browser.close();
    await sufler.stop();
  }
}

/** Runs in the page before its own code: notes when the desk's next step can be pressed. */
function watchReady() {
  const ready = new Promise((resolve) => {
    const look = () => {
      if (![...document.querySelectorAll("button")].some(({ textContent }) => /Next prospect|Save outcome/.test(textContent))) return;
      seen.disconnect();
      resolve({ ready: performance.now(), painted: performance.getEntriesByName("first-contentful-paint")[0]?.startTime ?? NaN });
    };
    const seen = new MutationObserver(look);
    seen.observe(document, { subtree: true, childList: true });
  });
  globalThis.sufler = { ...globalThis.sufler, ready };
}
