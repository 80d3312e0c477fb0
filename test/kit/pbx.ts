import { execFile } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import type { PhoneAccount } from "#wire/api.ts";
import { freePort } from "./port.ts";

const run = promisify(execFile);
/** Where the test bed of Asterisk lies. */
export const pbxFolder = process.env["PBX_TESTBED"] ?? fileURLToPath(new URL("../../../shared/testbed/asterisk", import.meta.url));

/** Whether a real PBX can be started here: the test bed's folder is there and we may use it. Otherwise its tests are skipped: no PBX. */
export const hasPbx = existsSync(`${pbxFolder}/start`) && process.getuid?.() === 0;

/** What Asterisk has written down of a call when it was over (CDR). Times in seconds since 1970, to the microsecond. */
export interface CallRecord { readonly to: string; readonly channel: string; readonly otherChannel: string; readonly begun: number; readonly answered: number | undefined; readonly ended: number }

/** A real Asterisk of the test bed, on loopback. */
export interface Pbx {
  /** WebSocket URL. */
  readonly server: string;
  /** The call records so far. */
  records(): readonly CallRecord[];
  /** Who was answered and when, noted in that very moment: what is left of calls in which the PBX was killed. */
  answers(): readonly { readonly channel: string; readonly number: string; readonly at: number }[];
  /** `command`: what Asterisk's own command line is asked. */
  ask(command: string): Promise<string>;
  /** The account of one of its users, 1001–1004. With `server`, through something in between. */
  account(user: string, server?: string): PhoneAccount;
  /** Changes its pjsip.conf while it runs, as an administrator would, and makes it read it again. */
  rewrite(change: (text: string) => string): Promise<void>;
  /** Stops the program where it stands (SIGSTOP): it neither speaks nor listens, and its sockets stay open. */
  freeze(): void;
  thaw(): void;
  kill(): Promise<void>;
  stop(): Promise<void>;
}

/** Early media that every build of Asterisk can play: a tone before the answer. */
const dialplan = `exten => 617,1,Progress()
 same => n,Playtones(440)
 same => n(early),Wait(0.2)
 same => n,GotoIf($["\${MAY_ANSWER}"!="yes"]?early)
 same => n,Answer()
 same => n,Milliwatt()
exten => 618,1,Set(GLOBAL(LAST_CALLER)=\${CALLERID(num)})
 same => n,Answer()
 same => n,Milliwatt()
exten => 619,1,Transfer(PJSIP/sip:601@127.0.0.1)
exten => 620,1,Transfer(PJSIP/sip:620@127.0.0.1)
exten => 621,1,Progress()
 same => n,Hangup(20)
exten => _+799900XXXXX,1,Dial(Local/tone@far/n)
[far]
exten => tone,1,Ringing()
 same => n,Wait(\${IF($["\${RINGS}" = ""]?1:\${RINGS})})
 same => n,Answer()
 same => n,Playtones(700)
 same => n,Wait(3600)
`;

/** Asterisk's own record of calls counts in whole seconds; these are exact. `folder` as Asterisk sees it. */
const books = (folder: string) => ({
  "cdr_custom.conf": `[mappings]\n${folder}/exact.csv => \${CDR(dst)},\${CDR(channel)},\${CDR(dstchannel)},\${CDR(start,u)},\${CDR(answer,u)},\${CDR(end,u)},\${CDR(disposition)}\n`,
  "cel.conf": "[general]\nenable = yes\nevents = ANSWER\n",
  "cel_custom.conf": `[mappings]\n${folder}/answers.csv => \${CHANNEL(channame)},\${CHANNEL(exten)},\${eventtime}\n`,
});

const USERS = ["1001", "1002", "1003", "1004", "1900"];

