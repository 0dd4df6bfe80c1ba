// Whom something concerns: groups of conditions, each with its fields, and how many that reaches.
import { useEffect, useId, useRef, useState } from "preact/hooks";
import { type Condition, Refused, type Schemas, api, take } from "./api";
import { Map, isPlaced } from "./map";
import { few, isKey, language, listed, number, t, word } from "./texts";
import { clock, isLikely } from "./time";
import { Check, HALF, Notice, NumberField, Problem, Select, TextField, WhenField, isNumber, useFetched, useWho } from "./ui";

export type Audience = Condition[][];
type Kind = Condition["kind"];
type Of<K extends Kind> = Extract<Condition, { kind: K }>;
type FormProps<K extends Kind> = { c: Of<K>; set: (c: Condition) => void };

export const KINDS: Kind[] = [
  "everyone",
  "polygon",
  "circle",
  "street",
  "postcode",
  "age",
  "language",
  "children",
  "topic",
  "document",
  "list",
];
/** The kinds of document that a register knows; a test compares them with the server's. */
export const DOCUMENTS = [
  "eid",
  "kids_id",
  "passport",
  "driving_licence",
  "driving_group2",
  "driving_code95",
  "residence_a",
  "residence_permanent",
  "residence_f",
  "disabled_parking",
  "resident_parking",
];
/** Where the first condition of a group begins: an audience that is not whole leads there. */
export const WHOM = "whom-first";
/** Where any condition begins. */
const fieldOf = (group: number, condition: number) =>
  group === 0 && condition === 0 ? WHOM : `whom-${group + 1}-${condition + 1}`;
export const TOPICS = ["works", "waste", "traffic", "culture", "youth", "sport", "other"];
const LANGUAGES: Schemas["Language"][] = ["nl", "fr", "de", "en"];
const commas = (text: string) => text.split(/[,;\s]+/).filter(Boolean);

function fresh(kind: Kind): Condition {
  const today = clock().toISOString().slice(0, 10);
  switch (kind) {
    case "everyone":
      return { kind, not: false };
    case "street":
      return { kind, street: "", side: "both", not: false };
    case "postcode":
      return { kind, postcodes: [], not: false };
    case "circle":
      return { kind, centre: { latitude: 0, longitude: 0 }, meters: 300, not: false };
    case "polygon":
      return { kind, corners: [], not: false };
    case "age":
      return { kind, from: 18, until: 120, not: false };
    case "language":
      return { kind, languages: ["fr"], not: false };
    case "children":
      return { kind, from: 0, until: 12, not: false };
    case "topic":
      return { kind, topic: "works", not: false };
    case "document":
      return { kind, kinds: [], from: today, until: today, not: false };
    case "list":
      return { kind, list_id: "", not: false };
  }
}

/** Of a circle that is not placed yet. */
const isNowhere = (s: Schemas["Spot"]) => s.latitude === 0 && s.longitude === 0;

/** Whether each condition says enough to be asked about. */
export const isWhole = (audience: Audience) =>
  audience.length > 0 &&
  audience.every(
    (group) =>
      group.length > 0 &&
      group.every((c) => {
        switch (c.kind) {
          case "street":
            return (
              c.street.trim() !== "" &&
              [c.from, c.until].every((n) => n === undefined || isNumber(n)) &&
              (!c.from || !c.until || c.from <= c.until)
            );
          case "postcode":
            return c.postcodes.length > 0;
          case "circle":
            return isPlaced(c.centre) && !isNowhere(c.centre) && c.meters >= 1;
          case "polygon":
            return c.corners.length >= 3 && c.corners.every(isPlaced);
          case "language":
            return c.languages.length > 0;
          case "document":
            return c.kinds.length > 0 && [c.from, c.until].every((d) => d !== HALF && isLikely(d)) && c.from <= c.until;
          case "age":
          case "children":
            return isNumber(c.from) && isNumber(c.until) && c.from <= c.until;
          case "list":
            return c.list_id !== "";
          default:
            return true;
        }
      }),
  );

/** Where the first condition begins that does not say enough. */
export function unfinishedAt(audience: Audience) {
  for (const [g, group] of audience.entries()) {
    const c = group.findIndex((one) => !isWhole([[one]]));
    if (c >= 0) return fieldOf(g, c);
  }
  return WHOM;
}

