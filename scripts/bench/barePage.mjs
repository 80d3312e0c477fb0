import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { WebSocket } from "ws";

/**
 * A browser that nobody watches: the usual driver has every request told to it, body and all, which takes a tenth of the time of a
 * page that sends a lot. Pages are opened each in a context of its own.
 */
export async function openBareBrowser() {
  const profile = mkdtempSync(join(tmpdir(), "sufler-bare-"));
  const root = process.getuid?.() === 0 ? ["--no-sandbox"] : [];
  const child = spawn(process.env.CHROME_PATH, ["--headless", ...root, "--disable-gpu", "--disable-background-networking", "--no-first-run", "--remote-debugging-port=0", `--user-data-dir=${profile}`], { stdio: ["ignore", "ignore", "pipe"] });
  const ended = new Promise((resolve) => child.once("close", resolve));
  const address = await new Promise((resolve, reject) => {
    let said = "";
    child.stderr.setEncoding("utf8").on("data", (text) => { said += text; const found = /DevTools listening on (ws:\S+)/.exec(said); if (found) resolve(found[1]); });
    void ended.then(() => reject(new Error(`The browser ended instead of starting:\n${said}`)));
  });
  const socket = new WebSocket(address);
  await new Promise((resolve, reject) => socket.once("open", resolve).once("error", reject));
  const waiting = new Map();
  socket.on("message", (data) => {
    const { id, result, error } = JSON.parse(data);
    const asked = waiting.get(id);
    waiting.delete(id);
    if (error) asked?.reject(new Error(error.message));
    else asked?.resolve(result);
  });
  let last = 0;
  const ask = (method, params = {}, sessionId) => new Promise((resolve, reject) => {
    last += 1;
    waiting.set(last, { resolve, reject });
    socket.send(JSON.stringify({ id: last, method, params, sessionId }));
  });
  return {
    /** Opens a page and waits until it is loaded. @param {string} url */
    async page(url) {
      const { browserContextId } = await ask("Target.createBrowserContext");
      const { targetId } = await ask("Target.createTarget", { url, browserContextId });
      const { sessionId } = await ask("Target.attachToTarget", { targetId, flatten: true });
      /** The value of an expression; a promise is waited for. @param {string} expression */
      const evaluate = async (expression) => {
        const { result, exceptionDetails } = await ask("Runtime.evaluate", { expression, awaitPromise: true, returnByValue: true }, sessionId);
        if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
        return result.value;
      };
      // Between two documents there is nothing to ask.
      while (await evaluate("location.href + document.readyState").catch(() => "") !== `${url}complete`);
      return { evaluate, close: () => ask("Target.disposeBrowserContext", { browserContextId }) };
    },
    async close() {
      socket.terminate();
      child.kill("SIGKILL");
      await ended;
      rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}
