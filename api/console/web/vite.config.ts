import preact from "@preact/preset-vite";
import { defineConfig } from "vite";

// Names without a hash of the content: the server gives each file an ETag, and a change of one line is a change of one line.
export default defineConfig({
  base: "/staff/console/",
  plugins: [preact()],
  build: {
    outDir: "../dist",
    emptyOutDir: true,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rollupOptions: {
      output: {
        entryFileNames: "console.js",
        chunkFileNames: "[name].js",
        assetFileNames: "[name][extname]",
      },
    },
  },
});
