// Whom something concerns: groups of conditions, each with its fields, and how many that reaches.
import { useEffect, useState } from "preact/hooks";
import { type Condition, type Schemas, api, take } from "./api";
import { Map } from "./map";
import { few, t, word } from "./texts";
import { clock } from "./time";
import { Check, Notice, NumberField, Problem, Select, TextField, useFetched, useWho } from "./ui";

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
      return { kind, from: 0, until: 120, not: false };
    case "language":
      return { kind, languages: ["fr"], not: false };
    case "children":
      return { kind, from: 0, until: 12, not: false };
    case "topic":
      return { kind, topic: "works", not: false };
    case "document":
      return { kind, kinds: ["eid"], from: today, until: today, not: false };
    case "list":
      return { kind, list_id: "", not: false };
  }
}

/** Whether each condition says enough to be asked about. */
export const isWhole = (audience: Audience) =>
  audience.length > 0 &&
  audience.every(
    (group) =>
      group.length > 0 &&
      group.every((c) => {
        switch (c.kind) {
          case "street":
            return c.street.trim() !== "";
          case "postcode":
            return c.postcodes.length > 0;
          case "circle":
            return c.centre.latitude !== 0 && c.meters >= 1;
          case "polygon":
            return c.corners.length >= 3;
          case "language":
            return c.languages.length > 0;
          case "document":
            return c.kinds.length > 0;
          case "list":
            return c.list_id !== "";
          default:
            return true;
        }
      }),
  );

/** Whether it rests on what the register knows of people. */
export const usesRegister = (audience: Audience) =>
  audience.flat().some((c) => c.kind !== "everyone" && c.kind !== "topic");

/** A condition in one line. */
export function inWords(c: Condition): string {
  const not = c.not ? `${t("not")} ` : "";
  const kind = `${not}${word("kind", c.kind)}`;
  switch (c.kind) {
    case "street": {
      const side = c.side === "both" ? "" : ` (${word("side", c.side).toLowerCase()})`;
      return `${kind} ${c.street}${c.from ? ` ${c.from}–${c.until ?? c.from}` : ""}${side}`;
    }
    case "postcode":
      return `${kind} ${c.postcodes.join(", ")}`;
    case "circle":
      return `${kind} ${c.meters} m`;
    case "polygon":
      return c.name ? `${not}${c.name}` : `${kind} (${c.corners.length})`;
    case "age":
    case "children":
      return `${kind} ${c.from}–${c.until}`;
    case "language":
      return `${kind} ${c.languages.map((l) => word("lang", l)).join(", ")}`;
    case "topic":
      return `${kind} ${word("topic", c.topic)}`;
    case "document":
      return `${kind} ${c.kinds.join(", ")} ${c.from} – ${c.until}`;
    default:
      return kind;
  }
}

