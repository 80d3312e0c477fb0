import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";

// One tool for both sides: `vite build` makes dist/client, `vite build --ssr` makes dist/server (Node 20 runs no .ts).
export default defineConfig(({ isSsrBuild }) => ({
  plugins: [react()],
  define: { "process.env.NODE_ENV": JSON.stringify(process.env["NODE_ENV"] ?? "production") },
  build: isSsrBuild
    ? { ssr: "src/server/main.ts", outDir: "dist/server", target: "node20", copyPublicDir: false }
    : { outDir: "dist/client", target: "es2022", modulePreload: { polyfill: false } },
  test: {
    include: ["test/**/*.test.{ts,tsx}"],
    exclude: ["test/journeys/**", "test/pbx/**"],
    reporters: ["default"],
  },
}));
