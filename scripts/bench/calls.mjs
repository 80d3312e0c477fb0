import { createServer } from "node:http";
import { chromium } from "playwright-core";
import { bundleForNode, bundleForPage } from "./bundle.mjs";
import { median } from "./figures.mjs";
import { startProcess } from "./process.mjs";

const ROUNDS = 15;
const FLAGS = [
  "--use-fake-ui-for-media-stream", "--use-fake-device-for-media-stream", "--autoplay-policy=no-user-gesture-required",
  "--disable-features=WebRtcHideLocalIpsWithMdns", "--disable-background-networking", ...(process.getuid?.() === 0 ? ["--no-sandbox"] : []),
];

/**
 * From the key to the INVITE on the socket, to the answer, to the first packet of sound; our phone and bare JsSIP in one
 * page, in turn, over the embedded switch to the same practice customer, who picks up without letting it ring. JsSIP is
 * given a live microphone track, so that it need not ask for one: what it does per call is its own.
 */
export async function measure() {
  const server = await startProcess(await bundleForNode("phoneServer.mjs"), /listening on (\d+)\n/);
  const line = (username) => ({ username, password: `secret of ${username}` });
  try {
    return await callsOn({ server: `ws://127.0.0.1:${server.told}/sip`, domain: "bench.invalid", lines: { ours: line("ours"), peer: line("peer") } }, "");
  } finally {
    await server.stop();
  }
}

/** @param suffix of the figures' names, for the place where the calls went */
export async function callsOn(bed, suffix) {
  const script = await bundleForPage("callPage.mjs");
  const web = createServer((_, response) => {
    response.setHeader("content-type", "text/html");
    response.end("<!doctype html><title>Bench</title>");
  });
  await new Promise((resolve) => { web.listen(0, "127.0.0.1", resolve); });
  const browser = await chromium.launch({ executablePath: process.env.CHROME_PATH, args: FLAGS });
  try {
    const page = await browser.newPage();
    await page.goto(`http://127.0.0.1:${web.address().port}/`);
    await page.evaluate(script);
    const rounds = await page.evaluate(([where, count]) => window.bench.run(where, count), [bed, ROUNDS]);
    const of = (who, what) => median(rounds.map((round) => round[who][what]));
    return ["invite", "answered", "audio"].map((what) => ({ name: `call.${what}${suffix}`, value: of("ours", what), peer: "JsSIP", peerValue: of("peer", what) }));
  } finally {
    await browser.close();
    web.close();
  }
}
