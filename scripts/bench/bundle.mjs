import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "vite";
import { PROJECT } from "../setup/place.mjs";

const here = (file) => fileURLToPath(new URL(file, import.meta.url));
const common = { configFile: false, logLevel: "error", root: PROJECT };

/** A file of this folder and all it imports as one script for the browser, minified as the real page is. @param {string} entry */
export async function bundleForPage(entry) {
  const made = await build({
    ...common,
    define: { "process.env.NODE_ENV": '"production"' },
    build: { write: false, target: "es2022", modulePreload: { polyfill: false }, rolldownOptions: { input: here(entry), output: { format: "iife" } } },
  });
  return (Array.isArray(made) ? made : [made])[0].output.find((each) => each.type === "chunk").code;
}

/** The same for a Node process; gives the bundle's path. @param {string} entry */
export async function bundleForNode(entry) {
  const outDir = join(PROJECT, ".cache/bench");
  mkdirSync(outDir, { recursive: true });
  await build({
    ...common,
    ssr: { noExternal: ["sip.js"] },
    build: { ssr: here(entry), outDir, emptyOutDir: false, target: "node20", copyPublicDir: false, rolldownOptions: { output: { entryFileNames: "[name].mjs" } } },
  });
  return join(outDir, entry);
}
