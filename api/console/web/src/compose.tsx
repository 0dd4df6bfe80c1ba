// Writing an announcement: it saves itself, says what is missing, and shows what readers will see.
import { useEffect, useRef, useState } from "preact/hooks";
import { useLocation } from "wouter-preact";
import { type Announcement, type Draft, type Language, Refused, type Schemas, api, once, raw, take } from "./api";
import { type Audience, Builder, InWords, Reach, TOPICS, usesRegister, isWhole } from "./audience";
import { Phones } from "./phones";
import { language, t, word } from "./texts";
import { clock, instant, wall, when } from "./time";
import { Ask, Check, Field, Notice, Problem, Select, TextField, Title, may, useFetched, useWho } from "./ui";

const DAY = 86_400_000;
/** After the last change, and after a fault that may pass, in milliseconds. */
const PAUSE = 900;
const LATER = 5000;
const PASSING = ["unreachable", "overloaded", "internal", "too_many_requests"];

/** What is written, as the fields have it. */
type Written = {
  importance: Schemas["Importance"];
  topic: string;
  texts: Partial<Record<Language, Schemas["SaidIn"]>>;
  link: string;
  audience: Audience;
  decision: string;
  over_cap: boolean;
  send_at: string;
  valid_until: string;
  is_public: boolean;
  newcomers: boolean;
  begins_at: string;
  ends_at: string;
  place: string;
  corrects_id?: string;
};

function written(a: Announcement | undefined, zone: string, corrects?: Announcement): Written {
  const from = a ?? corrects;
  return {
    importance: from?.importance ?? "ordinary",
    topic: from?.topic ?? "works",
    texts: Object.fromEntries((from?.texts ?? []).map((x) => [x.language, x])),
    link: from?.link ?? "",
    audience: from?.audience ?? [[{ kind: "everyone", not: false }]],
    decision: from?.decision ?? "",
    over_cap: from?.over_cap ?? false,
    send_at: wall(zone, a?.send_at),
    valid_until: wall(zone, a?.valid_until ?? new Date(clock().getTime() + 7 * DAY).toISOString()),
    is_public: from?.is_public ?? false,
    newcomers: from?.newcomers ?? false,
    begins_at: wall(zone, from?.begins_at),
    ends_at: wall(zone, from?.ends_at),
    place: from?.place ?? "",
    corrects_id: a?.corrects_id ?? corrects?.id,
  };
}

function draft(w: Written, version: number, zone: string, kept: Audience): Draft {
  const local = (at: string) => (at ? `${at}:00` : undefined);
  return {
    version,
    importance: w.importance,
    topic: w.topic,
    texts: Object.values(w.texts),
    link: w.link || undefined,
    // While a condition is being filled in, what was saved last stays.
    audience: isWhole(w.audience) ? w.audience : kept,
    decision: w.decision || undefined,
    over_cap: w.over_cap,
    send_at: local(w.send_at),
    valid_until: instant(zone, w.valid_until),
    is_public: w.is_public,
    newcomers: w.newcomers,
    begins_at: local(w.begins_at),
    ends_at: local(w.ends_at),
    place: w.place || undefined,
    corrects_id: w.corrects_id,
  };
}

/** `correcting` is what this one corrects, of one that is new. */
export function Compose({ id, correcting }: { id: string; correcting?: string }) {
  const [found, problem, again] = useFetched(async () => {
    const one = (announcement_id: string) =>
      take(api.GET("/staff/v1/announcements/{announcement_id}", { params: { path: { announcement_id } } }));
    const first = correcting ? await one(correcting) : undefined;
    try {
      return { announcement: await one(id), first };
    } catch (e) {
      if (e instanceof Refused && e.code === "not_found") return { announcement: undefined, first };
      throw e;
    }
  }, [id, correcting]);
  if (problem) return <Problem problem={problem} again={again} />;
  if (!found) return <p>{t("loading")}</p>;
  return <Editor key={id} id={id} loaded={found.announcement} corrects={found.first} />;
}

