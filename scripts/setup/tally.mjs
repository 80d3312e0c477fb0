import { existsSync, readFileSync } from "node:fs";
import { besidesOf } from "./uncaught.mjs";

/** @typedef {{ passed: number, failed: number, skipped: number }} Tally */

/** A step that holds or does not: the types, the lint, the build. @param {boolean} held @returns {Tally} */
export const oneStep = (held) => ({ passed: held ? 1 : 0, failed: held ? 0 : 1, skipped: 0 });

/**
 * The tests of one vitest run, from the report it wrote. A file that could not even be loaded counts as one failed test, and so
 * does a run that failed without a failed test (an error nobody caught, no test found).
 * @param {string} file
 * @param {number} code exit code of the run
 * @returns {Tally}
 */
export function vitestTally(file, code) {
  const results = existsSync(file) ? JSON.parse(readFileSync(file, "utf8")).testResults : [];
  const tally = { passed: 0, failed: 0, skipped: 0 };
  for (const { status, assertionResults } of results) {
    for (const test of assertionResults) tally[test.status === "passed" ? "passed" : test.status === "failed" ? "failed" : "skipped"] += 1;
    if (status === "failed" && !assertionResults.some((test) => test.status === "failed")) tally.failed += 1;
  }
  if (code !== 0 && tally.failed === 0) tally.failed = 1;
  return tally;
}

/**
 * What failed in one vitest run, a line each with the first line of the reason: a long report ends with what matters. An error that
 * nobody caught fails a run without a failed test; it is named with the place that threw it.
 * @param {string} file the report that it wrote
 * @returns {string[]}
 */
export function vitestFailures(file) {
  const failed = read(file, { testResults: [] }).testResults.flatMap(({ name, status, message, assertionResults }) => {
    const tests = assertionResults.filter((test) => test.status === "failed").map((test) => [test.fullName, test.failureMessages?.[0]]);
    if (status === "failed" && tests.length === 0) tests.push(["could not be run", message]);
    return tests.map(([title, why]) => `FAILED ${inProject(name)}: ${title}: ${firstLine(why)}`);
  });
  const uncaught = read(besidesOf(file), { uncaught: [] }).uncaught.map(({ name, message, stack, file: during, test }) =>
    `FAILED ${during ? inProject(during) : "the run"}: an error that nobody caught${test ? `, during "${test}" or before it` : ""}: ${firstLine(`${name ?? "Error"}: ${message}`)}${thrownAt(stack)}`);
  return [...failed, ...uncaught];
}

/**
 * The tests that held only when they were tried again: green by luck, and therefore told. A line each.
 * @param {string} file the report that the run wrote
 * @returns {string[]}
 */
export function vitestRetried(file) {
  return read(besidesOf(file), { retried: [] }).retried.map(({ file: where, test, times, why }) =>
    `RETRIED ${inProject(where)}: ${test}: held at try ${times + 1}: ${firstLine(why)}`);
}

/**
 * How long each file took, the slowest first: where the time of a run goes.
 * @param {string} file the report that the run wrote
 * @returns {{ file: string, seconds: number }[]}
 */
export function vitestTimes(file) {
  return read(file, { testResults: [] }).testResults
    .map(({ name, startTime, endTime }) => ({ file: inProject(name), seconds: Math.round((endTime - startTime) / 1000) }))
    .sort((a, b) => b.seconds - a.seconds);
}

const read = (file, otherwise) => (existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : otherwise);
const inProject = (path) => path.slice(path.indexOf("/test/") + 1);
const firstLine = (text) => String(text ?? "").split("\n", 1)[0];

/** The first line of a stack that lies in the project's own files, as `, at src/a.ts:7`. */
function thrownAt(stack) {
  const line = String(stack ?? "").split("\n").find((one) => /\/(?:src|test|scripts)\/[^ ]*:\d+/.test(one) && !one.includes("node_modules"));
  const place = /((?:src|test|scripts)\/[^ ():]+:\d+)/.exec(line ?? "")?.[1];
  return place ? `, at ${place}` : "";
}

/** @param {Tally[]} tallies @returns {Tally} */
export function sum(tallies) {
  const total = { passed: 0, failed: 0, skipped: 0 };
  for (const tally of tallies) for (const name of Object.keys(total)) total[name] += tally[name];
  return total;
}

/** The closing line. @param {Tally} tally */
export const closingLine = ({ passed, failed, skipped }) => `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ""}`;
