// A plan that is written: what is typed is kept in the browser until it is saved, whoever saved first is met, and nothing that leaves people
// without a place is saved unasked.
import type { ComponentChildren } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { Link } from "wouter-preact";
import { type Language, PLANNED, Refused, SIGNED_IN, type Told, leaving } from "./api";
import { Differences } from "./changes";
import type { Fault } from "./faults";
import * as kept from "./kept";
import { Strands } from "./planning-hits";
import { type Planned, same } from "./planning-plans";
import { type Previewed, Preview } from "./planning-preview";
import { language, t, word } from "./texts";
import { clock, wall, when } from "./time";
import { Ask, Notice, Problem, Title, useWho } from "./ui";

/** What may be over in a moment, so that the same can be tried again. */
export const PASSING = ["unreachable", "overloaded", "internal", "too_many_requests", "signed_out"];
/** Of whom the copies of plans are kept: they are no announcements, and stand in no list of these. */
export const planner = (member: string) => `plan-${member}`;

/** What is kept of a plan, and of what it is a copy. */
export type Typed<F> = { form: F; of?: string };

export type Options<F, P extends { version: number }> = {
  /** Where its copy is kept. */
  place: string;
  known?: Planned<P>;
  fresh: F;
  read: (plan: P) => F;
  write: (form: F, version: number) => P;
  faults: (form: F) => Fault[];
  refused: (problem: unknown, form: F) => Fault | undefined;
  put: (plan: P, strand: boolean) => Promise<Planned<P>>;
  /** What the server has by now. */
  look: () => Promise<Planned<P> | undefined>;
  name: (form: F) => string;
  /** What is to be asked before it is saved, as it reaches people. */
  asks?: (form: F, saved: F) => string | undefined;
};

/** What a plan gives, and which it was. */
export type Seen<F> = { form: F; gives: Previewed };

export type PlanForm<F, P extends { version: number }> = ReturnType<typeof usePlan<F, P>>;

