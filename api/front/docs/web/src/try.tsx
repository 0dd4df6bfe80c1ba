// A request that is sent, and its answer.
import { useEffect, useState } from "preact/hooks";
import { KEY, type Operation, type Parameter } from "./contract";
import { type Town, ask, canSignIn, level, signIn, signOut, towns } from "./session";

/** Who can try an operation, as the server's configuration says: nobody; who has a token; a citizen who signs in; a browser of staff. */
export type Way = "none" | "token" | "sign-in" | "staff";

interface Shown {
  status: string;
  milliseconds: number;
  headers: [string, string][];
  text: string;
}

const TOLD = ["content-type", "etag", "retry-after", "x-next-from", "x-request-id"];

async function shown(answer: Response, began: number): Promise<Shown> {
  const type = answer.headers.get("content-type") ?? "";
  const milliseconds = Math.round(performance.now() - began);
  let text: string;
  if (/json/.test(type)) text = JSON.stringify(await answer.json(), null, 2);
  else if (type === "" || /text/.test(type)) text = await answer.text();
  else text = `${(await answer.blob()).size} bytes`;
  const headers = TOLD.flatMap((name): [string, string][] => {
    const value = answer.headers.get(name);
    return value === null ? [] : [[name, value]];
  });
  return { status: `${answer.status} ${answer.statusText}`.trim(), milliseconds, headers, text };
}

const why = (error: unknown) => (error instanceof Error ? error.message : String(error));

/** The citizen who tries something: signs in as in an app, and out again. */
function Person({ operation, said }: { operation: string; said: (fault: string) => void }) {
  const [signedIn, setSignedIn] = useState<string>();
  const [all, setAll] = useState<Town[]>([]);
  const [key, setKey] = useState("");
  const [provider, setProvider] = useState("");
  useEffect(() => {
    level().then(setSignedIn, (error) => said(why(error)));
    towns().then(setAll, (error) => said(why(error)));
  }, []);
  if (signedIn !== undefined) {
    return (
      <p class="row">
        <span>Signed in, at the level {signedIn}.</span>
        <button type="button" class="plain" onClick={() => signOut().then(() => setSignedIn(undefined), (error) => said(why(error)))}>
          Sign out
        </button>
      </p>
    );
  }
  const town = all.find((one) => one.key === key) ?? all[0];
  if (town === undefined) return null;
  const at = town.providers.includes(provider) ? provider : (town.providers[0] ?? "");
  return (
    <div class="row">
      {all.length > 1 && (
        <label>
          Municipality
          <select value={town.key} onChange={(event) => setKey(event.currentTarget.value)}>
            {all.map((one) => (
              <option key={one.key}>{one.key}</option>
            ))}
          </select>
        </label>
      )}
      <label>
        Identity provider
        <select value={at} onChange={(event) => setProvider(event.currentTarget.value)}>
          {town.providers.map((one) => (
            <option key={one}>{one}</option>
          ))}
        </select>
      </label>
      <button type="button" onClick={() => signIn(town.key, at, operation).catch((error) => said(why(error)))}>
        Sign in
      </button>
    </div>
  );
}

interface Props {
  way: Exclude<Way, "none">;
  operation: Operation;
  path: string;
  headers: [string, string][];
  values: Record<string, string>;
  setValue: (name: string, value: string) => void;
  body: { text: string; set: (text: string) => void } | undefined;
  isFile: boolean;
}

export function Try({ way, operation, path, headers, values, setValue, body, isFile }: Props) {
  const [token, setToken] = useState("");
  const [answer, setAnswer] = useState<Shown>();
  const [fault, setFault] = useState("");
  const [busy, setBusy] = useState(false);
  const parameters = operation.parameters ?? [];
  const missing = parameters.filter((p) => p.required && !values[p.name]).map((p) => p.name);
  const needs = operation.security.length > 0;
  const signsIn = way === "sign-in" && canSignIn;

  const send = async () => {
    setFault("");
    setAnswer(undefined);
    if (missing.length > 0) return setFault(`Fill in ${missing.join(", ")}.`);
    setBusy(true);
    const all: Record<string, string> = Object.fromEntries(headers);
    const key = values[KEY] || crypto.getRandomValues(new Uint32Array(4)).join("-");
    if (parameters.some((p) => p.name === KEY)) all[KEY] = key;
    if (body) all["content-type"] = "application/json";
    if (token !== "") all.authorization = `Bearer ${token}`;
    const began = performance.now();
    try {
      const came =
        signsIn && needs && token === ""
          ? await ask(operation.method, path, all, body?.text)
          : await fetch(path, { method: operation.method, headers: all, ...(body ? { body: body.text } : {}) });
      if (came !== undefined) setAnswer(await shown(came, began));
    } catch (error) {
      setFault(why(error));
    }
    setBusy(false);
  };

  if (isFile) return null;
  const input = (p: Parameter) => (
    <label key={p.name}>
      {p.name}
      {p.required && " (required)"}
      {p.name === KEY && " (left out: a new one)"}
      <input
        value={values[p.name] ?? ""}
        autocomplete="off"
        spellcheck={false}
        onInput={(event) => setValue(p.name, event.currentTarget.value)}
      />
    </label>
  );
  return (
    <section class="try" aria-labelledby="try-title">
      <h2 id="try-title">Try it</h2>
      <p>On this server: what is tried is done.</p>
      {needs && signsIn && <Person operation={operation.operationId} said={setFault} />}
      {needs && way === "sign-in" && !canSignIn && <p>To sign in on this page it must be read over https.</p>}
      {needs && way === "staff" && (
        <p>
          In the name of who is signed in at <a href="/staff">the console</a> in this browser, or with a token or key.
        </p>
      )}
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void send();
        }}
      >
        {needs && (
          <details open={way === "token"}>
            <summary>With a token of your own</summary>
            <label>
              Token
              <input type="password" value={token} autocomplete="off" onInput={(event) => setToken(event.currentTarget.value)} />
            </label>
          </details>
        )}
        {parameters.map(input)}
        {body && (
          <label>
            Body
            <textarea
              rows={Math.min(16, body.text.split("\n").length + 1)}
              spellcheck={false}
              value={body.text}
              onInput={(event) => body.set(event.currentTarget.value)}
            />
          </label>
        )}
        <p class="row">
          <button type="submit" aria-disabled={busy}>
            Send {operation.method}
          </button>
        </p>
      </form>
      <div role="status" class="answer">
        {fault && <p class="fault">{fault}</p>}
        {answer && (
          <>
            <p>
              <strong>{answer.status}</strong> <span class="kind">in {answer.milliseconds} ms</span>
            </p>
            <p class="kind">
              {answer.headers.map(([name, value]) => (
                <span key={name}>
                  {name}: {value}
                  <br />
                </span>
              ))}
            </p>
          </>
        )}
      </div>
      {answer && answer.text !== "" && (
        <pre tabIndex={0}>
          <code>{answer.text}</code>
        </pre>
      )}
    </section>
  );
}
