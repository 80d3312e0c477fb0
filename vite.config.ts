import { createHash } from "node:crypto";
import { availableParallelism } from "node:os";
import react from "@vitejs/plugin-react";
import type { Plugin } from "vite";
import { defineConfig } from "vitest/config";

/** Tells the service worker which files make up the page: all that this build made and all that lies in public/. */
function shellList(): Plugin {
  return {
    name: "sufler-shell-list",
    enforce: "post",
    generateBundle(_, bundle) {
      const worker = bundle["sw.js"];
      if (worker?.type !== "chunk") return;
      const files = Object.values(bundle).filter(({ fileName }) => fileName !== "sw.js" && fileName !== "index.html" && !fileName.endsWith(".map"));
      const build = createHash("sha256");
      for (const file of Object.values(bundle)) build.update(file.type === "chunk" ? file.code : file.source);
      worker.code = worker.code
        .replaceAll("__SHELL__", JSON.stringify([...files.map(({ fileName }) => `/${fileName}`), "/icon.svg", "/manifest.webmanifest"]))
        .replaceAll("__BUILD__", JSON.stringify(build.digest("hex").slice(0, 12)));
    },
  };
}

// One tool for both sides: `vite build` makes dist/client, `vite build --ssr` makes dist/server (Node 20 runs no .ts).
export default defineConfig(({ isSsrBuild }) => ({
  plugins: [react(), ...(isSsrBuild ? [] : [shellList()])],
  build: isSsrBuild
    ? {
        ssr: true, outDir: "dist/server", target: "node20", copyPublicDir: false,
        // The server, and what is done to its data while it rests.
        rolldownOptions: { input: { main: "src/server/main.ts", keep: "src/server/keep.ts" } },
      }
    : {
        outDir: "dist/client", target: "es2022", modulePreload: { polyfill: false },
        rolldownOptions: {
          input: { page: "index.html", sw: "src/client/shell/worker.ts" },
          output: { entryFileNames: ({ name }) => (name === "sw" ? "sw.js" : "assets/[name]-[hash].js") },
        },
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
    // As for the journeys: once more in CI, and the report says so.
    retry: process.env["CI"] ? 1 : 0,
  },
}));
