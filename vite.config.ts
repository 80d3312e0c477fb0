import { createHash } from "node:crypto";
import { availableParallelism } from "node:os";
import react from "@vitejs/plugin-react";
import { build, type Plugin } from "vite";
import { defineConfig } from "vitest/config";
import { noForeignHosts, ownParts } from "./scripts/setup/foreignHosts.mjs";
import { longFirst } from "./scripts/setup/longFirst.mjs";

/**
 * Makes the service worker: one plain file of its own, because not every browser takes modules there, and tells it which files make
 * up the page: all that this build made and all that lies in public/.
 */
function serviceWorker(): Plugin {
  return {
    name: "sufler-service-worker",
    enforce: "post",
    async generateBundle(_, bundle) {
      const files = Object.values(bundle).filter(({ fileName }) => fileName !== "index.html" && !fileName.endsWith(".map"));
      const hash = createHash("sha256");
      for (const file of Object.values(bundle)) hash.update(file.type === "chunk" ? file.code : file.source);
      const made = await build({
        configFile: false, plugins: [noForeignHosts()], root: import.meta.dirname, logLevel: "warn", publicDir: false,
        define: {
          __SHELL__: JSON.stringify([...files.map(({ fileName }) => `/${fileName}`), "/icon.svg", "/manifest.webmanifest"]),
          __BUILD__: JSON.stringify(hash.digest("hex").slice(0, 12)),
        },
        build: { write: false, target: "es2022", rolldownOptions: { input: "src/client/shell/worker.ts", output: { format: "iife" } } },
      });
      const [worker] = [made].flat().flatMap((one) => ("output" in one ? one.output : []));
      if (worker?.type !== "chunk") throw new Error("the service worker was not built");
      this.emitFile({ type: "asset", fileName: "sw.js", source: worker.code });
    },
  };
}

// One tool for both sides: `vite build` makes dist/client, `vite build --ssr` makes dist/server (Node 20 runs no .ts).
export default defineConfig(({ isSsrBuild }) => ({
  plugins: [react(), ...(isSsrBuild ? [] : [ownParts(), noForeignHosts(), serviceWorker()])],
  build: isSsrBuild
    ? {
        ssr: true, outDir: "dist/server", target: "node20", copyPublicDir: false,
        // The server, and what is done to its data while it rests.
        rolldownOptions: { input: { main: "src/server/main.ts", keep: "src/server/keep.ts" } },
      }
    : {
        outDir: "dist/client", target: "es2022", modulePreload: { polyfill: false },
        rolldownOptions: { input: { page: "index.html" } },
      },
  test: {
    include: ["test/**/*.test.{ts,tsx}"],
    exclude: ["test/journeys/**", "test/pbx/**"],
    reporters: ["default"],
    // Times never decide a test: whoever waits in vain is told so, but a slow machine is given its time.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    // Half of them wait for databases, sockets and speech: both cores of a small machine are kept busy.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    sequence: { sequencer: longFirst(["simulation/memory.test.ts", "practice/practice.test.ts", "live/partition.test.ts", "switch/hostile.test.ts", "live/live.test.ts", "live/manyServers.test.ts"]) },
    // As for the journeys: once more in CI, and the report says so.
    retry: process.env["CI"] ? 1 : 0,
  },
}));
