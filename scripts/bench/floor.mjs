import { fork } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { loadavg } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { bytesPerFact, hire } from "./floorPeople.mjs";
import { startSufler } from "./sufler.mjs";
import { PROJECT } from "../setup/place.mjs";

/** Those of the common measurement, with a team beside them whose devices return; and those of the large one. */
const FEW = 200;
const BESIDE = 20;
const MANY = 1000;
/** Figures that need the large floor. */
const LARGE = ["floor.1000.p50", "floor.1000.p99", "floor.rate"];
const SECRET = "a secret that only the bench knows, and only for as long as it runs";
/** Facts of an agent in a month of 21 working days. */
const A_MONTH = 150 * 40 * 21;

/**
 * A floor of agents on ordinary days against one server with its own PostgreSQL. The agents are played by one more process
 * on the same machine, which takes its share of the cores: with two of them, what is told is rather too bad than too good.
 * Beside the times stands what each part took of the processor for one entry, its wallboard's pull included: that is comparable
 * also where the machine does other things at the same time, and how much it does is told too.
 * @param {string[]} asked names of figures
 */
export async function measure(asked) {
  const wants = (...names) => names.some((name) => asked.includes(name));
  const sufler = await startSufler({ SECRET });
  const load = fork(join(PROJECT, "scripts/bench/floorLoad.mjs"), { stdio: ["ignore", "inherit", "inherit", "ipc"] });
  const say = (message) => new Promise((resolve, reject) => {
    load.once("message", (answer) => (answer.error ? reject(new Error(answer.error)) : resolve(answer)));
    load.send(message);
  });
  const play = async (count, speed, seconds, returning) => {
    const spent = () => [sufler.pid, sufler.databasePid(), load.pid].map(processorTime);
    const [before, statements] = [spent(), await transactions(sufler.database())];
    const told = await say({ what: "work", count, speed, seconds, returning });
    const [took, done] = [spent().map((now, at) => now - before[at]), await transactions(sufler.database()) - statements];
    const n = (value) => Math.round(value);
    const each = (one) => `${n((one * 1e6) / told.entries)} µs`;
    console.log(`floor: ${count} agents at ${speed} × an ordinary day${returning ? ", devices with 10,000 facts returning" : ""}: ${n(told.rate)} entries/s, p50 ${n(told.p50)} ms, p99 ${n(told.p99)} ms, `
      + `latest ${n(told.max)} ms of ${told.samples}; unsent ${told.backlog}, missing ${told.missing}, failed ${told.failed}; server ${memory(sufler.pid)} MB; `
      + `processor time for each entry: server ${each(took[0])}, database ${each(took[1])}, ${(done / told.entries).toFixed(1)} transactions; `
      + `the agents themselves ${each(took[2])}, their timers late by ${n(told.lag99)} ms at p99; load of the machine ${loadavg()[0].toFixed(1)}`);
    return told;
  };
  const figures = [];
  try {
    await say({ what: "open", url: sufler.url, people: await hire(sufler.database(), SECRET, wants(...LARGE) ? MANY : FEW + BESIDE) });
    await play(FEW, 1, 20); // warm: code compiled, connections open, and nothing left over
    if (wants("floor.200.p50", "floor.200.p99", "floor.disturbed.p99")) {
      const calm = await play(FEW, 1, 60);
      figures.push({ name: "floor.200.p50", value: calm.p50 }, { name: "floor.200.p99", value: calm.p99 });
    }
    if (wants("floor.disturbed.p99")) figures.push({ name: "floor.disturbed.p99", value: (await play(FEW, 1, 60, 10_000)).p99 });
    if (wants("floor.1000.p50", "floor.1000.p99")) {
      const all = await play(MANY, 1, 60);
      figures.push({ name: "floor.1000.p50", value: all.p50 }, { name: "floor.1000.p99", value: all.p99 });
    }
    if (wants("floor.rate")) {
      // Twice as fast each time, until the wallboards are no longer live within a second.
      let rate = 0;
      for (let speed = 2; speed <= 64; speed *= 2) {
        const told = await play(MANY, speed, 12);
        if (told.p99 > 1000 || told.missing > 0) break;
        rate = told.rate;
      }
      figures.push({ name: "floor.rate", value: rate });
    }
    figures.push({ name: "floor.memory", value: memory(sufler.pid) });
    figures.push({ name: "floor.disk", value: ((await bytesPerFact(sufler.database())) * A_MONTH) / 1e6 });
    return figures;
  } finally {
    load.kill();
    await sufler.stop();
  }
}

/** Transactions that the database has committed so far; a statement by itself is one. */
async function transactions(url) {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query("select pg_stat_force_next_flush()").catch(() => undefined); // older than PostgreSQL 15: the figure is a moment behind
  const { rows: [row] } = await client.query("select xact_commit::float8 as count from pg_stat_database where datname = current_database()");
  await client.end();
  return row.count;
}

/** The most that the server's process has ever held, MB; NaN where the system does not tell. */
function memory(pid) {
  try {
    return Math.round(Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1]) / 1024);
  } catch {
    return NaN;
  }
}

/** Seconds of processor time that a process and its children (a database server's connections) have taken; 0 where the system does not tell. */
function processorTime(pid) {
  const read = (one) => {
    try {
      const stat = readFileSync(`/proc/${one}/stat`, "utf8");
      // Fields 4, 14 and 15 of proc(5), counted after the program's name; a hundred ticks a second.
      const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
      return { parent: Number(fields[1]), seconds: (Number(fields[11]) + Number(fields[12])) / 100 };
    } catch {
      return { parent: -1, seconds: 0 };
    }
  };
  const all = existsSync("/proc") ? readdirSync("/proc").filter((name) => /^\d+$/.test(name)).map((name) => ({ pid: Number(name), ...read(name) })) : [];
  return all.reduce((sum, one) => (one.pid === pid || one.parent === pid ? sum + one.seconds : sum), 0);
}
