import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";

// One tool for both sides: `vite build` makes dist/client, `vite build --ssr` makes dist/server (Node 20 runs no .ts).
export default defineConfig(({ isSsrBuild }) => ({
  plugins: [react()],
  // sip.js has extensionless imports that Node refuses, so the server's bundle takes it in.
  ssr: { noExternal: ["sip.js"] },
  build: isSsrBuild
    ? { ssr: "src/server/main.ts", outDir: "dist/server", target: "node20", copyPublicDir: false }
    : { outDir: "dist/client", target: "es2022", modulePreload: { polyfill: false } },
  test: {
    include: ["test/**/*.test.{ts,tsx}"],
    exclude: ["test/journeys/**", "test/pbx/**"],
    reporters: ["default"],
    server: { deps: { inline: ["sip.js"] } },
  },
}));