/** What is wrong with the year of a day that is filled in. */
const oddYear = (day: string) => (day !== "" && day !== HALF && !isLikely(day) ? t("wrong_year") : undefined);

/** Whether it rests on what the register knows of people. */
export const usesRegister = (audience: Audience) =>
  audience.flat().some((c) => c.kind !== "everyone" && c.kind !== "topic");

const n = (value?: number | null) => (isNumber(value) ? String(value) : "…");
const day = (d: string) =>
  d && d !== HALF ? new Intl.DateTimeFormat(language === "nl" ? "nl-BE" : "en-GB", { dateStyle: "medium" }).format(new Date(`${d}T12:00`)) : "…";

/** What the lists of people are called that are named here, as far as they were asked for. */
const listNames = new globalThis.Map<string, string>();

/** Asks what the lists of an audience are called, so that whoever approves it sees to which it goes. */
function useListNames(audience: Audience) {
  const wanted = audience.flat().some((c) => c.kind === "list" && c.list_id !== "");
  const [lists] = useFetched(async () => (wanted ? take(api.GET("/staff/v1/people-lists")) : []), [wanted]);
  for (const l of lists ?? []) listNames.set(l.id, `${l.name} (${listed(l.people)})`);
}

/** A condition in one line. */
export function inWords(c: Condition): string {
  const not = c.not ? `${t("not")} ` : "";
  const kind = `${not}${word("kind", c.kind)}`;
  switch (c.kind) {
    case "street": {
      const side = c.side === "both" ? "" : ` (${word("side", c.side).toLowerCase()})`;
      return `${kind} ${c.street}${c.from === undefined ? "" : ` ${n(c.from)}–${n(c.until ?? c.from)}`}${side}`;
    }
    case "postcode":
      return `${kind} ${c.postcodes.join(", ")}`;
    case "circle":
      return `${kind} ${n(c.meters)} m`;
    case "polygon":
      return c.name ? `${not}${c.name}` : `${kind} (${c.corners.length})`;
    case "age":
    case "children":
      return `${kind} ${n(c.from)}–${n(c.until)}`;
    case "language":
      return `${kind} ${c.languages.map((l) => word("lang", l)).join(", ")}`;
    case "topic":
      return `${kind} ${word("topic", c.topic)}`;
    case "document":
      return `${kind}: ${c.kinds.map((k) => word("doc", k)).join(", ")} (${day(c.from)} – ${day(c.until)})`;
    case "list": {
      const name = listNames.get(c.list_id);
      return name ? `${kind}: ${name}` : kind;
    }
    default:
      return kind;
  }
}

export function InWords({ audience, maps }: { audience: Audience; maps?: boolean }) {
  useListNames(audience);
  return (
    <ul class="plain">
      {audience.map((group, n) => (
        <li key={n}>
          {group.map(inWords).join(" + ")}
          {maps &&
            group.map((c, i) =>
              c.kind === "polygon" ? (
                <Map key={i} corners={c.corners} />
              ) : c.kind === "circle" ? (
                <Map key={i} corners={[c.centre]} meters={c.meters} />
              ) : null,
            )}
        </li>
      ))}
    </ul>
  );
}

/** Several words in one field. What is being typed stays as it is typed. */
function Several({ label, values, set }: { label: string; values: string[]; set: (values: string[]) => void }) {
  const [text, setText] = useState(values.join(", "));
  // Where others took their place, such as a saved audience.
  useEffect(() => {
    if (commas(text).join() !== values.join()) setText(values.join(", "));
  }, [values.join()]);
  return (
    <TextField
      label={label}
      value={text}
      set={(typed) => {
        setText(typed);
        set(commas(typed));
      }}
    />
  );
}

function Range({ c, set, most }: (FormProps<"age"> | FormProps<"children">) & { most: number }) {
  const wrong = c.from > c.until ? t("wrong_order") : undefined;
  return (
    <fieldset class="inline">
      <legend>{t("years")}</legend>
      <NumberField label={t("from")} min={0} max={most} value={c.from} set={(from) => set({ ...c, from })} />
      <NumberField
        label={t("until")}
        min={0}
        max={most}
        value={c.until}
        wrong={wrong}
        set={(until) => set({ ...c, until })}
      />
    </fieldset>
  );
}

