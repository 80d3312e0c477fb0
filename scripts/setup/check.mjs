import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { ensureBrowser } from "./browser.mjs";
import { ensureBuilt } from "./build.mjs";
import { command } from "./command.mjs";
import { ensureInstalled } from "./install.mjs";
import { PROJECT, Sentence } from "./place.mjs";
import { closingLine, oneStep, sum, vitestFailures, vitestRetried, vitestTally, vitestTimes } from "./tally.mjs";
import { besidesOf } from "./uncaught.mjs";

const bin = (path, ...args) => command(process.execPath, [join(PROJECT, "node_modules", path), ...args], { shown: true, env: ENV });
// React's `act` exists only in its development build, whatever the machine's NODE_ENV says.
const ENV = { NODE_ENV: "test" };

/** The parts in the order in which they run. Each gives its tally. */
const PARTS = {
  types: async () => oneStep((await bin("typescript/bin/tsc", "-b")).code === 0),
  lint: async () => oneStep((await bin("oxlint/bin/oxlint", "--type-aware", "--deny-warnings", "src", "test", "scripts", "vite.config.ts")).code === 0),
  unit: (patterns) => vitest("unit", "vite.config.ts", patterns),
  build: async () => oneStep(await built()),
  journeys: (patterns) => vitest("journeys", "test/journeys/vitest.config.ts", patterns),
};

/**
 * @param {string[]} args nothing for all, or a part's name and, for tests, what their files' names contain
 * @returns {Promise<boolean>} whether all held
 */
export async function check(args) {
  const [part, ...patterns] = args;
  if (part !== undefined && !(part in PARTS)) throw new Sentence(`npm test knows no part "${part}", only ${Object.keys(PARTS).join(", ")}.`);
  await ensureInstalled();
  const names = part === undefined ? Object.keys(PARTS) : part === "journeys" ? ["build", "journeys"] : [part];
  if (names.includes("journeys")) ENV.CHROME_PATH = await ensureBrowser();
  const tallies = [];
  const failures = [];
  const retried = [];
  for (const name of names) {
    const began = Date.now();
    console.log(`\n== ${name}`);
    const tally = await PARTS[name](patterns);
    tallies.push(tally);
    if (tally.failed > 0) failures.push(...(tally.lines?.length ? tally.lines : [`FAILED ${name}`]));
    retried.push(...(tally.retried ?? []));
    if (tally.times?.length > 1) console.log(`== ${name}, by file: ${tally.times.slice(0, 15).map(({ file, seconds }) => `${file.slice(file.lastIndexOf("/") + 1)} ${seconds} s`).join(", ")}`);
    console.log(`== ${name}: ${tally.failed === 0 ? "held" : "FAILED"} after ${Math.round((Date.now() - began) / 1000)} s`);
    if (name === "build" && tally.failed > 0) break; // journeys would walk through the build before
  }
  const total = sum(tallies);
  for (const line of retried) console.log(line);
  for (const line of failures) console.log(line);
  console.log(`\n${closingLine(total)}`);
  return total.failed === 0;
}

async function vitest(name, config, patterns) {
  const report = join(PROJECT, `.cache/tests/${name}.json`);
  mkdirSync(join(PROJECT, ".cache/tests"), { recursive: true });
  for (const file of [report, besidesOf(report)]) rmSync(file, { force: true });
  const { code } = await bin("vitest/vitest.mjs", "run", "--config", config, "--reporter=default", "--reporter=json", "--reporter=./scripts/setup/uncaught.mjs", `--outputFile.json=${report}`, ...patterns);
  return { ...vitestTally(report, code), lines: vitestFailures(report), retried: vitestRetried(report), times: vitestTimes(report) };
}

async function built() {
  try {
    await ensureBuilt();
    return true;
  } catch (error) {
    if (!(error instanceof Sentence)) throw error;
    console.error(error.sentence);
    return false;
  }
}
