import { execFile } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import type { PhoneAccount } from "#wire/api.ts";
import { freePort } from "./port.ts";

const run = promisify(execFile);
const folder = process.env["PBX_TESTBED"] ?? fileURLToPath(new URL("../../../shared/testbed/asterisk", import.meta.url));

/** Whether a real PBX can be started here: the test bed's folder is there and we may use it. Otherwise its tests are skipped: no PBX. */
export const hasPbx = existsSync(`${folder}/start`) && process.getuid?.() === 0;

/** A real Asterisk of the test bed, on loopback. */
export interface Pbx {
  /** WebSocket URL. */
  readonly server: string;
  /** `command`: what Asterisk's own command line is asked. */
  ask(command: string): Promise<string>;
  /** The account of one of its users, 1001–1004. With `server`, through something in between. */
  account(user: string, server?: string): PhoneAccount;
  /** Stops the program where it stands (SIGSTOP): it neither speaks nor listens, and its sockets stay open. */
  freeze(): void;
  thaw(): void;
  kill(): Promise<void>;
  stop(): Promise<void>;
}

/** Early media that every build of Asterisk can play: a tone before the answer. */
const dialplan = `exten => 617,1,Progress()
 same => n,Playtones(440)
 same => n,Wait(3)
 same => n,Answer()
 same => n,Milliwatt()
`;

/** Its dialplan is in the test bed's README; 617 is ours: 183 with 440 Hz, answered after 3 s with 1004 Hz. */
export async function startPbx(): Promise<Pbx> {
  const port = await freePort();
  const extra = join(mkdtempSync(join(tmpdir(), "sufler-pbx-")), "extensions");
  writeFileSync(extra, dialplan);
  const env = { EXTRA_EXTENSIONS: extra, ...process.env, ASTERISK_RUN: `/run/sufler-${port}`, WS_PORT: String(port), SIP_PORT: String(await freePort()), RTP_FROM: "25200", RTP_TO: "25400" };
  const { stdout } = await run(`${folder}/start`, { env, timeout: 240_000 });
  const told = JSON.parse(stdout) as { ws: string; domain: string; users: Record<string, string>; pid: number; cli: string };
  const [program = "", ...words] = told.cli.split(" ");
  return {
    server: told.ws,
    ask: async (command) => (await run(program, [...words, command])).stdout,
    account(user, server = told.ws) {
      const own = { server, uri: `sip:${user}@${told.domain}`, username: user, password: told.users[user] ?? "" };
      return { ...own, iceServers: [], practice: own };
    },
    freeze: () => void process.kill(told.pid, "SIGSTOP"),
    thaw: () => void process.kill(told.pid, "SIGCONT"),
    kill: async () => { await run(`${folder}/stop`, ["--kill"], { env }); },
    async stop() {
      await run(`${folder}/stop`, { env });
      rmSync(dirname(extra), { recursive: true, force: true });
    },
  };
}
