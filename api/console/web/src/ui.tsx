// The few parts that every page is made of.
import { type ComponentChildren, createContext } from "preact";
import { useContext, useEffect, useId, useLayoutEffect, useRef, useState } from "preact/hooks";
import { type Language, type Me, Refused, type Schemas, type Town, byItself, isByItself } from "./api";
import { isKey, number, t, word } from "./texts";

export type Role = Schemas["Role"];
export type Session = { me: Me; town: Town; roles: Role[] };
export const Who = createContext<Session>(undefined as unknown as Session);
export const useWho = () => useContext(Who);
export const may = (who: Session, ...roles: Role[]) => roles.some((r) => who.roles.includes(r));

/** What went wrong, and what to do about it. */
export function explain(problem: unknown): string {
  if (!(problem instanceof Refused)) return t("problem_internal", { request: "–" });
  const values = { code: problem.code, request: problem.requestId ?? "–" };
  const key = `problem_${problem.code}`;
  return isKey(key) ? t(key, values) : t("problem_other", values);
}

type NoticeProps = { kind?: "info" | "error" | "ok"; focus?: boolean; children: ComponentChildren };

/** With `focus` it takes the focus when it comes: what was pressed is gone, and this is what came of it. */
export function Notice({ kind = "info", focus, children }: NoticeProps) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (focus) box.current?.focus();
  }, [focus]);
  return (
    <div
      ref={box}
      class={`notice ${kind}`}
      role={focus ? undefined : kind === "error" ? "alert" : "status"}
      tabIndex={focus ? -1 : undefined}
    >
      {children}
    </div>
  );
}

