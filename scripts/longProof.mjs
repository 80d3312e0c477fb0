// `npm run soak`, `calls`, `moved` and `endures`: proofs that take too long for every run. CI runs a short sample of the first two among the journeys.
import { spawn } from "node:child_process";
import { ensureBuilt } from "./setup/build.mjs";
import { PROJECT } from "./setup/place.mjs";

const [proof, ...words] = process.argv.slice(2);
const options = new Map();
for (let i = 0; i < words.length; i += 1) {
  const [name, given] = words[i].replace(/^--/, "").split("=");
  options.set(name, given ?? (words[i + 1] && !words[i + 1].startsWith("--") ? words[(i += 1)] : "1"));
}

const proofs = {
  // npm run soak -- --calls 600 --pbx
  soak: () => ({ file: "test/journeys/soak.test.ts", env: { SOAK_CALLS: options.get("calls") ?? "600", SOAK_PBX: options.get("pbx") ?? "" } }),
  // npm run calls -- --count 100 --seed 7; npm run calls -- --kept: those that once failed
  calls: () => ({ file: "test/journeys/calls.test.ts", env: options.has("kept") ? { CALLS_KEPT: "1" } : { CALLS_COUNT: options.get("count") ?? "100", CALLS_SEED: options.get("seed") ?? String(Date.now() % 100_000) } }),
  // npm run moved: a computer that changes its network in a call (Linux, root)
  moved: () => ({ file: "test/journeys/phone.moved.test.ts", env: { MOVED: "1" } }),
  // npm run endures -- --minutes 10: a tab that lies hidden, a computer that sleeps
  endures: () => ({ file: "test/journeys/endures.test.ts", env: { ENDURES_MINUTES: options.get("minutes") ?? "10" } }),
};

const chosen = proofs[proof]?.();
if (!chosen) {
  console.error("Say which proof: soak, calls, moved or endures.");
  process.exitCode = 2;
} else {
  await ensureBuilt();
  const vitest = ["node_modules/vitest/vitest.mjs", "run", "--config", "test/journeys/vitest.config.ts", "--retry=0", chosen.file];
  const run = spawn(process.execPath, vitest, { cwd: PROJECT, stdio: "inherit", env: { ...process.env, ...chosen.env } });
  run.on("close", (code) => { process.exitCode = code ?? 1; });
}
