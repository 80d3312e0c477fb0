import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { callsOn } from "./calls.mjs";

const run = promisify(execFile);
const bed = process.env.PBX_TESTBED ?? fileURLToPath(new URL("../../../shared/testbed/asterisk", import.meta.url));

/** The same calls as call.*, through a real Asterisk to its 601, which answers at once. Nothing where there is no PBX to start. */
export async function measure() {
  if (!existsSync(`${bed}/start`) || process.getuid?.() !== 0) {
    console.log("call.*.asterisk: no PBX here, not measured.");
    return [];
  }
  const port = String(30_000 + (process.pid % 9_000));
  const env = { ...process.env, ASTERISK_RUN: `/run/sufler-bench-${port}`, WS_PORT: port, SIP_PORT: String(Number(port) + 10_000), RTP_FROM: "25600", RTP_TO: "25700" };
  const { stdout } = await run(`${bed}/start`, { env, timeout: 240_000 });
  try {
    const { ws, domain, users } = JSON.parse(stdout);
    const line = (username) => ({ username, password: users[username] });
    return await callsOn({ server: ws, domain, lines: { ours: line("1001"), peer: line("1002") }, number: "601" }, ".asterisk");
  } finally {
    await run(`${bed}/stop`, { env });
  }
}
