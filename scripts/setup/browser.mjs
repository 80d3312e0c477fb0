import { accessSync, constants, existsSync, readFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { command } from "./command.mjs";
import { Sentence } from "./place.mjs";
import { progress } from "./progress.mjs";

const NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "microsoft-edge", "microsoft-edge-stable", "msedge"];

const runs = (path) => {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false; // not there, or not a program
  }
};

/** Where the browsers of one family may lie, best first. */
function candidates(env, platform) {
  if (platform === "darwin") return ["Google Chrome", "Chromium", "Microsoft Edge"].flatMap((name) => ["/Applications", `${env.HOME}/Applications`].map((at) => `${at}/${name}.app/Contents/MacOS/${name}`));
  if (platform === "win32") {
    const roots = [env.PROGRAMFILES, env["PROGRAMFILES(X86)"], env.LOCALAPPDATA].filter(Boolean);
    return ["Google\\Chrome\\Application\\chrome.exe", "Chromium\\Application\\chrome.exe", "Microsoft\\Edge\\Application\\msedge.exe"].flatMap((end) => roots.map((root) => `${root}\\${end}`));
  }
  const folders = [...(env.PATH ?? "").split(delimiter), "/usr/bin", "/usr/local/bin", "/snap/bin"].filter(Boolean);
  return NAMES.flatMap((name) => folders.map((folder) => join(folder, name)));
}

/**
 * The Chrome, Edge or Chromium to test with: the one that CHROME_PATH names, otherwise the first that is there.
 * @param {Record<string, string | undefined>} [env]
 * @param {string} [platform]
 * @returns {string | null} its path
 * @throws Sentence when CHROME_PATH names none
 */
export function findBrowser(env = process.env, platform = process.platform) {
  if (env.CHROME_PATH) {
    if (runs(env.CHROME_PATH)) return env.CHROME_PATH;
    throw new Sentence(`CHROME_PATH names ${env.CHROME_PATH}, which is no program: let it name a Chrome, Edge or Chromium.`);
  }
  return candidates(env, platform).find(runs) ?? null;
}

/** The browser's path; as root on Debian it is installed when there is none. */
export async function ensureBrowser() {
  const found = findBrowser();
  if (found) return found;
  if (process.platform !== "linux" || process.getuid() !== 0 || !isDebian()) throw new Sentence(HOW);
  const shown = progress("Installing Chromium");
  const quiet = { env: { DEBIAN_FRONTEND: "noninteractive", LC_ALL: "C" }, seconds: 900 };
  const patient = ["-o", "DPkg::Lock::Timeout=300", "-o", "Acquire::Retries=3", "-o", "Acquire::http::Timeout=30", "-o", "Acquire::https::Timeout=30"];
  const update = await command("apt-get", [...patient, "update"], quiet);
  const install = await command("apt-get", [...patient, "install", "-y", "--no-install-recommends", "chromium"], quiet);
  const path = findBrowser();
  if (install.code === 0 && path) {
    shown.done();
    return path;
  }
  shown.failed();
  console.error(`${update.output}${install.output}`.trim().split("\n").slice(-5).join("\n"));
  throw new Sentence(`Chromium could not be installed through apt-get; ${HOW}`);
}

const HOW = "The tests need a browser: install Chrome, Edge or Chromium, or let CHROME_PATH name one.";

/** Debian itself: what Ubuntu calls chromium is a stub that asks for snap. */
function isDebian() {
  return existsSync("/etc/os-release") && /^ID="?debian"?$/m.test(readFileSync("/etc/os-release", "utf8"));
}
