import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";
import { compress } from "./scripts/compress.ts";

const gateway = process.env.PORTAL_GATEWAY ?? "http://localhost:5080";
const forwarded = ["/api", "/dev", "/docs", "/openapi", "/health"];

export default defineConfig({
  plugins: [react(), compress()],
  build: {
    outDir: "../Gateway/wwwroot",
    emptyOutDir: true,
    target: "es2022",
    // The content security policy allows files from this origin only, so nothing may become a data: address.
    assetsInlineLimit: 0,
    // ECharts is one lazily loaded chunk of its own; everything before it stays far below this.
    chunkSizeWarningLimit: 700,
  },
  server: {
    proxy: {
      ...Object.fromEntries(forwarded.map((path) => [path, { target: gateway }])),
      "/hubs": { target: gateway, ws: true },
    },
  },
  test: { include: ["src/**/*.test.ts"], environment: "node" },
});