/** The streets of the register, asked for once. */
let known: Promise<string[]> | undefined;
const streets = () => {
  known ??= take(api.GET("/staff/v1/streets")).catch((e) => {
    known = undefined;
    throw e;
  });
  return known;
};
const same = (a: string, b: string) => a.trim().localeCompare(b.trim(), undefined, { sensitivity: "base" }) === 0;

function Street({ c, set }: FormProps<"street">) {
  const id = useId();
  const [all] = useFetched(streets, []);
  const unknown = all && c.street.trim() !== "" && !all.some((s) => same(s, c.street));
  const wrong = c.from && c.until && c.from > c.until ? t("wrong_order") : undefined;
  return (
    <>
      <TextField
        label={t("street")}
        value={c.street}
        max={200}
        list={id}
        wrong={unknown ? t("streetUnknown") : undefined}
        set={(street) => set({ ...c, street })}
      />
      <datalist id={id}>
        {all?.map((s) => (
          <option key={s} value={s} />
        ))}
      </datalist>
      <fieldset class="inline">
        <legend>{t("numbers")}</legend>
        <NumberField
          label={t("from")}
          min={1}
          max={99_999}
          value={c.from}
          set={(from) => set({ ...c, from })}
          none={() => set({ ...c, from: undefined, until: undefined })}
        />
        <NumberField
          label={t("until")}
          min={1}
          max={99_999}
          value={c.until}
          wrong={wrong}
          set={(until) => set({ ...c, until, from: c.from ?? until })}
          none={() => set({ ...c, until: undefined })}
        />
        <Select
          label={t("side")}
          value={c.side}
          set={(v) => set({ ...c, side: v as Schemas["Side"] })}
          of={(["both", "odd", "even"] as const).map((s) => ({ value: s, label: word("side", s) }))}
        />
      </fieldset>
    </>
  );
}

function Lists({ c, set }: FormProps<"list">) {
  const [lists, problem] = useFetched(() => take(api.GET("/staff/v1/people-lists")), []);
  if (problem) return <Problem problem={problem} />;
  if (lists && lists.length === 0) return <p class="help">{t("noLists")}</p>;
  const choices = (lists ?? []).map((l) => ({ value: l.id, label: `${l.name} (${listed(l.people)})` }));
  return (
    <Select label={t("list")} value={c.list_id} set={(list_id) => set({ ...c, list_id })} of={[{ value: "", label: "–" }, ...choices]} />
  );
}

/** The fields of a condition. */
function Form({ c, set }: { c: Condition; set: (c: Condition) => void }) {
  switch (c.kind) {
    case "street":
      return <Street c={c} set={set} />;
    case "postcode":
      return (
        <Several label={t("postcodes")} values={c.postcodes} set={(postcodes) => set({ ...c, postcodes })} />
      );
    case "circle":
      return (
        <>
          <Map
            corners={isNowhere(c.centre) ? [] : [c.centre]}
            meters={c.meters}
            set={([centre]) => centre && set({ ...c, centre })}
          />
          <NumberField label={t("meters")} min={1} max={200_000} value={c.meters} set={(meters) => set({ ...c, meters })} />
        </>
      );
    case "polygon":
      return <Map corners={c.corners} set={(corners) => set({ ...c, corners, name: undefined })} />;
    case "age":
      return <Range c={c} set={set} most={150} />;
    case "children":
      return <Range c={c} set={set} most={17} />;
    case "language":
      return (
        <fieldset class="inline">
          <legend>{t("language")}</legend>
          {LANGUAGES.map((l) => (
            <Check
              key={l}
              label={word("lang", l)}
              value={c.languages.includes(l)}
              set={(on) => set({ ...c, languages: on ? [...c.languages, l] : c.languages.filter((x) => x !== l) })}
            />
          ))}
        </fieldset>
      );
    case "topic":
      return (
        <Select
          label={t("topic")}
          value={c.topic}
          set={(topic) => set({ ...c, topic })}
          of={TOPICS.map((x) => ({ value: x, label: word("topic", x) }))}
        />
      );
    case "document":
      return (
        <>
          <fieldset class="inline">
            <legend>{t("documents")}</legend>
            {DOCUMENTS.map((k) => (
              <Check
                key={k}
                label={word("doc", k)}
                value={c.kinds.includes(k)}
                set={(on) => set({ ...c, kinds: on ? [...c.kinds, k] : c.kinds.filter((x) => x !== k) })}
              />
            ))}
          </fieldset>
          <fieldset class="inline">
            <legend>{t("endsBetween")}</legend>
            <WhenField kind="date" label={t("from")} value={c.from} wrong={oddYear(c.from)} set={(from) => set({ ...c, from })} />
            <WhenField
              kind="date"
              label={t("until")}
              value={c.until}
              wrong={oddYear(c.until) ?? (c.until !== HALF && c.until !== "" && c.until < c.from ? t("wrong_order") : undefined)}
              set={(until) => set({ ...c, until })}
            />
          </fieldset>
        </>
      );
    case "list":
      return <Lists c={c} set={set} />;
    default:
      return null;
  }
}

