// The announcements of the town, and one of them: what it says, where it stands, what became of it.
import { useEffect, useRef, useState } from "preact/hooks";
import { Link, useLocation } from "wouter-preact";
import { type Announcement, type Language, Refused, type Schemas, api, once, take } from "./api";
import { InWords, Reach, isCapped, useReach } from "./audience";
import { Differences, told as linesOf } from "./changes";
import { Chart } from "./chart";
import * as kept from "./kept";
import { Phones } from "./phones";
import { few, language, listed, number, t, word } from "./texts";
import { clock, endOf, millis, wall, when } from "./time";
import { Ask, Notice, Problem, Select, TextField, Title, Unwritten, may, useEvery, useFetched, useWho } from "./ui";
import { allTemplates } from "./templates";
import { Stale, Unreached } from "./unreached";

const titleOf = (a: Announcement) => kept.titleOf(a) || t("untitled");

export function Badge({ state }: { state: Schemas["State"] }) {
  return <span class={`badge ${state}`}>{word("state", state)}</span>;
}

/** How many a page of the list has. */
const PAGE = 200;
const STATES: Schemas["State"][] = ["draft", "submitted", "approved", "sending", "sent", "cancelled", "withdrawn"];

export function List() {
  const who = useWho();
  const [, go] = useLocation();
  // Whoever comes back from one of them finds the list as it was.
  const was = (history.state as { list?: { state: string; typed: string } } | null)?.list;
  const [state, setState] = useState(was?.state ?? "");
  const [typed, setTyped] = useState(was?.typed ?? "");
  const [search, setSearch] = useState(was?.typed.trim() ?? "");
  useEffect(() => {
    history.replaceState({ ...(history.state as object | null), list: { state, typed } }, "");
  }, [state, typed]);
  const [older, setOlder] = useState<Announcement[]>([]);
  const [refused, setRefused] = useState<unknown>();
  useEffect(() => {
    const timer = setTimeout(() => setSearch(typed.trim()), 300);
    return () => clearTimeout(timer);
  }, [typed]);
  const query = { state: (state || undefined) as Schemas["State"] | undefined, search: search || undefined };
  const [all, problem, again] = useFetched(() => take(api.GET("/staff/v1/announcements", { params: { query } })), [state, search]);
  useEffect(() => setOlder([]), [state, search]);
  const moving = all?.some((a) => ["approved", "sending", "withdrawing"].includes(a.state));
  useEvery(moving ? 3000 : 15_000, again);
  const shown = [...(all ?? []), ...older.filter((o) => !all?.some((a) => a.id === o.id))];
  const last = older.at(-1) ?? all?.at(-1);
  const full = (older.length > 0 ? older.length : (all?.length ?? 0)) % PAGE === 0 && shown.length > 0;
  const [ended, setEnded] = useState(false);
  const more = async () => {
    try {
      const found = await take(api.GET("/staff/v1/announcements", { params: { query: { ...query, before: last?.id } } }));
      setOlder([...older, ...found]);
      setEnded(found.length < PAGE);
    } catch (e) {
      setRefused(e);
    }
  };
  const writes = may(who, "announce");
  const [templates] = useFetched(async () => (writes ? allTemplates() : []), []);
  const [, looked] = useState(0);
  useEffect(() => {
    // What was on its way when whoever wrote it came here is saved a moment later.
    const again = () => looked((n) => n + 1);
    addEventListener(kept.SAVED, again);
    return () => removeEventListener(kept.SAVED, again);
  }, []);
  const copies = writes ? kept.all(who.me.id) : [];
  const [drop, setDrop] = useState<{ id: string; title: string }>();
  const plain = !state && !search;
  // What waits for whoever looks, before all the rest.
  const waits = plain
    ? [
        { key: "waitsApproval" as const, all: shown.filter((a) => may(who, "approve") && a.state === "submitted" && a.author_id !== who.me.id) },
        { key: "waitsDrafts" as const, all: shown.filter((a) => writes && a.state === "draft" && a.author_id === who.me.id) },
        { key: "waitsTime" as const, all: shown.filter((a) => a.state === "approved") },
      ].filter((w) => w.all.length > 0)
    : [];
  return (
    <>
      <div class="row spread">
        <Title>{t("announcements")}</Title>
        {writes && (
          <div class="row">
            <button type="button" onClick={() => go(`/compose/${crypto.randomUUID()}`)}>
              {t("newAnnouncement")}
            </button>
            {templates && templates.length > 0 && (
              <button type="button" class="plain" onClick={() => go("/templates")}>
                {t("templateFrom")}
              </button>
            )}
          </div>
        )}
      </div>
      {copies.length > 0 && (
        <Notice kind="error">
          {t("unsaved")}{" "}
          {copies.map(({ id, copy }) => (
            <span key={id} class="inlist">
              <Link href={`/compose/${id}`}>{copy.title || t("untitled")}</Link>{" "}
              <button
                type="button"
                class="linklike"
                aria-label={`${t("dropCopy")}: ${copy.title || t("untitled")}`}
                onClick={() => setDrop({ id, title: copy.title })}
              >
                {t("dropCopy")}
              </button>
            </span>
          ))}
        </Notice>
      )}
      {waits.length > 0 && (
        <ul class="waits" aria-label={t("waits")}>
          {waits.map((w) => (
            <li key={w.key}>
              <strong>{number(w.all.length)}</strong> {t(w.key)}:{" "}
              {w.all.slice(0, 3).map((a) => (
                <To key={a.id} a={a} writes={writes} />
              ))}
              {w.all.length > 3 && "…"}
            </li>
          ))}
        </ul>
      )}
      <fieldset class="inline">
        <legend class="unseen">{t("find")}</legend>
        <TextField label={t("search")} type="search" value={typed} set={(words) => setTyped(words.slice(0, 100))} />
        <Select
          label={t("state")}
          value={state}
          set={setState}
          of={[{ value: "", label: t("anyState") }, ...STATES.map((s) => ({ value: s, label: word("state", s) }))]}
        />
      </fieldset>
      <Problem problem={problem ?? refused} again={again} />
      {!all && !problem && <p>{t("loading")}</p>}
      {all && shown.length === 0 && <p role="status">{plain ? t(writes ? "none" : "noneYet") : t("nothingFound")}</p>}
      <ul class="cards">
        {shown.map((a) => (
          <li key={a.id}>
            <To a={a} writes={writes} />
            <Badge state={a.state} />
            <span class="meta">
              {a.corrects_id && `${t("correction")} · `}
              {word("topic", a.topic)} · {word("importance", a.importance)} · {a.author} ·{" "}
              {when(language, who.town.time_zone, a.started_at ?? a.updated_at)}
              {a.started_at && a.notified !== undefined && ` · ${t("told")}: ${few(a.notified)}`}
            </span>
          </li>
        ))}
      </ul>
      {drop && (
        <Ask
          text={t("dropCopyAsk")}
          about={drop.title}
          yes={t("dropCopy")}
          danger
          done={(sure) => {
            if (sure) kept.forget(who.me.id, drop.id);
            setDrop(undefined);
          }}
        />
      )}
      {full && !ended && (
        <button type="button" class="plain" onClick={more}>
          {t("more")}
        </button>
      )}
    </>
  );
}

