import { spawn } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { freePort } from "./port.ts";
import { until } from "./until.ts";

const documented = fileURLToPath(new URL("../../docs/freeswitch", import.meta.url));
const program = process.env["FREESWITCH_PATH"] ?? (process.env["PATH"] ?? "").split(":").map((folder) => join(folder, "freeswitch")).find((path) => existsSync(path));

/** Whether a FreeSWITCH is there, in PATH or where FREESWITCH_PATH says. */
export const hasFreeSwitch = program !== undefined;

/** A FreeSWITCH with the configuration of docs/freeswitch.md, on loopback, and customers behind its provider. */
export interface FreeSwitch {
  readonly server: string;
  readonly domain: string;
  /** As it stands in the directory. */
  passwordOf(line: string): string;
  /** `command`: what its own command line (fs_cli) is asked. */
  ask(command: string): Promise<string>;
  /** The call records so far, as lines of CSV: caller's name and number, whom, context, begin, answer, end, seconds, seconds talked, cause … */
  records(): readonly string[];
  stop(): Promise<void>;
}

/** The way to the provider, and the provider itself: a profile each, as one alone would meet its own messages. */
const provider = (way: number, port: number): string => ([["way", way], ["customers", port]] as const).map(([name, own]) => `<profile name="${name}">
  <gateways>
${name === "customers" ? "" : `    <gateway name="provider">
      <param name="proxy" value="127.0.0.1:${port}"/>
      <param name="register" value="false"/>
      <param name="caller-id-in-from" value="true"/>
    </gateway>`}
  </gateways>
  <settings>
    <param name="sip-ip" value="127.0.0.1"/>
    <param name="sip-port" value="${own}"/>
    <param name="rtp-ip" value="127.0.0.1"/>
    <param name="inbound-codec-prefs" value="PCMA"/>
    <param name="outbound-codec-prefs" value="PCMA"/>
    <param name="dialplan" value="XML"/>
    <param name="context" value="customers"/>${name === "customers" ? `
    <param name="rtp-timer-name" value="soft"/> <!-- speaks on while nobody is heard -->` : ""}
  </settings>
</profile>
`).join("");

const customer = (number: string, ...actions: readonly (readonly [string, string?])[]): string => `<extension name="${number}">
  <condition field="destination_number" expression="^\\+${number}$">
${actions.map(([application, data = ""]) => `    <action application="${application}" data="${data}"/>`).join("\n")}
  </condition>
</extension>
`;

/** Whom one can call: what each does is in the name that the test gives it. */
export const customers = {
  /** Rings for a second, then speaks in 700 Hz. */
  tone: "+79990000001",
  /** 440 Hz before the answer, 700 Hz after it. */
  early: "+79990000002",
  /** Sends back what it hears. */
  echo: "+79990000003",
  /** Notes the digits that come (four), as the global variable "digits". */
  digits: "+79990000004",
  busy: "+79990000005", wrong: "+79990000006", silent: "+79990000007", declines: "+79990000008",
  /** Answers, and hangs up after a second. */
  leaves: "+79990000009",
  /** Notes who calls, as the global variable "caller". */
  notes: "+79990000010",
} as const;

const plan = `<context name="customers">
${customer("79990000001", ["ring_ready"], ["sleep", "1000"], ["answer"], ["playback", "tone_stream://%(1000,0,700);loops=-1"])}
${customer("79990000002", ["pre_answer"], ["playback", "tone_stream://%(3000,0,440)"], ["answer"], ["playback", "tone_stream://%(1000,0,700);loops=-1"])}
${customer("79990000003", ["answer"], ["echo"])}
${customer("79990000004", ["answer"], ["read", "4 4 silence_stream://1000 typed 20000"], ["set_global", "digits=${typed}"], ["playback", "tone_stream://%(1000,0,700);loops=-1"])}
${customer("79990000005", ["hangup", "USER_BUSY"])}
${customer("79990000006", ["hangup", "UNALLOCATED_NUMBER"])}
${customer("79990000007", ["ring_ready"], ["sleep", "2000"], ["hangup", "NO_ANSWER"])}
${customer("79990000008", ["hangup", "CALL_REJECTED"])}
${customer("79990000009", ["answer"], ["sleep", "1000"], ["hangup", "NORMAL_CLEARING"])}
${customer("79990000010", ["set_global", "caller=${caller_id_number}"], ["answer"], ["playback", "tone_stream://%(1000,0,700);loops=-1"])}
</context>
`;

