// Opening hours: ordinary weeks, each from a day on, and the days that are unlike them.
import { useRef, useState } from "preact/hooks";
import { Import } from "./planning-import";
import { type LocationForm, type Span, type Unlike, type Week, later, minutesOf, newSpan, newWeek, key, shown, today } from "./planning-plans";
import { day as dayInWords, weekday } from "./planning-words";
import { t } from "./texts";
import { isLikely } from "./time";
import { Ask, Check, HALF, Notice, WhenField, useWho } from "./ui";

const DAYS = [1, 2, 3, 4, 5, 6, 7];
/** How many days of one holiday are put in at a time. */
const MOST_DAYS = 100;

type TimeProps = { id: string; label: string; value: string; fault?: string; typing: (on: boolean) => void; set: (text: string) => void };

/** A time of day: typed as people do, and shown as all are once one leaves it. */
function TimeField({ id, label, value, fault, typing, set }: TimeProps) {
  return (
    <span class={fault ? "time field wrong" : "time field"}>
      <label class="unseen" for={id}>
        {label}
      </label>
      <input
        id={id}
        type="text"
        inputMode="numeric"
        autoComplete="off"
        placeholder="00:00"
        maxLength={6}
        value={value}
        aria-invalid={fault ? true : undefined}
        aria-describedby={fault ? `${id}-fault` : undefined}
        onFocus={() => typing(true)}
        onInput={(e) => set(e.currentTarget.value)}
        onBlur={(e) => {
          typing(false);
          const at = minutesOf(e.currentTarget.value);
          if (at !== undefined && shown(at) !== e.currentTarget.value) set(shown(at));
        }}
      />
    </span>
  );
}

type SpansProps = { of: string; spans: Span[]; wrong: (field: string) => string | undefined; set: (spans: Span[]) => void };

/** The hours of a day. */
function Spans({ of, spans, wrong, set }: SpansProps) {
  const box = useRef<HTMLDivElement>(null);
  /** What is being typed is not finished: nothing of it is wrong yet. */
  const [typed, setTyped] = useState<string>();
  const faultOf = (field: string) => (typed === field ? undefined : wrong(field));
  const focus = (id: string) => setTimeout(() => document.getElementById(id)?.focus());
  const put = (n: number, part: Partial<Span>) => set(spans.map((s, i) => (i === n ? { ...s, ...part } : s)));
  const add = () => {
    const one = newSpan();
    set([...spans, one]);
    focus(`f-${one.key}-opens`);
  };
  const remove = (n: number) => {
    set(spans.filter((_, i) => i !== n));
    // The button is gone: on with the one that adds.
    setTimeout(() => box.current?.querySelector<HTMLElement>("button.more")?.focus());
  };
  return (
    <div ref={box} class="spans">
      {spans.map((s, n) => {
        const side = (part: "opens" | "closes") => ({
          id: `f-${s.key}-${part}`,
          label: `${of}, ${t(part === "opens" ? "plOpens" : "plCloses")} ${n + 1}`,
          value: s[part],
          fault: faultOf(`f-${s.key}-${part}`),
          typing: (on: boolean) => setTyped(on ? `f-${s.key}-${part}` : undefined),
          set: (text: string) => put(n, { [part]: text }),
        });
        const faults = [side("opens"), side("closes")].filter((x) => x.fault);
        return (
          <div key={s.key} class="span">
            <TimeField {...side("opens")} />
            <span aria-hidden="true">–</span>
            <TimeField {...side("closes")} />
            <button type="button" class="plain small" aria-label={t("plRemoveHours", { day: of, n: n + 1 })} onClick={() => remove(n)}>
              ✕
            </button>
            {faults.map((x) => (
              <span key={x.id} id={`${x.id}-fault`} class="fault">
                {x.fault}
              </span>
            ))}
          </div>
        );
      })}
      {spans.length === 0 && <span class="meta">{t("plClosed")}</span>}
      <button type="button" class="plain small more" aria-label={t("plAddHours", { day: of })} onClick={add}>
        {t("plAddHoursShort")}
      </button>
    </div>
  );
}

type HoursProps = {
  form: LocationForm;
  change: (part: Partial<LocationForm>) => void;
  wrong: (field: string) => string | undefined;
};