/** The way to an announcement: a draft is written on, everything else is looked at. */
function To({ a, writes }: { a: Announcement; writes: boolean }) {
  return (
    <Link class="inlist" href={a.state === "draft" && writes ? `/compose/${a.id}` : `/announcements/${a.id}`}>
      <span dir="auto">{titleOf(a)}</span>
    </Link>
  );
}

type Deed = "approve" | "cancel" | "withdraw";

export function One({ id }: { id: string }) {
  const who = useWho();
  const [, go] = useLocation();
  const zone = who.town.time_zone;
  const params = { path: { announcement_id: id } };
  const [latest, problem, again] = useFetched(() => take(api.GET("/staff/v1/announcements/{announcement_id}", { params })), [id]);
  /** What whoever looks at the page has read. Where it is written anew meanwhile, it stays, until they read what is new. */
  const [read, setRead] = useState<Announcement>();
  const [ask, setAsk] = useState<Deed>();
  const [refused, setRefused] = useState<unknown>();
  const [done, setDone] = useState<string>();
  const [busy, setBusy] = useState(false);
  const [tab, setTab] = useState<Language>();
  const [cameTo, setCameTo] = useState(0);
  const content = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    // The same version stands elsewhere, or reached more people; another one says something else.
    if (latest && (!read || read.version === latest.version)) setRead(latest);
  }, [latest]);
  useEffect(() => {
    if (cameTo > 0) content.current?.focus();
  }, [cameTo]);
  const a = read;
  const newer = latest && a && latest.version !== a.version ? latest : undefined;
  useEffect(() => {
    // A question about what was read is none about what is there now, and neither is what was done with it.
    if (!newer) return;
    setAsk(undefined);
    setDone(undefined);
    setRefused(undefined);
  }, [newer?.version]);
  const moving = latest && ["approved", "sending", "withdrawing"].includes(latest.state);
  // What it corrects goes on meanwhile: it may be withdrawn.
  const firstOf = a?.corrects_id;
  const askFirst = async () =>
    firstOf && take(api.GET("/staff/v1/announcements/{announcement_id}", { params: { path: { announcement_id: firstOf } } }));
  const [first, , againFirst] = useFetched(askFirst, [firstOf]);
  useEvery(moving ? 700 : 5000, () => {
    again();
    if (firstOf) againFirst();
    if (begun) againCorrections();
  });
  const begun = !!a?.started_at;
  const [corrections, , againCorrections] = useFetched(
    async () => (begun ? take(api.GET("/staff/v1/announcements/{announcement_id}/corrections", { params })) : []),
    [id, begun],
  );
  const counts = a && !a.started_at && !a.corrects_id ? a.audience : [];
  const reach = useReach(counts, {
    importance: a?.importance,
    topic: a?.topic,
    over_cap: a?.over_cap ?? false,
    reach: a?.reach ?? "app",
    send_at: a?.send_at ? wallOf(a.send_at, zone) : undefined,
    valid_until: a?.valid_until,
  });
  if (!a) return problem ? <Missing problem={problem} again={again} /> : <p>{t("loading")}</p>;

  const goes = a.send_at ? when(language, zone, a.send_at) : t("now");
  const came: Record<Deed, string> = {
    approve: a.send_at ? t("approvedLater", { when: goes }) : t("approvedNow"),
    cancel: t("calledOff"),
    withdraw: t("withdrawnNow"),
  };
  const act = async (deed: Deed, sure: boolean) => {
    setAsk(undefined);
    if (!sure || busy) return;
    setBusy(true);
    setDone(undefined);
    // Of the version that was read, whatever came meanwhile.
    const with_ = { params: { ...params, query: { version: a.version }, header: once() } };
    try {
      const before = deed === "approve" && first ? await askFirst() : undefined;
      if (before && first && before.state !== first.state) {
        againFirst();
        throw new Refused("first_moved");
      }
      if (deed === "approve") await take(api.POST("/staff/v1/announcements/{announcement_id}/approve", with_));
      if (deed === "cancel") await take(api.POST("/staff/v1/announcements/{announcement_id}/cancel", with_));
      if (deed === "withdraw") await take(api.POST("/staff/v1/announcements/{announcement_id}/withdraw", with_));
      setRefused(undefined);
      setDone(came[deed]);
    } catch (e) {
      // That it was written anew is said with what changed.
      setRefused(e instanceof Refused && e.code === "edited_meanwhile" ? undefined : e);
    }
    setBusy(false);
    again();
  };
  const { counted } = reach;
  const whom = t("toPeople", { people: counted ? listed(counted.people) : t("unknownNumber") });
  const byPhone = counted ? `, ${t("ofWhomByPhone", { phones: listed(counted.by_phone) })}` : "";
  const people = a.corrects_id ? t("whoGotTheFirst") : `${whom}${byPhone}`;
  const late = missed(a, zone, refused);
  const questions: Record<Deed, string> = {
    approve: late ?? t(a.importance === "emergency" ? "approveEmergencyAsk" : "approveAsk", { when: goes, people }),
    cancel: t("callOffAsk"),
    withdraw: t("withdrawAsk"),
  };
  const labels: Record<Deed, string> = { approve: t("approve"), cancel: t("callOff"), withdraw: t("withdraw") };
  const before = ["draft", "submitted", "approved"].includes(a.state);
  const out = a.started_at !== undefined && a.started_at !== null;
  const languages = a.texts.map((x) => x.language);
  const shown = tab && languages.includes(tab) ? tab : (languages[0] ?? "nl");
  const own = a.state === "submitted" && may(who, "approve") && a.author_id === who.me.id;
  return (
    <>
      <Title>{titleOf(a)}</Title>
      <p class="row state">
        <Badge state={(newer ?? a).state} />
        <span class={a.importance === "emergency" ? "badge failed" : "badge"}>{word("importance", a.importance)}</span>
        <span class="meta">{word("topic", a.topic)}</span>
      </p>
      <Problem problem={problem} again={problem ? again : undefined} />
      {done && !refused && (
        <Notice kind="ok" focus>
          {done}
        </Notice>
      )}
      {newer && (
        <section class="notice error" aria-labelledby="newer">
          <h2 id="newer" tabIndex={-1} ref={(h) => h?.focus()}>
            {t("newer", { name: newer.author, time: when(language, zone, newer.updated_at) })}
          </h2>
          <p>{t("newerHelp")}</p>
          <Differences before={linesOf(a, zone)} after={linesOf(newer, zone)} labels={[t("youRead"), t("thereIs")]} />
          <button
            type="button"
            onClick={() => {
              setRead(newer);
              setDone(undefined);
              setCameTo((n) => n + 1);
            }}
          >
            {t("readNewer")}
          </button>
        </section>
      )}
      {!newer && a.state === "submitted" && may(who, "approve") && (
        <Notice>{own && !who.town.approve_own ? t("ownWork") : t("approveHelp")}</Notice>
      )}
      {!newer && a.state === "submitted" && !may(who, "approve") && <Notice kind="ok">{t("submitted")}</Notice>}
      <div class="columns">
        <div>
          <section aria-labelledby="content">
            <h2 id="content" tabIndex={-1} ref={content}>
              {t("whatItSays")}
            </h2>
            {before && <Unwritten texts={a.texts} />}
            {languages.length > 1 && (
              <p class="help">{t("readAll", { languages: languages.map((l) => word("lang", l)).join(", ") })}</p>
            )}
            {a.texts.map((said) => (
              <article key={said.language} class="read" lang={said.language}>
                <p class="meta" lang={language}>
                  {word("lang", said.language)}
                </p>
                <h3 dir="auto">{said.title || t("untitled")}</h3>
                {/* Made by the server of the subset that it takes: paragraphs, emphasis, lists and links. */}
                <div
                  dir="auto"
                  dangerouslySetInnerHTML={{ __html: a.shown?.find((s) => s.language === said.language)?.html ?? "" }}
                />
                {a.image_id && (
                  <p class="help" dir="auto">
                    {t("imageText")}: {said.image_text || "–"}
                  </p>
                )}
              </article>
            ))}
            {a.image_id && (
              <img
                class="picture"
                src={`/staff/v1/announcements/${id}/image?${a.image_id}`}
                alt={a.texts.find((x) => x.language === shown)?.image_text ?? ""}
              />
            )}
            {a.link && (
              <p>
                {t("link")}: <a href={a.link}>{a.link}</a>
              </p>
            )}
          </section>
          <section aria-labelledby="facts">
            <h2 id="facts">{t("facts")}</h2>
            {counts.length > 0 && <Reach reach={reach} said capped={isCapped(a)} />}
            <dl class="facts">
              <dt>{t("toWhom")}</dt>
              <dd>{a.corrects_id ? <Corrects id={a.corrects_id} first={first || undefined} /> : <InWords audience={a.audience} maps />}</dd>
              {corrections && corrections.length > 0 && (
                <>
                  <dt>{t("correctedBy")}</dt>
                  <dd>
                    {corrections.map((c) => (
                      <div key={c.id}>
                        <To a={c} writes={may(who, "announce")} /> <Badge state={c.state} />
                      </div>
                    ))}
                  </dd>
                </>
              )}
              {a.decision && (
                <>
                  <dt>{t("decision")}</dt>
                  <dd>{a.decision}</dd>
                </>
              )}
              <dt>{t("publicToo")}</dt>
              <dd>{a.is_public ? t("yesPublic") : t("noWord")}</dd>
              <dt>{t("titleLocked")}</dt>
              <dd>{a.shown?.some((s) => s.lock_screen_title) ? t("yesWord") : t("noWord")}</dd>
              {a.newcomers && (
                <>
                  <dt>{t("newcomersToo")}</dt>
                  <dd>{t("yesWord")}</dd>
                </>
              )}
              {a.reach !== "app" && (
                <>
                  <dt>{t("howFar")}</dt>
                  <dd>{word("howFar", a.reach)}</dd>
                </>
              )}
              {a.over_cap && (
                <>
                  <dt>{t("overCapToo")}</dt>
                  <dd>{t("yesWord")}</dd>
                </>
              )}
              <dt>{t("importance")}</dt>
              <dd>
                {word("importance", a.importance)}. {word("importanceHelp", a.importance)}
              </dd>
              {(a.place || a.begins_at) && (
                <>
                  <dt>{t("event")}</dt>
                  <dd dir="auto">
                    {[a.place, [a.begins_at, a.ends_at].filter(Boolean).map((at) => when(language, zone, at)).join(" – ")]
                      .filter(Boolean)
                      .join(" · ")}
                  </dd>
                </>
              )}
              <dt>{out ? t("sentAt") : t("goesAt")}</dt>
              <dd>{out ? when(language, zone, a.started_at) : goes}</dd>
              <dt>{t("validUntil")}</dt>
              <dd>{when(language, zone, a.valid_until)}</dd>
              <dt>{t("author")}</dt>
              <dd>
                {a.author}, {when(language, zone, a.written_at)}
              </dd>
              {a.approver && (
                <>
                  <dt>{t("approver")}</dt>
                  <dd>{a.approver}</dd>
                </>
              )}
              {a.stopped_by && (
                <>
                  <dt>{t("stoppedBy")}</dt>
                  <dd>{a.ended_at ? `${a.stopped_by}, ${when(language, zone, a.ended_at)}` : a.stopped_by}</dd>
                </>
              )}
            </dl>
          </section>
          {out && (
            <section aria-labelledby="progress">
              <h2 id="progress">{t("progress")}</h2>
              {moving && <progress aria-label={t("progress")} />}
              <dl class="numbers" aria-live="polite">
                <div>
                  <dt>{t("told")}</dt>
                  <dd id="told">{few(a.notified)}</dd>
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
              {[a.notified, a.by_phone, a.without_app].includes(undefined) && <p class="help">{t("hidden")}</p>}
            </section>
          )}
          {out && <Figures id={id} moving={!!moving} />}
          {out && may(who, "counter") && (
            <>
              <Stale
                isWithdrawn={["withdrawing", "withdrawn"].includes(a.state)}
                isCorrected={!!corrections?.some((c) => c.started_at && !["withdrawing", "withdrawn"].includes(c.state))}
              />
              <Unreached id={id} />
            </>
          )}
          {!newer && late && (
            <Notice kind="error" focus={!!refused}>
              {late}
            </Notice>
          )}
          {!late && <Problem problem={refused} />}
          <div class="row deeds">
            {!newer && !late && a.state === "submitted" && may(who, "approve") && (!own || who.town.approve_own) && (
              <button type="button" aria-disabled={busy} onClick={() => setAsk("approve")}>
                {t("approve")}
              </button>
            )}
            {before && may(who, "announce") && (
              <button type="button" class="plain" onClick={() => go(`/compose/${id}`)}>
                {t("edit")}
              </button>
            )}
            {out && may(who, "announce") && (
              <button type="button" class="plain" onClick={() => go(`/compose/${crypto.randomUUID()}/corrects/${id}`)}>
                {t("correct")}
              </button>
            )}
            {may(who, "announce") && (
              <button type="button" class="plain" onClick={() => go(`/compose/${crypto.randomUUID()}/copies/${id}`)}>
                {t("copy")}
              </button>
            )}
            {!newer && before && (
              <button type="button" class="plain" aria-disabled={busy} onClick={() => setAsk("cancel")}>
                {t("callOff")}
              </button>
            )}
            {!newer && (a.state === "sending" || a.state === "sent") && (
              <button type="button" class="danger" aria-disabled={busy} onClick={() => setAsk("withdraw")}>
                {t("withdraw")}
              </button>
            )}
          </div>
        </div>
        <div>
          {languages.length > 1 && (
            <div class="tabs" role="group" aria-label={t("language")}>
              {languages.map((l) => (
                <button key={l} type="button" class="tab" aria-pressed={l === shown} onClick={() => setTab(l)}>
                  {word("lang", l)}
                </button>
              ))}
            </div>
          )}
          <Phones announcement={a} language={shown} />
        </div>
      </div>
      {ask && (
        <Ask
          text={questions[ask]}
          about={a.texts.map((x) => x.title).join(" / ")}
          yes={ask === "approve" && late ? undefined : labels[ask]}
          danger={ask === "withdraw"}
          done={(sure) => act(ask, sure)}
        >
          {ask === "approve" && <Unwritten texts={a.texts} />}
          {first && (
            <p>
              {t("theFirst")}: <span dir="auto">{titleOf(first)}</span> <Badge state={first.state} />
            </p>
          )}
        </Ask>
      )}
    </>
  );
}

