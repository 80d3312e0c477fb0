import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";
import { longFirst } from "../../scripts/setup/longFirst.mjs";

// Journeys walk through the built server in a real browser. Most of the time they wait for a voice, a patience, a process: two files
// share two cores well, and each has ports, folders, browser, PBX and sound server of its own.
export default defineConfig({
  root: fileURLToPath(new URL("../..", import.meta.url)),
  test: {
    include: ["test/journeys/**/*.test.ts"],
    maxWorkers: 2,
    sequence: { sequencer: longFirst(["axe.test.ts", "soak.test.ts", "training.test.ts", "phone.survives.test.ts", "keyboard.test.ts", "clock.test.ts", "firstCall.test.ts", "calls.test.ts", "syncRecovery.test.ts", "phone.kamailio.test.ts"].map((name) => `journeys/${name}`)) },
    testTimeout: 300_000,
    hookTimeout: 300_000,
    // Real sound and real browsers on whatever machine CI has: a journey that fails is tried again there, twice at most, and the report says so.
    retry: process.env["CI"] ? 2 : 0,
  },
});
