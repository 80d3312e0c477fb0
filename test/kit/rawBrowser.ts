import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { WebSocket } from "ws";
import { browserArguments, browserPath } from "./browser.ts";
import { family } from "./processes.ts";
import { until } from "./until.ts";

/**
 * A browser as a person has it: a tab that lies behind another one is hidden and its timers are throttled, which the usual test
 * driver forbids. And one whose processes can be stopped, as a computer's that is asleep.
 */
export interface RawBrowser {
  /** Opens a tab in front of all others. */
  tab(url: string): Promise<RawTab>;
  /** Nothing of it runs any more (SIGSTOP of all its processes), until `wake`. */
  sleep(): void;
  wake(): void;
  close(): Promise<void>;
}

export interface RawTab {
  /** Runs an expression in the page; a promise is waited for. */
  evaluate<T>(expression: string): Promise<T>;
  /** Presses and lets go a key, by its place on the keyboard. */
  press(code: string): Promise<void>;
  toFront(): Promise<void>;
}

export async function openRawBrowser(args: readonly string[] = []): Promise<RawBrowser> {
  const profile = mkdtempSync(join(tmpdir(), "sufler-raw-"));
  const child = spawn(browserPath(), [...browserArguments(), "--headless=new", "--no-first-run", "--window-size=1366,768", "--remote-debugging-port=0", `--user-data-dir=${profile}`, ...args, "about:blank"], { stdio: ["ignore", "ignore", "pipe"] });
  let said = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => { said += text; });
  const address = await until("the browser's door", () => /DevTools listening on (ws:\S+)/.exec(said)?.[1], 60_000);
  const socket = new WebSocket(address);
  await new Promise((resolve, reject) => { socket.once("open", resolve); socket.once("error", reject); });
  const waiting = new Map<number, { resolve(value: unknown): void; reject(error: Error): void }>();
  let last = 0;
  socket.on("message", (data: Buffer) => {
    const { id, result, error } = JSON.parse(data.toString()) as { id?: number; result?: unknown; error?: { message: string } };
    const asked = id === undefined ? undefined : waiting.get(id);
    if (id !== undefined) waiting.delete(id);
    if (error) asked?.reject(new Error(error.message));
    else asked?.resolve(result);
  });
  const ask = <T>(method: string, params: object = {}, sessionId?: string): Promise<T> => new Promise<unknown>((resolve, reject) => {
    last += 1;
    waiting.set(last, { resolve, reject });
    socket.send(JSON.stringify({ id: last, method, params, ...(sessionId === undefined ? {} : { sessionId }) }));
  }) as Promise<T>;

  return {
    async tab(url) {
      const { targetId } = await ask<{ targetId: string }>("Target.createTarget", { url });
      const { sessionId } = await ask<{ sessionId: string }>("Target.attachToTarget", { targetId, flatten: true });
      return {
        async evaluate<T>(expression: string) {
          const { result, exceptionDetails } = await ask<{ result: { value: T }; exceptionDetails?: { text: string; exception?: { description?: string } } }>("Runtime.evaluate", { expression, awaitPromise: true, returnByValue: true, userGesture: true }, sessionId);
          if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
          return result.value;
        },
        async press(code) {
          for (const type of ["rawKeyDown", "keyUp"]) await ask("Input.dispatchKeyEvent", { type, code, key: code.replace(/^Key|^Digit/, "").toLowerCase() }, sessionId);
        },
        toFront: async () => { await ask("Target.activateTarget", { targetId }); },
      };
    },
    sleep: () => { for (const pid of family(child.pid ?? 0)) process.kill(pid, "SIGSTOP"); },
    wake: () => { for (const pid of family(child.pid ?? 0)) process.kill(pid, "SIGCONT"); },
    async close() {
      for (const pid of family(child.pid ?? 0)) try { process.kill(pid, "SIGKILL"); } catch { /* It has gone with its parent. */ }
      await until("the browser's end", () => child.exitCode !== null || child.signalCode !== null);
      socket.terminate();
      rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}
