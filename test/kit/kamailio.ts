import { spawn, type ChildProcess } from "node:child_process";
import { createSocket } from "node:dgram";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { freePort } from "./port.ts";
import { until } from "./until.ts";

const programs = { kamailio: "/usr/sbin/kamailio", rtpengine: "/usr/bin/rtpengine" };

/** Whether Debian's Kamailio and rtpengine are there (apt-get install kamailio kamailio-websocket-modules rtpengine-daemon). */
export const hasKamailio = Object.values(programs).every((path) => existsSync(path)) && process.getuid?.() === 0;

/** Kamailio with the configuration of docs/kamailio.md, and rtpengine beside it, both on loopback. */
export interface Kamailio { readonly server: string; readonly domain: string; passwordOf(line: string): string; /** Stops rtpengine where it stands (SIGSTOP), or lets it go on. */ freezeSound(on: boolean): void; stop(): Promise<void> }

export async function startKamailio(): Promise<Kamailio> {
  const written = readFileSync(fileURLToPath(new URL("../../docs/kamailio/kamailio.cfg", import.meta.url)), "utf8");
  const [ws, sip, orders] = await Promise.all([freePort(), freePort(), freePort()]);
  // Only the addresses are others here: several test beds share this machine.
  const cfg = written.replace("127.0.0.1:8088", `127.0.0.1:${ws}`).replace("127.0.0.1:5060", `127.0.0.1:${sip}`).replace("127.0.0.1:2223", `127.0.0.1:${orders}`);
  const folder = mkdtempSync(join(tmpdir(), "sufler-kamailio-"));
  writeFileSync(join(folder, "kamailio.cfg"), cfg);
  let said = "";
  const children: ChildProcess[] = [];
  const start = (program: string, ...words: string[]): ChildProcess => {
    const child = spawn(program, words, { stdio: ["ignore", "pipe", "pipe"] });
    for (const stream of [child.stdout, child.stderr]) stream.setEncoding("utf8").on("data", (text: string) => { said += text; });
    children.push(child);
    return child;
  };
  const sound = start(programs.rtpengine, "--config-file=none", "--table=-1", "--interface=127.0.0.1", `--listen-ng=127.0.0.1:${orders}`, "--port-min=25600", "--port-max=25699", "--foreground", "--log-stderr", "--log-level=4");
  // Kamailio asks rtpengine as it starts, and not again for a while when there is no answer.
  await until("rtpengine", () => answers(orders));
  const kamailio = start(programs.kamailio, "-f", join(folder, "kamailio.cfg"), "-DD", "-E", "-m", "32", "-n", "2", "-w", folder, "-Y", folder, "-P", join(folder, "pid"));
  await until("Kamailio", () => {
    if (kamailio.exitCode !== null) throw new Error(`Kamailio ended:\n${said}`);
    return new Promise<boolean>((resolve) => {
      const socket = connect(ws, "127.0.0.1");
      socket.once("connect", () => { socket.destroy(); resolve(true); });
      socket.once("error", () => resolve(false));
    });
  });
  return {
    server: `ws://127.0.0.1:${ws}/ws`, domain: /^#!substdef "!DOMAIN!(.+)!g"$/m.exec(cfg)?.[1] ?? "",
    passwordOf: (line) => new RegExp(`lines=>${line}\\) = "(.+)";`).exec(cfg)?.[1] ?? "",
    freezeSound: (on) => void sound.kill(on ? "SIGSTOP" : "SIGCONT"),
    async stop() {
      await Promise.all(children.map(async (child) => {
        const gone = new Promise<void>((resolve) => { child.once("close", () => resolve()); });
        child.kill("SIGTERM");
        await gone;
      }));
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Whether rtpengine answers to a ping of its own (its ng protocol: a cookie, then bencode). */
function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = createSocket("udp4");
    const end = (is: boolean): void => {
      clearTimeout(patience);
      socket.close();
      resolve(is);
    };
    const patience = setTimeout(() => { end(false); }, 500);
    socket.once("message", (data) => { end(String(data).includes("pong")); });
    socket.once("error", () => { end(false); });
    socket.connect(port, "127.0.0.1", () => { socket.send("1 d7:command4:pinge"); });
  });
}
