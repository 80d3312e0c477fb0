import { gzipSync } from "node:zlib";
import { chromium } from "playwright-core";
import { percentile } from "./figures.mjs";
import { signedIn, startSufler } from "./sufler.mjs";

const NEXT_ROUNDS = 60;
const TYPED = ["expensiv", "send me an email", "we have a supplier", "call later", "not interested", "no budget", "who are you", "seson", "think about it", "where did you get my number"];
export const FLAGS = [
  "--use-fake-ui-for-media-stream", "--use-fake-device-for-media-stream", "--autoplay-policy=no-user-gesture-required",
  "--disable-features=WebRtcHideLocalIpsWithMdns", "--disable-background-networking", ...(process.getuid?.() === 0 ? ["--no-sandbox"] : []),
];

/**
 * `size.desk`: all scripts that the browser asks for until the desk can be worked with, gzipped. `desk.next` and
 * `desk.search`: what one key costs, handler and render, at the 99th percentile.
 * @param {string[]} names
 */
export async function measure(names) {
  const sufler = await startSufler();
  const browser = await chromium.launch({ executablePath: process.env.CHROME_PATH, args: FLAGS });
  try {
    // Agent 4 speaks English.
    const context = await signedIn(browser, sufler, "agent4");
    const page = await context.newPage();
    const scripts = new Map();
    page.on("response", (response) => {
      if (response.request().resourceType() !== "script" || !response.url().startsWith(sufler.url)) return;
      scripts.set(response.url(), response.body().catch(() => Buffer.alloc(0)));
    });
    await page.goto(`${sufler.url}/desk?lang=en`);
    const next = page.getByRole("button", { name: "Next prospect" });
    await next.waitFor();
    // A new computer is welcomed first; Escape puts that aside.
    await page.keyboard.press("Escape");
    await page.waitForLoadState("networkidle");
    const bodies = await Promise.all(scripts.values());
    const press = await keyMeter(page);
    const figures = [{ name: "size.desk", value: bodies.reduce((sum, body) => sum + gzipSync(body, { level: 9 }).length, 0) / 1000 }];
    if (names.includes("desk.next")) figures.push({ name: "desk.next", value: percentile(await nextTimes(page, next, press), 0.99) });
    if (names.includes("desk.search")) figures.push({ name: "desk.search", value: percentile(await searchTimes(page, next, press), 0.99) });
    return figures;
  } finally {
    await browser.close();
    await sufler.stop();
  }
}

/**
 * Measures keys on a page: the time of its main thread in scripts, style and layout, so that a busy machine does not blur
 * it; what the measuring costs by itself (a key that means nothing) is taken off.
 * @param {import("playwright-core").Page} page @param {() => Promise<unknown>} [shown] runs in the page, until what the key has done is painted
 */
export async function keyMeter(page, shown = painted) {
  const session = await page.context().newCDPSession(page);
  await session.send("Performance.enable", { timeDomain: "threadTicks" });
  const spent = async () => {
    const { metrics } = await session.send("Performance.getMetrics");
    const of = (name) => metrics.find((metric) => metric.name === name)?.value ?? 0;
    return (of("ScriptDuration") + of("RecalcStyleDuration") + of("LayoutDuration")) * 1000;
  };
  const press = async (key, until) => {
    const before = await spent();
    await page.keyboard.press(key);
    await page.evaluate(until);
    return (await spent()) - before;
  };
  const nothing = [];
  for (let round = 0; round < 20; round += 1) nothing.push(await press("F8", painted));
  const own = percentile(nothing, 0.5);
  return async (key) => Math.max(0, (await press(key, shown)) - own);
}

/** Runs in the page: the desk shows what a key has done before the disk has it; two frames later it is painted. */
function painted() {
  return new Promise((done) => { requestAnimationFrame(() => requestAnimationFrame(done)); });
}

/** Enter brings the first card, S puts it aside and brings the next one: the same door, as often as there is stock. */
async function nextTimes(page, next, press) {
  const call = page.getByRole("button", { name: "Call", exact: true });
  const times = [];
  for (let round = 0; round < NEXT_ROUNDS; round += 1) {
    const before = await page.locator("main").innerText();
    times.push(await press((await next.isVisible()) ? "Enter" : "s"));
    // Measured was the whole of it: another card stands there already.
    if ((await page.locator("main").innerText()) === before) throw new Error("The next card was not painted two frames after the key");
    await call.or(next).first().waitFor();
    // What goes on behind the screen (disk, network) is over before the next key.
    await page.waitForTimeout(150);
  }
  // The very first card of a day also opens the microphone and runs code for the first time.
  return times.slice(1);
}

async function searchTimes(page, next, press) {
  if (await next.isVisible()) await page.keyboard.press("Enter");
  const call = page.getByRole("button", { name: "Call", exact: true });
  await call.waitFor();
  await page.keyboard.press("Enter");
  await page.getByRole("button", { name: "Hang up" }).waitFor();
  const field = page.getByLabel("Find objection").first();
  const times = [];
  for (const words of TYPED) {
    await page.keyboard.press("/");
    await field.focus();
    await field.fill("");
    for (const letter of words) times.push(await press(letter === " " ? "Space" : letter));
    await page.keyboard.press("Escape");
  }
  return times.slice(1);
}
