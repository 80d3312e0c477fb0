import { pathToFileURL } from "node:url";
import { join, resolve } from "node:path";
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

/**
 * Back-up and restore: what is done to the data by hand.
 * @param {"backup" | "restore"} what
 * @param {string[]} args what stood behind `npm run … --`
 */
export async function keep(what, args) {
  const wrong = args.find((arg) => arg.startsWith("-")) ?? args[what === "restore" ? 2 : 1];
  if (wrong !== undefined) throw new Sentence(`npm run ${what} takes ${what === "restore" ? "a back-up and, if you have one, an erasures.ndjson" : "the name of one file"}, not "${wrong}".`);
  if (what === "restore" && args[0] === undefined) throw new Sentence("Name the file of the back-up: npm run restore -- FILE.");
  await ensureInstalled();
  await ensureBuilt();
  const server = await import(pathToFileURL(join(PROJECT, "dist/server/keep.js")).href);
  const path = (arg) => (arg === undefined ? null : resolve(process.env.INIT_CWD ?? process.cwd(), arg));
  await server.keep(what, path(args[0]), PROJECT, path(args[1]));
}
