import { createHash } from "node:crypto";
import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import preact from "@preact/preset-vite";
import { type Plugin, defineConfig } from "vite";

/** The package for apps, which is all that the phones of the page have to reach the server. */
const PACKAGE = "../../mobile-contract/typescript/src";

/** Writes down what the page was built from, for the test that holds the two against each other. */
let outDir = "../dist";
const builtFrom: Plugin = {
  name: "built-from",
  configResolved(config) {
    outDir = config.build.outDir;
  },
  closeBundle() {
    const sources = readdirSync("src").map((file) => `src/${file}`);
    const files = [...sources, "index.html", "package-lock.json", "package.json", "tsconfig.json", "vite.config.ts"].sort();
    const line = (name: string) => `${createHash("sha256").update(readFileSync(name)).digest("hex")}  ${name}\n`;
    writeFileSync(`${outDir}/built-from.txt`, files.map(line).join(""));
  },
};

// Names without a hash of the content: a change of one line is a change of one line.
export default defineConfig({
  plugins: [preact(), builtFrom],
  resolve: {
    alias: { "@thuisloket/citizen": resolve(PACKAGE, "index.ts"), "openapi-fetch": resolve("node_modules/openapi-fetch") },
  },
  build: {
    outDir: "../dist",
    emptyOutDir: true,
    assetsInlineLimit: 0,
    cssCodeSplit: false,
    modulePreload: { polyfill: false },
    rollupOptions: {
      output: { entryFileNames: "page.js", assetFileNames: "page[extname]", codeSplitting: false },
    },
  },
});
