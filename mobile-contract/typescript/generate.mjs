// Writes what follows from the contract: the types, the problem codes, the texts of pushes, and the version of this package. With --check it writes nothing,
// and says whether what is here still follows.
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import openapiTS, { astToString } from "openapi-typescript";

const contract = new URL("../../openapi/citizen.json", import.meta.url);
const pushes = new URL("../push/", import.meta.url);
const check = process.argv.includes("--check");

if (!existsSync(contract)) {
  // A copy of this folder alone: it was made from a checkout in which this was checked.
  console.log("openapi/citizen.json is not here: the types stay as they are");
  process.exit(check ? 0 : 1);
}
const document = JSON.parse(readFileSync(contract, "utf8"));
const version = document.info.version;
const header = "// Generated from openapi/citizen.json by `npm run generate`. Change nothing here.\n";

const operations = Object.values(document.paths).flatMap((path) => Object.values(path));
/** Each operation as `GET /v1/…`, with what the contract says of it. */
const named = Object.entries(document.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => [`${method.toUpperCase()} ${path}`, operation]),
);
const open = named.filter(([, operation]) => (operation.security ?? []).length === 0).map(([name]) => name);
/** What an operation answers, where that is no JSON: the type of a file, or nothing. */
const others = named.flatMap(([name, operation]) => {
  const [type = ""] = Object.keys(operation.responses["200"]?.content ?? {});
  return type.startsWith("application/json") ? [] : [[name, type.split(";")[0]]];
});
const codes = [...new Set(operations.flatMap((operation) => operation["x-problem-codes"] ?? []))].sort();

const read = (name) => JSON.parse(readFileSync(new URL(name, pushes), "utf8"));
const languages = document.components.schemas.Language.enum;
const strings = Object.fromEntries(languages.map((language) => [language, read(`strings.${language}.json`)]));
const sentences = read("apns-show.schema.json").properties.text_key.enum;

/** The file of npm with the contract's version in it. */
function versioned(name) {
  const file = JSON.parse(readFileSync(new URL(name, import.meta.url), "utf8"));
  file.version = version;
  if (file.packages) file.packages[""].version = version;
  return `${JSON.stringify(file, null, 2)}\n`;
}

const files = {
  "src/contract.ts": header + astToString(await openapiTS(document, { defaultNonNullable: false })),
  "src/facts.ts": `${header}
/** The version of the contract, and of this package. */
export const VERSION = ${JSON.stringify(version)};

/** The problem codes that an operation of the contract can give today. A newer server may give others. */
export type KnownCode =
${codes.map((code) => `  | ${JSON.stringify(code)}`).join("\n")};

/** The operations that ask for no sign-in. */
export const OPEN: readonly string[] = ${JSON.stringify(open, null, 2)};

/** What an operation answers, where that is no JSON: the type of a file, or nothing. */
export const OTHERS: Readonly<Record<string, string>> = ${JSON.stringify(Object.fromEntries(others), null, 2)};
`,
  "src/strings.ts": `// Generated from mobile-contract/push by \`npm run generate\`. Change nothing here.

/** The key of a neutral sentence, which a push names. */
export type TextKey = ${sentences.map((key) => JSON.stringify(key)).join(" | ")};

/** The texts that an app carries, by language and key: sentences, actions, and the names of the kinds of news. */
export const STRINGS = ${JSON.stringify(strings, null, 2)} as const;
`,
  "package.json": versioned("package.json"),
  "package-lock.json": versioned("package-lock.json"),
};

const stale = [];
for (const [name, text] of Object.entries(files)) {
  const path = new URL(name, import.meta.url);
  if (existsSync(path) && readFileSync(path, "utf8") === text) continue;
  stale.push(name);
  if (!check) writeFileSync(path, text);
}
if (check && stale.length > 0) {
  console.error(`${stale.join(", ")}: not what the contract gives; run npm run generate`);
  process.exit(1);
}
