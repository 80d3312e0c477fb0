import { execFile, spawn } from "node:child_process";
import { accessSync, constants, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { promisify } from "node:util";
import { until } from "./until.ts";

const run = promisify(execFile);

/** Whether virtual sound devices can be made here; otherwise their tests are skipped: no PulseAudio (Debian: pulseaudio, pulseaudio-utils). */
export const hasPulse = ["pulseaudio", "pactl"].every((name) => (process.env["PATH"] ?? "").split(delimiter).some((folder) => {
  try {
    accessSync(join(folder, name), constants.X_OK);
    return true;
  } catch {
    return false;
  }
}));

/** A sound server of the test's own, with speakers that are always there and headsets that are plugged in and out from outside the page. */
export interface Pulse {
  /** For the browser that shall use it. */
  readonly env: Readonly<Record<string, string>>;
  /** Plugs a headset in: a speaker of that name, and a microphone `<name>Mic` that hears a steady tone. */
  plug(name: string, hertz: number): Promise<void>;
  unplug(name: string): Promise<void>;
  /** The names of the speakers on which something plays now. */
  playingOn(): Promise<readonly string[]>;
  stop(): Promise<void>;
}

export async function startPulse(): Promise<Pulse> {
  const home = mkdtempSync(join(tmpdir(), "sufler-pulse-"));
  const socket = join(home, "socket");
  const env = { HOME: home, XDG_RUNTIME_DIR: home, PULSE_SERVER: `unix:${socket}` };
  const server = spawn("pulseaudio", ["-n", "--daemonize=no", "--exit-idle-time=-1", "-L", `module-native-protocol-unix socket=${socket} auth-anonymous=1`, "-L", "module-null-sink sink_name=Speakers sink_properties=device.description=Speakers"],
    { env: { ...process.env, HOME: home, XDG_RUNTIME_DIR: home }, stdio: "ignore" });
  const modules = new Map<string, readonly string[]>();
  const ask = async (...words: readonly string[]) => (await run("pactl", words, { env: { ...process.env, ...env } })).stdout.trim();
  await until("the sound server", () => ask("info").then(() => true, () => false), 30_000);
  return {
    env,
    async plug(name, hertz) {
      const ear = await ask("load-module", "module-null-sink", `sink_name=${name}`, `sink_properties=device.description=${name}`);
      // What is played on a sink that nobody sees is what the microphone hears.
      const room = await ask("load-module", "module-null-sink", `sink_name=${name}Room`, `sink_properties=device.description=${name}Room`);
      const mouth = await ask("load-module", "module-remap-source", `source_name=${name}Mic`, `master=${name}Room.monitor`, `source_properties=device.description=${name}Mic`);
      // As a desktop does: a microphone ranks above what a speaker plays, which the bare server may leave as the default.
      if ((await ask("get-default-source")).endsWith(".monitor")) await ask("set-default-source", `${name}Mic`);
      const tone = await ask("load-module", "module-sine", `sink=${name}Room`, `frequency=${hertz}`);
      modules.set(name, [tone, mouth, room, ear]);
    },
    async unplug(name) {
      for (const module of modules.get(name) ?? []) await ask("unload-module", module);
      modules.delete(name);
    },
    async playingOn() {
      const sinks = new Map((await ask("list", "short", "sinks")).split("\n").map((row) => row.split("\t").slice(0, 2) as [string, string]));
      const inputs = JSON.parse(await ask("--format=json", "list", "sink-inputs")) as readonly { readonly sink: number; readonly corked: boolean; readonly client: string }[];
      return inputs.filter(({ corked, client }) => !corked && Number(client) >= 0).map(({ sink }) => sinks.get(String(sink)) ?? "");
    },
    async stop() {
      server.kill("SIGTERM");
      await until("the sound server's end", () => server.exitCode !== null || server.signalCode !== null, 15_000);
      rmSync(home, { recursive: true, force: true });
    },
  };
}
