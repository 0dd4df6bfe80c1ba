// Keys of machines, and colleagues with their roles.
import { useRef, useState } from "preact/hooks";
import { Refused, type Schemas, api, take } from "./api";
import { useBusy, useOnce, useProblem, useTyped } from "./planning-deeds";
import { language, number, t, word } from "./texts";
import { clock, when } from "./time";
import { Ask, Check, Field, Notice, NumberField, Problem, type Role, TextField, Title, isNumber, useEvery, useFetched, useWho } from "./ui";

type Key = Schemas["KeyOut"];
type Scope = Schemas["Scope"];
/** All of them, in the order in which they are offered: the compiler misses one that is not here. */
const SCOPES: Record<Scope, true> = { import_residents: true, import_documents: true, check_in: true, note_bounces: true };
const ROLES: Record<Role, true> = {
  counter: true,
  plan: true,
  announce: true,
  approve: true,
  alert: true,
  import: true,
  audit: true,
  administer: true,
};
/** What the server takes. */
const NAME = 100;
const DAYS = 4000;
/** In milliseconds: how often what others do is looked at. */
const OFTEN = 60_000;

/** A key that was just made: nobody sees it again, so that it stays until whoever made it says that it is kept, wherever they go meanwhile. */
let held: { name: string; key: string; expires_at: string } | undefined;

export function Keys() {
  const { town } = useWho();
  const [keys, problem, again] = useFetched(() => take(api.GET("/staff/v1/keys")), []);
  useEvery(OFTEN, again);
  const [made, setMade] = useState(held);
  const [ask, setAsk] = useState<{ deed: "rotate" | "revoke"; key: Key }>();
  const [told, setTold] = useState<string>();
  const [deed, setDeed] = useProblem();
  const [busy, alone] = useBusy();
  const onceOnly = useOnce();
  const time = (at?: string) => when(language, town.time_zone, at);
  const show = (one: typeof held) => {
    held = one;
    setMade(one);
    setDeed(undefined);
    setTold(undefined);
    again();
  };
  const act = (what: "rotate" | "revoke", key: Key) =>
    alone(async () => {
      const path = { key_id: key.id };
      try {
        if (what === "rotate") {
          const next = await onceOnly(`rotate ${key.id}`, (header) =>
            take(api.POST("/staff/v1/keys/{key_id}/rotate", { params: { path, header } })),
          );
          show({ name: key.name, key: next.key, expires_at: next.expires_at });
        } else {
          await onceOnly(`revoke ${key.id}`, (header) => take(api.DELETE("/staff/v1/keys/{key_id}", { params: { path, header } })));
          setDeed(undefined);
          setTold(t("keyRevoked", { name: key.name }));
        }
      } catch (e) {
        // Somebody else revoked or replaced it meanwhile.
        setDeed(e instanceof Refused && e.code === "not_found" ? new Refused("key_gone") : e);
        setTold(undefined);
      }
      again();
    });
  const now = clock().toISOString();
  const good = (k: Key) => !k.revoked_at && k.expires_at > now;
  const row = (k: Key) => (
    <li key={k.id}>
      <strong dir="auto">{k.name}</strong>
      {k.revoked_at ? (
        <span class="badge withdrawn">{t("keyIsRevoked")}</span>
      ) : !good(k) ? (
        <span class="badge">{t("keyIsOver")}</span>
      ) : k.rotated_to_id ? (
        <span class="badge submitted">{t("keyIsReplaced")}</span>
      ) : (
        <span class="badge sent">{t("keyIsGood")}</span>
      )}
      <span class="sentence">{k.scopes.map((s) => word("scope", s)).join("; ")}</span>
      <span class="meta">
        {t("keyMade", { time: time(k.made_at), name: k.made_by })} ·{" "}
        {k.revoked_at ? t("keyRevokedAt", { time: time(k.revoked_at) }) : t("keyUntil", { time: time(k.expires_at) })} ·{" "}
        {k.last_used_at ? t("keyUsed", { time: time(k.last_used_at) }) : t("keyUnused")}
      </span>
      {good(k) && (
        <span class="row">
          {!k.rotated_to_id && (
            <button type="button" class="plain" aria-label={`${t("keyRotate")}: ${k.name}`} onClick={() => setAsk({ deed: "rotate", key: k })}>
              {t("keyRotate")}
            </button>
          )}
          <button type="button" class="plain" aria-label={`${t("keyRevoke")}: ${k.name}`} onClick={() => setAsk({ deed: "revoke", key: k })}>
            {t("keyRevoke")}
          </button>
        </span>
      )}
    </li>
  );
  const past = keys?.filter((k) => !good(k)) ?? [];
  return (
    <>
      <Title>{t("pageKeys")}</Title>
      <p class="help">{t("keysHelp")}</p>
      <Problem problem={deed ?? problem} again={deed ? undefined : again} />
      {told && (
        <Notice kind="ok" focus>
          {told}
        </Notice>
      )}
      {made && (
        <Secret
          made={made}
          done={() => {
            show(undefined);
            // The button is gone.
            setTimeout(() => document.querySelector<HTMLElement>("main h1")?.focus());
          }}
        />
      )}
      <section aria-labelledby="keys">
        <h2 id="keys">{t("keysNow")}</h2>
        {!keys && !problem && <p>{t("loading")}</p>}
        {keys && keys.length === past.length && <p>{t("keysNone")}</p>}
        <ul class="cards">{keys?.filter(good).map(row)}</ul>
        {past.length > 0 && (
          <details>
            <summary>{t("keysPast", { n: number(past.length) })}</summary>
            <ul class="cards">{past.map(row)}</ul>
          </details>
        )}
      </section>
      <Make made={show} />
      {ask && (
        <Ask
          text={t(ask.deed === "rotate" ? "keyRotateAsk" : "keyRevokeAsk")}
          about={ask.key.name}
          yes={t(ask.deed === "rotate" ? "keyRotate" : "keyRevoke")}
          danger={ask.deed === "revoke"}
          done={(sure) => {
            setAsk(undefined);
            if (sure && !busy) void act(ask.deed, ask.key);
          }}
        />
      )}
    </>
  );
}

