import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, it } from "vitest";

// A sample of `npm run mutations`: the way there works, and what it breaks does turn red.

const script = fileURLToPath(new URL("../../scripts/mutations.mjs", import.meta.url));

it("breaks a rule in a copy of the source, and its test goes red", async () => {
  const { stdout } = await promisify(execFile)(process.execPath, [script, "Q9"], { env: { ...process.env, SEEDS: "1" } });
  expect(stdout).toMatch(/^Q9 +went red/m);
  expect(stdout).toContain("1 of 1 broken rules turned their test red.");
}, 600_000);
