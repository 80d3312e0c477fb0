import { pathToFileURL } from "node:url";
import { join } from "node:path";
import { ensureBuilt } from "./build.mjs";
import { settingsHelp } from "./help.mjs";
import { ensureInstalled } from "./install.mjs";
import { PROJECT, Sentence } from "./place.mjs";

/** @param {string[]} args what stood behind `npm start --` */
export async function launch(args) {
  if (args.includes("--help") || args.includes("-h")) {
    console.log(settingsHelp());
    return;
  }
  if (args.length > 0) throw new Sentence(`npm start takes no "${args[0]}": settings are environment variables, listed by npm start -- --help.`);
  await ensureInstalled();
  await ensureBuilt();
  process.env.NODE_ENV ??= "production";
  await import(pathToFileURL(join(PROJECT, "dist/server/main.js")).href);
}

export async function buildOnly() {
  await ensureInstalled();
  await ensureBuilt({ always: true });
}