function Editor({ id, loaded, corrects }: { id: string; loaded?: Announcement; corrects?: Announcement }) {
  const who = useWho();
  const zone = who.town.time_zone;
  const [, go] = useLocation();
  const [now, setNow] = useState(() => written(loaded, zone, corrects));
  const [saved, setSaved] = useState(loaded);
  const [savedAt, setSavedAt] = useState<Date>();
  const [state, setState] = useState<"same" | "changed" | "saving">("same");
  const [problem, setProblem] = useState<unknown>();
  const [tab, setTab] = useState<Language>(who.town.notice_languages[0] ?? who.town.languages[0] ?? "nl");
  const [ask, setAsk] = useState(false);
  const [told, setTold] = useState<string>();
  const [unfinished, setUnfinished] = useState(false);
  /** What is on the screen, what the server has of it, and what is on its way there. */
  const latest = useRef<{ now: Written; kept?: Written; saved?: Announcement; way?: Promise<boolean> }>({
    now,
    kept: loaded && now,
    saved,
  });

  const change = (part: Partial<Written>) => {
    // At once, and not when it is drawn: an answer may come in between.
    latest.current.now = { ...latest.current.now, ...part };
    setNow(latest.current.now);
    setState("changed");
    setTold(undefined);
  };

  /** Saves what is on the screen; false where that is refused. Another look decides whether it is still the same by then. */
  const send = async (): Promise<boolean> => {
    const l = latest.current;
    const sent = l.now;
    setState("saving");
    try {
      const body = draft(sent, l.saved?.version ?? 0, zone, l.saved?.audience ?? [[{ kind: "everyone", not: false }]]);
      const answer = await take(
        api.PUT("/staff/v1/announcements/{announcement_id}", { params: { path: { announcement_id: id } }, body }),
      );
      l.saved = answer;
      l.kept = sent;
      setSaved(answer);
      setSavedAt(clock());
      setProblem(undefined);
      setState(l.now === sent ? "same" : "changed");
      return true;
    } catch (e) {
      setProblem(e);
      setState("changed");
      return false;
    }
  };

  /** Saves, one at a time. */
  const save = (): Promise<boolean> => {
    const l = latest.current;
    l.way ??= send().finally(() => {
      l.way = undefined;
    });
    return l.way;
  };

  /** What the server has, when that is what is on the screen, whatever was under way; none where it cannot be saved. */
  const settled = async (): Promise<Announcement | undefined> => {
    const l = latest.current;
    while (l.way || l.kept !== l.now || !l.saved) {
      if (!(await save())) return undefined;
    }
    return l.saved;
  };

  useEffect(() => {
    // What is at fault with the network or the server may be over in a moment; what is at fault with the text is not.
    const passing = problem instanceof Refused && PASSING.includes(problem.code);
    if (state !== "changed" || (problem && !passing)) return;
    const timer = setTimeout(save, passing ? LATER : PAUSE);
    return () => clearTimeout(timer);
  }, [now, state, problem]);
  // After a refusal the next change tries again.
  useEffect(() => {
    if (problem instanceof Refused && problem.code === "edited_meanwhile") return;
    setProblem(undefined);
  }, [now]);
  useEffect(() => {
    const warn = (e: BeforeUnloadEvent) => state !== "same" && e.preventDefault();
    addEventListener("beforeunload", warn);
    return () => removeEventListener("beforeunload", warn);
  }, [state]);

  const fault = (field: string) =>
    problem instanceof Refused && problem.code === "body_invalid" && problem.field?.startsWith(field)
      ? (problem.detail ?? t("error"))
      : undefined;
  const said = now.texts[tab] ?? { language: tab, title: "", text: "" };
  const write = (part: Partial<Schemas["SaidIn"]>) => change({ texts: { ...now.texts, [tab]: { ...said, ...part } } });
  const languages: Language[] = [...new Set<Language>([...who.town.notice_languages, ...who.town.languages, "nl", "fr", "de", "en"])];
  const notices = who.town.notice_languages;

  const submit = async (everyone: boolean) => {
    setAsk(false);
    // Nobody but those on the screen: a condition that is not filled in is none that anybody means.
    if (!now.corrects_id && !isWhole(latest.current.now.audience)) {
      setUnfinished(true);
      document.getElementById("s2")?.focus();
      return;
    }
    const kept = await settled();
    if (!kept) return;
    try {
      await take(
        api.POST("/staff/v1/announcements/{announcement_id}/submit", {
          params: { path: { announcement_id: id }, query: { version: kept.version, everyone }, header: once() },
        }),
      );
      go(`/announcements/${id}`);
    } catch (e) {
      if (e instanceof Refused && e.code === "concerns_everyone") setAsk(true);
      else setProblem(e);
    }
  };
  const image = async (file: File | undefined) => {
    const kept = await settled();
    if (!kept) return;
    const params = { path: { announcement_id: id }, query: { version: kept.version } };
    try {
      const answer = file
        ? await take(api.PUT("/staff/v1/announcements/{announcement_id}/image", { params, ...raw(file) }))
        : await take(
            api.DELETE("/staff/v1/announcements/{announcement_id}/image", { params: { ...params, header: once() } }),
          );
      latest.current.saved = answer;
      setSaved(answer);
      setProblem(undefined);
    } catch (e) {
      setProblem(e);
    }
  };
  const tryOut = async () => {
    const kept = await settled();
    if (!kept) return;
    try {
      await take(
        api.POST("/staff/v1/announcements/{announcement_id}/try", {
          params: { path: { announcement_id: id }, header: once() },
        }),
      );
      setTold(t("tried"));
    } catch (e) {
      if (e instanceof Refused && e.code === "no_trial_phone") {
        const { code } = await take(api.POST("/staff/v1/me/trial-phone", { params: { header: once() } }));
        setTold(t("trialCode", { code }));
      } else setProblem(e);
    }
  };

  const time = savedAt && wall(zone, savedAt.toISOString()).slice(11);
  return (
    <>
      <Title>{said.title || t("newAnnouncement")}</Title>
      <p class="savestate" aria-live="polite">
        {state === "saving" ? t("saving") : state === "changed" ? t("notSaved") : time ? t("saved", { time }) : " "}
      </p>
      {now.corrects_id && <Notice>{t("correcting")}</Notice>}
      {saved && saved.state !== "draft" && state === "same" && <Notice>{t("editApproved")}</Notice>}
      <div class="columns">
        <form onSubmit={(e) => e.preventDefault()}>
          <section aria-labelledby="s1">
            <h2 id="s1">{t("content")}</h2>
            <p class="help">
              {notices.length > 0
                ? t("noticeLanguages", { languages: notices.map((l) => word("lang", l)).join(", ") })
                : t("oneLanguage")}
            </p>
            <div class="tabs" role="group" aria-label={t("language")}>
              {languages.map((l) => (
                <button key={l} type="button" class="tab" aria-pressed={l === tab} onClick={() => setTab(l)}>
                  {word("lang", l)}
                  {now.texts[l]?.title && now.texts[l]?.text ? " ✓" : ""}
                </button>
              ))}
            </div>
            <TextField
              label={`${t("heading")} (${word("lang", tab)})`}
              lang={tab}
              value={said.title}
              max={120}
              set={(title) => write({ title })}
              wrong={fault(`texts.${tab}.title`)}
            />
            <TextField
              label={`${t("text")} (${word("lang", tab)})`}
              lang={tab}
              rows={8}
              value={said.text}
              max={5000}
              help={t("textHelp")}
              set={(text) => write({ text })}
              wrong={fault(`texts.${tab}.text`)}
            />
            <TextField label={t("link")} type="url" max={500} value={now.link} set={(link) => change({ link })} wrong={fault("link")} />
            <Field label={t("image")} help={t("imageHelp")}>
              {(ids) => (
                <input
                  {...ids}
                  type="file"
                  accept="image/png,image/jpeg,image/webp"
                  onChange={(e) => {
                    const file = e.currentTarget.files?.[0];
                    if (file) image(file);
                  }}
                />
              )}
            </Field>
            {saved?.image_id && (
              <>
                <img
                  class="picture"
                  src={`/staff/v1/announcements/${id}/image?${saved.image_id}`}
                  alt={said.image_text || t("image")}
                />
                <TextField
                  label={`${t("imageText")} (${word("lang", tab)})`}
                  lang={tab}
                  max={300}
                  value={said.image_text ?? ""}
                  set={(image_text) => write({ image_text })}
                  wrong={fault("texts.image_text")}
                />
                <button type="button" class="plain" onClick={() => image(undefined)}>
                  {t("imageRemove")}
                </button>
              </>
            )}
            <fieldset class="inline">
              <legend class="unseen">{t("place")}</legend>
              <TextField label={t("place")} max={200} value={now.place} set={(place) => change({ place })} />
              <TextField
                label={t("begins")}
                type="datetime-local"
                value={now.begins_at}
                set={(begins_at) => change({ begins_at })}
                wrong={fault("begins_at")}
              />
              <TextField
                label={t("ends")}
                type="datetime-local"
                value={now.ends_at}
                set={(ends_at) => change({ ends_at })}
                wrong={fault("ends_at")}
              />
            </fieldset>
          </section>
          <section aria-labelledby="s2">
            <h2 id="s2" tabIndex={-1}>
              {t("whom")}
            </h2>
            {unfinished && !isWhole(now.audience) && (
              <p class="fault" role="alert">
                {t("unfinished")}
              </p>
            )}
            {now.corrects_id ? (
              <p>{t("correcting")}</p>
            ) : (
              <>
                <Builder audience={now.audience} set={(audience) => change({ audience })} />
                {fault("audience") && <p class="fault">{fault("audience")}</p>}
                {usesRegister(now.audience) && (
                  <TextField
                    label={t("decision")}
                    help={t("decisionHelp")}
                    max={300}
                    value={now.decision}
                    set={(decision) => change({ decision })}
                    wrong={fault("decision")}
                  />
                )}
              </>
            )}
            <Check label={t("isPublic")} value={now.is_public} set={(is_public) => change({ is_public })} />
            {fault("is_public") && <p class="fault">{fault("is_public")}</p>}
            <Check label={t("newcomers")} value={now.newcomers} set={(newcomers) => change({ newcomers })} />
            <Check label={t("overCap")} value={now.over_cap} set={(over_cap) => change({ over_cap })} />
          </section>
          <section aria-labelledby="s3">
            <h2 id="s3">{t("howAndWhen")}</h2>
            <Select
              label={t("importance")}
              value={now.importance}
              help={word("importanceHelp", now.importance)}
              set={(v) => change({ importance: v as Written["importance"] })}
              of={(may(who, "alert") ? ["ordinary", "important", "emergency"] : ["ordinary", "important"]).map((i) => ({
                value: i,
                label: word("importance", i),
              }))}
            />
            <Select
              label={t("topic")}
              value={now.topic}
              set={(topic) => change({ topic })}
              of={TOPICS.map((x) => ({ value: x, label: word("topic", x) }))}
            />
            <TextField
              label={t("sendAt")}
              type="datetime-local"
              help={t("clocks", { zone })}
              value={now.send_at}
              set={(send_at) => change({ send_at })}
              wrong={fault("send_at")}
            />
            <TextField
              label={t("validUntil")}
              type="datetime-local"
              help={t("validHelp")}
              value={now.valid_until}
              set={(valid_until) => valid_until && change({ valid_until })}
              wrong={fault("valid_until")}
            />
          </section>
          <section aria-labelledby="s4">
            <h2 id="s4">{t("check")}</h2>
            {!now.corrects_id && (
              <>
                <InWords audience={now.audience} />
                <Reach audience={now.audience} />
              </>
            )}
            <p>
              {now.send_at ? when(language, zone, instant(zone, now.send_at)) : t("now")} –{" "}
              {when(language, zone, instant(zone, now.valid_until))}
            </p>
            <Problem problem={problem} />
            {problem instanceof Refused && problem.code === "edited_meanwhile" && (
              <button type="button" class="plain" onClick={() => location.reload()}>
                {t("reload")}
              </button>
            )}
            {told && <Notice kind="ok">{told}</Notice>}
            <div class="row">
              <button type="button" onClick={() => submit(false)}>
                {t("submit")}
              </button>
              <button type="button" class="plain" onClick={tryOut}>
                {t("tryOut")}
              </button>
            </div>
          </section>
        </form>
        <Phones announcement={saved} language={tab} />
      </div>
      {ask && <Ask text={t("everyoneAsk")} yes={t("yes")} done={(sure) => (sure ? submit(true) : setAsk(false))} />}
    </>
  );
}
