// Makes the file that `npm install` takes, in the folder that is named: the package with its examples, the pushes and the licence, and a README
// that leads to nothing that is not in it.
import { execFileSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const [into = "."] = process.argv.slice(2);
const here = fileURLToPath(new URL(".", import.meta.url));
const stage = mkdtempSync(join(tmpdir(), "thuisloket-package-"));
const copy = (from, to) => cpSync(join(here, from), join(stage, to), { recursive: true });
const rewrite = (name, change) => writeFileSync(join(stage, name), change(readFileSync(join(stage, name), "utf8")));

try {
  for (const name of ["package.json", "README.md", "dist/src", "dist/examples", "examples"]) copy(name, name);
  copy("../push", "push");
  copy("../../LICENSE", "LICENSE");
  rewrite("README.md", (text) => text.replaceAll("](../push/", "](push/").replace(/\[([^\]]+)\]\(\.\.\/[^)]*\)/g, "$1"));
  for (const name of readdirSync(join(stage, "examples"))) {
    rewrite(`examples/${name}`, (text) => text.replaceAll('"../src/index.js"', '"@thuisloket/citizen"'));
  }
  const options = ["pack", "--silent", "--ignore-scripts", "--pack-destination", resolve(into)];
  process.stdout.write(execFileSync("npm", options, { cwd: stage, encoding: "utf8" }));
} finally {
  rmSync(stage, { recursive: true });
}
