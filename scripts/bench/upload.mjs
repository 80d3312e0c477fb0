import { join } from "node:path";
import { openBareBrowser } from "./barePage.mjs";
import { bundleForPage } from "./bundle.mjs";
import { median } from "./figures.mjs";
import { ensurePeers, PEERS } from "./peers.mjs";
import { startProcess } from "./process.mjs";
import { startSufler } from "./sufler.mjs";

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
  const browser = await openBareBrowser();
  const run = async (url, script, work) => {
    const page = await browser.page(url);
    await page.evaluate(script);
    const took = await page.evaluate(work);
    await page.close();
    return took;
  };
  const runs = {
    ours: (round) => run(`${sufler.url}/healthz`, script, `bench.ours(${FACTS}, ${JSON.stringify({ email: `agent${round}@demo.example`, password: sufler.password })})`),
    peer: () => run(`${peerUrl}/`, script, `bench.peer(${FACTS}, ${JSON.stringify(peerUrl)})`),
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