type OneProps = { c: Condition; set: (c: Condition) => void; remove?: () => void; id?: string; wrong?: string };

function One({ c, set, remove, id, wrong }: OneProps) {
  /** What was filled in of another kind: whoever comes back to it finds it. */
  const before = useRef(new globalThis.Map<Kind, Condition>());
  const change = (kind: Kind) => {
    before.current.set(c.kind, c);
    set(before.current.get(kind) ?? fresh(kind));
  };
  return (
    <fieldset class="condition">
      <legend>{inWords({ ...c, not: false })}</legend>
      <div class="row">
        <Select
          label={t("kind")}
          id={id}
          wrong={wrong}
          value={c.kind}
          set={(kind) => change(kind as Kind)}
          of={KINDS.map((k) => ({ value: k, label: word("kind", k) }))}
        />
        {c.kind !== "everyone" && <Check label={t("not")} value={c.not ?? false} set={(not) => set({ ...c, not })} />}
        {remove && (
          <button type="button" class="plain" onClick={remove}>
            {t("remove")}
          </button>
        )}
      </div>
      <Form key={c.kind} c={c} set={set} />
    </fieldset>
  );
}

/** How it would go out, which decides whom a phone disturbs. */
export type Sending = Omit<Schemas["PreviewIn"], "audience">;

/** How many it reaches, asked anew when it changed; what was asked before is given up. */
export function useReach(audience: Audience, sending: Sending) {
  const [counted, setCounted] = useState<Schemas["PreviewOut"]>();
  const [problem, setProblem] = useState<unknown>();
  const [wait, setWait] = useState(false);
  const [turn, setTurn] = useState(0);
  const asked = JSON.stringify([audience, sending, turn]);
  // What failed for want of a network is asked again.
  const passing = problem instanceof Refused && ["unreachable", "overloaded", "signed_out"].includes(problem.code);
  useEffect(() => {
    if (!passing) return;
    const again = () => setTurn((n) => n + 1);
    const timer = setInterval(again, 5000);
    addEventListener("online", again);
    return () => {
      clearInterval(timer);
      removeEventListener("online", again);
    };
  }, [passing]);
  useEffect(() => {
    if (!isWhole(audience)) {
      setCounted(undefined);
      setProblem(undefined);
      setWait(false);
      return;
    }
    const leave = new AbortController();
    setWait(true);
    const timer = setTimeout(() => {
      take(api.POST("/staff/v1/audiences/preview", { body: { audience, ...sending }, signal: leave.signal })).then(
        (found) => {
          if (leave.signal.aborted) return;
          setCounted(found);
          setProblem(undefined);
          setWait(false);
        },
        (e) => {
          if (leave.signal.aborted) return;
          setCounted(undefined);
          setProblem(e);
          setWait(false);
        },
      );
    }, 350);
    return () => {
      leave.abort();
      clearTimeout(timer);
    };
  }, [asked]);
  return { counted, problem, wait, groups: audience.length };
}

/** Whether somebody who had enough this week gets it all the same. */
export const isCapped = (a: { importance: string; over_cap: boolean }) => a.importance === "ordinary" && !a.over_cap;

const isOfAudience = (problem: unknown): problem is Refused => problem instanceof Refused && !!problem.field?.startsWith("audience");