/** An instant as the preview takes it: on the town's clocks. */
const wallOf = (at: string, zone: string) => `${wall(zone, at)}:00`;

/** Why it cannot be approved any more, where the instant that it was written for has passed; by our clock, or as the server said. */
function missed(a: Announcement, zone: string, refused: unknown): string | undefined {
  if (a.state !== "submitted") return undefined;
  const said = refused instanceof Refused && refused.reason === "passed" ? refused.field : undefined;
  const passed = (field: string, at?: string) => field === said || (!!at && new Date(at) <= clock());
  if (passed("send_at", a.send_at)) return t("sendPassed", { when: when(language, zone, a.send_at) });
  if (passed("valid_until", a.valid_until)) return t("validPassed", { when: when(language, zone, a.valid_until) });
  const end = endOf(millis(a.begins_at), millis(a.ends_at));
  return passed(a.ends_at ? "ends_at" : "begins_at", end === undefined ? undefined : new Date(end).toISOString()) ? t("eventPassed") : undefined;
}

/** What it corrects, and the way there. */
function Corrects({ id, first }: { id: string; first?: Announcement }) {
  return (
    <>
      {t("correcting")}{" "}
      <Link class="inlist" href={`/announcements/${id}`}>
        {first ? titleOf(first) : t("theFirst")}
      </Link>
      {first && <Badge state={first.state} />}
    </>
  );
}

/** Of an announcement that is not there: a heading, and the way back. */
function Missing({ problem, again }: { problem: unknown; again: () => void }) {
  const gone = problem instanceof Refused && problem.code === "not_found";
  return (
    <>
      <Title>{gone ? t("problem_not_found") : t("error")}</Title>
      {!gone && <Problem problem={problem} again={again} />}
      <p>
        <Link href="/">{t("toList")}</Link>
      </p>
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
            <a class="alone" href={`/staff/v1/announcements/${id}/figures/export`} download={`${id}.csv`}>
              {t("export")}
            </a>
          </p>
        </>
      )}
    </section>
  );
}
