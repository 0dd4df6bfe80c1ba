// The announcements of the town, and one of them: what it says, where it stands, what became of it.
import { useState } from "preact/hooks";
import { Link, useLocation } from "wouter-preact";
import { type Announcement, type Schemas, api, once, take } from "./api";
import { InWords } from "./audience";
import { Chart } from "./chart";
import { Phones } from "./phones";
import { few, language, t, word } from "./texts";
import { when } from "./time";
import { Ask, Notice, Problem, Title, may, useEvery, useFetched, useWho } from "./ui";
import { Unreached } from "./unreached";

const titleOf = (a: Announcement) => a.texts.find((x) => x.title)?.title ?? t("untitled");

export function Badge({ state }: { state: Schemas["State"] }) {
  return <span class={`badge ${state}`}>{word("state", state)}</span>;
}

export function List() {
  const who = useWho();
  const [, go] = useLocation();
  const [all, problem, again] = useFetched(() => take(api.GET("/staff/v1/announcements")), []);
  const moving = all?.some((a) => ["approved", "sending", "withdrawing"].includes(a.state));
  useEvery(moving ? 3000 : 15_000, again);
  return (
    <>
      <div class="row spread">
        <Title>{t("announcements")}</Title>
        {may(who, "announce") && (
          <button type="button" onClick={() => go(`/compose/${crypto.randomUUID()}`)}>
            {t("newAnnouncement")}
          </button>
        )}
      </div>
      <Problem problem={problem} again={again} />
      {!all && !problem && <p>{t("loading")}</p>}
      {all && all.length === 0 && <p>{t("none")}</p>}
      <ul class="cards">
        {all?.map((a) => (
          <li key={a.id}>
            <Link href={a.state === "draft" && may(who, "announce") ? `/compose/${a.id}` : `/announcements/${a.id}`}>
              {titleOf(a)}
            </Link>
            <Badge state={a.state} />
            <span class="meta">
              {word("topic", a.topic)} · {word("importance", a.importance)} · {a.author} ·{" "}
              {when(language, who.town.time_zone, a.started_at ?? a.updated_at)}
              {a.started_at && ` · ${t("told")}: ${few(a.told)}`}
            </span>
          </li>
        ))}
      </ul>
    </>
  );
}

type Deed = "approve" | "cancel" | "withdraw";