export function usePlan<F, P extends { version: number }>(o: Options<F, P>) {
  const who = useWho();
  const member = planner(who.me.id);
  const [begun] = useState(() => {
    const server = o.known ? o.read(o.known.plan) : o.fresh;
    const copy = kept.kept<Typed<F>>(member, o.place);
    if (!copy || same(copy.written.form, server)) {
      if (copy && !copy.written.of) kept.forget(member, o.place);
      return { server, form: copy?.written.of ? copy.written.form : server, copy: copy?.written.of ? copy : undefined };
    }
    const meanwhile = copy.version !== (o.known?.plan.version ?? 0);
    return { server, form: copy.written.form, copy, meanwhile };
  });
  const [form, setForm] = useState(begun.form);
  const [version, setVersion] = useState(o.known?.plan.version ?? 0);
  const [base, setBase] = useState(begun.server);
  const [theirs, setTheirs] = useState(begun.meanwhile ? o.known : undefined);
  const [restored, setRestored] = useState(begun.meanwhile ? undefined : begun.copy);
  const [problem, setProblem] = useState<unknown>();
  const [strands, setStrands] = useState<Told>();
  /** Who saved another meanwhile, and when. */
  const [edited, setEdited] = useState<Told>();
  const [ask, setAsk] = useState<string>();
  const [busy, setBusy] = useState(false);
  const [savedAt, setSavedAt] = useState<Date>();
  const [stranded, setStranded] = useState(false);
  const [uncopied, setUncopied] = useState(false);
  /** Whether somebody tried to save it: from then on all that is missing is said. */
  const [tried, setTried] = useState(false);
  const [tab, setTab] = useState<Language>(who.town.languages[0] ?? "nl");
  const [toSummary, setToSummary] = useState(0);
  const latest = useRef({ form, version, base, theirs, busy: false, of: begun.copy?.written.of });

  const copy = () => {
    const l = latest.current;
    if (same(l.form, l.base) && !l.theirs && (l.version > 0 || !l.of)) {
      kept.forget(member, o.place);
      setUncopied(false);
      return;
    }
    const written: Typed<F> = { form: l.form, of: l.of };
    const title = o.name(l.form);
    setUncopied(!kept.keep(member, o.place, { written, version: l.theirs ? -1 : l.version, at: clock().toISOString(), title }));
  };
  const change = (part: Partial<F>) => {
    // At once, and not when it is drawn: an answer may come in between.
    const l = latest.current;
    l.form = { ...l.form, ...part };
    copy();
    setForm(l.form);
    setProblem(undefined);
    setSavedAt(undefined);
    setStranded(false);
  };
  /** The server has this of it. */
  const settle = (has: Planned<P>, sent: F) => {
    const l = latest.current;
    l.version = has.plan.version;
    l.base = o.read(has.plan);
    l.of = undefined;
    l.theirs = undefined;
    // What was typed since is not there yet.
    if (l.form === sent) l.form = l.base;
    copy();
    setForm(l.form);
    setBase(l.base);
    setVersion(l.version);
    setTheirs(undefined);
    setRestored(undefined);
    setProblem(undefined);
    setTried(false);
    setSavedAt(clock());
  };
  /** Somebody was first: shows what they saved beside what stands here. */
  const meet = async (sent: F) => {
    const has = await o.look();
    if (!has) throw new Refused("not_found");
    // An answer that was lost on the way, or two who wrote the same: there is nothing to choose.
    if (same(o.write(o.read(has.plan), 0), o.write(sent, 0))) {
      settle(has, sent);
      return;
    }
    latest.current.theirs = has;
    setTheirs(has);
    copy();
  };
  /** Says why it was refused; who was met is shown. */
  const refuse = async (e: unknown, sent: F) => {
    try {
      if (!(e instanceof Refused && e.code === "edited_meanwhile")) throw e;
      setEdited(e.told);
      await meet(sent);
    } catch (other) {
      setProblem(other);
      setToSummary((n) => n + 1);
    }
  };
  /** What it would give, if it were saved now. */
  const preview = async (ask: (plan: P) => Promise<Previewed>): Promise<Seen<F> | undefined> => {
    const l = latest.current;
    if (l.busy || l.theirs) return undefined;
    const sent = l.form;
    setTried(true);
    setProblem(undefined);
    if (o.faults(sent).length > 0) {
      setToSummary((n) => n + 1);
      return undefined;
    }
    try {
      return { form: sent, gives: await ask(o.write(sent, l.version)) };
    } catch (e) {
      // What was typed since is not what was asked about.
      if (latest.current.form === sent) await refuse(e, sent);
      return undefined;
    }
  };
  const save = async (sure: { strand?: boolean; asked?: boolean } = {}) => {
    const l = latest.current;
    if (l.busy || l.theirs) return;
    const sent = l.form;
    setTried(true);
    setProblem(undefined);
    setStranded(false);
    if (o.faults(sent).length > 0) {
      setToSummary((n) => n + 1);
      return;
    }
    const asks = sure.asked || l.version === 0 ? undefined : o.asks?.(sent, l.base);
    if (asks) {
      setAsk(asks);
      return;
    }
    l.busy = true;
    setBusy(true);
    try {
      settle(await o.put(o.write(sent, l.version), !!sure.strand), sent);
      setStranded(!!sure.strand);
    } catch (e) {
      if (e instanceof Refused && e.code === "would_strand") setStrands(e.told);
      else await refuse(e, sent);
    } finally {
      dispatchEvent(new Event(PLANNED));
      l.busy = false;
      setBusy(false);
    }
  };
  /** What stands here is meant, whatever they saved; or what they saved is. */
  const resolve = (mine: boolean) => {
    const l = latest.current;
    if (!l.theirs) return;
    const has = l.theirs;
    if (mine) {
      l.theirs = undefined;
      l.version = has.plan.version;
      l.base = o.read(has.plan);
      setTheirs(undefined);
      setVersion(l.version);
      setBase(l.base);
      copy();
      void save();
    } else {
      settle(has, l.form);
      setSavedAt(undefined);
    }
    setTimeout(() => document.querySelector<HTMLElement>("main h1")?.focus());
  };
  /** Throws away what was typed. */
  const drop = () => {
    const l = latest.current;
    l.of = undefined;
    l.form = l.base;
    copy();
    kept.forget(member, o.place);
    setForm(l.form);
    setRestored(undefined);
    setTried(false);
    setProblem(undefined);
    setTimeout(() => document.querySelector<HTMLElement>("main h1")?.focus());
  };
  useEffect(() => {
    const again = () => setProblem((p: unknown) => (p instanceof Refused && PASSING.includes(p.code) ? undefined : p));
    addEventListener(SIGNED_IN, again);
    addEventListener("online", again);
    return () => {
      removeEventListener(SIGNED_IN, again);
      removeEventListener("online", again);
    };
  }, []);
  useEffect(() => {
    // Only where the browser keeps nothing: else it is here again when the page is.
    const warn = (e: BeforeUnloadEvent) => uncopied && !leaving.now && e.preventDefault();
    addEventListener("beforeunload", warn);
    return () => removeEventListener("beforeunload", warn);
  }, [uncopied]);

  const all = o.faults(form);
  const said = o.refused(problem, form);
  const faults = [
    ...all.filter((f) => tried || f.stops || said?.field === f.field),
    ...(said && !all.some((f) => f.field === said.field) ? [said] : []),
  ];
  const dirty = !same(form, base) || (version === 0 && !!restored);
  return {
    form, base, version, change, save, preview, edited, resolve, drop, theirs, restored, problem: said ? undefined : problem, strands, setStrands, ask, setAsk,
    busy, savedAt, stranded, uncopied, tried, tab, setTab, toSummary, dirty, faults, read: o.read,
    wrong: (field: string) => faults.find((f) => f.field === field)?.text,
  };
}

