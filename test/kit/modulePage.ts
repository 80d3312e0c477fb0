import { fileURLToPath } from "node:url";
import type { Browser, Page } from "playwright-core";
import { createServer, type ViteDevServer } from "vite";

/** A blank page on which `load(path)` imports the browser's own modules, such as "/src/client/facts/journal.ts". */
export interface ModuleSite { readonly url: string; open(browser: Browser): Promise<Page>; close(): Promise<void> }

/** Serves the sources as they are, on a free port of loopback. */
export async function serveModules(): Promise<ModuleSite> {
  const root = fileURLToPath(new URL("../..", import.meta.url));
  const server: ViteDevServer = await createServer({
    root, logLevel: "error", appType: "custom", server: { port: 0, host: "127.0.0.1", hmr: false, watch: null }, cacheDir: `${root}.cache/vite-modules`,
    optimizeDeps: { include: ["dexie", "zustand/vanilla"] },
    plugins: [{ name: "blank", configureServer: (dev) => void dev.middlewares.use("/blank", (_, answer) => {
      answer.setHeader("content-type", "text/html");
      answer.end("<!doctype html><title>blank</title><script>window.load = (path) => import(path)</script>");
    }) }],
  });
  await server.listen();
  const address = server.httpServer?.address();
  const url = `http://127.0.0.1:${typeof address === "object" && address ? address.port : 0}`;
  return {
    url,
    async open(browser) {
      const context = await browser.newContext();
      const page = await context.newPage();
      await page.goto(`${url}/blank`);
      return page;
    },
    close: () => server.close(),
  };
}
