import { readFileSync } from "node:fs";
import { join } from "node:path";
import { PROJECT } from "./place.mjs";

/** The list of settings, from the table that the server reads them by. */
export function settingsHelp() {
  /** @type {{ name: string, standard: string, says: string }[]} */
  const table = JSON.parse(readFileSync(join(PROJECT, "src/server/settings.json"), "utf8"));
  const width = Math.max(...table.map((row) => row.name.length));
  const rows = table.map(({ name, standard, says }) => `  ${name.padEnd(width)}  ${says}${standard === "" ? "" : ` [${standard}]`}`);
  return ["npm start", "", "Settings are environment variables, for example PORT=8080 npm start; in brackets what holds without them:", "", ...rows].join("\n");
}
