// The few parts that every page is made of.
import { type ComponentChildren, createContext } from "preact";
import { useContext, useEffect, useId, useRef, useState } from "preact/hooks";
import { type Me, Refused, type Schemas, type Town, byItself, isByItself } from "./api";
import { isKey, t } from "./texts";

export type Role = Schemas["Role"];
export type Session = { me: Me; town: Town; roles: Role[] };
export const Who = createContext<Session>(undefined as unknown as Session);
export const useWho = () => useContext(Who);
export const may = (who: Session, ...roles: Role[]) => roles.some((r) => who.roles.includes(r));

/** What went wrong, and what to do about it. */
export function explain(problem: unknown): string {
  if (!(problem instanceof Refused)) return t("problem_internal", { request: "–" });
  const values = {
    code: problem.code,
    field: problem.field ?? "",
    detail: problem.detail ?? "",
    request: problem.requestId ?? "–",
  };
  const key = `problem_${problem.code}`;
  return isKey(key) ? t(key, values) : t("problem_other", values);
}

export function Notice({ kind = "info", children }: { kind?: "info" | "error" | "ok"; children: ComponentChildren }) {
  return (
    <div class={`notice ${kind}`} role={kind === "error" ? "alert" : "status"}>
      {children}
    </div>
  );
}

export function Problem({ problem, again }: { problem: unknown; again?: () => void }) {
  if (!problem) return null;
  return (
    <Notice kind="error">
      <strong>{t("error")}.</strong> {explain(problem)}{" "}
      {problem instanceof Refused && problem.code === "not_found" ? (
        // To try again brings nothing back.
        <a href="#/">{t("toStart")}</a>
      ) : (
        again && (
          <button type="button" class="plain" onClick={again}>
            {t("retry")}
          </button>
        )
      )}
    </Notice>
  );
}

type FieldProps = { label: string; help?: string; wrong?: string; children: (ids: FieldIds) => ComponentChildren };
type FieldIds = { id: string; "aria-describedby"?: string; "aria-invalid"?: boolean };

/** A label, what it labels, and what help or fault there is. */
export function Field({ label, help, wrong, children }: FieldProps) {
  const id = useId();
  const note = wrong ?? help;
  return (
    <div class={wrong ? "field wrong" : "field"}>
      <label for={id}>{label}</label>
      {children({ id, "aria-describedby": note ? `${id}-note` : undefined, "aria-invalid": wrong ? true : undefined })}
      {note && (
        <p id={`${id}-note`} class={wrong ? "fault" : "help"}>
          {note}
        </p>
      )}
    </div>
  );
}

type TextProps = {
  label: string;
  value: string;
  set: (value: string) => void;
  type?: string;
  help?: string;
  wrong?: string;
  max?: number;
  rows?: number;
  lang?: string;
  min?: string | number;
  step?: string;
  left?: () => void;
};

export function TextField(props: TextProps) {
  const { label, value, set, type = "text", help, wrong, max, rows, lang, min, step, left } = props;
  const change = (e: { currentTarget: { value: string } }) => set(e.currentTarget.value);
  return (
    <Field label={label} help={help} wrong={wrong}>
      {(ids) =>
        rows ? (
          <textarea {...ids} rows={rows} maxLength={max} lang={lang} value={value} onInput={change} />
        ) : (
          <input
            {...ids}
            type={type}
            maxLength={max}
            min={min}
            step={step}
            lang={lang}
            value={value}
            onInput={change}
            onBlur={left}
          />
        )
      }
    </Field>
  );
}

type NumberProps = {
  label: string;
  value?: number;
  set: (value: number) => void;
  /** What an empty field means; without it an empty field means nothing, and the number stays. */
  none?: () => void;
  min?: number;
  step?: string;
};

/** A number. What is being typed stays as it is typed, until it is one. */
export function NumberField({ label, value, set, none, min, step }: NumberProps) {
  const shown = value === undefined ? "" : String(value);
  const [text, setText] = useState(shown);
  useEffect(() => {
    if (text === "" ? value !== undefined : Number(text) !== value) setText(shown);
  }, [value]);
  const type = (typed: string) => {
    setText(typed);
    const number = Number(typed);
    if (typed === "") none?.();
    else if (Number.isFinite(number) && (min === undefined || number >= min)) set(number);
  };
  return <TextField label={label} type="number" min={min} step={step} value={text} set={type} left={() => setText(shown)} />;
}

type Choice = { value: string; label: string };

export function Select({
  label,
  value,
  set,
  of,
  help,
}: { label: string; value: string; set: (v: string) => void; of: Choice[]; help?: string }) {
  return (
    <Field label={label} help={help}>
      {(ids) => (
        <select {...ids} value={value} onChange={(e) => set(e.currentTarget.value)}>
          {of.map((c) => (
            <option key={c.value} value={c.value}>
              {c.label}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}

export function Check({ label, value, set }: { label: string; value: boolean; set: (v: boolean) => void }) {
  const id = useId();
  return (
    <div class="check">
      <input id={id} type="checkbox" checked={value} onChange={(e) => set(e.currentTarget.checked)} />
      <label for={id}>{label}</label>
    </div>
  );
}

/** A question before a deed that reaches people. */
export function Ask({
  text,
  yes,
  danger,
  done,
}: { text: string; yes: string; danger?: boolean; done: (sure: boolean) => void }) {
  const dialog = useRef<HTMLDialogElement>(null);
  const id = useId();
  useEffect(() => dialog.current?.showModal(), []);
  return (
    <dialog ref={dialog} aria-labelledby={id} onCancel={() => done(false)}>
      <p id={id}>{text}</p>
      <div class="row">
        <button type="button" class={danger ? "danger" : ""} onClick={() => done(true)}>
          {yes}
        </button>
        <button type="button" class="plain" onClick={() => done(false)}>
          {t("cancel")}
        </button>
      </div>
    </dialog>
  );
}

/** What is fetched, what went wrong, and how to fetch it again. */
export function useFetched<T>(fetch: () => Promise<T>, on: unknown[]): [T | undefined, unknown, () => void] {
  const [found, setFound] = useState<T>();
  const [problem, setProblem] = useState<unknown>();
  const [turn, setTurn] = useState(0);
  const own = useRef(false);
  useEffect(() => {
    let current = true;
    const asked = own.current ? byItself(fetch) : fetch();
    own.current = false;
    asked.then(
      (value) => {
        if (current) {
          setFound(value);
          setProblem(undefined);
        }
      },
      (e) => current && setProblem(e),
    );
    return () => {
      current = false;
    };
  }, [...on, turn]);
  const again = () => {
    own.current = isByItself();
    setTurn((n) => n + 1);
  };
  return [found, problem, again];
}

/** Calls while a page is shown, so often. */
export function useEvery(milliseconds: number | undefined, call: () => void) {
  const latest = useRef(call);
  latest.current = call;
  useEffect(() => {
    if (!milliseconds) return;
    const timer = setInterval(() => document.hidden || byItself(() => latest.current()), milliseconds);
    return () => clearInterval(timer);
  }, [milliseconds]);
}

/** The heading of a page: it gets the focus when the page is shown, and names the window. */
export function Title({ children }: { children: string }) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = `${children} · Thuisloket`;
  }, [children]);
  // When the page is shown, and not when its name changes under somebody's hands.
  useEffect(() => heading.current?.focus(), []);
  return (
    <h1 ref={heading} tabIndex={-1}>
      {children}
    </h1>
  );
}