export function Hours({ form, change, wrong }: HoursProps) {
  const { town } = useWho();
  const [told, setTold] = useState<string>();
  const weeks = form.weeks;
  const put = (n: number, week: Week) => change({ weeks: weeks.map((w, i) => (i === n ? week : w)) });
  const remove = (n: number) => {
    change({ weeks: weeks.length > 1 ? weeks.filter((_, i) => i !== n) : [newWeek(today(town.time_zone))] });
    setTimeout(() => document.getElementById("s-hours")?.focus());
  };
  const counts = weeks.filter((w) => w.days.some((d) => d.length > 0) && isLikely(w.from));
  const overlap = counts.some((a, n) =>
    counts.slice(n + 1).some((b) => (!a.until || b.from <= a.until) && (!b.until || a.from <= b.until)),
  );
  return (
    <section aria-labelledby="s-hours">
      <h2 id="s-hours" tabIndex={-1}>
        {t("plOpening")}
      </h2>
      <p class="help" id="f-hours" tabIndex={-1}>
        {t("plOpeningHelp")} {t("plFive")}
      </p>
      {wrong("f-hours") && <p class="fault">{wrong("f-hours")}</p>}
      {overlap && <Notice>{t("plOverlap")}</Notice>}
      {weeks.map((week, n) => (
        <WeekFields
          key={week.key}
          week={week}
          n={n}
          many={weeks.length > 1}
          wrong={wrong}
          set={(w) => put(n, w)}
          remove={() => remove(n)}
          from={(day) => {
            // The hours that stand until then end the day before.
            const next: Week = {
              ...week,
              key: key(),
              from: day,
              days: week.days.map((d) => d.map((s) => newSpan(s.opens, s.closes))),
            };
            change({ weeks: [...weeks.map((w, i) => (i === n ? { ...w, until: later(day, -1) } : w)), next] });
            setTold(t("plCopiedWeek", { day: dayInWords(day), before: dayInWords(later(day, -1)) }));
            setTimeout(() => document.getElementById(`f-${next.key}-from`)?.focus());
          }}
        />
      ))}
      <p role="status" class="meta">
        {told ?? ""}
      </p>
      <Import weeks={weeks} take={(all) => change({ weeks: all })} />
      <Unlikes form={form} change={change} wrong={wrong} />
    </section>
  );
}

type WeekProps = {
  week: Week;
  n: number;
  many: boolean;
  wrong: (field: string) => string | undefined;
  set: (week: Week) => void;
  remove: () => void;
  from: (day: string) => void;
};

