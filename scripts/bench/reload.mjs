import { chromium } from "playwright-core";
import { FLAGS } from "./desk.mjs";
import { median } from "./figures.mjs";
import { signedIn, startSufler } from "./sufler.mjs";

const ROUNDS = 7;

/**
 * `call.reload`: how long a client hears nothing when the whole desk is loaded anew in mid-call: from the beginning of the reload (the
 * old page speaks on for some of that) to the first packet of sound that the new page sends over the connection that took the call back.
 */
export async function measure() {
  const sufler = await startSufler();
  const browser = await chromium.launch({ executablePath: process.env.CHROME_PATH, args: FLAGS });
  try {
    const context = await signedIn(browser, sufler, "agent4");
    await context.grantPermissions(["microphone"], { origin: sufler.url });
    const page = await context.newPage();
    await page.addInitScript(watchSound);
    await page.goto(`${sufler.url}/desk?lang=en`);
    await page.getByRole("button", { name: "Next prospect" }).waitFor();
    // A new computer is welcomed first; Escape puts that aside.
    await page.keyboard.press("Escape");
    const line = page.locator(".phone-bar");
    const silences = [];
    await page.keyboard.press("Enter");
    await page.getByRole("button", { name: "Call", exact: true }).waitFor();
    await page.keyboard.press("Enter");
    await line.getByText("On the line").waitFor();
    for (let round = 0; round < ROUNDS; round += 1) {
      await page.reload();
      await line.getByText("On the line").waitFor();
      silences.push(await page.evaluate(() => globalThis.soundSent));
    }
    console.log(`call.reload: ${silences.map(Math.round).join(", ")} ms`);
    return [{ name: "call.reload", value: median(silences) }];
  } finally {
    await browser.close();
    await sufler.stop();
  }
}

/** Runs in the page before its own code: milliseconds from the beginning of its loading to the first packet of sound that it sends. */
function watchSound() {
  const Real = RTCPeerConnection;
  let sent;
  globalThis.soundSent = new Promise((resolve) => { sent = resolve; });
  globalThis.RTCPeerConnection = class extends Real {
    constructor(...args) {
      super(...args);
      const look = async () => {
        for (const report of (await this.getStats()).values()) if (report.type === "outbound-rtp" && report.packetsSent > 0) return sent(performance.now());
        setTimeout(look, 5);
      };
      void look();
    }
  };
}