type FrameProps<F, P extends { version: number }> = {
  plan: PlanForm<F, P>;
  title: string;
  tell: (form: F) => Map<string, string>;
  /** Asks what it would give, from a day on. */
  preview: (plan: P, from?: string) => Promise<Previewed>;
  service: (id: string) => string;
  place?: (id: string) => string;
  /** What is seen once it is saved. */
  after?: ComponentChildren;
  children: ComponentChildren;
};

/** What stands around the fields of a plan: what became of it, what is wrong, and the button that saves it. */
export function Frame<F, P extends { version: number }>({ plan: p, title, tell, preview, service, place, after, children }: FrameProps<F, P>) {
  const { town } = useWho();
  const summary = useRef<HTMLDivElement>(null);
  const [dropping, setDropping] = useState(false);
  useEffect(() => {
    if (p.toSummary > 0) summary.current?.focus();
  }, [p.toSummary]);
  const look = (fault: Fault) => {
    if (fault.tab) p.setTab(fault.tab);
    // Once the tab is drawn.
    setTimeout(() => {
      const at = document.getElementById(fault.field);
      for (let box = at?.closest("details"); box; box = box.parentElement?.closest("details")) box.open = true;
      at?.focus();
    });
  };
  const stops = p.faults.some((f) => f.stops);
  const state = p.busy
    ? t("saving")
    : p.theirs
      ? t("notSavedMeanwhile")
      : stops
        ? t("notSavedFaults")
        : p.dirty || p.version === 0
          ? t("notSaved")
          : p.savedAt
            ? t("saved", { time: wall(town.time_zone, p.savedAt.toISOString()).slice(11) })
            : t("plNothingChanged");
  return (
    <>
      <p class="unprinted">
        <Link href="/planning">{t("plBack")}</Link>
      </p>
      <Title>{title}</Title>
      {p.uncopied && <Notice kind="error">{t("uncopied")}</Notice>}
      {p.restored && !p.theirs && (
        <Notice kind="ok">
          {p.restored.written.of
            ? t("plCopyOf", { name: p.restored.written.of })
            : t("restored", { time: when(language, town.time_zone, p.restored.at) })}{" "}
          <button type="button" class="plain" onClick={() => setDropping(true)}>
            {t("dropCopy")}
          </button>
        </Notice>
      )}
      {p.theirs && (
        <section class="notice error" aria-labelledby="meanwhile">
          <h2 id="meanwhile" tabIndex={-1} ref={(h) => h?.focus()}>
            {t("plMeanwhile")}
          </h2>
          {p.edited?.edited_by && (
            <p>
              <bdi>{p.edited.edited_by}</bdi>, {when(language, town.time_zone, p.edited.edited_at)}
            </p>
          )}
          <p>{t("meanwhileHelp")}</p>
          <Differences before={tell(p.form)} after={tell(p.read(p.theirs.plan))} labels={[t("yours"), t("theirs")]} />
          <div class="row">
            <button type="button" onClick={() => p.resolve(true)}>
              {t("keepMine")}
            </button>
            <button type="button" class="plain" onClick={() => p.resolve(false)}>
              {t("takeTheirs")}
            </button>
          </div>
        </section>
      )}
      {p.tried && p.faults.length > 0 && (
        <div class="notice error" ref={summary} tabIndex={-1} role="group" aria-labelledby="faults">
          <h2 id="faults">{t("faults")}</h2>
          <ul class="plain">
            {p.faults.map((f) => (
              <li key={f.field + f.text}>
                <a href={`#${f.field}`} onClick={(e) => (e.preventDefault(), look(f))}>
                  {f.text}
                </a>
              </li>
            ))}
          </ul>
        </div>
      )}
      {!!p.problem && (
        <div ref={p.faults.length > 0 ? undefined : summary} tabIndex={-1}>
          {p.problem instanceof Refused && p.problem.code === "body_too_large" ? (
            <Notice kind="error">{t("plTooLarge")}</Notice>
          ) : (
            <Problem problem={p.problem} again={p.problem instanceof Refused && PASSING.includes(p.problem.code) ? () => void p.save() : undefined} />
          )}
        </div>
      )}
      {/* The enter key in a field saves nothing that is half done. */}
      <form class="plan" noValidate onSubmit={(e) => e.preventDefault()}>
        {children}
        {p.stranded && (
          <Notice>
            {t("plStrandedNow")} <Link href="/stranded">{t("pageStranded")}</Link>
          </Notice>
        )}
        <div class="planbar row">
          <button type="button" aria-disabled={p.busy || !!p.theirs} onClick={() => void p.save()}>
            {p.busy ? t("busy") : t("save")}
          </button>
          <span role="status" class={stops || p.theirs ? "fault" : "meta"}>
            {state}
          </span>
        </div>
      </form>
      <Preview plan={p} ask={preview} service={service} place={place} />
      {after}
      {dropping && (
        <Ask
          text={t("plDropAsk")}
          yes={t("dropCopy")}
          danger
          done={(sure) => {
            setDropping(false);
            if (sure) p.drop();
          }}
        />
      )}
      {p.ask && (
        <Ask
          text={p.ask}
          yes={t("save")}
          done={(sure) => {
            p.setAsk(undefined);
            if (sure) void p.save({ asked: true });
          }}
        />
      )}
      {p.strands && (
        <Strands
          strands={p.strands}
          service={service}
          place={place}
          done={(sure) => {
            p.setStrands(undefined);
            if (sure) void p.save({ asked: true, strand: true });
          }}
        />
      )}
    </>
  );
}

/** The languages of a plan: one at a time is written, and which have a name is seen. */
export function Tongues({ tab, set, names, faults }: { tab: Language; set: (l: Language) => void; names: Partial<Record<Language, string>>; faults: Fault[] }) {
  const { town } = useWho();
  const all = [...new Set<Language>([...town.languages, "nl", "fr", "de", "en"])];
  return (
    <>
      <p class="help">{t("oneLanguage")}</p>
      <div class="tabs" role="group" aria-label={t("language")}>
        {all.map((l) => (
          <button key={l} type="button" class="tab" aria-pressed={l === tab} onClick={() => set(l)}>
            {word("lang", l)}
            {faults.some((f) => f.tab === l) ? (
              <>
                {" "}
                <span aria-hidden="true">⚠</span>
                <span class="unseen">{t("hasFaults")}</span>
              </>
            ) : names[l]?.trim() ? (
              " ✓"
            ) : (
              ""
            )}
          </button>
        ))}
      </div>
    </>
  );
}
