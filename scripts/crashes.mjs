// `npm run crashes -- --rounds 100`: kills server and browser with -9 at random moments of a day's calls; nothing may be lost or doubled.
import { ensureBrowser } from "./setup/browser.mjs";
import { ensureBuilt } from "./setup/build.mjs";
import { command } from "./setup/command.mjs";
import { ensureInstalled } from "./setup/install.mjs";

const [name, rounds = "100"] = process.argv.slice(2);
if ((name !== undefined && name !== "--rounds") || !(Number(rounds) > 0)) {
  console.error("npm run crashes -- [--rounds 100]");
  process.exit(2);
}
await ensureInstalled();
await ensureBuilt();
const env = { NODE_ENV: "test", ROUNDS: rounds, CHROME_PATH: await ensureBrowser() };
const { code } = await command(process.execPath, ["node_modules/vitest/vitest.mjs", "run", "--config", "test/journeys/vitest.config.ts", "syncRecovery"], { shown: true, env });
process.exitCode = code;
