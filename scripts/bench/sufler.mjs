import { existsSync, mkdtempSync, chmodSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { PROJECT } from "../setup/place.mjs";
import { startProcess } from "./process.mjs";

/** A folder for a profile of the server's processor time, when somebody looks for where it goes. */
const PROFILE = process.env.BENCH_PROFILE;

/**
 * The built server as `npm start` runs it, over a new demo data folder: embedded PostgreSQL with its own settings, fsync on.
 * @param {Record<string, string>} [more] settings beside
 */
export async function startSufler(more = {}) {
  const base = mkdtempSync(join(tmpdir(), "sufler-bench-"));
  chmodSync(base, 0o755);
  const dataDir = join(base, "data");
  const port = String(await freePort());
  const settings = { PORT: port, DATA_DIR: dataDir, HOST: "127.0.0.1", DEMO: "on", DATABASE_URL: "", SIP_SERVER: "", ...more };
  const env = Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== ""));
  const server = await startProcess(join(PROJECT, "dist/server/main.js"), /Password for all of them: (.+)\n/, { env, flags: PROFILE ? ["--cpu-prof", `--cpu-prof-dir=${PROFILE}`] : [] });
  return {
    url: `http://127.0.0.1:${port}`,
    password: server.told,
    pid: server.pid,
    /** Process of the database server. */
    databasePid: () => Number(readFileSync(join(JSON.parse(readFileSync(join(dataDir, "sufler.json"), "utf8")).postgres.place, "cluster/postmaster.pid"), "utf8").split("\n")[0]),
    /** postgres://… of its database. */
    database() {
      const { password, port: own } = JSON.parse(readFileSync(join(dataDir, "sufler.json"), "utf8")).postgres;
      return `postgres://sufler:${password}@127.0.0.1:${own}/postgres`;
    },
    async stop() {
      await server.stop();
      // As root its database lies elsewhere; the folder says where.
      const note = join(dataDir, "sufler.json");
      const place = existsSync(note) ? JSON.parse(readFileSync(note, "utf8")).postgres?.place : undefined;
      if (place) rmSync(place, { recursive: true, force: true });
      rmSync(dirname(dataDir), { recursive: true, force: true });
    },
  };
}

/** @returns {Promise<number>} */
function freePort() {
  return new Promise((resolve, reject) => {
    const probe = createServer().once("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
}

/**
 * A page of a browser context of its own, signed in.
 * @param {import("playwright-core").Browser} browser @param {{ url: string, password: string }} sufler @param {string} who "agent1"
 */
export async function signedIn(browser, sufler, who) {
  const context = await browser.newContext({ bypassCSP: true });
  const answer = await context.request.post(`${sufler.url}/api/auth/sign-in/email`, {
    headers: { origin: sufler.url }, data: { email: `${who}@demo.example`, password: sufler.password },
  });
  if (!answer.ok()) throw new Error(`${who} could not sign in: ${answer.status()}`);
  return context;
}
