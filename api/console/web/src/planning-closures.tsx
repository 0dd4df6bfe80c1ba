// Closing a location for a sudden reason: first whom it hits, then the deed, then a moment in which it can be taken back.
import { useEffect, useRef, useState } from "preact/hooks";
import { type Language, type Schemas, api, take } from "./api";
import type { Fault } from "./faults";
import { useBusy, useOnce, useProblem, useTyped } from "./planning-deeds";
import { TEXT, ofInstant } from "./planning-faults";
import { Tongues } from "./planning-form";
import { Hits } from "./planning-hits";
import { type LocationPlan, type Planned, type Said, inOne, minutesOf, nameOf, shown } from "./planning-plans";
import { closesToday } from "./planning-words";
import { language, number, t, word } from "./texts";
import { clock, instant, isTwice, wall, when } from "./time";
import { Ask, HALF, Notice, Problem, Select, TextField, Title, WhenField, useEvery, useFetched, useWho } from "./ui";

type Closure = Schemas["ClosureOut"];
type Preview = Schemas["ClosurePreviewOut"];
const DAY = 86_400_000;
/** In milliseconds: how often the list is read, while visits are being moved and else. */
const SOON = 3000;
const OFTEN = 30_000;
/** How long after a closing visits are looked at again and again. */
const BUSY = 3 * 60_000;

/** The texts of a reason, as they are sent. */
export const reasonsOf = (said: Said): Schemas["TextIn"][] =>
  (Object.entries(said) as [Language, string][])
    .filter(([, text]) => text.trim())
    .map(([language, text]) => ({ language, text: text.trim() }));

export function Closures() {
  const { town } = useWho();
  const [found, problem, again] = useFetched(
    async () => ({ locations: await take(api.GET("/staff/v1/locations")), services: await take(api.GET("/staff/v1/services")) }),
    [],
  );
  const [closures, trouble, anew] = useFetched(() => take(api.GET("/staff/v1/closures")), []);
  const now = clock().getTime();
  const acting = closures?.some((c) => {
    const at = new Date(c.acts_at).getTime();
    return now - at < BUSY && now - at > -BUSY;
  });
  useEvery(acting ? SOON : OFTEN, anew);
  const [made, setMade] = useState<Closure>();
  const [reopen, setReopen] = useState<Closure>();
  const [told, setTold] = useState<string>();
  const [deed, setDeed] = useProblem();
  const [, alone] = useBusy();
  const onceOnly = useOnce();
  const place = (id: string) => nameOf(found?.locations.find((l) => l.id === id)?.plan ?? { names: [] }, town.languages) || id.slice(-8);
  const service = (id: string) => nameOf(found?.services.find((s) => s.id === id)?.plan ?? { names: [] }, town.languages) || id.slice(-8);
  const open = (c: Closure) =>
    alone(async () => {
      setTold(undefined);
      try {
        await onceOnly(`open ${c.id}`, (header) =>
          take(api.DELETE("/staff/v1/closures/{closure_id}", { params: { path: { closure_id: c.id }, header } })),
        );
        setDeed(undefined);
        setMade(undefined);
        setTold(t("plReopened", { name: place(c.location_id) }));
      } catch (e) {
        setDeed(e);
      }
      anew();
    });
  const time = (at: string) => when(language, town.time_zone, at);
  return (
    <>
      <Title>{t("pageClosures")}</Title>
      <p class="help">{t("plClosuresHelp")}</p>
      <Problem problem={deed ?? problem ?? trouble} again={deed ? undefined : () => (again(), anew())} />
      {told && (
        <Notice kind="ok" focus>
          {told}
        </Notice>
      )}
      {made && <Made key={made.id} closure={made} name={place(made.location_id)} undo={() => void open(made)} />}
      <section aria-labelledby="closures">
        <h2 id="closures">{t("plClosuresNow")}</h2>
        {!closures && !trouble && <p>{t("loading")}</p>}
        {closures?.length === 0 && <p>{t("plClosuresNone")}</p>}
        <ul class="cards">
          {closures?.map((c) => {
            const from = new Date(c.from).getTime() <= now;
            const waits = new Date(c.acts_at).getTime() > now;
            return (
              <li key={c.id}>
                <strong dir="auto">{place(c.location_id)}</strong>
                {from && <span class="badge withdrawn">{t("plClosedNow")}</span>}
                <span class="meta">
                  {time(c.from)} – {time(c.until)}
                </span>
                <span class="sentence" dir="auto">
                  {inOne(Object.fromEntries(c.reasons.map((r) => [r.language, r.text])), town.languages)}
                </span>
                <span class="meta">
                  {waits ? t("plNotToldYet") : t("plBecame", { moved: number(c.moved), cancelled: number(c.cancelled) })} · {t("plBy", { name: c.made_by })}
                </span>
                <button type="button" class="plain" aria-label={t("plReopenThis", { name: place(c.location_id) })} onClick={() => setReopen(c)}>
                  {t("plReopen")}
                </button>
              </li>
            );
          })}
        </ul>
      </section>
      {found && found.locations.length > 0 && (
        <Close
          locations={found.locations}
          place={place}
          service={service}
          done={(c) => {
            setTold(undefined);
            setDeed(undefined);
            setMade(c);
            anew();
          }}
        />
      )}
      {found?.locations.length === 0 && <p>{t("plLocationsNone")}</p>}
      {reopen && (
        <Ask
          text={t(new Date(reopen.acts_at).getTime() > now ? "plReopenSoonAsk" : "plReopenAsk")}
          about={place(reopen.location_id)}
          yes={t("plReopen")}
          done={(sure) => {
            setReopen(undefined);
            if (sure) void open(reopen);
          }}
        />
      )}
    </>
  );
}