/** What the server refused of an audience, in the words of whoever chooses it, and the condition at which it stands. */
export function refusedAudience(problem: unknown, groups: number) {
  if (!isOfAudience(problem)) return undefined;
  const key = `wrong_audience_${problem.reason}`;
  const text = isKey(key) ? t(key) : t("unfinished");
  const at = /^audience\[(\d+)\](?:\[(\d+)\])?/.exec(problem.field ?? "");
  const group = Number(at?.[1] ?? 0);
  return { field: fieldOf(group, Number(at?.[2] ?? 0)), text: at && groups > 1 ? `${t("group", { n: group + 1 })}: ${text}` : text };
}

/** Why an audience was not taken. */
function AudienceProblem({ problem, groups }: { problem: unknown; groups: number }) {
  const refused = refusedAudience(problem, groups);
  return refused ? <p class="fault">{refused.text}</p> : <Problem problem={problem} />;
}

/** How many an audience reaches; `said` for the one place that tells of it when it changes. */
export function Reach({ reach, said, capped = true }: { reach: ReturnType<typeof useReach>; said?: boolean; capped?: boolean }) {
  const { counted, problem, wait, groups } = reach;
  const hidden = counted && (counted.people === undefined || counted.by_phone === undefined || counted.not_by_phone === undefined);
  return (
    <div class="reach" aria-live={said ? "polite" : undefined}>
      <h3>{t("reach")}</h3>
      <AudienceProblem problem={problem} groups={groups} />
      {!problem && counted && (
        <dl class={wait ? "numbers stale" : "numbers"}>
          <div>
            <dt>{t("people")}</dt>
            <dd id={said ? "reach-people" : undefined}>{few(counted.people)}</dd>
          </div>
          {counted.by_phone !== undefined && counted.not_by_phone !== undefined && (
            <>
              <div>
                <dt>{t("byPhone")}</dt>
                <dd>{number(counted.by_phone)}</dd>
              </div>
              <div>
                <dt>{t("notByPhone")}</dt>
                <dd>{number(counted.not_by_phone)}</dd>
              </div>
            </>
          )}
          {capped && counted.capped !== undefined && counted.capped > 0 && (
            <div>
              <dt>{t("capped")}</dt>
              <dd>{number(counted.capped)}</dd>
            </div>
          )}
        </dl>
      )}
      {hidden && <p class="help">{t("hidden")}</p>}
      {counted && counted.letters !== undefined && <p class="help">{t("lettersAbout", { n: number(counted.letters) })}</p>}
      {counted?.asleep !== undefined && counted.asleep > 0 && <p class="fault">{t("asleep", { n: number(counted.asleep) })}</p>}
      {!problem && !counted && wait && <p class="help">{t("reachWait")}</p>}
      {!problem && !counted && !wait && <p class="help">{t("reachNone")}</p>}
      {said && counted && <p class="help">{t("reachHelp")}</p>}
    </div>
  );
}

let last = 0;
const next = () => (last += 1);

/**
 * What each group and condition is known by while it is written, so that what is typed and the focus stay with it when another goes: of
 * a group its own key, and after it those of its conditions.
 */
function useKeys(audience: Audience) {
  const kept = useRef<number[][]>([]);
  const of = audience.map((group, n) => {
    const known = kept.current[n] ?? [next()];
    return [...known, ...group.map(next)].slice(0, group.length + 1);
  });
  kept.current = of;
  /** Before it is gone: a condition of a group, or the group. */
  const drop = (n: number, i?: number) => {
    if (i === undefined) kept.current.splice(n, 1);
    else kept.current[n]?.splice(i + 1, 1);
  };
  return { of, drop };
}

/** Some of the audiences that are kept, by name. */
export type AudiencePage = Schemas["AudiencePage"];

/** A page of the audiences that are kept: the first, or the one after a cursor. */
export const readAudiences = (cursor?: string, limit = 20): Promise<AudiencePage> =>
  take(api.GET("/staff/v1/audiences", { params: { query: { cursor, limit } } }));

/** All of them, to choose one: a town keeps some hundred at the most. */
async function readAllAudiences(): Promise<Schemas["AudienceOut"][]> {
  const all: Schemas["AudienceOut"][] = [];
  let cursor: string | undefined;
  do {
    const page = await readAudiences(cursor, 100);
    all.push(...page.audiences);
    cursor = page.next_cursor;
  } while (cursor);
  return all;
}

type BuilderProps = {
  audience: Audience;
  set: (a: Audience) => void;
  reach: ReturnType<typeof useReach>;
  /** What is wrong at the field with an id. */
  wrong: (field: string) => string | undefined;
};

