// `npm run mutations [rule…]`: breaks the rules one by one, each in a scratch copy of the source, and runs the test that must go red.
import { cpSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { command } from "./setup/command.mjs";
import { ensureInstalled } from "./setup/install.mjs";
import { PROJECT } from "./setup/place.mjs";
import { mutations } from "./mutations/rows.mjs";

const AT_ONCE = 2;
const asked = process.argv.slice(2);
const todo = mutations.filter(({ rule }) => asked.length === 0 || asked.includes(rule));
if (todo.length === 0) {
  console.error(`npm run mutations knows no such rule; it knows ${mutations.map(({ rule }) => rule).join(", ")}.`);
  process.exit(2);
}
await ensureInstalled();

/** A copy of what the tests read; the packages are the project's own. */
function copy(number) {
  const folder = join(PROJECT, `.cache/mutations/${process.pid}-${number}`);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  for (const name of ["src", "test", "scripts", "public", "docs", "index.html", "package.json", "tsconfig.json", "tsconfig.base.json", "vite.config.ts"]) {
    cpSync(join(PROJECT, name), join(folder, name), { recursive: true });
  }
  symlinkSync(join(PROJECT, "node_modules"), join(folder, "node_modules"), "junction");
  return folder;
}

/** Undefined when the right test went red, otherwise what happened instead. */
async function broken(folder, { rule, file, find, put, test }) {
  const path = join(folder, file);
  const whole = readFileSync(path, "utf8");
  if (whole.split(find).length !== 2) return `the text to be replaced stands ${whole.split(find).length - 1} times in ${file}`;
  writeFileSync(path, whole.replace(find, () => put));
  try {
    const report = join(folder, "report.json");
    rmSync(report, { force: true });
    const journey = test.startsWith("test/journeys/");
    if (journey) await command(process.execPath, [join(folder, "scripts/build.mjs")], { seconds: 300 });
    await command(process.execPath, [join(PROJECT, "node_modules/vitest/vitest.mjs"), "run", "--root", folder, "--config", join(folder, journey ? "test/journeys/vitest.config.ts" : "vite.config.ts"),
      test, "-t", `\\[${rule}\\]`, "--reporter=json", `--outputFile=${report}`], { env: { NODE_ENV: "test" }, seconds: journey ? 900 : 300 });
    const told = JSON.parse(readFileSync(report, "utf8"));
    const red = told.testResults.flatMap((one) => one.assertionResults).filter((one) => one.status === "failed" && one.fullName.includes(`[${rule}]`));
    return red.length > 0 ? undefined : "no test went red";
  } catch (error) {
    return `the test could not be run: ${String(error)}`;
  } finally {
    writeFileSync(path, whole);
  }
}

let next = 0;
let survived = 0;
await Promise.all(Array.from({ length: Math.min(AT_ONCE, todo.length) }, async (_, worker) => {
  const folder = copy(worker);
  for (let one = todo[next++]; one; one = todo[next++]) {
    const why = await broken(folder, one);
    if (why) survived += 1;
    console.log(`${one.rule.padEnd(4)} ${why ? `SURVIVED: ${why}` : "went red"}  (${one.test})`);
  }
  rmSync(folder, { recursive: true, force: true });
}));
console.log(`${todo.length - survived} of ${todo.length} broken rules turned their test red.`);
process.exitCode = survived === 0 ? 0 : 1;