/** What was just closed: it can be taken back before anybody hears of it. */
function Made({ closure, name, undo }: { closure: Closure; name: string; undo: () => void }) {
  const [, tick] = useState(0);
  const left = Math.ceil((new Date(closure.acts_at).getTime() - clock().getTime()) / 1000);
  useEffect(() => {
    if (left <= 0) return;
    const timer = setTimeout(() => tick((n) => n + 1), 500);
    return () => clearTimeout(timer);
  });
  return (
    <Notice kind="ok" focus>
      {left > 0 ? t("plClosedSoon", { name, n: number(left) }) : t("plClosedTold", { name })}{" "}
      <button type="button" class="plain" onClick={undo}>
        {t(left > 0 ? "plUndo" : "plReopen")}
      </button>
    </Notice>
  );
}

type Form = { location: string; from: string; until: string; reasons: Said };
type CloseProps = {
  locations: Planned<LocationPlan>[];
  place: (id: string) => string;
  service: (id: string) => string;
  done: (closure: Closure) => void;
};

function Close({ locations, place, service, done }: CloseProps) {
  const { town } = useWho();
  const zone = town.time_zone;
  const first: Language = town.languages[0] ?? "nl";
  const able = locations.filter((l) => l.plan.active);
  const offered = (able.length > 0 ? able : locations).map((l) => ({ value: l.id, label: place(l.id) })).sort((a, b) => a.label.localeCompare(b.label));
  /** Up to the end of the day there, as most that is sudden is. */
  const endOf = (location: string, from: string) => {
    const plan = locations.find((l) => l.id === location)?.plan;
    const closes = plan && closesToday(plan, zone, minutesOf(from.slice(11)) ?? 0);
    return `${from.slice(0, 10)}T${closes === undefined || closes >= 1440 ? "23:59" : shown(closes)}`;
  };
  const [form, change, forget] = useTyped<Form>("closing", () => {
    const location = offered.length === 1 ? offered[0].value : "";
    const from = wall(zone, clock().toISOString());
    return { location, from, until: endOf(location, from), reasons: {} };
  });
  const [tab, setTab] = useState<Language>(first);
  const [tried, setTried] = useState(false);
  const [preview, setPreview] = useState<{ of: string; is: Preview }>();
  const [ask, setAsk] = useState(false);
  const [problem, setProblem] = useProblem();
  const [busy, alone] = useBusy();
  const onceOnly = useOnce();
  const seen = useRef<HTMLDivElement>(null);
  const faults = faultsOf(form, zone, first);
  const shownFaults = faults.filter((f) => tried || f.stops);
  const wrong = (field: string) => shownFaults.find((f) => f.field === field)?.text;
  const between = () => ({ location_id: form.location, from: instant(zone, form.from), until: instant(zone, form.until) });
  // What was looked at is what is closed.
  const of = JSON.stringify([form.location, form.from, form.until]);
  const current = preview?.of === of ? preview.is : undefined;
  const put = (part: Partial<Form>) => {
    setProblem(undefined);
    change(part);
  };
  const lead = () => {
    setTried(true);
    if (faults.length === 0) return false;
    if (faults[0].tab) setTab(faults[0].tab);
    setTimeout(() => document.getElementById(faults[0].field)?.focus());
    return true;
  };
  const look = () => {
    if (lead()) return;
    void alone(async () => {
      try {
        const is = await take(api.POST("/staff/v1/closures/preview", { body: between() }));
        setPreview({ of, is });
        setProblem(undefined);
        setTimeout(() => seen.current?.focus());
      } catch (e) {
        setProblem(e);
      }
    });
  };
  const close = () =>
    alone(async () => {
      const body = { ...between(), reasons: reasonsOf(form.reasons) };
      try {
        const made = await onceOnly(JSON.stringify(body), (header) => take(api.POST("/staff/v1/closures", { params: { header }, body })));
        forget();
        setTried(false);
        setPreview(undefined);
        setProblem(undefined);
        done(made);
      } catch (e) {
        setProblem(e);
      }
    });
  const twice = (local: string) => (local && local !== HALF && isTwice(zone, local) ? t("hourTwice") : undefined);
  return (
    <section aria-labelledby="close">
      <h2 id="close">{t("plClose")}</h2>
      <form class="plan" noValidate onSubmit={(e) => e.preventDefault()}>
        <Select
          id="f-location"
          label={t("plLocation")}
          value={form.location}
          wrong={wrong("f-location")}
          set={(location) => put({ location, until: endOf(location, form.from) })}
          of={[...(form.location ? [] : [{ value: "", label: t("choose") }]), ...offered]}
        />
        <fieldset class="inline">
          <legend class="unseen">{t("plWhen")}</legend>
          <WhenField
            kind="datetime-local"
            id="f-from"
            label={t("plClosedFrom")}
            help={twice(form.from)}
            value={form.from}
            wrong={wrong("f-from")}
            set={(from) => put({ from })}
          />
          <WhenField
            kind="datetime-local"
            id="f-until"
            label={t("plClosedTo")}
            help={twice(form.until)}
            value={form.until}
            wrong={wrong("f-until")}
            set={(until) => put({ until })}
          />
        </fieldset>
        <Reasons reasons={form.reasons} tab={tab} setTab={setTab} faults={shownFaults} wrong={wrong} set={(reasons) => put({ reasons })} />
        <div class="row">
          <button type="button" class={current ? "plain" : ""} aria-disabled={busy} onClick={look}>
            {busy && !ask ? t("busy") : t("plPreview")}
          </button>
        </div>
      </form>
      <Problem problem={problem} />
      {current && (
        <div ref={seen} tabIndex={-1} role="group" aria-label={t("plPreviewed")}>
          <h3>{t("plPreviewed")}</h3>
          <p>{sentence(current)}</p>
          {current.visits.length > 0 && <Hits hits={current.visits} service={service} place={place} then />}
          {current.moved + current.cancelled > current.visits.length && (
            <p class="meta">{t("plAndMore", { n: number(current.moved + current.cancelled - current.visits.length) })}</p>
          )}
          <div class="row">
            <button type="button" class="danger" aria-disabled={busy} onClick={() => !busy && !lead() && setAsk(true)}>
              {t("plCloseNow")}
            </button>
          </div>
        </div>
      )}
      {ask && current && (
        <Ask
          text={`${t("plCloseAsk", { name: place(form.location) })} ${sentence(current)}`}
          yes={t("plCloseNow")}
          danger
          done={(sure) => {
            setAsk(false);
            if (sure) void close();
          }}
        />
      )}
    </section>
  );
}

