import { defineConfig } from "vitest/config";

export default defineConfig({
  base: "/explorer/",
  build: {
    target: "es2022",
    assetsInlineLimit: 0, // the policy of the page allows no data: scripts or styles
    modulePreload: false, // one script; the helper for preloading would be a second
    chunkSizeWarningLimit: 800,
  },
  worker: { format: "es" },
  server: { fs: { allow: ["../.."] } },
  test: { include: ["tests/**/*.test.ts"] },
});
