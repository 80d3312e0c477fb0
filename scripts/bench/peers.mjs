import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { command } from "../setup/command.mjs";
import { Sentence } from "../setup/place.mjs";
import { progress } from "../setup/progress.mjs";

/** Where the packages lie that are only measured against. */
export const PEERS = fileURLToPath(new URL("./peers", import.meta.url));

/** Installs them at the first run that needs them; `npm start` and `npm test` never do. */
export async function ensurePeers() {
  const lock = (file) => (existsSync(join(PEERS, file)) ? JSON.parse(readFileSync(join(PEERS, file), "utf8")).packages : {});
  const present = lock("node_modules/.package-lock.json");
  if (Object.entries(lock("package-lock.json")).every(([path, { version, optional }]) => path === "" || optional || present[path]?.version === version)) return;
  const shown = progress("Installing what the bench measures against");
  const args = ["ci", "--prefix", PEERS, "--ignore-scripts", "--no-audit", "--no-fund"];
  const script = process.env.npm_execpath;
  const { code, output } = script && existsSync(script) ? await command(process.execPath, [script, ...args]) : await command("npm", args, { shell: process.platform === "win32" });
  if (code === 0) return shown.done();
  shown.failed();
  console.error(output.trim().split("\n").slice(-5).join("\n"));
  throw new Sentence("PouchDB, which sync.upload is measured against, could not be installed; the reason stands above.");
}
