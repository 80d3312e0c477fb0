import { writeFileSync } from "node:fs";
import { ensureBrowser } from "../setup/browser.mjs";
import { ensureBuilt } from "../setup/build.mjs";
import { ensureInstalled } from "../setup/install.mjs";
import { Sentence } from "../setup/place.mjs";
import { row, table } from "./figures.mjs";

/** The measurements and the names of the figures that each gives. */
const MEASUREMENTS = [
  { names: ["call.invite", "call.answered", "call.audio"], file: "./calls.mjs" },
  { names: ["call.invite.asterisk", "call.answered.asterisk", "call.audio.asterisk"], file: "./callsPbx.mjs" },
  { names: ["call.reload"], file: "./reload.mjs" },
  { names: ["sync.upload"], file: "./upload.mjs" },
  { names: ["desk.save", "desk.save.frames"], file: "./save.mjs" },
  { names: ["desk.start", "desk.start.work"], file: "./start.mjs" },
  { names: ["lead.board"], file: "./board.mjs" },
  { names: ["floor.200.p50", "floor.200.p99", "floor.disturbed.p99", "floor.1000.p50", "floor.1000.p99", "floor.rate", "floor.memory", "floor.disk"], file: "./floor.mjs" },
  { names: ["size.desk", "desk.next", "desk.search"], file: "./desk.mjs" },
];

/** Figures of the large floor, minutes of work: measured with everything, by their own names, or with `--thousand`. */
const LARGE = ["floor.1000.p50", "floor.1000.p99", "floor.rate"];

/** @param {string[]} args what stood behind `npm run bench --` */
export async function bench(args) {
  const { names, json, thousand } = read(args);
  await ensureInstalled();
  await ensureBuilt();
  process.env.CHROME_PATH = await ensureBrowser();
  const wanted = (name) => names.length === 0 || names.some((one) => name === one || (name.startsWith(`${one}.`) && (thousand || one !== "floor" || !LARGE.includes(name))));
  const rows = [];
  for (const { names: figures, file } of MEASUREMENTS) {
    const asked = figures.filter(wanted);
    if (asked.length === 0) continue;
    const { measure } = await import(file);
    try {
      for (const figure of await measure(asked)) if (asked.includes(figure.name)) rows.push(row(figure));
    } catch (error) {
      // The others are still worth measuring; what is missing in the table is missing in the file.
      console.error(`${asked.join(", ")} could not be measured:`, error);
      process.exitCode = 1;
    }
  }
  console.log(`\n${table(rows)}`);
  if (json) writeFileSync(json, `${JSON.stringify(rows, null, 2)}\n`);
}

/** @param {string[]} args */
function read(args) {
  const known = MEASUREMENTS.flatMap(({ names }) => names);
  const names = [];
  let json;
  let thousand = false;
  for (let at = 0; at < args.length; at += 1) {
    const arg = args[at];
    if (arg === "--json") {
      json = args[(at += 1)];
      if (!json) throw new Sentence("--json needs the name of a file.");
    } else if (arg === "--thousand") thousand = true;
    else if (known.some((name) => name === arg || name.startsWith(`${arg}.`))) names.push(arg);
    else throw new Sentence(`npm run bench knows no "${arg}", only ${known.join(", ")}.`);
  }
  return { names, json, thousand };
}