export function InWords({ audience, maps }: { audience: Audience; maps?: boolean }) {
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

function Range({ c, set }: FormProps<"age"> | FormProps<"children">) {
  return (
    <fieldset class="inline">
      <legend>{t("years")}</legend>
      <NumberField label={t("from")} min={0} value={c.from} set={(from) => set({ ...c, from: Math.floor(from) })} />
      <NumberField label={t("until")} min={0} value={c.until} set={(until) => set({ ...c, until: Math.floor(until) })} />
    </fieldset>
  );
}

function Lists({ c, set }: FormProps<"list">) {
  const [lists, problem] = useFetched(() => take(api.GET("/staff/v1/people-lists")), []);
  if (problem) return <Problem problem={problem} />;
  if (lists && lists.length === 0) return <p class="help">{t("noLists")}</p>;
  const choices = (lists ?? []).map((l) => ({ value: l.id, label: `${l.name} (${few(l.people)})` }));
  return (
    <Select label={t("list")} value={c.list_id} set={(list_id) => set({ ...c, list_id })} of={[{ value: "", label: "–" }, ...choices]} />
  );
}

/** The fields of a condition. */
function Form({ c, set }: { c: Condition; set: (c: Condition) => void }) {
  switch (c.kind) {
    case "street":
      return (
        <>
          <TextField label={t("street")} value={c.street} max={200} set={(street) => set({ ...c, street })} />
          <fieldset class="inline">
            <legend class="unseen">{t("from")}</legend>
            <NumberField
              label={t("from")}
              min={1}
              value={c.from ?? undefined}
              set={(from) => set({ ...c, from: Math.floor(from) })}
              none={() => set({ ...c, from: undefined, until: undefined })}
            />
            <NumberField
              label={t("until")}
              min={1}
              value={c.until ?? undefined}
              set={(until) => set({ ...c, until: Math.floor(until), from: c.from ?? Math.floor(until) })}
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
    case "postcode":
      return (
        <Several label={t("postcodes")} values={c.postcodes} set={(postcodes) => set({ ...c, postcodes })} />
      );
    case "circle":
      return (
        <>
          <Map
            corners={c.centre.latitude === 0 ? [] : [c.centre]}
            meters={c.meters}
            set={([centre]) => centre && set({ ...c, centre })}
          />
          <NumberField label={t("meters")} min={1} value={c.meters} set={(meters) => set({ ...c, meters })} />
        </>
      );
    case "polygon":
      return <Map corners={c.corners} set={(corners) => set({ ...c, corners, name: undefined })} />;
    case "age":
      return <Range c={c} set={set} />;
    case "children":
      return <Range c={c} set={set} />;
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
          <Several label={t("documents")} values={c.kinds} set={(kinds) => set({ ...c, kinds })} />
          <fieldset class="inline">
            <legend class="unseen">{t("from")}</legend>
            <TextField label={t("from")} type="date" value={c.from} set={(from) => set({ ...c, from })} />
            <TextField label={t("until")} type="date" value={c.until} set={(until) => set({ ...c, until })} />
          </fieldset>
        </>
      );
    case "list":
      return <Lists c={c} set={set} />;
    default:
      return null;
  }
}

function One({ c, set, remove }: { c: Condition; set: (c: Condition) => void; remove?: () => void }) {
  return (
    <fieldset class="condition">
      <legend>{inWords({ ...c, not: false })}</legend>
      <div class="row">
        <Select
          label={t("kind")}
          value={c.kind}
          set={(kind) => set(fresh(kind as Kind))}
          of={KINDS.map((k) => ({ value: k, label: word("kind", k) }))}
        />
        {c.kind !== "everyone" && <Check label={t("not")} value={c.not ?? false} set={(not) => set({ ...c, not })} />}
        {remove && (
          <button type="button" class="plain" onClick={remove}>
            {t("remove")}
          </button>
        )}
      </div>
      <Form c={c} set={set} />
    </fieldset>
  );
}

/** How many it reaches, asked anew when it changed. */
export function Reach({ audience }: { audience: Audience }) {
  const [counted, setCounted] = useState<Schemas["PreviewOut"]>();
  const [problem, setProblem] = useState<unknown>();
  const [wait, setWait] = useState(false);
  const asked = JSON.stringify(audience);
  useEffect(() => {
    if (!isWhole(audience)) {
      setCounted(undefined);
      setProblem(undefined);
      return;
    }
    let current = true;
    setWait(true);
    const timer = setTimeout(() => {
      take(api.POST("/staff/v1/audiences/preview", { body: { audience } })).then(
        (found) => {
          if (!current) return;
          setCounted(found);
          setProblem(undefined);
          setWait(false);
        },
        (e) => {
          if (!current) return;
          setProblem(e);
          setWait(false);
        },
      );
    }, 350);
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [asked]);
  return (
    <div class="reach" aria-live="polite">
      <h3>{t("reach")}</h3>
      <Problem problem={problem} />
      {!problem && counted && (
        <dl class={wait ? "numbers stale" : "numbers"}>
          <div>
            <dt>{t("people")}</dt>
            <dd id="reach-people">{few(counted.people)}</dd>
          </div>
          {counted.by_phone === undefined || counted.not_by_phone === undefined ? (
            <div>
              <dt>{t("hidden")}</dt>
              <dd>–</dd>
            </div>
          ) : (
            <>
              <div>
                <dt>{t("byPhone")}</dt>
                <dd>{few(counted.by_phone)}</dd>
              </div>
              <div>
                <dt>{t("notByPhone")}</dt>
                <dd>{few(counted.not_by_phone)}</dd>
              </div>
            </>
          )}
          {counted.capped !== 0 && (
            <div>
              <dt>{t("capped")}</dt>
              <dd>{few(counted.capped)}</dd>
            </div>
          )}
        </dl>
      )}
      {!problem && !counted && wait && <p class="help">{t("reachWait")}</p>}
      <p class="help">{t("reachHelp")}</p>
    </div>
  );
}

export function Builder({ audience, set }: { audience: Audience; set: (a: Audience) => void }) {
  const [kept, , again] = useFetched(() => take(api.GET("/staff/v1/audiences")), []);
  const [name, setName] = useState("");
  const [told, setTold] = useState<string>();
  const [problem, setProblem] = useState<unknown>();
  const who = useWho();
  const group = (n: number, changed: Condition[]) => set(audience.map((g, i) => (i === n ? changed : g)));
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
      {audience.map((conditions, n) => (
        <section class="group" key={n} aria-label={t("group", { n: n + 1 })}>
          <h3>{t("group", { n: n + 1 })}</h3>
          {conditions.map((c, i) => (
            <One
              key={`${i} ${c.kind}`}
              c={c}
              set={(changed) =>
                group(
                  n,
                  conditions.map((x, j) => (i === j ? changed : x)),
                )
              }
              remove={
                conditions.length > 1
                  ? () =>
                      group(
                        n,
                        conditions.filter((_, j) => i !== j),
                      )
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
              <button type="button" class="plain" onClick={() => set(audience.filter((_, i) => i !== n))}>
                {t("remove")}
              </button>
            )}
          </div>
        </section>
      ))}
      <button
        type="button"
        class="plain"
        disabled={audience.length >= 10}
        onClick={() => set([...audience, [fresh("street")]])}
      >
        {t("addGroup")}
      </button>
      <Reach audience={audience} />
      {who.roles.includes("announce") && (
        <details>
          <summary>{t("saveAudience")}</summary>
          <TextField label={t("audienceName")} value={name} max={80} set={setName} />
          <button type="button" class="plain" disabled={!name.trim() || !isWhole(audience)} onClick={save}>
            {t("save")}
          </button>
          {told && <Notice kind="ok">{told}</Notice>}
          <Problem problem={problem} />
        </details>
      )}
    </div>
  );
}
