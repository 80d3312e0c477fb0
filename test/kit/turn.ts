import { spawn } from "node:child_process";
import { accessSync, constants } from "node:fs";
import { connect } from "node:net";
import { freePort } from "./port.ts";
import { until } from "./until.ts";

const program = "/usr/bin/turnserver";

/** Whether Debian's coturn is there (apt-get install coturn). */
export const hasTurn = ((): boolean => {
  try {
    accessSync(program, constants.X_OK);
    return true;
  } catch {
    return false; // not installed
  }
})();

/** It serves TCP beside UDP. */
function listens(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1");
    socket.once("connect", () => { socket.destroy(); resolve(true); });
    socket.once("error", () => resolve(false));
  });
}

/** A real TURN server on loopback that shares a secret with Sufler. */
export interface TurnServer { readonly url: string; stop(): Promise<void> }

export async function startTurn(secret: string): Promise<TurnServer> {
  const port = await freePort();
  const child = spawn(program, [
    "-n", "--listening-ip", "127.0.0.1", "--relay-ip", "127.0.0.1", "--listening-port", String(port), "--min-port", "25500", "--max-port", "25599",
    "--use-auth-secret", "--static-auth-secret", secret, "--realm", "sufler.test", "--fingerprint", "--no-tls", "--no-dtls", "--no-cli",
    "--allow-loopback-peers", "--log-file", "stdout", "--pidfile", `/tmp/sufler-turn-${port}.pid`,
  ], { stdio: ["ignore", "pipe", "pipe"] });
  let said = "";
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding("utf8").on("data", (text: string) => { said += text; });
  const gone = new Promise<void>((resolve) => { child.once("close", () => resolve()); });
  await until("the TURN server", () => {
    if (child.exitCode !== null) throw new Error(`turnserver ended:\n${said}`);
    return listens(port);
  });
  return {
    url: `turn:127.0.0.1:${port}`,
    async stop() {
      child.kill("SIGKILL");
      await gone;
    },
  };
}
