// How a request is written in the languages of apps: for each operation from the contract, never by hand.

/** A request to be written. */
export interface Asked {
  method: string;
  /** The whole address. */
  url: string;
  /** Whether it needs a token. */
  token: boolean;
  /** Whether it may be tried again with a key. */
  key: boolean;
  /** What else stands in its head. */
  headers: [string, string][];
  /** What it sends: a text, or a file where there is none. */
  body?: { type: string; text?: string };
}

const lines = (...all: (string | false | undefined)[]) => all.filter((line) => line !== false && line !== undefined).join("\n");
const quoted = (text: string) => JSON.stringify(text);
/** In single quotes of a shell. */
const shell = (text: string) => `'${text.replaceAll("'", "'\\''")}'`;
const indented = (text: string) => text.replaceAll("\n", "\n  ");

function curl({ method, url, token, key, headers, body }: Asked): string {
  const parts = [
    `curl ${method === "GET" ? "" : `-X ${method} `}${shell(url)}`,
    token && `-H "Authorization: Bearer $ACCESS_TOKEN"`,
    key && `-H "Idempotency-Key: $(uuidgen)"`,
    ...headers.map(([name, value]) => `-H ${shell(`${name}: ${value}`)}`),
    body && `-H ${shell(`Content-Type: ${body.type}`)}`,
    body && (body.text === undefined ? "--data-binary @FILE" : `-d ${shell(body.text)}`),
  ];
  return parts.filter(Boolean).join(" \\\n  ");
}

function swift({ method, url, token, key, headers, body }: Asked): string {
  const set = (name: string, value: string) => `request.setValue(${value}, forHTTPHeaderField: ${quoted(name)})`;
  return lines(
    "import Foundation",
    "",
    `var request = URLRequest(url: URL(string: ${quoted(url)})!)`,
    method !== "GET" && `request.httpMethod = ${quoted(method)}`,
    token && set("Authorization", '"Bearer \\(accessToken)"'),
    key && set("Idempotency-Key", "UUID().uuidString"),
    ...headers.map(([name, value]) => set(name, quoted(value))),
    body && set("Content-Type", quoted(body.type)),
    body && (body.text === undefined ? "request.httpBody = try Data(contentsOf: file)" : `request.httpBody = Data(#"""\n${body.text}\n"""#.utf8)`),
    "",
    "let (data, response) = try await URLSession.shared.data(for: request)",
    "let status = (response as! HTTPURLResponse).statusCode",
    "// From 400 on it is a problem: decode it, and look at its `code`.",
    "print(status, String(decoding: data, as: UTF8.self))",
  );
}

function kotlin({ method, url, token, key, headers, body }: Asked): string {
  const text = (value: string) => quoted(value).replaceAll("$", "\\$");
  // In a raw string nothing is escaped, and a dollar is written as a value.
  const raw = (value: string) => `"""\n${value.replaceAll("$", "${'$'}")}\n"""`;
  const sent =
    body &&
    (body.text === undefined
      ? `val body = file.asRequestBody(${text(body.type)}.toMediaType())`
      : `val body = ${raw(body.text)}.toRequestBody(${text(body.type)}.toMediaType())`);
  const empty = method === "DELETE" || method === "GET" ? "" : "ByteArray(0).toRequestBody()";
  return lines(
    key && "import java.util.UUID",
    "import okhttp3.*",
    body && "import okhttp3.MediaType.Companion.toMediaType",
    body && body.text === undefined && "import okhttp3.RequestBody.Companion.asRequestBody",
    (body ? body.text !== undefined : empty !== "") && "import okhttp3.RequestBody.Companion.toRequestBody",
    "",
    sent,
    "val request = Request.Builder()",
    `  .url(${text(url)})`,
    token && '  .header("Authorization", "Bearer $accessToken")',
    key && '  .header("Idempotency-Key", UUID.randomUUID().toString())',
    ...headers.map(([name, value]) => `  .header(${text(name)}, ${text(value)})`),
    method !== "GET" && `  .${method.toLowerCase()}(${body ? "body" : empty})`,
    "  .build()",
    "",
    "OkHttpClient().newCall(request).execute().use { response ->",
    "  // From 400 on it is a problem: decode it, and look at its `code`.",
    "  println(\"${response.code} ${response.body?.string()}\")",
    "}",
  );
}

function typescript({ method, url, token, key, headers, body }: Asked): string {
  const head = [
    token && "    Authorization: `Bearer ${accessToken}`,",
    key && '    "Idempotency-Key": crypto.randomUUID(),',
    ...headers.map(([name, value]) => `    ${quoted(name)}: ${quoted(value)},`),
    body && `    "Content-Type": ${quoted(body.type)},`,
  ].filter(Boolean);
  const options = lines(
    method !== "GET" && `  method: ${quoted(method)},`,
    head.length > 0 && lines("  headers: {", ...head, "  },"),
    body && (body.text === undefined ? "  body: file," : `  body: JSON.stringify(${indented(body.text)}),`),
  );
  return lines(
    options === "" ? `const response = await fetch(${quoted(url)});` : `const response = await fetch(${quoted(url)}, {\n${options}\n});`,
    "// From 400 on it is a problem: look at its `code`.",
    "console.log(response.status, await response.text());",
  );
}

/** The languages, in the order in which they are shown. */
export const LANGUAGES: { name: string; write: (asked: Asked) => string }[] = [
  { name: "curl", write: curl },
  { name: "Swift", write: swift },
  { name: "Kotlin", write: kotlin },
  { name: "TypeScript", write: typescript },
];
