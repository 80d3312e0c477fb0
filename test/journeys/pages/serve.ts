import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { fileURLToPath } from "node:url";
import { build } from "vite";

/** A page of this folder, bundled and served from memory on loopback. */
export interface ServedPage {
  readonly url: string;
  close(): Promise<void>;
}

/** @param entry a file of this folder, such as `phonePage.ts` */
export async function servePage(entry: string): Promise<ServedPage> {
  const script = await bundle(entry);
  const server = createServer((request, response) => {
    const isScript = request.url === "/page.js";
    response.setHeader("content-type", isScript ? "text/javascript" : "text/html; charset=utf-8");
    response.end(isScript ? script : '<!doctype html><title>Test page</title><link rel="icon" href="data:,"><button>Call</button><script type="module" src="/page.js"></script>');
  });
  await new Promise<void>((resolve) => { server.listen(0, "127.0.0.1", resolve); });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    close: () => new Promise((resolve) => { server.closeAllConnections(); server.close(() => resolve()); }),
  };
}

async function bundle(entry: string): Promise<string> {
  const made = await build({
    configFile: false, logLevel: "error",
    root: fileURLToPath(new URL("../../..", import.meta.url)),
    define: { "process.env.NODE_ENV": '"production"' },
    build: {
      write: false, target: "es2022", minify: false, modulePreload: { polyfill: false },
      rolldownOptions: { input: fileURLToPath(new URL(entry, import.meta.url)), output: { entryFileNames: "page.js" } },
    },
  });
  const outputs = (Array.isArray(made) ? made : [made]).flatMap((each) => ("output" in each ? each.output : []));
  const chunk = outputs.find((each) => each.type === "chunk");
  if (!chunk) throw new Error(`${entry} was not bundled`);
  return chunk.code;
}
