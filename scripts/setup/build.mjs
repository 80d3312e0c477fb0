import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { command } from "./command.mjs";
import { PROJECT, Sentence } from "./place.mjs";
import { progress } from "./progress.mjs";

const SOURCES = ["src", "public", "index.html", "vite.config.ts", "package-lock.json", "scripts/setup/build.mjs", "scripts/setup/foreignHosts.mjs"];
const RESULTS = ["dist/client/index.html", "dist/server/main.js", "dist/server/keep.js"];
const STAMP = ".cache/built";

/** A digest of all that the build reads: names and contents, so that neither a checkout nor a copy fools it. */
export function sourceDigest(folder = PROJECT) {
  const digest = createHash("sha256");
  for (const source of SOURCES) {
    const path = join(folder, source);
    if (!existsSync(path)) continue;
    const files = source.includes(".") ? [""] : readdirSync(path, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name)).sort();
    for (const file of files) {
      const at = file === "" ? path : file;
      digest.update(`${at.slice(folder.length)}\0`).update(readFileSync(at)).update("\0");
    }
  }
  return digest.digest("hex");
}

/**
 * Builds client and server, unless what lies in dist/ was made from these very sources.
 * @param {{ always?: boolean }} [options]
 */
export async function ensureBuilt({ always = false } = {}) {
  const stamp = join(PROJECT, STAMP);
  const digest = sourceDigest();
  const fresh = RESULTS.every((file) => existsSync(join(PROJECT, file))) && existsSync(stamp) && readFileSync(stamp, "utf8") === digest;
  if (fresh && !always) return;
  rmSync(stamp, { force: true });
  const shown = progress("Building");
  const vite = (...args) => command(process.execPath, [join(PROJECT, "node_modules/vite/bin/vite.js"), "build", "--logLevel", "warn", ...args], { env: { NODE_ENV: "production" } });
  const runs = await Promise.all([vite(), vite("--ssr")]);
  const broken = runs.find((run) => run.code !== 0);
  if (broken) {
    shown.failed();
    console.error(broken.output.trim());
    throw new Sentence("Sufler could not be built; the reason stands above.");
  }
  mkdirSync(join(PROJECT, ".cache"), { recursive: true });
  writeFileSync(stamp, digest);
  shown.done();
}
