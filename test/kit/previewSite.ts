import { fileURLToPath } from "node:url";
import { createServer } from "vite";

/** The preview pages of the screens, served from the sources on a free port of loopback. */
export async function servePreview(): Promise<{ readonly url: string; close(): Promise<void> }> {
  const root = fileURLToPath(new URL("../..", import.meta.url));
  const server = await createServer({
    root, logLevel: "error", appType: "mpa", cacheDir: `${root}.cache/vite-preview`, server: { port: 0, host: "127.0.0.1", hmr: false, watch: null },
  });
  await server.listen();
  const address = server.httpServer?.address();
  return { url: `http://127.0.0.1:${typeof address === "object" && address ? address.port : 0}/src/ui/preview`, close: () => server.close() };
}
