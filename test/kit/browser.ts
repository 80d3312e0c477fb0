import { chromium, type Browser } from "playwright-core";
import { findBrowser } from "../../scripts/setup/browser.mjs";

/** No dialogs about the microphone, a made-up one instead, sound without a click, and peers on loopback find each other. */
const EASY = [
  "--use-fake-ui-for-media-stream",
  "--use-fake-device-for-media-stream",
  "--autoplay-policy=no-user-gesture-required",
  "--disable-features=WebRtcHideLocalIpsWithMdns",
  "--disable-background-networking",
];

/** Arguments for a browser that a test starts in its own way. */
export function browserArguments(): readonly string[] {
  return [...NEEDED, ...EASY];
}

/** What Chromium needs to run at all: its sandbox cannot be set up by root. */
const NEEDED = ["--disable-quic", ...(process.getuid?.() === 0 ? ["--no-sandbox"] : [])];

/** The browser to test with; `npm test` installs one where it can. */
export function browserPath(): string {
  const path = findBrowser();
  if (path === null) throw new Error("no Chrome, Edge or Chromium was found; CHROME_PATH may name one");
  return path;
}

/** What `openBrowser` passes by default, for a browser with a profile of its own. */
export function browserFlags(): string[] {
  return [...NEEDED, ...EASY];
}

/**
 * Starts a browser of its own; give each person a context (`browser.newContext()`).
 * @param options.easy false: with the obstacles that people meet (autoplay policy, the question for the microphone)
 */
export async function openBrowser({ easy = true, args = [] }: { readonly easy?: boolean; readonly args?: readonly string[] } = {}): Promise<Browser> {
  return chromium.launch({ executablePath: browserPath(), args: [...NEEDED, ...(easy ? EASY : ["--disable-background-networking"]), ...args] });
}
