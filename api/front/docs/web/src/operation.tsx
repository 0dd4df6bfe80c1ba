// One operation: what it is for, who may call it, what it takes and answers, examples, and a way to try it.
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { type Contract, KEY, type Operation, type Parameter, content } from "./contract";
import { type Asked, LANGUAGES } from "./samples";
import { Field, Shape } from "./schema";
import { Paragraphs, Words } from "./text";
import { Try, type Way } from "./try";

/** Which language a reader wants, from one operation to the next. */
const LANGUAGE = "docs-language";

const json = (value: unknown) => JSON.stringify(value, null, 2);

/** The address with what is filled in; what must be there and is not has an example in its place. */
function address(contract: Contract, operation: Operation, values: Record<string, string>, examples: boolean): string {
  let path = operation.path;
  const query = new URLSearchParams();
  for (const parameter of operation.parameters ?? []) {
    const given = values[parameter.name] ?? "";
    const value = given === "" && examples && parameter.required ? String(contract.example(parameter.schema)) : given;
    if (parameter.in === "path") path = path.replace(`{${parameter.name}}`, encodeURIComponent(value));
    if (parameter.in === "query" && value !== "") query.append(parameter.name, value);
  }
  return query.size > 0 ? `${path}?${query}` : path;
}

function headers(contract: Contract, operation: Operation, values: Record<string, string>, examples: boolean): [string, string][] {
  const all = (operation.parameters ?? []).filter((p) => p.in === "header" && p.name !== KEY);
  return all
    .map((p): [string, string] => {
      const given = values[p.name] ?? "";
      return [p.name, given === "" && examples && p.required ? String(contract.example(p.schema)) : given];
    })
    .filter(([, value]) => value !== "");
}

function WhoMayCall({ operation }: { operation: Operation }) {
  if (operation.security.length === 0) return <p>Needs no sign-in.</p>;
  const ways = operation.security.flatMap(Object.keys);
  const said: Record<string, string> = {
    session: "a citizen’s access token",
    staff_token: "the token of a member of staff",
    staff_cookie: "the cookie of a browser of staff",
    machine_key: "a machine’s key",
  };
  return <p>Needs {ways.map((way) => said[way] ?? way).join(", or ")}.</p>;
}

/** The same request in each language; with the arrows one goes from one to the next. */
function Samples({ asked }: { asked: Asked }) {
  const [chosen, setChosen] = useState(() => Math.max(0, LANGUAGES.findIndex((l) => l.name === localStorage.getItem(LANGUAGE))));
  const [copied, setCopied] = useState("");
  const tabs = useRef<HTMLDivElement>(null);
  const choose = (n: number) => {
    setChosen(n);
    setCopied("");
    localStorage.setItem(LANGUAGE, LANGUAGES[n]?.name ?? "");
  };
  const move = (event: KeyboardEvent) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const next = (chosen + step + LANGUAGES.length) % LANGUAGES.length;
    choose(next);
    (tabs.current?.children[next] as HTMLElement | undefined)?.focus();
  };
  const text = LANGUAGES[chosen]?.write(asked) ?? "";
  return (
    <section class="samples" aria-labelledby="samples-title">
      <h2 id="samples-title">Examples</h2>
      <div role="tablist" aria-labelledby="samples-title" ref={tabs} onKeyDown={move}>
        {LANGUAGES.map(({ name }, n) => (
          <button
            key={name}
            type="button"
            role="tab"
            id={`tab-${name}`}
            class="tab"
            aria-selected={n === chosen}
            aria-controls="sample"
            tabIndex={n === chosen ? 0 : -1}
            onClick={() => choose(n)}
          >
            {name}
          </button>
        ))}
      </div>
      <div role="tabpanel" id="sample" aria-labelledby={`tab-${LANGUAGES[chosen]?.name}`}>
        <pre tabIndex={0}>
          <code>{text}</code>
        </pre>
      </div>
      <p class="row">
        <button
          type="button"
          class="plain"
          onClick={() => navigator.clipboard.writeText(text).then(() => setCopied("Copied."), () => setCopied("The browser does not let it be copied."))}
        >
          Copy
        </button>
        <span role="status">{copied}</span>
      </p>
    </section>
  );
}