/** The key itself, once: to be copied to where it is used. */
function Secret({ made, done }: { made: NonNullable<typeof held>; done: () => void }) {
  const { town } = useWho();
  const field = useRef<HTMLInputElement>(null);
  const [copied, setCopied] = useState<boolean>();
  const copy = async () => {
    field.current?.select();
    try {
      await navigator.clipboard.writeText(made.key);
      setCopied(true);
    } catch {
      // A browser that does not let a page write to its clipboard: the field is selected all the same.
      setCopied(document.execCommand("copy"));
    }
  };
  return (
    <Notice kind="ok" focus>
      <h2>{t("keyHere", { name: made.name })}</h2>
      <p>
        <strong>{t("keyOnce")}</strong> {t("keyOnceHelp")}
      </p>
      <Field label={t("keyItself")}>
        {(ids) => (
          <input {...ids} ref={field} class="secret" type="text" readOnly dir="ltr" autoComplete="off" value={made.key} onFocus={(e) => e.currentTarget.select()} />
        )}
      </Field>
      <p class="meta">{t("keyUntil", { time: when(language, town.time_zone, made.expires_at) })}</p>
      <div class="row">
        <button type="button" onClick={() => void copy()}>
          {t("keyCopy")}
        </button>
        <button type="button" class="plain" onClick={done}>
          {t("keyKept")}
        </button>
      </div>
      <p role="status">{copied === undefined ? "" : t(copied ? "keyCopied" : "keyNotCopied")}</p>
    </Notice>
  );
}

type Form = { name: string; scopes: Scope[]; days: number };

function Make({ made }: { made: (one: NonNullable<typeof held>) => void }) {
  const [form, change, forget] = useTyped<Form>("key", () => ({ name: "", scopes: [], days: 365 }));
  const [tried, setTried] = useState(false);
  const [problem, setProblem] = useProblem();
  const [busy, alone] = useBusy();
  const onceOnly = useOnce();
  const tooMany = problem instanceof Refused && problem.code === "body_invalid" && problem.field === "days";
  const wrong = {
    name: !form.name.trim() ? t("keyWrongName") : [...form.name.trim()].length > NAME ? t("wrong_long", { max: NAME }) : undefined,
    scopes: form.scopes.length === 0 ? t("keyWrongScopes") : undefined,
    days: !isNumber(form.days) || form.days < 1 || form.days > DAYS ? t("wrong_number", { min: 1, max: DAYS }) : undefined,
  };
  const put = (part: Partial<Form>) => {
    setProblem(undefined);
    change(part);
  };
  const send = () => {
    setTried(true);
    const first = (["name", "scopes", "days"] as const).find((f) => wrong[f]);
    if (first) {
      document.getElementById(`f-${first}`)?.focus();
      return;
    }
    void alone(async () => {
      const body = { ...form, name: form.name.trim() };
      try {
        const answer = await onceOnly(JSON.stringify(body), (header) => take(api.POST("/staff/v1/keys", { params: { header }, body })));
        setProblem(undefined);
        setTried(false);
        forget();
        made({ name: body.name, key: answer.key, expires_at: answer.expires_at });
      } catch (e) {
        setProblem(e);
        if (e instanceof Refused && e.field === "days") setTimeout(() => document.getElementById("f-days")?.focus());
      }
    });
  };
  return (
    <section aria-labelledby="make">
      <h2 id="make">{t("keyNew")}</h2>
      <form class="plan" noValidate onSubmit={(e) => e.preventDefault()}>
        <TextField
          id="f-name"
          label={t("name")}
          help={t("keyNameHelp")}
          max={NAME}
          required
          value={form.name}
          wrong={tried ? wrong.name : undefined}
          set={(name) => put({ name })}
        />
        <fieldset id="f-scopes" tabIndex={-1} class={tried && wrong.scopes ? "wrong" : ""} aria-describedby={tried && wrong.scopes ? "f-scopes-fault" : undefined}>
          <legend>{t("keyScopes")}</legend>
          {tried && wrong.scopes && (
            <p id="f-scopes-fault" class="fault">
              {wrong.scopes}
            </p>
          )}
          {(Object.keys(SCOPES) as Scope[]).map((scope) => (
            <Check
              key={scope}
              label={word("scope", scope)}
              value={form.scopes.includes(scope)}
              set={(on) => put({ scopes: on ? [...form.scopes, scope] : form.scopes.filter((s) => s !== scope) })}
            />
          ))}
        </fieldset>
        <NumberField
          id="f-days"
          label={t("keyDays")}
          min={1}
          max={DAYS}
          value={form.days}
          wrong={tooMany ? t("keyWrongDays") : tried ? wrong.days : undefined}
          set={(days) => put({ days })}
        />
        <Problem problem={tooMany ? undefined : problem} />
        <button type="button" aria-disabled={busy} onClick={send}>
          {busy ? t("busy") : t("keyMake")}
        </button>
      </form>
    </section>
  );
}

