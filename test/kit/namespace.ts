import { execFileSync } from "node:child_process";
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { connect, createServer, type AddressInfo, type Server } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium, type Browser } from "playwright-core";
import { browserArguments, browserPath } from "./browser.ts";

/** A computer of its own in the network of this machine (Linux, root): its address can change as on the way from the office to the café. */
export interface Elsewhere {
  /** A browser that runs there. @param origins pages that it takes for secure, which by their address they are not */
  browser(origins: readonly string[]): Promise<Browser>;
  /** Opens a port of loopback to that computer; gives the address under which it finds it. */
  open(port: number): Promise<string>;
  /** The computer gets another address and way; nobody is told. */
  move(): void;
  /** Nothing goes in or out any more, until `move`. */
  unplug(): void;
  close(): Promise<void>;
}

const ip = (...words: string[]): string => execFileSync("ip", words, { encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });

/** Whether such a computer can be made here. */
export const hasNamespaces: boolean = ((): boolean => {
  if (process.platform !== "linux" || process.getuid?.() !== 0) return false;
  const name = `sufler-try-${process.pid}`;
  try {
    ip("netns", "add", name);
    ip("netns", "delete", name);
    return true;
  } catch {
    return false;
  }
})();

/** @param net a number of its own from 1 to 250 where several run beside each other */
export async function openElsewhere(net = 1 + (process.pid % 200)): Promise<Elsewhere> {
  const name = `sufler-${process.pid}`;
  const [here, there] = [`sfl${process.pid}h`.slice(0, 15), `sfl${process.pid}n`.slice(0, 15)];
  /** Ours, as the other computer always finds us; the two networks that it can be in. */
  const us = `10.${net}.0.1`;
  const side = (which: 1 | 2, host: number) => `10.${net}.${which}.${host}`;
  const inside = (...words: string[]) => ip("netns", "exec", name, "ip", ...words);
  ip("netns", "add", name);
  ip("link", "add", here, "type", "veth", "peer", "name", there, "netns", name);
  for (const address of [`${us}/32`, `${side(1, 1)}/24`, `${side(2, 1)}/24`]) ip("address", "add", address, "dev", here);
  ip("link", "set", here, "up");
  inside("link", "set", "lo", "up");
  let at: 1 | 2 = 2;
  const settle = (): void => {
    at = at === 1 ? 2 : 1;
    inside("address", "flush", "dev", there);
    inside("link", "set", there, "up");
    inside("address", "add", `${side(at, 2)}/24`, "dev", there);
    inside("route", "replace", "default", "via", side(at, 1));
  };
  settle();
  const folder = mkdtempSync(join(tmpdir(), "sufler-elsewhere-"));
  const program = join(folder, "browser");
  writeFileSync(program, `#!/bin/sh\nexec ip netns exec ${name} ${browserPath()} "$@"\n`);
  chmodSync(program, 0o755);
  const servers: Server[] = [];
  const browsers: Browser[] = [];
  return {
    async browser(origins) {
      const made = await chromium.launch({ executablePath: program, args: [...browserArguments(), `--unsafely-treat-insecure-origin-as-secure=${origins.join(",")}`] });
      browsers.push(made);
      return made;
    },
    async open(port) {
      const server = createServer((near) => {
        const far = connect(port, "127.0.0.1");
        for (const [from, to] of [[near, far], [far, near]] as const) {
          from.on("error", () => undefined);
          from.on("close", () => to.destroy());
          from.pipe(to);
        }
      });
      servers.push(server);
      await new Promise<void>((resolve) => { server.listen(0, us, resolve); });
      return `${us}:${(server.address() as AddressInfo).port}`;
    },
    move: settle,
    unplug: () => { inside("link", "set", there, "down"); },
    async close() {
      await Promise.all(browsers.map((each) => each.close()));
      for (const server of servers) server.close();
      ip("link", "delete", here);
      ip("netns", "delete", name);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
