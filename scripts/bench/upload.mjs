import { join } from "node:path";
import { chromium } from "playwright-core";
import { bundleForPage } from "./bundle.mjs";
import { median } from "./figures.mjs";
import { ensurePeers, PEERS } from "./peers.mjs";
import { startProcess } from "./process.mjs";
import { signedIn, startSufler } from "./sufler.mjs";

const FACTS = 10_000;
const ROUNDS = 5;

/**
 * Facts a second from a browser's journal (strict durability) to the real server (fsync on), and the same facts from
 * PouchDB to PouchDB's server with its data in memory; in turn, each time in a browser context of its own.
 */
export async function measure() {
  await ensurePeers();
  const [script, sufler, pouch] = await Promise.all([
    bundleForPage("uploadPage.mjs"), startSufler(), startProcess(join(PEERS, "pouchServer.mjs"), /listening on (\d+)\n/, { cwd: PEERS }),
  ]);
  const peerUrl = `http://127.0.0.1:${pouch.told}`;
  const browser = await chromium.launch({ executablePath: process.env.CHROME_PATH, args: ["--disable-background-networking", ...(process.getuid?.() === 0 ? ["--no-sandbox"] : [])] });
  const runs = {
    async ours(round) {
      const context = await signedIn(browser, sufler, `agent${round}`);
      const page = await context.newPage();
      await page.goto(`${sufler.url}/healthz`);
      await page.evaluate(script);
      const took = await page.evaluate((count) => window.bench.ours(count), FACTS);
      await context.close();
      return took;
    },
    async peer() {
      const context = await browser.newContext();
      const page = await context.newPage();
      await page.goto(peerUrl);
      await page.evaluate(script);
      const took = await page.evaluate(([count, url]) => window.bench.peer(count, url), [FACTS, peerUrl]);
      await context.close();
      return took;
    },
  };
  try {
    const took = { ours: [], peer: [] };
    for (let round = 1; round <= ROUNDS; round += 1) {
      for (const who of round % 2 === 1 ? ["ours", "peer"] : ["peer", "ours"]) took[who].push(await runs[who](round));
    }
    const rate = (times) => FACTS / (median(times) / 1000);
    return [{ name: "sync.upload", value: rate(took.ours), peer: "PouchDB 9", peerValue: rate(took.peer) }];
  } finally {
    await browser.close();
    await Promise.all([sufler.stop(), pouch.stop()]);
  }
}
