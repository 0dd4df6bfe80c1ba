// A month in numbers, the audit trail, and one's own sessions.
import { useState } from "preact/hooks";
import { type Schemas, api, once, take } from "./api";
import { few, language, number, t, word } from "./texts";
import { clock, when } from "./time";
import { Problem, TextField, Title, useFetched, useWho } from "./ui";

export function Month() {
  const [month, setMonth] = useState(() => clock().toISOString().slice(0, 7));
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
                ["residents", number(m.people)],
                ["withApp", few(m.with_app)],
                ["announcementsSent", number(m.announcements)],
                ["told", few(m.told)],
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

export function Audit() {
  const who = useWho();
  const [older, setOlder] = useState<Schemas["AuditOut"][]>([]);
  const [cursor, setCursor] = useState<string>();
  const [trouble, setTrouble] = useState<unknown>();
  const [page, problem, again] = useFetched(
    () => take(api.GET("/staff/v1/audit", { params: { query: { limit: 50 } } })),
    [],
  );
  const next = older.length > 0 ? cursor : page?.next_cursor;
  const more = async () => {
    try {
      const found = await take(api.GET("/staff/v1/audit", { params: { query: { limit: 50, cursor: next } } }));
      setOlder([...older, ...found.entries]);
      setCursor(found.next_cursor);
    } catch (e) {
      setTrouble(e);
    }
  };
  return (
    <>
      <Title>{t("audit")}</Title>
      <Problem problem={problem ?? trouble} again={again} />
      <div class="scroll" tabIndex={0} role="region" aria-label={t("audit")}>
        <table>
          <thead>
            <tr>
              <th scope="col">{t("time")}</th>
              <th scope="col">{t("who")}</th>
              <th scope="col">{t("act")}</th>
              <th scope="col">{t("why")}</th>
            </tr>
          </thead>
          <tbody>
            {[...(page?.entries ?? []), ...older].map((e) => (
              <tr key={e.id}>
                <td>{when(language, who.town.time_zone, e.at)}</td>
                <td>{e.actor_name}</td>
                <td>{word("act", e.act)}</td>
                <td>{e.reason ? word("reason", e.reason) : ""}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {next && (
        <button type="button" class="plain" onClick={more}>
          {t("more")}
        </button>
      )}
    </>
  );
}

export function Sessions() {
  const who = useWho();
  const [all, problem, again] = useFetched(() => take(api.GET("/staff/v1/sessions")), []);
  const [refused, setRefused] = useState<unknown>();
  const end = async (session_id: string, current: boolean) => {
    try {
      await take(api.DELETE("/staff/v1/sessions/{session_id}", { params: { path: { session_id }, header: once() } }));
      if (current) location.assign("/staff");
    } catch (e) {
      setRefused(e);
    }
    again();
  };
  return (
    <>
      <Title>{t("sessions")}</Title>
      <Problem problem={problem ?? refused} again={again} />
      <ul class="cards">
        {all?.map((s) => (
          <li key={s.id}>
            <strong>{t(s.kind === "tool" ? "tool" : "browser")}</strong>
            {s.current && <span class="badge">{t("thisOne")}</span>}
            <span class="meta">
              {t("lastUsed")}: {when(language, who.town.time_zone, s.last_used_at)} · {t("endsAt")}:{" "}
              {when(language, who.town.time_zone, s.expires_at)}
            </span>
            <button type="button" class="plain" onClick={() => end(s.id, s.current)}>
              {s.current ? t("signOut") : t("end")}
            </button>
          </li>
        ))}
      </ul>
    </>
  );
}
