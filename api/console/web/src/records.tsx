// A month in numbers, the audit trail, and one's own sessions.
import { type ComponentChildren } from "preact";
import { useRef, useState } from "preact/hooks";
import { Link } from "wouter-preact";
import { type Schemas, api, once, take } from "./api";
import { FiguresOut } from "./figures-table";
import { few, isKey, language, number, t, word } from "./texts";
import { clock, isLikely, wall, when } from "./time";
import { Ask, HALF, Notice, Problem, Select, TextField, Title, WhenField, may, useFetched, useWho } from "./ui";

export function Month() {
  const { town } = useWho();
  // At one o'clock on the first of a month it is still the month before elsewhere.
  const [month, setMonth] = useState(() => wall(town.time_zone, clock().toISOString()).slice(0, 7));
  const day = /^\d{4}-\d{2}$/.test(month) ? `${month}-01` : undefined;
  const [m, problem, again] = useFetched(
    async () => (day ? take(api.GET("/staff/v1/figures", { params: { query: { month: day } } })) : undefined),
    [day],
  );
  return (
    <>
      <Title>{t("month")}</Title>
      <p class="help">{t("monthHelp")}</p>
      <TextField label={t("monthOf")} type="month" value={month} set={setMonth} />
      <Problem problem={problem} again={again} />
      {m && (
        <>
          <dl class="numbers">
            {(
              [
                ["residentsNow", number(m.people)],
                ["withAppNow", few(m.with_app)],
                ["announcementsSent", number(m.announcements)],
                ["told", few(m.notified)],
                ["byPhone", few(m.by_phone)],
                ["withoutApp", few(m.without_app)],
              ] as const
            ).map(([label, n]) => (
              <div key={label}>
                <dt>{t(label)}</dt>
                <dd>{n}</dd>
              </div>
            ))}
          </dl>
          <FiguresOut address={`/staff/v1/figures/export?month=${m.from}`} file={`${m.from.slice(0, 7)}.csv`} />
          {m.messages.length > 0 && (
            <div class="scroll" tabIndex={0} role="region" aria-label={t("month")}>
              <table>
                <thead>
                  <tr>
                    <th scope="col">{t("kind")}</th>
                    <th scope="col">{t("sent")}</th>
                    <th scope="col">{t("opened")}</th>
                  </tr>
                </thead>
                <tbody>
                  {m.messages.map((k) => (
                    <tr key={k.kind}>
                      <th scope="row">{word("kind_of", k.kind)}</th>
                      <td>{few(k.sent)}</td>
                      <td>{few(k.opened)}</td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </div>
          )}
        </>
      )}
    </>
  );
}

type Entry = Schemas["AuditOut"];
type Act = Schemas["Act"];
/** What the auditor asks for. */
type Wish = { actor_id?: string; act?: Act; from?: string; until?: string; resident_id?: string };

/** All of them, in the order in which they are offered: the compiler misses one that is not here. */
const ACTS: Record<Act, true> = {
  resident_found: true,
  resident_read: true,
  documents_read: true,
  reminders_read: true,
  visits_read: true,
  messages_read: true,
  preferences_read: true,
  contact_settings_read: true,
  contact_settings_changed: true,
  email_started: true,
  email_confirmed: true,
  sessions_ended: true,
  visit_read: true,
  visit_booked: true,
  visit_moved: true,
  visit_rung: true,
  calls_read: true,
  call_taken: true,
  call_given_back: true,
  call_noted: true,
  call_closed: true,
  letters_made: true,
  letters_read: true,
  letter_taken_out: true,
  letter_put_back: true,
  letters_printed: true,
  printing_undone: true,
  letters_posted: true,
  letter_returned: true,
  addresses_read: true,
  address_checked: true,
  visit_cancelled: true,
  visitor_received: true,
  visitor_called: true,
  visitor_served: true,
  visitor_missed: true,
  visitor_left: true,
  visitor_sent_on: true,
  visitor_parked: true,
  hold_let_go: true,
  waiting_joined: true,
  waiting_left: true,
  waiting_offered: true,
  visitor_edited: true,
  visit_claimed: true,
  passkey_added: true,
  passkey_removed: true,
  passkey_copied: true,
  mandate_asked: true,
  mandate_accepted: true,
  mandate_refused: true,
  mandate_given: true,
  mandate_proposed: true,
  mandate_confirmed: true,
  mandate_ended: true,
  mandates_read: true,
  deed_proposed: true,
  deed_accepted: true,
  deed_refused: true,
  deed_over: true,
  parent_blocked: true,
  parent_unblocked: true,
  hall_stopped: true,
  hall_resumed: true,
  colleague_relieved: true,
  desk_freed: true,
  announcement_written: true,
  announcement_submitted: true,
  announcement_approved: true,
  announcement_cancelled: true,
  announcement_withdrawn: true,
  announcement_discarded: true,
  unreached_read: true,
  audience_kept: true,
  audience_deleted: true,
  template_kept: true,
  template_deleted: true,
  people_list_made: true,
  people_list_replaced: true,
  people_list_deleted: true,
  catalogue_changed: true,
  location_closed: true,
  location_reopened: true,
  register_sent: true,
  upload_cancelled: true,
  report_read: true,
  key_made: true,
  key_rotated: true,
  key_revoked: true,
  role_withdrawn: true,
  role_given_back: true,
  people_erased: true,
  audit_read: true,
};

/** What is wrong with a day to look from or to: half of one, or a year that a slip of the finger made. */
function oddDay(day?: string): string | undefined {
  if (day === HALF) return t("wrong_halfDay");
  return day && !isLikely(day) ? t("wrong_year") : undefined;
}

/** An act in words; of a list that was opened, that it was a list. */
function deed(e: Entry): string {
  const list = `deed_${e.act}`;
  return e.people !== undefined && isKey(list) ? t(list) : word("act", e.act);
}

export function Audit() {
  const [actors, problem, again] = useFetched(() => take(api.GET("/staff/v1/audit/actors")), []);
  const [wish, setWish] = useState<Wish>({});
  const [asked, setAsked] = useState<Wish>({});
  // The same asked again is read again.
  const [turn, setTurn] = useState(0);
  const set = (some: Wish) => setWish({ ...wish, ...some });
  // A person is chosen in the table; what was filled in beside it stays.
  const ask = (next: Wish) => {
    setWish(next);
    setAsked(next);
  };
  const order = wish.from && wish.until && wish.until < wish.from ? t("wrong_order") : undefined;
  const query = new URLSearchParams(Object.entries(asked).filter((e): e is [string, string] => !!e[1]));
  return (
    <>
      <Title>{t("audit")}</Title>
      <form
        class="row unprinted"
        noValidate
        onSubmit={(e) => {
          e.preventDefault();
          if (oddDay(wish.from) || oddDay(wish.until) || order) return;
          setAsked(wish);
          setTurn(turn + 1);
        }}
      >
        <Select
          label={t("who")}
          value={wish.actor_id ?? ""}
          set={(v) => set({ actor_id: v || undefined })}
          of={[
            { value: "", label: t("everybody") },
            ...(actors ?? []).map((a) => ({ value: a.id, label: a.kind === "machine" ? `${a.name} (${t("machine")})` : a.name })),
          ]}
        />
        <Select
          label={t("act")}
          value={wish.act ?? ""}
          set={(v) => set({ act: (v || undefined) as Act | undefined })}
          of={[{ value: "", label: t("everything") }, ...Object.keys(ACTS).map((a) => ({ value: a, label: word("act", a) }))]}
        />
        <WhenField
          kind="date"
          label={t("fromDay")}
          value={wish.from ?? ""}
          wrong={oddDay(wish.from)}
          set={(v) => set({ from: v || undefined })}
        />
        <WhenField
          kind="date"
          label={t("untilDay")}
          value={wish.until ?? ""}
          wrong={oddDay(wish.until) ?? order}
          set={(v) => set({ until: v || undefined })}
        />
        <button type="submit">{t("show")}</button>
      </form>
      <Problem problem={problem} again={again} />
      {asked.resident_id && (
        <p class="row">
          {t("aboutPerson", { person: asked.resident_id.slice(-8) })}
          <button type="button" class="plain" onClick={() => ask({ ...asked, resident_id: undefined })}>
            {t("aboutAll")}
          </button>
        </p>
      )}
      <p class="unprinted">
        <a class="alone" href={`/staff/v1/audit/export?${query}`} download="audit.csv">
          {t("export")}
        </a>{" "}
        <span class="meta">{t("auditExportHelp")}</span>
      </p>
      <Trail key={`${turn} ${query}`} asked={asked} of={(resident_id) => ask({ ...asked, resident_id })} />
    </>
  );
}

function Trail({ asked, of }: { asked: Wish; of: (resident: string) => void }) {
  const { town } = useWho();
  const [older, setOlder] = useState<Entry[]>([]);
  const [cursor, setCursor] = useState<string>();
  const [trouble, setTrouble] = useState<unknown>();
  const table = useRef<HTMLDivElement>(null);
  const read = (cursor?: string) =>
    take(api.GET("/staff/v1/audit", { params: { query: { ...asked, limit: 50, cursor } } }));
  const [page, problem, again] = useFetched(() => read(), []);
  const next = older.length > 0 ? cursor : page?.next_cursor;
  const more = async () => {
    try {
      const found = await read(next);
      setOlder([...older, ...found.entries]);
      setCursor(found.next_cursor);
      setTrouble(undefined);
      if (!found.next_cursor) table.current?.focus();
    } catch (e) {
      setTrouble(e);
    }
  };
  const all = [...(page?.entries ?? []), ...older];
  return (
    <>
      <Problem problem={problem ?? trouble} again={problem ? again : undefined} />
      {!page && !problem && <p>{t("loading")}</p>}
      {page && all.length === 0 && <p>{t("auditNone")}</p>}
      {all.length > 0 && (
        <div ref={table} class="scroll" tabIndex={0} role="region" aria-label={t("audit")}>
          <table>
            <thead>
              <tr>
                <th scope="col">{t("time")}</th>
                <th scope="col">{t("who")}</th>
                <th scope="col">{t("act")}</th>
                <th scope="col">{t("about")}</th>
                <th scope="col">{t("why")}</th>
              </tr>
            </thead>
            <tbody>
              {all.map((e) => (
                <tr key={e.id}>
                  <td>{when(language, town.time_zone, e.at)}</td>
                  <td>
                    {e.actor_name}
                    {e.actor_kind === "machine" && ` (${t("machine")})`}
                  </td>
                  <td>{deed(e)}</td>
                  <td>
                    <About entry={e} of={of} />
                  </td>
                  <td>{e.reason ? word("reason", e.reason) : ""}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {next && (
        <button type="button" class="plain" onClick={more}>
          {t("more")}
        </button>
      )}
    </>
  );
}

/** About whom or what: what it is called, of how many people, and a person by what tells one apart from another. */
function About({ entry: e, of }: { entry: Entry; of: (resident: string) => void }) {
  const who = useWho();
  const parts: ComponentChildren[] = [];
  if (e.subject_kind === "announcement") {
    const title = e.subject_name ?? t("untitled");
    const opens = may(who, "announce", "approve");
    parts.push(opens ? <Link href={`/announcements/${e.subject_id}`}>{title}</Link> : title);
  } else if (e.subject_kind === "upload") {
    parts.push(word("subject", e.subject_name ?? ""));
  } else if (e.subject_kind && e.subject_kind !== "person") {
    parts.push(`${word("about", e.subject_kind)}: ${e.subject_name ?? "–"}`);
  } else if (e.subject_id && !e.subject_kind) {
    parts.push(t("aboutGone", { id: e.subject_id.slice(-8) }));
  }
  if (e.desk) parts.push(e.desk);
  if (e.people !== undefined) parts.push(t("aboutPeople", { people: number(e.people) }));
  const person = e.resident_id ?? (e.subject_kind === "person" ? e.subject_id : undefined);
  if (e.person && person) {
    parts.push(
      <button type="button" class="linklike" title={t("aboutPersonHelp")} onClick={() => of(person)}>
        {t("person", { person: e.person })}
      </button>,
    );
  }
  return (
    <>
      {parts.map((part, n) => (
        <div key={n} dir="auto">
          {part}
        </div>
      ))}
    </>
  );
}

/** A session in words that its member knows it by. */
function called(s: Schemas["StaffSessionOut"]): string {
  if (s.kind === "tool") return t("tool");
  if (!s.browser || !s.system) return t("browser");
  return t("browserOn", { browser: word("browser_name", s.browser), system: word("system_name", s.system) });
}

export function Sessions() {
  const who = useWho();
  const [all, problem, again] = useFetched(() => take(api.GET("/staff/v1/sessions")), []);
  const [refused, setRefused] = useState<unknown>();
  const [sure, setSure] = useState(false);
  const [ended, setEnded] = useState(false);
  const end = async (session_id: string, current: boolean) => {
    try {
      await take(api.DELETE("/staff/v1/sessions/{session_id}", { params: { path: { session_id }, header: once() } }));
      if (current) location.assign("/staff");
    } catch (e) {
      setRefused(e);
    }
    again();
  };
  const endOthers = async (yes: boolean) => {
    setSure(false);
    if (!yes) return;
    try {
      await take(api.DELETE("/staff/v1/sessions", { params: { header: once() } }));
      setRefused(undefined);
      setEnded(true);
    } catch (e) {
      setRefused(e);
    }
    again();
  };
  const time = (at: string) => when(language, who.town.time_zone, at);
  return (
    <>
      <Title>{t("sessions")}</Title>
      <p class="help">{t("sessionsHelp")}</p>
      <Problem problem={problem ?? refused} again={again} />
      {ended && <Notice kind="ok">{t("othersEnded")}</Notice>}
      <ul class="cards">
        {all?.map((s) => (
          <li key={s.id}>
            <strong>{called(s)}</strong>
            {s.current && <span class="badge">{t("thisOne")}</span>}
            <span class="meta">
              {t("began")}: {time(s.created_at)} · {t("lastUsed")}: {time(s.last_used_at)} · {t("endsAt")}: {time(s.expires_at)}
            </span>
            <button type="button" class="plain" onClick={() => end(s.id, s.current)}>
              {s.current ? t("signOut") : t("end")}
            </button>
          </li>
        ))}
      </ul>
      {all?.some((s) => !s.current) && (
        <button type="button" class="plain" onClick={() => setSure(true)}>
          {t("endOthers")}
        </button>
      )}
      {sure && <Ask text={t("endOthersAsk")} yes={t("endOthers")} done={endOthers} />}
    </>
  );
}