/** `at` is where what it is about stands, in the console. */
export function Problem({ problem, again, at }: { problem: unknown; again?: () => void; at?: string }) {
  if (!problem) return null;
  const code = problem instanceof Refused ? problem.code : "";
  return (
    <Notice kind="error">
      <strong>{t("error")}.</strong> {explain(problem)}{" "}
      {code === "announcement_state" && at ? (
        <a href={`#${at}`}>{t("seeWhereItStands")}</a>
      ) : code === "not_found" ? (
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

/** Of what is not written in the town's first language: what those who read that get instead. */
export function Unwritten({ texts }: { texts: { language: Language; title: string; text: string }[] }) {
  const { town } = useWho();
  const first = town.languages[0];
  const written = texts.filter((said) => said.title.trim() && said.text.trim()).map((said) => said.language);
  if (!first || written.length === 0 || written.includes(first)) return null;
  // In the order in which the server looks for one.
  const instead = [...town.languages, ...(["nl", "fr", "de", "en"] as const)].find((l) => written.includes(l));
  return <Notice>{t("unwritten", { first: word("lang", first), instead: word("lang", instead ?? written[0]) })}</Notice>;
}

type FieldProps = {
  label: string;
  help?: string;
  wrong?: string;
  /** By which a list of faults leads to it. */
  id?: string;
  required?: boolean;
  children: (ids: FieldIds) => ComponentChildren;
};
type FieldIds = { id: string; "aria-describedby"?: string; "aria-invalid"?: boolean; "aria-required"?: boolean };

/** A label, what it labels, and what help and fault there is. */
export function Field({ label, help, wrong, id: given, required, children }: FieldProps) {
  const made = useId();
  const id = given ?? made;
  const notes = [wrong && `${id}-fault`, help && `${id}-help`].filter(Boolean).join(" ");
  return (
    <div class={wrong ? "field wrong" : "field"}>
      <label for={id}>
        {label}
        {required && <span class="meta"> ({t("required")})</span>}
      </label>
      {help && (
        <p id={`${id}-help`} class="help">
          {help}
        </p>
      )}
      {wrong && (
        <p id={`${id}-fault`} class="fault">
          {wrong}
        </p>
      )}
      {children({
        id,
        "aria-describedby": notes || undefined,
        "aria-invalid": wrong ? true : undefined,
        "aria-required": required || undefined,
      })}
    </div>
  );
}

type TextProps = {
  label: string;
  value: string;
  /** `bad` where the browser holds something that is no value of its kind, such as letters in a number. */
  set: (value: string, bad?: boolean) => void;
  type?: string;
  help?: string;
  wrong?: string;
  max?: number;
  rows?: number;
  lang?: string;
  min?: string | number;
  step?: string;
  id?: string;
  required?: boolean;
  /** The id of a list of what may be meant. */
  list?: string;
  paste?: (e: ClipboardEvent & { currentTarget: HTMLTextAreaElement }) => void;
};

/** How much of what a field takes is left, once it matters. */
function Left({ value, max }: { value: string; max?: number }) {
  const length = [...value].length;
  if (max === undefined || length <= max * 0.8) return null;
  return <p class={length > max ? "count fault" : "count help"}>{t("letters", { n: number(length), max: number(max) })}</p>;
}

/** What a word processor or a spreadsheet pastes that nobody sees, and that no server takes. */
function cleaned(text: string, lines: boolean): string {
  const seen = text.replace(/[\u202a-\u202e\u2066-\u2069]/g, "");
  return lines ? seen.replace(/[\v\f]/g, "\n").replace(/[\0-\x08\x0e-\x1f\x7f]/g, "") : seen.replace(/[\0-\x1f\x7f\u2028\u2029]+/g, " ");
}

/** What is too long stays, and is said: nothing that was pasted is cut. */
export function TextField(props: TextProps) {
  const { label, value, set, type = "text", help, wrong, max, rows, lang, min, step, id, required, list, paste } = props;
  const change = (e: { currentTarget: HTMLInputElement | HTMLTextAreaElement }) =>
    set(cleaned(e.currentTarget.value, !!rows), e.currentTarget.validity.badInput);
  return (
    <Field label={label} help={help} wrong={wrong} id={id} required={required}>
      {(ids) => (
        <>
          {rows ? (
            <textarea {...ids} rows={rows} lang={lang} dir="auto" value={value} onInput={change} onPaste={paste} />
          ) : (
            <input
              {...ids}
              type={type}
              min={min}
              step={step}
              lang={lang}
              dir={type === "text" ? "auto" : undefined}
              list={list}
              value={value}
              onInput={change}
            />
          )}
          <Left value={value} max={max} />
        </>
      )}
    </Field>
  );
}

/** What a field for an instant or a day holds while it is half filled in: nothing that could be taken for none. */
export const HALF = "?";

type WhenProps = Omit<TextProps, "type" | "rows" | "max" | "paste" | "list" | "left" | "step"> & { kind: "datetime-local" | "date" };

/** An instant on the town's clocks, or a day. Half of one is not none: it is [`HALF`]. */
export function WhenField({ kind, value, set, ...rest }: WhenProps) {
  const input = useRef<HTMLInputElement>(null);
  // Not given as a property: to write what it has would wipe out the half that was typed.
  /** What it said last: what is typed meanwhile is newer than what comes back of it. */
  const said = useRef<string>();
  // Before the next key: what an earlier one said must not come over it.
  useLayoutEffect(() => {
    if (value === said.current) return;
    said.current = value;
    if (input.current && value !== HALF && (value === "" || input.current.value !== value)) input.current.value = value;
  }, [value]);
  const read = (e: { currentTarget: HTMLInputElement }) => {
    const now = e.currentTarget.validity.badInput ? HALF : e.currentTarget.value;
    if (now === said.current) return;
    said.current = now;
    set(now);
  };
  return (
    <Field {...rest}>
      {(ids) => <input {...ids} ref={input} type={kind} onInput={read} onKeyUp={read} onBlur={read} />}
    </Field>
  );
}

type NumberProps = {
  label: string;
  /** [`NOT_YET`] while what stands in the field is no number that it takes. */
  value?: number | null;
  set: (value: number) => void;
  /** What an empty field means; without it a number is wanted. */
  none?: () => void;
  min?: number;
  max?: number;
  step?: string;
  id?: string;
  wrong?: string;
};

/** What a number is while its field holds something else: never the number that stood there before. */
export const NOT_YET = Number.NaN;
/** Whether a number can be reckoned with. A copy that was kept has none for [`NOT_YET`]. */
export const isNumber = (n?: number | null): n is number => Number.isFinite(n);

/** A number. What is typed stays as it is typed; what is no number that it takes is said, and counts for nothing. */
export function NumberField({ label, value, set, none, min, max, step, id, wrong }: NumberProps) {
  const shown = isNumber(value) ? String(value) : "";
  const [text, setText] = useState(shown);
  useEffect(() => {
    const same = isNumber(value) ? text !== "" && Number(text) === value : value !== undefined || text === "";
    if (!same) setText(shown);
  }, [value]);
  const fits = (typed: string) => {
    const number = Number(typed);
    const fine = Number.isFinite(number) && number >= (min ?? -Infinity) && number <= (max ?? Infinity);
    // Whole ones, unless its steps are smaller.
    return fine && (step !== undefined || Number.isInteger(number));
  };
  const odd = text === "" ? value !== undefined && !isNumber(value) : !fits(text);
  const bounds = { min: min ?? "…", max: max === undefined ? "…" : max };
  const type = (typed: string, bad?: boolean) => {
    setText(typed);
    if (typed === "" && none && !bad) none();
    else set(typed !== "" && fits(typed) ? Number(typed) : NOT_YET);
  };
  return (
    <TextField
      label={label}
      type="number"
      id={id}
      wrong={odd ? t("wrong_number", bounds) : wrong}
      min={min}
      step={step}
      value={text}
      set={type}
    />
  );
}

type Choice = { value: string; label: string };

export function Select({
  label,
  value,
  set,
  of,
  help,
  id,
  wrong,
  required,
}: {
  label: string;
  value: string;
  set: (v: string) => void;
  of: Choice[];
  help?: string;
  id?: string;
  wrong?: string;
  required?: boolean;
}) {
  return (
    <Field label={label} help={help} id={id} wrong={wrong} required={required}>
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

type CheckProps = {
  label: string;
  value: boolean;
  set: (v: boolean) => void;
  id?: string;
  help?: string;
  wrong?: string;
};

export function Check({ label, value, set, id: given, help, wrong }: CheckProps) {
  const made = useId();
  const id = given ?? made;
  const notes = [wrong && `${id}-fault`, help && `${id}-help`].filter(Boolean).join(" ");
  return (
    <div class={wrong ? "field wrong" : undefined}>
      <div class="check">
        <input
          id={id}
          type="checkbox"
          checked={value}
          aria-describedby={notes || undefined}
          aria-invalid={wrong ? true : undefined}
          onChange={(e) => set(e.currentTarget.checked)}
        />
        <label for={id}>{label}</label>
      </div>
      {wrong && (
        <p id={`${id}-fault`} class="fault">
          {wrong}
        </p>
      )}
      {help && (
        <p id={`${id}-help`} class="help">
          {help}
        </p>
      )}
    </div>
  );
}

type AskProps = {
  text: string;
  /** What it is about, such as the title of an announcement. */
  about?: string;
  /** What one says yes to; absent where that cannot be done any more, as `text` then says. */
  yes?: string;
  /** What the way back is called, where that must not be mistaken for the deed. */
  no?: string;
  danger?: boolean;
  done: (sure: boolean) => void;
  children?: ComponentChildren;
};

/**
 * A question before a deed that reaches people. The focus is on the way back, so that no key pressed twice does it, and returns to where
 * it came from.
 */
export function Ask({ text, about, yes, no, danger, done, children }: AskProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const id = useId();
  useEffect(() => {
    const from = document.activeElement;
    dialog.current?.showModal();
    dialog.current?.querySelector<HTMLElement>("button.plain")?.focus();
    return () => {
      // After the page was drawn anew: where the button is gone, what came of it is told by whoever asked.
      setTimeout(() => {
        if (document.activeElement && document.activeElement !== document.body) return;
        const back = from instanceof HTMLElement && from.isConnected ? from : document.querySelector<HTMLElement>("main h1");
        back?.focus();
      });
    };
  }, []);
  return (
    <dialog
      ref={dialog}
      aria-labelledby={id}
      onCancel={(e) => {
        e.preventDefault();
        done(false);
      }}
    >
      <p id={id}>{text}</p>
      {about && (
        <p class="about" dir="auto">
          {about}
        </p>
      )}
      {children}
      <div class="row">
        {yes && (
          <button type="button" class={danger ? "danger" : ""} onClick={() => done(true)}>
            {yes}
          </button>
        )}
        <button type="button" class="plain" onClick={() => done(false)}>
          {no ?? t(yes ? "cancel" : "close")}
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