export function Builder({ audience, set, reach, wrong }: BuilderProps) {
  const [kept, , again] = useFetched(readAllAudiences, []);
  const [name, setName] = useState("");
  const [told, setTold] = useState<string>();
  const [problem, setProblem] = useState<unknown>();
  const who = useWho();
  const group = (n: number, changed: Condition[]) => set(audience.map((g, i) => (i === n ? changed : g)));
  const keys = useKeys(audience);
  /** Once it is drawn. */
  const focus = (id: string) => setTimeout(() => document.getElementById(id)?.focus());
  const save = async () => {
    setTold(undefined);
    try {
      // An area that is kept has a name, and keeps it where it is used.
      const named = audience.map((g) => g.map((c) => (c.kind === "polygon" ? { ...c, name: c.name ?? name.trim() } : c)));
      await take(
        api.PUT("/staff/v1/audiences/{audience_id}", {
          params: { path: { audience_id: crypto.randomUUID() } },
          body: { version: 0, name, audience: named },
        }),
      );
      setProblem(undefined);
      setTold(t("audienceSaved"));
      setName("");
      again();
    } catch (e) {
      setProblem(e);
    }
  };
  return (
    <div>
      <p class="help">{t("groupsHelp")}</p>
      {kept && kept.length > 0 && (
        <Select
          label={t("useSaved")}
          value=""
          set={(id) => {
            const found = kept.find((k) => k.id === id);
            if (found) set(found.audience);
          }}
          of={[
            { value: "", label: "–" },
            ...kept.map((k) => ({ value: k.id, label: k.district ? `${k.name} (${t("district")})` : k.name })),
          ]}
        />
      )}
      {audience.length === 0 && (
        <Select
          label={t("kind")}
          id={WHOM}
          wrong={wrong(WHOM)}
          required
          value=""
          set={(kind) => {
            if (!kind) return;
            set([[fresh(kind as Kind)]]);
            // The next one is another field: whoever chooses by keyboard goes on there.
            focus(WHOM);
          }}
          of={[{ value: "", label: t("choose") }, ...KINDS.map((k) => ({ value: k, label: word("kind", k) }))]}
        />
      )}
      {audience.map((conditions, n) => (
        <section class="group" key={keys.of[n]?.[0]} aria-label={t("group", { n: n + 1 })}>
          <h3 id={`group-${n}`} tabIndex={-1}>
            {t("group", { n: n + 1 })}
          </h3>
          {conditions.map((c, i) => (
            <One
              key={keys.of[n]?.[i + 1]}
              id={fieldOf(n, i)}
              wrong={wrong(fieldOf(n, i))}
              c={c}
              set={(changed) =>
                group(
                  n,
                  conditions.map((x, j) => (i === j ? changed : x)),
                )
              }
              remove={
                conditions.length > 1
                  ? () => {
                      keys.drop(n, i);
                      group(
                        n,
                        conditions.filter((_, j) => i !== j),
                      );
                      focus(`group-${n}`);
                    }
                  : undefined
              }
            />
          ))}
          <div class="row">
            <button
              type="button"
              class="plain"
              disabled={conditions.length >= 10}
              onClick={() => group(n, [...conditions, fresh("age")])}
            >
              {t("addCondition")}
            </button>
            {audience.length > 1 && (
              <button
                type="button"
                class="plain"
                onClick={() => {
                  keys.drop(n);
                  set(audience.filter((_, i) => i !== n));
                  focus(`group-${Math.max(0, n - 1)}`);
                }}
              >
                {t("remove")}
              </button>
            )}
          </div>
        </section>
      ))}
      <button
        type="button"
        class="plain"
        disabled={audience.length === 0 || audience.length >= 10}
        onClick={() => set([...audience, [fresh("street")]])}
      >
        {t("addGroup")}
      </button>
      <Reach reach={reach} said />
      {who.roles.includes("announce") && (
        <details>
          <summary>{t("saveAudience")}</summary>
          <TextField label={t("audienceName")} value={name} max={80} set={setName} />
          <button type="button" class="plain" disabled={!name.trim() || !isWhole(audience)} onClick={save}>
            {t("save")}
          </button>
          {told && <Notice kind="ok">{told}</Notice>}
          <AudienceProblem problem={problem} groups={audience.length} />
        </details>
      )}
    </div>
  );
}