export function One({ id }: { id: string }) {
  const who = useWho();
  const [, go] = useLocation();
  const params = { path: { announcement_id: id } };
  const [a, problem, again] = useFetched(() => take(api.GET("/staff/v1/announcements/{announcement_id}", { params })), [id]);
  const [ask, setAsk] = useState<Deed>();
  const [refused, setRefused] = useState<unknown>();
  const moving = a && ["approved", "sending", "withdrawing"].includes(a.state);
  useEvery(moving ? 700 : 5000, again);
  if (!a) return problem ? <Problem problem={problem} again={again} /> : <p>{t("loading")}</p>;

  const act = async (deed: Deed, sure: boolean) => {
    setAsk(undefined);
    if (!sure) return;
    const with_ = { params: { ...params, query: { version: a.version }, header: once() } };
    try {
      if (deed === "approve") await take(api.POST("/staff/v1/announcements/{announcement_id}/approve", with_));
      if (deed === "cancel") await take(api.POST("/staff/v1/announcements/{announcement_id}/cancel", with_));
      if (deed === "withdraw") await take(api.POST("/staff/v1/announcements/{announcement_id}/withdraw", with_));
      setRefused(undefined);
    } catch (e) {
      setRefused(e);
    }
    again();
  };
  const zone = who.town.time_zone;
  const goes = a.send_at ? when(language, zone, a.send_at) : t("now");
  const questions: Record<Deed, string> = {
    approve: t("approveAsk", { when: goes }),
    cancel: t("callOffAsk"),
    withdraw: t("withdrawAsk"),
  };
  const labels: Record<Deed, string> = { approve: t("approve"), cancel: t("callOff"), withdraw: t("withdraw") };
  const before = ["draft", "submitted", "approved"].includes(a.state);
  const out = a.started_at !== undefined && a.started_at !== null;
  return (
    <>
      <Title>{titleOf(a)}</Title>
      <p class="row">
        <Badge state={a.state} />
        <span class="meta">
          {word("topic", a.topic)} · {word("importance", a.importance)}
        </span>
      </p>
      <Problem problem={refused} />
      {a.state === "submitted" && may(who, "approve") && <Notice>{t("approveHelp")}</Notice>}
      {a.state === "submitted" && !may(who, "approve") && <Notice kind="ok">{t("submitted")}</Notice>}
      <div class="row">
        {a.state === "submitted" && may(who, "approve") && (
          <button type="button" onClick={() => setAsk("approve")}>
            {t("approve")}
          </button>
        )}
        {before && may(who, "announce") && (
          <button type="button" class="plain" onClick={() => go(`/compose/${id}`)}>
            {t("edit")}
          </button>
        )}
        {before && (
          <button type="button" class="plain" onClick={() => setAsk("cancel")}>
            {t("callOff")}
          </button>
        )}
        {(a.state === "sending" || a.state === "sent") && (
          <button type="button" class="danger" onClick={() => setAsk("withdraw")}>
            {t("withdraw")}
          </button>
        )}
        {out && may(who, "announce") && (
          <button type="button" class="plain" onClick={() => go(`/compose/${crypto.randomUUID()}/corrects/${id}`)}>
            {t("correct")}
          </button>
        )}
      </div>
      {out && (
        <section aria-labelledby="progress">
          <h2 id="progress">{t("progress")}</h2>
          {moving && <progress aria-label={t("progress")} />}
          <dl class="numbers" aria-live="polite">
            <div>
              <dt>{t("told")}</dt>
              <dd id="told">{few(a.told)}</dd>
            </div>
            <div>
              <dt>{t("byPhone")}</dt>
              <dd>{few(a.by_phone)}</dd>
            </div>
            <div>
              <dt>{t("withoutApp")}</dt>
              <dd>{few(a.without_app)}</dd>
            </div>
            {a.held_back !== 0 && (
              <div>
                <dt>{t("heldBack")}</dt>
                <dd>{few(a.held_back)}</dd>
              </div>
            )}
          </dl>
        </section>
      )}
      <div class="columns">
        <div>
          <section aria-labelledby="facts">
            <h2 id="facts">{t("facts")}</h2>
            <dl class="facts">
              <dt>{t("toWhom")}</dt>
              <dd>{a.corrects_id ? t("correcting") : <InWords audience={a.audience} maps />}</dd>
              {a.decision && (
                <>
                  <dt>{t("decision")}</dt>
                  <dd>{a.decision}</dd>
                </>
              )}
              <dt>{out ? t("sentAt") : t("goesAt")}</dt>
              <dd>{out ? when(language, zone, a.started_at) : goes}</dd>
              <dt>{t("validUntil")}</dt>
              <dd>{when(language, zone, a.valid_until)}</dd>
              <dt>{t("author")}</dt>
              <dd>{a.author}</dd>
              {a.approver && (
                <>
                  <dt>{t("approver")}</dt>
                  <dd>{a.approver}</dd>
                </>
              )}
              <dt>{t("language")}</dt>
              <dd>{a.texts.map((x) => word("lang", x.language)).join(", ")}</dd>
            </dl>
          </section>
          {out && <Figures id={id} moving={!!moving} />}
          {out && may(who, "counter") && <Unreached id={id} />}
        </div>
        <Phones announcement={a} language={a.texts[0]?.language ?? "nl"} />
      </div>
      {ask && (
        <Ask text={questions[ask]} yes={labels[ask]} danger={ask === "withdraw"} done={(sure) => act(ask, sure)} />
      )}
    </>
  );
}

function Figures({ id, moving }: { id: string; moving: boolean }) {
  const params = { path: { announcement_id: id } };
  const [f, problem, again] = useFetched(
    () => take(api.GET("/staff/v1/announcements/{announcement_id}/figures", { params })),
    [id, moving],
  );
  // Often at first, when much happens; they are reckoned anew each time.
  const [pause, setPause] = useState(1500);
  useEvery(pause, () => {
    again();
    setPause(Math.min(60_000, pause * 1.4));
  });
  return (
    <section aria-labelledby="figures">
      <h2 id="figures">{t("figures")}</h2>
      <Problem problem={problem} again={again} />
      {f && (
        <>
          <dl class="numbers">
            <div>
              <dt>{t("delivered")}</dt>
              <dd>{few(f.delivered)}</dd>
            </div>
            <div>
              <dt>{t("opened")}</dt>
              <dd>{few(f.opened)}</dd>
            </div>
          </dl>
          <h3>{t("overTime")}</h3>
          <Chart points={f.over_time} />
          {f.outcomes.length > 0 && (
            <table>
              <caption>{t("outcomes")}</caption>
              <thead>
                <tr>
                  <th scope="col">{t("state")}</th>
                  <th scope="col">{t("code")}</th>
                  <th scope="col">#</th>
                </tr>
              </thead>
              <tbody>
                {f.outcomes.map((o) => (
                  <tr key={o.outcome + o.code}>
                    <td>{word("outcome", o.outcome)}</td>
                    <td>{o.code}</td>
                    <td>{few(o.phones)}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          )}
          <p>
            <a href={`/staff/v1/announcements/${id}/figures/export`} download={`${id}.csv`}>
              {t("export")}
            </a>
          </p>
        </>
      )}
    </section>
  );
}
