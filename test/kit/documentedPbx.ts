import { execFile } from "node:child_process";
import { appendFileSync, cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { pbxFolder } from "./pbx.ts";
import { freePort } from "./port.ts";

const run = promisify(execFile);
const documented = fileURLToPath(new URL("../../docs/asterisk", import.meta.url));

/** A real Asterisk with the configuration that docs/asterisk.md gives to people. */
export interface DocumentedPbx {
  readonly server: string;
  readonly domain: string;
  /** As it stands in pjsip.conf. */
  passwordOf(line: string): string;
  stop(): Promise<void>;
}

/**
 * @param more.pjsip lines that a company adds to pjsip.conf
 * @param more.outside lines of extensions.conf in the context "outside", where the customers are
 */
export async function startDocumentedPbx(more: { readonly pjsip?: string; readonly outside?: string } = {}): Promise<DocumentedPbx> {
  const port = await freePort();
  const folder = mkdtempSync(join(tmpdir(), "sufler-documented-"));
  const config = join(folder, "etc");
  cpSync(documented, config, { recursive: true });
  // Several test beds share this machine: the port of the web server is the one thing that is another here.
  const http = readFileSync(join(config, "http.conf"), "utf8");
  if (!http.includes("\nbindport = 8088\n")) throw new Error("docs/asterisk/http.conf names no port 8088");
  writeFileSync(join(config, "http.conf"), http.replace("\nbindport = 8088\n", `\nbindport = ${port}\n`));
  appendFileSync(join(config, "pjsip.conf"), `\n${more.pjsip ?? ""}\n`);
  const extra = join(folder, "customers");
  writeFileSync(extra, more.outside ?? "");
  const pjsip = readFileSync(join(config, "pjsip.conf"), "utf8");
  const env = { ...process.env, CONFIG_DIR: config, EXTRA_EXTENSIONS: extra, ASTERISK_RUN: `/run/sufler-${port}`, WS_PORT: String(port), SIP_PORT: String(await freePort()) };
  const { stdout } = await run(`${pbxFolder}/start`, { env, timeout: 240_000 });
  const told = JSON.parse(stdout) as { ws: string; domain: string };
  return {
    server: told.ws, domain: told.domain,
    passwordOf: (line) => new RegExp(`^username = ${line}\\npassword = (.+)$`, "m").exec(pjsip)?.[1] ?? "",
    async stop() {
      await run(`${pbxFolder}/stop`, { env });
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
