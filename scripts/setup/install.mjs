import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { command } from "./command.mjs";
import { PROJECT, Sentence } from "./place.mjs";
import { progress } from "./progress.mjs";

/** @typedef {{ version?: string, optional?: boolean, os?: string[], cpu?: string[], libc?: string[] }} Locked */

const fits = (list, value) => !list || (list.includes(value) && !list.includes(`!${value}`)) || (list.every((one) => one.startsWith("!")) && !list.includes(`!${value}`));

/**
 * What package-lock.json asks for and the folder does not have. npm keeps its own list of what it has installed in
 * node_modules/.package-lock.json and writes it last, so an installation broken half way counts as none.
 * @param {Record<string, Locked>} wanted `packages` of package-lock.json
 * @param {Record<string, Locked>} present `packages` of node_modules/.package-lock.json
 * @param {{ platform: string, arch: string, libc: string }} machine
 * @returns {string[]} paths such as "node_modules/vite"
 */
export function missingPackages(wanted, present, machine) {
  return Object.keys(wanted).filter((path) => {
    const lock = wanted[path];
    if (path === "" || present[path]?.version === lock.version) return false;
    if (!lock.optional) return true;
    // An optional package without a system of its own belongs to another optional one: npm alone knows whether it is due.
    if (!lock.os || !lock.cpu) return false;
    return fits(lock.os, machine.platform) && fits(lock.cpu, machine.arch) && fits(lock.libc, machine.libc);
  });
}

function missingHere() {
  const packages = (file) => JSON.parse(readFileSync(join(PROJECT, file), "utf8")).packages;
  const hidden = "node_modules/.package-lock.json";
  const libc = process.platform === "linux" && !process.report.getReport().header.glibcVersionRuntime ? "musl" : "glibc";
  return missingPackages(packages("package-lock.json"), existsSync(join(PROJECT, hidden)) ? packages(hidden) : {}, {
    platform: process.platform,
    arch: process.arch,
    libc,
  });
}

/** Installs the packages when some are missing; throws a Sentence when that fails. */
export async function ensureInstalled() {
  const missing = missingHere();
  if (missing.length === 0) return;
  const shown = progress("Installing packages");
  let fetched = 0;
  // No install scripts: the one that matters here (links beside PostgreSQL's libraries) is done by the server itself, and
  // newer versions of npm leave them out anyway. `--include` because NODE_ENV=production would leave out the build's tools.
  const args = ["ci", "--include=dev", "--include=optional", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=http"];
  const { code, output } = await npm(args, (line) => {
    if (/http (fetch|cache)/.test(line)) shown.note(`${(fetched += 1)} downloads`);
  });
  const left = code === 0 ? missingHere() : missing;
  if (left.length === 0) return shown.done();
  shown.failed();
  mkdirSync(join(PROJECT, ".cache"), { recursive: true });
  writeFileSync(join(PROJECT, ".cache/install.log"), output);
  throw new Sentence(installProblem(code, output, left));
}

function npm(args, heard) {
  // Under `npm start` npm tells where it lies; started as `node scripts/start.mjs` it is looked for like any program.
  const script = process.env.npm_execpath;
  if (script && /npm-cli\.c?js$/.test(script) && existsSync(script)) return command(process.execPath, [script, ...args], { heard });
  return command("npm", args, { heard, shell: process.platform === "win32" });
}

/** @param {number} code @param {string} output @param {string[]} left */
export function installProblem(code, output, left) {
  const log = "what npm said is in .cache/install.log.";
  if (code === 127) return "The packages cannot be installed, because npm was not found; it comes with Node.";
  if (code === 0) return `npm left out ${left.slice(0, 3).join(", ")}, which this machine needs; run it again, ${log}`;
  if (/ENOSPC|no space left/i.test(output)) return `The packages cannot be installed, because the disk is full; ${log}`;
  if (/EACCES|EROFS|EPERM/.test(output)) return `The packages cannot be installed, because this folder may not be written to; ${log}`;
  if (/ENOTFOUND|EAI_AGAIN|ETIMEDOUT|ECONNREFUSED|ECONNRESET/.test(output)) return `The packages cannot be installed, because npm does not reach its registry; ${log}`;
  const said = output.split("\n").find((line) => /^npm (error|ERR!) (?!code|A complete log)/.test(line));
  return `The packages cannot be installed${said ? ` (${said.replace(/^npm (error|ERR!) /, "").trim()})` : ""}; ${log}`;
}
