import { existsSync, readFileSync } from "node:fs";

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
 * What failed in one vitest run, a line each with the first line of the reason: a long report ends with what matters.
 * @param {string} file the report that it wrote
 * @returns {string[]}
 */
export function vitestFailures(file) {
  const results = existsSync(file) ? JSON.parse(readFileSync(file, "utf8")).testResults : [];
  return results.flatMap(({ name, status, message, assertionResults }) => {
    const failed = assertionResults.filter((test) => test.status === "failed").map((test) => [test.fullName, test.failureMessages?.[0]]);
    if (status === "failed" && failed.length === 0) failed.push(["could not be run", message]);
    return failed.map(([title, why]) => `FAILED ${name.slice(name.indexOf("/test/") + 1)}: ${title}: ${String(why ?? "").split("\n", 1)[0]}`);
  });
}

/** @param {Tally[]} tallies @returns {Tally} */
export function sum(tallies) {
  const total = { passed: 0, failed: 0, skipped: 0 };
  for (const tally of tallies) for (const name of Object.keys(total)) total[name] += tally[name];
  return total;
}

/** The closing line. @param {Tally} tally */
export const closingLine = ({ passed, failed, skipped }) => `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ""}`;
