// Visits that cannot take place as they are booked: a list to work off, by ringing people or by giving all of them another time.
import { useState } from "preact/hooks";
import { Link } from "wouter-preact";
import { type Language, api, take } from "./api";
import { Reasons, reasonFaults, reasonsOf } from "./planning-closures";
import { useBusy, useProblem, useTyped } from "./planning-deeds";
import { Hits } from "./planning-hits";
import { type Said, nameOf } from "./planning-plans";
import { ToRing } from "./to-ring";
import { number, t } from "./texts";
import { Ask, Notice, Problem, Title, may, useEvery, useFetched, useWho } from "./ui";

/** In milliseconds: how often the list is read, as others work it off too. */
const OFTEN = 20_000;
/** What the server lists at the most. */
const MOST = 1000;

export function Stranded() {
  const who = useWho();
  return (
    <>
      <Title>{t("pageStranded")}</Title>
      {may(who, "counter") && <ToRing />}
      {may(who, "plan") && <NoPlace />}
    </>
  );
}

/** Visits without a place. */
function NoPlace() {
  const who = useWho();
  const { town } = who;
  const [found, trouble, read] = useFetched(
    async () => ({ locations: await take(api.GET("/staff/v1/locations")), services: await take(api.GET("/staff/v1/services")) }),
    [],
  );
  const [visits, problem, again] = useFetched(() => take(api.GET("/staff/v1/stranded")), []);
  useEvery(OFTEN, again);
  const place = (id: string) => nameOf(found?.locations.find((l) => l.id === id)?.plan ?? { names: [] }, town.languages) || id.slice(-8);
  const service = (id: string) => nameOf(found?.services.find((s) => s.id === id)?.plan ?? { names: [] }, town.languages) || id.slice(-8);
  return (
    <section aria-labelledby="stranded">
      <h2 id="stranded">{t("pvStranded")}</h2>
      <p class="help unprinted">{t("plStrandedHelp")}</p>
      <Problem problem={problem ?? trouble} again={() => (again(), read())} />
      {!visits && !problem && <p>{t("loading")}</p>}
      {visits?.length === 0 && <p>{t("plStrandedNone")}</p>}
      {visits && visits.length > 0 && (
        <>
          <p>{visits.length >= MOST ? t("plStrandedFirst", { n: number(MOST) }) : t(visits.length === 1 ? "plStrandedOne" : "plStrandedMany", { n: number(visits.length) })}</p>
          {may(who, "counter") && (
            <p class="help unprinted">
              {t("plStrandedCounter")} <Link href="/counter">{t("pageCounter")}</Link>
            </p>
          )}
          <Hits hits={visits} service={service} place={place} />
          <p class="row unprinted">
            <button type="button" class="plain" onClick={() => print()}>
              {t("print")}
            </button>
          </p>
        </>
      )}
      {/* What was done is told also when nobody is left. */}
      {visits && <Move count={visits.length} done={again} />}
    </section>
  );
}

/** Gives everybody who is on the list another time, with a reason. */
function Move({ count, done }: { count: number; done: () => void }) {
  const { town } = useWho();
  const first: Language = town.languages[0] ?? "nl";
  const [form, change, forget] = useTyped<{ reasons: Said }>("stranded", () => ({ reasons: {} }));
  const [tab, setTab] = useState<Language>(first);
  const [tried, setTried] = useState(false);
  const [ask, setAsk] = useState(false);
  const [progress, setProgress] = useState<{ moved: number; cancelled: number; left: number }>();
  const [over, setOver] = useState(false);
  const [problem, setProblem] = useProblem();
  const [busy, alone] = useBusy();
  const faults = reasonFaults(form.reasons, first);
  const shown = faults.filter((f) => tried || f.stops);
  const wrong = (field: string) => shown.find((f) => f.field === field)?.text;
  const begin = () => {
    setTried(true);
    if (faults[0]) {
      if (faults[0].tab) setTab(faults[0].tab);
      const { field } = faults[0];
      setTimeout(() => document.getElementById(field)?.focus());
    } else if (!busy) setAsk(true);
  };
  const move = () =>
    alone(async () => {
      const sum = { moved: 0, cancelled: 0, left: count };
      setOver(false);
      setProblem(undefined);
      try {
        // Some at a time: what was done stays done, whatever comes in between.
        for (;;) {
          const step = await take(api.POST("/staff/v1/stranded", { body: { reasons: reasonsOf(form.reasons) } }));
          sum.moved += step.moved;
          sum.cancelled += step.cancelled;
          sum.left = step.left;
          setProgress({ ...sum });
          if (step.left === 0 || step.moved + step.cancelled === 0) break;
        }
        setOver(true);
        setTried(false);
        forget();
      } catch (e) {
        setProblem(e);
      }
      done();
    });
  return (
    <>
      {(count > 0 || busy) && (
        <section aria-labelledby="move" class="unprinted">
          <h2 id="move">{t("plMoveAll")}</h2>
          <p class="help">{t("plMoveHelp")}</p>
          <form class="plan" noValidate onSubmit={(e) => e.preventDefault()}>
            <Reasons reasons={form.reasons} tab={tab} setTab={setTab} faults={shown} wrong={wrong} set={(reasons) => change({ reasons })} />
            <button type="button" aria-disabled={busy} onClick={begin}>
              {busy ? t("busy") : t("plMoveAll")}
            </button>
          </form>
        </section>
      )}
      {progress && !over && (
        <p role="status">{t("plMoving", { done: number(progress.moved + progress.cancelled), left: number(progress.left) })}</p>
      )}
      {progress && over && (
        <Notice kind="ok" focus>
          {t("plMoved", { moved: number(progress.moved), cancelled: number(progress.cancelled) })}
          {progress.left > 0 && ` ${t("plMovedLeft", { n: number(progress.left) })}`}
        </Notice>
      )}
      <Problem problem={problem} again={() => void move()} />
      {ask && (
        <Ask
          text={t("plMoveAsk", { n: number(count) })}
          yes={t("plMoveAll")}
          danger
          done={(sure) => {
            setAsk(false);
            if (sure) void move();
          }}
        />
      )}
    </>
  );
}