/** How many colleagues a list has before it can be searched. */
const FEW = 8;

export function Colleagues() {
  const who = useWho();
  const { town } = who;
  const [all, problem, again] = useFetched(() => take(api.GET("/staff/v1/members")), []);
  useEvery(OFTEN, again);
  const [search, setSearch] = useState("");
  const [ask, setAsk] = useState<{ id: string; name: string; role: Role }>();
  const [told, setTold] = useState<string>();
  const [deed, setDeed] = useProblem();
  const [, alone] = useBusy();
  const set = (id: string, name: string, role: Role, given: boolean) =>
    alone(async () => {
      const params = { path: { member_id: id, role } };
      setTold(undefined);
      try {
        if (given) await take(api.PUT("/staff/v1/members/{member_id}/roles/{role}", { params }));
        else await take(api.DELETE("/staff/v1/members/{member_id}/roles/{role}", { params }));
        setDeed(undefined);
        setTold(t(given ? "roleGiven" : "roleTaken", { name, role: word("role", role) }));
      } catch (e) {
        setDeed(e);
      }
      again();
    });
  const wanted = search.trim().toLocaleLowerCase();
  const shown = all?.filter((m) => m.name.toLocaleLowerCase().includes(wanted)).sort((a, b) => a.name.localeCompare(b.name));
  const order = Object.keys(ROLES);
  return (
    <>
      <Title>{t("pageColleagues")}</Title>
      <p class="help">{t("colleaguesHelp")}</p>
      <Problem problem={deed ?? problem} again={deed ? undefined : again} />
      {told && <Notice kind="ok">{told}</Notice>}
      {!all && !problem && <p>{t("loading")}</p>}
      {all && all.length > FEW && <TextField label={t("colleaguesFind")} value={search} set={setSearch} />}
      {shown?.length === 0 && <p>{t("nothingFound")}</p>}
      <ul class="cards">
        {shown?.map((m) => {
          const own = m.id === who.me.id;
          const roles = [...m.roles.map((role) => ({ role, has: true })), ...m.withdrawn.map((role) => ({ role, has: false }))].sort(
            (a, b) => order.indexOf(a.role) - order.indexOf(b.role),
          );
          return (
            <li key={m.id}>
              <strong dir="auto">{m.name}</strong>
              {own && <span class="badge">{t("colleagueYou")}</span>}
              <span class="meta">{t("colleagueSeen", { time: when(language, town.time_zone, m.last_signed_in_at) })}</span>
              <ul class="roles" aria-label={t("colleagueRoles", { name: m.name })}>
                {roles.map(({ role, has }) => (
                  <li key={role}>
                    <span class={has ? "" : "meta"}>
                      {word("role", role)}
                      {!has && ` (${t("roleIsTaken")})`}
                    </span>
                    {!own && (
                      <button
                        type="button"
                        class="plain small"
                        aria-label={t(has ? "roleTakeThis" : "roleGiveThis", { role: word("role", role), name: m.name })}
                        onClick={() => (has ? setAsk({ id: m.id, name: m.name, role }) : void set(m.id, m.name, role, true))}
                      >
                        {t(has ? "roleTake" : "roleGive")}
                      </button>
                    )}
                  </li>
                ))}
              </ul>
              {own && <span class="meta">{t("colleagueOwn")}</span>}
            </li>
          );
        })}
      </ul>
      {ask && (
        <Ask
          text={t("roleTakeAsk", { role: word("role", ask.role) })}
          about={ask.name}
          yes={t("roleTake")}
          danger
          done={(sure) => {
            setAsk(undefined);
            if (sure) void set(ask.id, ask.name, ask.role, false);
          }}
        />
      )}
    </>
  );
}