function Parameters({ contract, all }: { contract: Contract; all: Parameter[] }) {
  if (all.length === 0) return null;
  return (
    <section aria-labelledby="takes">
      <h2 id="takes">Parameters</h2>
      <ul class="fields">
        {all.map((p) => (
          <Field
            key={p.name}
            contract={contract}
            name={`${p.name} (${p.in})`}
            of={p.schema}
            description={p.description}
            required={p.required}
            sent={true}
          />
        ))}
      </ul>
    </section>
  );
}

function Answers({ contract, operation }: { contract: Contract; operation: Operation }) {
  const good = Object.entries(operation.responses).filter(([status]) => !/^[45]/.test(status));
  return (
    <section aria-labelledby="answers">
      <h2 id="answers">Answers</h2>
      {good.map(([status, answer]) => {
        const held = content(answer);
        return (
          <div key={status}>
            <p>
              <strong>{status}</strong> {held?.type} <Words text={answer.description} />
            </p>
            {Object.entries(answer.headers ?? {}).map(([name, header]) => (
              <p key={name}>
                Header <code>{name.toLowerCase()}</code>: <Words text={header.description ?? ""} />
              </p>
            ))}
            {held?.type === "application/json" && (
              <>
                <Shape contract={contract} of={held.schema} sent={false} />
                <details>
                  <summary>An answer</summary>
                  <pre tabIndex={0}>
                    <code>{json(contract.example(held.schema))}</code>
                  </pre>
                </details>
              </>
            )}
          </div>
        );
      })}
      <h3>Problems</h3>
      <ul class="codes">
        {operation["x-problem-codes"].map((code) => (
          <li key={code}>
            <a href={`/problems#${code}`}>
              <code>{code}</code>
            </a>
          </li>
        ))}
      </ul>
    </section>
  );
}

export function One({ contract, operation, way }: { contract: Contract; operation: Operation; way: Way }) {
  const title = useRef<HTMLHeadingElement>(null);
  const sent = content(operation.requestBody);
  const isJson = sent?.type === "application/json";
  const start = useMemo(() => (sent && isJson ? json(contract.example(sent.schema)) : ""), [operation]);
  const [values, setValues] = useState<Record<string, string>>({});
  const [body, setBody] = useState(start);
  useEffect(() => title.current?.focus({ preventScroll: true }), []);
  const parameters = operation.parameters ?? [];
  const key = parameters.some((p) => p.name === KEY);
  const asked: Asked = {
    method: operation.method,
    url: location.origin + address(contract, operation, values, true),
    token: operation.security.length > 0,
    key,
    headers: headers(contract, operation, values, true),
    ...(sent ? { body: { type: sent.type, ...(isJson ? { text: body } : {}) } } : {}),
  };
  return (
    <article>
      <p>
        <a href="#guide-operations">All operations</a>
      </p>
      <h1 ref={title} tabIndex={-1}>
        {operation.summary}
      </h1>
      <p class="path">
        <code>
          <b class={operation.method}>{operation.method}</b> {operation.path}
        </code>{" "}
        <span class="kind">{operation.operationId}</span>
      </p>
      <Paragraphs text={operation.description} />
      <WhoMayCall operation={operation} />
      <Samples asked={asked} />
      {way !== "none" && (
        <Try
          way={way}
          operation={operation}
          path={address(contract, operation, values, false)}
          headers={headers(contract, operation, values, false)}
          values={values}
          setValue={(name, value) => setValues((before) => ({ ...before, [name]: value }))}
          body={isJson ? { text: body, set: setBody } : undefined}
          isFile={sent !== undefined && !isJson}
        />
      )}
      <Parameters contract={contract} all={parameters} />
      {sent && (
        <section aria-labelledby="body">
          <h2 id="body">Body</h2>
          <p>
            <code>{sent.type}</code>
          </p>
          {isJson && <Shape contract={contract} of={sent.schema} sent={true} />}
        </section>
      )}
      <Answers contract={contract} operation={operation} />
    </article>
  );
}
