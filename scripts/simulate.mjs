// `npm run simulate -- --seeds 1000`: plays so many days of a company with everything going wrong; `--seed N` begins with that one
// (alone, it plays just that day). A seed that fails is told; it is then kept by name in test/simulation/memory.test.ts.
import { command } from "./setup/command.mjs";
import { ensureInstalled } from "./setup/install.mjs";

const args = process.argv.slice(2);
const told = (name) => {
  const at = args.indexOf(name);
  return at < 0 ? undefined : Number(args[at + 1]);
};
const seed = told("--seed");
const seeds = told("--seeds") ?? (seed === undefined ? 1000 : 1);
if (args.some((arg, at) => at % 2 === 0 && arg !== "--seed" && arg !== "--seeds") || !Number.isInteger(seeds) || !Number.isInteger(seed ?? 1)) {
  console.error("npm run simulate -- [--seeds 1000] [--seed 1]");
  process.exit(2);
}
await ensureInstalled();
const { code } = await command(process.execPath, ["node_modules/vitest/vitest.mjs", "run", "test/simulation/memory.test.ts"], {
  shown: true, env: { NODE_ENV: "test", SEEDS: String(seeds), SEED: String(seed ?? 1) },
});
process.exitCode = code;