/** One ordinary week, a row for each weekday. */
function WeekFields({ week, n, many, wrong, set, remove, from }: WeekProps) {
  const { town } = useWho();
  const [copying, setCopying] = useState<number>();
  const [starting, setStarting] = useState<string>();
  const over = !!week.until && isLikely(week.until) && week.until < today(town.time_zone);
  const odd = starting === HALF || !starting || !isLikely(starting) || starting <= week.from || (!!week.until && starting > week.until);
  return (
    <fieldset class="week">
      <legend>
        {t("plHours")}
        {many ? ` ${n + 1}` : ""}
        {over && <span class="badge">{t("plOver")}</span>}
      </legend>
      <fieldset class="inline">
        <legend class="unseen">{t("plCounts")}</legend>
        <WhenField
          kind="date"
          id={`f-${week.key}-from`}
          label={t("plCountsFrom")}
          value={week.from}
          wrong={wrong(`f-${week.key}-from`)}
          set={(day) => set({ ...week, from: day })}
        />
        <WhenField
          kind="date"
          id={`f-${week.key}-until`}
          label={t("plCountsUntil")}
          value={week.until}
          wrong={wrong(`f-${week.key}-until`)}
          set={(until) => set({ ...week, until })}
        />
      </fieldset>
      <table class="hours">
        <caption class="unseen">{t("plOpening")}</caption>
        <tbody>
          {DAYS.map((day) => (
            <tr key={day}>
              <th scope="row">{weekday(day)}</th>
              <td>
                <Spans
                  of={weekday(day)}
                  spans={week.days[day - 1]}
                  wrong={wrong}
                  set={(spans) => set({ ...week, days: week.days.map((d, i) => (i === day - 1 ? spans : d)) })}
                />
              </td>
              <td class="deed">
                <button type="button" class="plain small" aria-label={t("plCopyDay", { day: weekday(day) })} onClick={() => setCopying(day)}>
                  {t("plCopyShort")}
                </button>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <div class="row">
        <button type="button" class="plain" onClick={() => setStarting("")}>
          {t("plOtherFrom")}
        </button>
        {many && (
          <button type="button" class="plain" onClick={remove}>
            {t("plRemoveWeek", { n: n + 1 })}
          </button>
        )}
      </div>
      {copying !== undefined && (
        <CopyDay
          day={copying}
          done={(days) => {
            setCopying(undefined);
            const spans = week.days[copying - 1];
            if (days) set({ ...week, days: week.days.map((d, i) => (days.includes(i + 1) ? spans.map((s) => newSpan(s.opens, s.closes)) : d)) });
          }}
        />
      )}
      {starting !== undefined && (
        <Ask
          text={t("plOtherFromAsk")}
          yes={odd ? undefined : t("plCopyWeek")}
          done={(sure) => {
            const day = starting;
            setStarting(undefined);
            if (sure && !odd) from(day);
          }}
        >
          <WhenField kind="date" label={t("plCountsFrom")} value={starting} set={setStarting} />
          <p class="help">{t("plOtherFromHelp", { from: week.from ? dayInWords(week.from) : "…" })}</p>
        </Ask>
      )}
    </fieldset>
  );
}

/** To which days the hours of one are copied; first the other days on which one works. */
function CopyDay({ day, done }: { day: number; done: (days?: number[]) => void }) {
  const [days, setDays] = useState(() => DAYS.filter((d) => d !== day && d <= 5));
  return (
    <Ask
      text={t("plCopyDayAsk", { day: weekday(day) })}
      yes={days.length > 0 ? t("plCopyShort") : undefined}
      done={(sure) => done(sure ? days : undefined)}
    >
      <div class="boxes">
        {DAYS.filter((d) => d !== day).map((d) => (
          <Check key={d} label={weekday(d)} value={days.includes(d)} set={(on) => setDays(on ? [...days, d] : days.filter((x) => x !== d))} />
        ))}
      </div>
    </Ask>
  );
}

/** Days that are unlike their weekday: what is over stands apart. */
function Unlikes({ form, change, wrong }: HoursProps) {
  const { town } = useWho();
  const now = today(town.time_zone);
  const [from, setFrom] = useState("");
  const [until, setUntil] = useState("");
  const [odd, setOdd] = useState<string>();
  const all = form.unlike;
  const put = (one: Unlike, part: Partial<Unlike>) => change({ unlike: all.map((u) => (u === one ? { ...u, ...part } : u)) });
  const focus = (id: string) => setTimeout(() => document.getElementById(id)?.focus());
  const add = () => {
    const last = until || from;
    if (!from || from === HALF || last === HALF || !isLikely(from) || !isLikely(last)) return setOdd(t("plWrongNoDay"));
    if (last < from) return setOdd(t("wrong_order"));
    const days: string[] = [];
    for (let day = from; day <= last && days.length <= MOST_DAYS; day = later(day, 1)) days.push(day);
    if (days.length > MOST_DAYS) return setOdd(t("plWrongManyDays", { max: MOST_DAYS }));
    const fresh = days.filter((d) => !all.some((u) => u.day === d)).map((d): Unlike => ({ key: key(), day: d, spans: [] }));
    change({ unlike: [...all, ...fresh].sort((a, b) => a.day.localeCompare(b.day)) });
    setOdd(undefined);
    setFrom("");
    setUntil("");
    focus(fresh[0] ? `f-${fresh[0].key}` : "f-unlike");
  };
  const past = all.filter((u) => u.day && u.day < now && !wrong(`f-${u.key}`));
  const row = (u: Unlike) => (
    <li key={u.key} class="unlike">
      <WhenField
        kind="date"
        id={`f-${u.key}`}
        label={u.day && u.day !== HALF ? dayInWords(u.day) : t("plDay")}
        value={u.day}
        wrong={wrong(`f-${u.key}`)}
        set={(day) => put(u, { day })}
      />
      <Spans of={dayInWords(u.day)} spans={u.spans} wrong={wrong} set={(spans) => put(u, { spans })} />
      <button
        type="button"
        class="plain small"
        aria-label={`${t("remove")}: ${dayInWords(u.day)}`}
        onClick={() => {
          change({ unlike: all.filter((x) => x !== u) });
          focus("f-unlike");
        }}
      >
        {t("remove")}
      </button>
    </li>
  );
  return (
    <>
      <h3 id="f-unlike" tabIndex={-1}>
        {t("plUnlike")}
      </h3>
      <p class="help">{t("plUnlikeHelp")}</p>
      {wrong("f-unlike") && <p class="fault">{wrong("f-unlike")}</p>}
      {past.length > 0 && (
        <details>
          <summary>{t("plPast", { n: past.length })}</summary>
          <ul class="unlikes">{past.map(row)}</ul>
          <button type="button" class="plain" onClick={() => (change({ unlike: all.filter((u) => !past.includes(u)) }), focus("f-unlike"))}>
            {t("plForgetPast")}
          </button>
        </details>
      )}
      <ul class="unlikes">{all.filter((u) => !past.includes(u)).map(row)}</ul>
      <fieldset class="inline adding">
        <legend class="unseen">{t("plAddDay")}</legend>
        <WhenField kind="date" label={t("plDayFrom")} value={from} wrong={odd} set={setFrom} />
        <WhenField kind="date" label={t("plDayUntil")} value={until} set={setUntil} />
        <button type="button" class="plain" onClick={add}>
          {t("plAddDay")}
        </button>
      </fieldset>
    </>
  );
}