/** @param change what a company has changed in a file of the configuration, named by its path */
export async function startFreeSwitch(change: (file: string, text: string) => string = (_, text) => text): Promise<FreeSwitch> {
  const [ws, sip, orders, way, trunk] = await Promise.all([freePort(), freePort(), freePort(), freePort(), freePort()]);
  const folder = mkdtempSync(join(tmpdir(), "sufler-freeswitch-"));
  const conf = join(folder, "conf");
  cpSync(documented, conf, { recursive: true });
  const rewrite = (file: string, ...pairs: readonly (readonly [string, string])[]): void => {
    let text = readFileSync(join(conf, file), "utf8");
    for (const [from, to] of pairs) {
      if (!text.includes(from)) throw new Error(`docs/freeswitch/${file} has no ${from}`);
      text = text.replace(from, to);
    }
    writeFileSync(join(conf, file), change(file, text));
  };
  // Several test beds share this machine: ports are all that is another here.
  rewrite("sip_profiles/sufler.xml", ["127.0.0.1:5066", `127.0.0.1:${ws}`], ['value="5070"', `value="${sip}"`]);
  rewrite("freeswitch.xml", ['<load module="mod_dptools"/>', '<load module="mod_dptools"/><load module="mod_tone_stream"/>'], ['value="8021"', `value="${orders}"`], ['value="16384"', 'value="25700"'], ['value="32768"', 'value="25999"']);
  rewrite("directory/sufler.xml");
  rewrite("dialplan/sufler.xml");
  writeFileSync(join(conf, "sip_profiles/provider.xml"), provider(way, trunk));
  writeFileSync(join(conf, "dialplan/customers.xml"), plan);
  const folders = ["log", "run", "db", "temp", "certs", "storage", "cache", "recordings", "grammar", "scripts", "htdocs", "sounds"].flatMap((name) => {
    mkdirSync(join(folder, name));
    return [`-${name}`, join(folder, name)];
  });
  const child = spawn(program ?? "", ["-nf", "-nonat", "-np", "-c", "-conf", conf, ...folders], { stdio: ["pipe", "pipe", "pipe"] });
  let said = "";
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding("utf8").on("data", (text: string) => { said = (said + text).slice(-1_000_000); });
  const ask = (command: string): Promise<string> => askSwitch(orders, command);
  await until("FreeSWITCH", async () => {
    if (child.exitCode !== null) throw new Error(`FreeSWITCH ended:\n${said}`);
    return /RUNNING/.test(await ask("sofia status profile sufler").then(() => ask("sofia status"), () => ""));
  }, 60_000).catch((error: unknown) => { throw new Error(`${String(error)}\n${said.slice(-20_000)}`); });
  const cdr = join(folder, "log/cdr-csv/Master.csv");
  const directory = readFileSync(join(conf, "directory/sufler.xml"), "utf8");
  return {
    server: `ws://127.0.0.1:${ws}/`, domain: /<domain name="([^"]+)"/.exec(directory)?.[1] ?? "", ask,
    passwordOf: (line) => new RegExp(`<user id="${line}">.*?name="password" value="([^"]+)"`).exec(directory)?.[1] ?? "",
    records: () => (existsSync(cdr) ? readFileSync(cdr, "utf8").split("\n").filter((line) => line !== "") : []),
    async stop() {
      const gone = new Promise<void>((resolve) => { child.once("close", () => resolve()); });
      child.kill("SIGTERM");
      await gone;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Asks over the event socket: a word in plain text, an answer with its length. */
function askSwitch(port: number, command: string): Promise<string> {
  return new Promise((resolve, reject) => {
    let got = "";
    const socket = connect(port, "127.0.0.1", () => socket.write(`auth ClueCon\n\napi ${command}\n\n`));
    socket.setEncoding("utf8").on("data", (text: string) => {
      got += text;
      const [, length, body = ""] = /Content-Type: api\/response\nContent-Length: (\d+)\n\n([\s\S]*)$/.exec(got) ?? [];
      if (length === undefined || Buffer.byteLength(body) < Number(length)) return;
      socket.destroy();
      resolve(body.slice(0, Number(length)));
    });
    socket.once("error", reject);
    socket.once("close", () => reject(new Error("The event socket closed")));
  });
}
