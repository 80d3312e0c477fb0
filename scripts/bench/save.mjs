import { chromium } from "playwright-core";
import { FLAGS, keyMeter } from "./desk.mjs";
import { dayOfFacts } from "./facts.mjs";
import { percentile } from "./figures.mjs";
import { signedIn, startSufler } from "./sufler.mjs";

const FACTS = 100_000;
const ROUNDS = 40;
const CAMPAIGN = "storage-en";

/**
 * `desk.save`: what saving an outcome costs, handler and render, at the 99th percentile, with 100,000 facts of the last two
 * days on the device; two frames after the key the count on the screen must be another one.
 */
export async function measure() {
  const sufler = await startSufler();
  const browser = await chromium.launch({ executablePath: process.env.CHROME_PATH, args: FLAGS });
  try {
    const context = await signedIn(browser, sufler, "agent4");
    const page = await context.newPage();
    await page.goto(`${sufler.url}/desk?lang=en`);
    await page.getByRole("button", { name: "Next prospect" }).waitFor();
    const me = await (await context.request.get(`${sufler.url}/api/me`)).json();
    await page.evaluate(fill, afterACall(me.person.id));
    await page.reload();
    await page.getByRole("button", { name: "Save outcome" }).waitFor({ timeout: 120_000 });
    await page.waitForLoadState("networkidle");
    const count = page.getByRole("status", { name: "Contacts today" });
    const press = await keyMeter(page);
    const times = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      const before = await count.textContent();
      times.push(await press("Enter"));
      const after = await count.textContent();
      if (before === after) throw new Error(`The count still says ${after} two frames after the outcome was saved`);
      await page.waitForTimeout(150);
      // Opened again, with the decision maker the other way round: the next key changes the count back.
      await page.keyboard.press("z");
      await page.getByRole("button", { name: "Save outcome" }).waitFor();
      await page.keyboard.press("d");
      await page.waitForTimeout(150);
    }
    return [{ name: "desk.save", value: percentile(times.slice(1), 0.99) }];
  } finally {
    await browser.close();
    await sufler.stop();
  }
}

/** Two days of work as they come down from the person's other computer, and a call that has just ended and waits for its outcome. */
function afterACall(by) {
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
function fill({ database, facts, stash }) {
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