const sentence = (p: Preview) =>
  p.moved + p.cancelled === 0 ? t("plHitsNone") : [
        t("plHitsSome", { moved: number(p.moved), cancelled: number(p.cancelled) }),
        p.without_app > 0 && t("plHitsRing", { n: number(p.without_app) }),
      ]
        .filter(Boolean)
        .join(" ");

type ReasonsProps = {
  reasons: Said;
  tab: Language;
  setTab: (l: Language) => void;
  faults: Fault[];
  wrong: (field: string) => string | undefined;
  set: (reasons: Said) => void;
};

/** Why, as everybody is told. */
export function Reasons({ reasons, tab, setTab, faults, wrong, set }: ReasonsProps) {
  const { town } = useWho();
  return (
    <fieldset>
      <legend>{t("plReason")}</legend>
      <Tongues tab={tab} set={setTab} names={reasons} faults={faults} />
      <TextField
        id={`f-reason-${tab}`}
        label={`${t("plReasonText")} (${word("lang", tab)})`}
        help={t("plReasonHelp")}
        lang={tab}
        rows={2}
        max={TEXT}
        required={tab === (town.languages[0] ?? "nl")}
        value={reasons[tab] ?? ""}
        wrong={wrong(`f-reason-${tab}`)}
        set={(text) => set({ ...reasons, [tab]: text })}
      />
    </fieldset>
  );
}

export function reasonFaults(reasons: Said, first: Language): Fault[] {
  const all: Fault[] = [];
  if (!Object.values(reasons).some((r) => r.trim())) all.push({ field: `f-reason-${first}`, tab: first, text: t("plWrongReason") });
  for (const [l, text] of Object.entries(reasons) as [Language, string][]) {
    if ([...text].length > TEXT) all.push({ field: `f-reason-${l}`, tab: l, text: t("wrong_long", { max: TEXT }), stops: true });
  }
  return all;
}

function faultsOf(form: Form, zone: string, first: Language): Fault[] {
  const all: Fault[] = [];
  const add = (field: string, key: Parameters<typeof t>[0], values = {}, more = {}) => void all.push({ field, text: t(key, values), ...more });
  if (!form.location) add("f-location", "plWrongLocation");
  const from = ofInstant({ add }, "f-from", form.from, zone);
  const until = ofInstant({ add }, "f-until", form.until, zone);
  if (from && until) {
    const [begins, ends, now] = [new Date(instant(zone, form.from)).getTime(), new Date(instant(zone, form.until)).getTime(), clock().getTime()];
    if (ends <= begins) add("f-until", "wrong_endsFirst", {}, { stops: true });
    else if (ends <= now) add("f-until", "plWrongOver", {}, { stops: true });
    else if (ends - begins > 31 * DAY) add("f-until", "plWrongLong", {}, { stops: true });
    else if (begins > now + 400 * DAY) add("f-from", "plWrongFar", {}, { stops: true });
  }
  return [...all, ...reasonFaults(form.reasons, first)];
}
