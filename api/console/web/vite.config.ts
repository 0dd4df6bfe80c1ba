import { createHash } from "node:crypto";
import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import preact from "@preact/preset-vite";
import { type Plugin, defineConfig } from "vite";

/** Writes down what the page was built from, for the test that holds the two against each other. */
let outDir = "../dist";
const builtFrom: Plugin = {
  name: "built-from",
  configResolved(config) {
    outDir = config.build.outDir;
  },
  closeBundle() {
    const sources = readdirSync("src").filter((f) => f !== "contract.d.ts").map((f) => `src/${f}`);
    const files = [...sources, "index.html", "package-lock.json", "package.json", "tsconfig.json", "vite.config.ts"].sort();
    const line = (name: string, path: string) =>
      `${createHash("sha256").update(readFileSync(path)).digest("hex")}  ${name}\n`;
    const lines = [...files.map((f) => line(f, f)), line("openapi/staff.json", "../../../openapi/staff.json")];
    writeFileSync(`${outDir}/built-from.txt`, lines.join(""));
  },
};

// Names without a hash of the content: the server gives each file an ETag, and a change of one line is a change of one line.
export default defineConfig({
  base: "/staff/console/",
  plugins: [preact(), builtFrom],
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
