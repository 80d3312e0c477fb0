import { chromium } from "playwright-core";
import { FLAGS, keyMeter } from "./desk.mjs";
import { dayOfFacts } from "./facts.mjs";
import { percentile } from "./figures.mjs";
import { signedIn, startSufler } from "./sufler.mjs";

const FACTS = 100_000;
const ROUNDS = 40;
const CAMPAIGN = "storage-en";

/**
 * `desk.save`: what saving an outcome costs from the key to the changed count, handler, fold and render, at the 99th percentile,
 * with 100,000 facts of the last two days on the device. `desk.save.frames`: how many frames after the one in which the outcome is on
 * the disk the count is another one, at the worst.
 */
export async function measure() {
  const sufler = await startSufler();
  const browser = await chromium.launch({ executablePath: process.env.CHROME_PATH, args: FLAGS });
  try {
    const context = await signedIn(browser, sufler, "agent4");
    const page = await context.newPage();
    await page.addInitScript(countFrames);
    await page.goto(`${sufler.url}/desk?lang=en`);
    await page.getByRole("button", { name: "Next prospect" }).waitFor();
    const me = await (await context.request.get(`${sufler.url}/api/me`)).json();
    await page.evaluate(fill, afterACall(me.person.id));
    await page.reload();
    await page.getByRole("button", { name: "Save outcome" }).waitFor({ timeout: 120_000 });
    await page.waitForLoadState("networkidle");
    const count = page.getByRole("status", { name: "Contacts today" });
    const press = await keyMeter(page, changed);
    const times = [];
    let frames = 0;
    for (let round = 0; round < ROUNDS; round += 1) {
      const before = await count.textContent();
      await page.evaluate(watch, before);
      times.push(await press("Enter"));
      frames = Math.max(frames, await page.evaluate(() => globalThis.sufler.late));
      await page.waitForTimeout(150);
      // Opened again, with the decision maker the other way round: the next key changes the count back.
      await page.keyboard.press("z");
      await page.getByRole("button", { name: "Save outcome" }).waitFor();
      await page.keyboard.press("d");
      await page.waitForTimeout(150);
    }
    return [{ name: "desk.save", value: percentile(times.slice(1), 0.99) }, { name: "desk.save.frames", value: frames }];
  } finally {
    await browser.close();
    await sufler.stop();
  }
}

/** Two days of work as they come down from the person's other computer, and a call that has just ended and waits for its outcome. */
export function afterACall(by) {
  const device = "another-computer";
  const facts = dayOfFacts(FACTS, { by, device, campaign: CAMPAIGN }).map((fact, at) => ({ ...fact, at: Date.now() - (FACTS - at) * 1700 - 180_000 }));
  const call = crypto.randomUUID();
  const [answeredAt, endedAt] = [Date.now() - 120_000, Date.now() - 10_000];
  const own = (body, at) => ({ id: crypto.randomUUID(), at, offset: 0, by, device, call, ...body });
  facts.push(
    own({ kind: "call.dialed", campaign: CAMPAIGN, prospect: crypto.randomUUID(), number: crypto.randomUUID() }, answeredAt - 5000),
    own({ kind: "call.answered" }, answeredAt), own({ kind: "call.ended", why: "clientHungUp" }, endedAt),
  );
  const stash = { call: { phase: "ended", call, why: "clientHungUp", answeredAt, endedAt }, walk: { phase: "closed" }, choice: { outcome: "refused", decisionMaker: true }, captures: [] };
  return { database: `sufler-${by}`, facts, stash };
}

/** Runs in the page: writes it all into the person's database, as the sync and the desk do. */
export function fill({ database, facts, stash }) {
  return new Promise((resolve, reject) => {
    const open = indexedDB.open(database);
    open.onerror = () => reject(open.error);
    open.onsuccess = () => {
      const work = open.result.transaction(["received", "meta"], "readwrite");
      for (const fact of facts) work.objectStore("received").put({ id: fact.id, at: fact.at, fact });
      work.objectStore("meta").put({ k: "desk", v: stash });
      work.onerror = () => reject(work.error);
      work.oncomplete = () => {
        open.result.close();
        resolve(undefined);
      };
    };
  });
}

/** Runs in the page before its own code: counts frames, and notes the one in which the journal was last written. */
function countFrames() {
  const sufler = { frame: 0, written: 0, late: NaN };
  globalThis.sufler = sufler;
  const tick = () => { sufler.frame += 1; requestAnimationFrame(tick); };
  requestAnimationFrame(tick);
  IDBDatabase.prototype.transaction = new Proxy(Reflect.get(IDBDatabase.prototype, "transaction"), {
    apply(begin, database, how) {
      const work = Reflect.apply(begin, database, how);
      if (work.mode === "readwrite" && work.objectStoreNames.contains("journal")) work.addEventListener("complete", () => { sufler.written = sufler.frame; });
      return work;
    },
  });
}

/** Runs in the page: notes how many frames after the last write the count becomes another one. */
function watch(before) {
  const { sufler } = globalThis;
  sufler.late = NaN;
  const seen = new MutationObserver(() => {
    const count = document.querySelector('[role="status"][aria-label="Contacts today"]');
    if (!count || count.textContent === before) return;
    sufler.late = sufler.frame - sufler.written;
    seen.disconnect();
  });
  seen.observe(document.body, { subtree: true, childList: true, characterData: true });
}

/** Runs in the page: waits until the count is another one, and that is painted. */
async function changed() {
  const frame = () => new Promise((done) => { requestAnimationFrame(done); });
  while (Number.isNaN(globalThis.sufler.late)) await frame();
  await frame();
  await frame();
}