/** The test bed's own pjsip.conf, with more settings for each endpoint. */
const endpoints = (sipPort: string, settings: string): string => [
  "[global]", "type=global", "endpoint_identifier_order=auth_username,username,ip", "[ws]", "type=transport", "protocol=ws", "bind=127.0.0.1", "[udp]", "type=transport", "protocol=udp", `bind=127.0.0.1:${sipPort}`,
  ...USERS.flatMap((user) => [
    `[${user}]`, "type=endpoint", "context=desk", `aors=${user}`, `auth=${user}`, "webrtc=yes", "dtls_auto_generate_cert=yes", "disallow=all", "allow=opus,ulaw", settings,
    `[${user}]`, "type=auth", "auth_type=userpass", `username=${user}`, `password=pw${user}`, `[${user}]`, "type=aor", "max_contacts=3", "qualify_frequency=0",
  ]), "",
].join("\n");

/**
 * Its dialplan is in the test bed's README. Ours: 617 gives 183 with 440 Hz and answers with 1004 Hz once the global MAY_ANSWER says yes, 618 notes who calls,
 * 619 redirects to 601, 620 to itself, +7 999 00… is a client of 700 Hz in a bridge (rings a second, or as many as the global `RINGS`), 621 says by Q.850 that the telephone is switched off.
 * @param settings lines for each endpoint in pjsip.conf, instead of the test bed's
 */
export async function startPbx(settings?: string): Promise<Pbx> {
  const port = await freePort();
  const sipPort = String(await freePort());
  const extra = join(mkdtempSync(join(tmpdir(), "sufler-pbx-")), "extensions");
  writeFileSync(extra, dialplan);
  const config = mkdtempSync(join(tmpdir(), "sufler-pbx-"));
  if (settings !== undefined) writeFileSync(join(config, "pjsip.conf"), endpoints(sipPort, settings));
  const place = `/run/sufler-${port}`;
  for (const [file, text] of Object.entries(books(`${place}/log/cdr-csv`))) writeFileSync(join(config, file), text);
  const env = { EXTRA_EXTENSIONS: extra, CONFIG_DIR: config, ...process.env, ASTERISK_RUN: place, WS_PORT: String(port), SIP_PORT: sipPort, RTP_FROM: "25200", RTP_TO: "25400" };
  const { stdout } = await run(`${pbxFolder}/start`, { env, timeout: 240_000 });
  const told = JSON.parse(stdout) as { ws: string; domain: string; users: Record<string, string>; pid: number; cli: string; cdr: string };
  const [program = "", ...words] = told.cli.split(" ");
  const rows = (book: string) => {
    const file = join(dirname(told.cdr), book);
    return existsSync(file) ? readFileSync(file, "utf8").split("\n").filter((line) => line !== "").map((line) => line.split(",")) : [];
  };
  return {
    server: told.ws,
    records: () => rows("exact.csv").map(([to = "", channel = "", otherChannel = "", begun, answered, ended, disposition]) =>
      ({ to, channel, otherChannel, begun: Number(begun), answered: disposition === "ANSWERED" && Number(answered) > 0 ? Number(answered) : undefined, ended: Number(ended) })),
    answers: () => rows("answers.csv").map(([channel = "", number = "", at]) => ({ channel, number, at: Number(at) })),
    ask: async (command) => (await run(program, [...words, command])).stdout,
    account(user, server = told.ws) {
      const own = { server, uri: `sip:${user}@${told.domain}`, username: user, password: told.users[user] ?? "" };
      return { ...own, iceServers: [], practice: own };
    },
    async rewrite(change) {
      const conf = join(dirname(told.cdr), "../../etc/pjsip.conf");
      writeFileSync(conf, change(readFileSync(conf, "utf8")));
      await run(program, [...words, "module reload res_pjsip.so"]);
    },
    freeze: () => void process.kill(told.pid, "SIGSTOP"),
    thaw: () => void process.kill(told.pid, "SIGCONT"),
    kill: async () => { await run(`${pbxFolder}/stop`, ["--kill"], { env }); },
    async stop() {
      await run(`${pbxFolder}/stop`, { env });
      for (const made of [dirname(extra), config]) rmSync(made, { recursive: true, force: true });
    },
  };
}
