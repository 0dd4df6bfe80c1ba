// What is planned: services and locations, with their state at a glance, and the way to each.
import { useEffect, useState } from "preact/hooks";
import { Link, useLocation } from "wouter-preact";
import { api, take } from "./api";
import * as kept from "./kept";
import { type Typed, planner } from "./planning-form";
import {
  type LocationForm,
  type LocationPlan,
  type Planned,
  type ServiceForm,
  type ServicePlan,
  nameOf,
  readLocation,
  readService,
  renamed,
  withOtherDesks,
} from "./planning-plans";
import { weekInWords } from "./planning-words";
import { language, number, t, word } from "./texts";
import { clock, when } from "./time";
import { Ask, Notice, Problem, Title, useEvery, useFetched, useWho } from "./ui";

export { Closures } from "./planning-closures";
export { LocationPage } from "./planning-location";
export { ServicePage } from "./planning-service";
export { Stranded } from "./planning-stranded";

const another = (name: string) => t("plCopyName", { name });
/** In milliseconds: how often what others plan is looked at. */
const OFTEN = 60_000;

export function Planning() {
  const who = useWho();
  const { town } = who;
  const [, go] = useLocation();
  const [services, problem, again] = useFetched(() => take(api.GET("/staff/v1/services")), []);
  const [locations, trouble, anew] = useFetched(() => take(api.GET("/staff/v1/locations")), []);
  const [stranded, , look] = useFetched(() => take(api.GET("/staff/v1/stranded")), []);
  const [closures, , watch] = useFetched(() => take(api.GET("/staff/v1/closures")), []);
  useEvery(OFTEN, () => (again(), anew(), look(), watch()));
  const named = <P extends ServicePlan | LocationPlan>(all?: Planned<P>[]) =>
    all
      ?.map((x) => ({ ...x, name: nameOf(x.plan, town.languages) || t("plNoName") }))
      .sort((a, b) => Number(b.plan.active) - Number(a.plan.active) || a.name.localeCompare(b.name));
  const begin = (kind: "services" | "locations") => go(`/planning/${kind}/${crypto.randomUUID()}`);
  /** A copy stands in the browser until it is saved, like anything else that is typed. */
  const copy = (kind: "services" | "locations", form: ServiceForm | LocationForm, of: string) => {
    const id = crypto.randomUUID();
    const title = another(of);
    const written: Typed<typeof form> = { form, of };
    kept.keep(planner(who.me.id), `${kind}/${id}`, { written, version: 0, at: clock().toISOString(), title });
    go(`/planning/${kind}/${id}`);
  };
  return (
    <>
      <Title>{t("pagePlanning")}</Title>
      <Problem problem={problem ?? trouble} again={() => (again(), anew())} />
      <Unsaved />
      {!!stranded?.length && (
        <Notice kind="error">
          {t(stranded.length === 1 ? "plStrandedOne" : "plStrandedMany", { n: number(stranded.length) })}{" "}
          <Link href="/stranded">{t("pageStranded")}</Link>
        </Notice>
      )}
      <section aria-labelledby="services">
        <div class="row spread">
          <h2 id="services">{t("plServices")}</h2>
          <button type="button" onClick={() => begin("services")}>
            {t("plNewService")}
          </button>
        </div>
        {!services && !problem && <p>{t("loading")}</p>}
        {services?.length === 0 && <p class="help">{t("plServicesNone")}</p>}
        <ul class="cards plans">
          {named(services)?.map(({ id, name, plan }) => {
            const places = locations?.map((l) => l.plan.desks.filter((d) => d.active && l.plan.active && d.services.includes(id)).length) ?? [];
            const desks = places.reduce((a, b) => a + b, 0);
            return (
              <li key={id}>
                <div>
                  <Link href={`/planning/services/${id}`}>
                    <span dir="auto">{name}</span>
                  </Link>
                  <State active={plan.active} />
                  <span class="meta">
                    {[
                      t("plMinutes", { n: number(plan.minutes) }),
                      plan.document_kinds.map((k) => word("doc", k)).join(", "),
                      locations && doing(desks, places.filter(Boolean).length),
                    ]
                      .filter(Boolean)
                      .join(" · ")}
                  </span>
                </div>
                <button
                  type="button"
                  class="plain"
                  aria-label={t("plCopyThis", { name })}
                  onClick={() => copy("services", renamed(readService(plan), another), name)}
                >
                  {t("plCopyShort")}
                </button>
              </li>
            );
          })}
        </ul>
      </section>
      <section aria-labelledby="locations">
        <div class="row spread">
          <h2 id="locations">{t("plLocations")}</h2>
          <button type="button" onClick={() => begin("locations")}>
            {t("plNewLocation")}
          </button>
        </div>
        {!locations && !trouble && <p>{t("loading")}</p>}
        {locations?.length === 0 && <p class="help">{t("plLocationsNone")}</p>}
        <ul class="cards plans">
          {named(locations)?.map(({ id, name, plan }) => {
            const now = clock().toISOString();
            const closed = closures?.find((c) => c.location_id === id && c.from <= now && now < c.until);
            const on = plan.desks.filter((d) => d.active).length;
            return (
              <li key={id}>
                <div>
                  <Link href={`/planning/locations/${id}`}>
                    <span dir="auto">{name}</span>
                  </Link>
                  <State active={plan.active} />
                  {closed && <span class="badge withdrawn">{t("plClosedUntil", { time: when(language, town.time_zone, closed.until) })}</span>}
                  <span class="meta" dir="auto">
                    {[word("plKind", plan.kind), plan.address, t("plDesksOf", { on: number(on), all: number(plan.desks.length) })].filter(Boolean).join(" · ")}
                  </span>
                  <span class="meta">
                    {t("plThisWeek")}: {weekInWords(plan, town.time_zone)}
                  </span>
                </div>
                <button
                  type="button"
                  class="plain"
                  aria-label={t("plCopyThis", { name })}
                  onClick={() => copy("locations", withOtherDesks(renamed(readLocation(plan, town.time_zone), another)), name)}
                >
                  {t("plCopyShort")}
                </button>
              </li>
            );
          })}
        </ul>
        <p class="help">{t("plHolidays")}</p>
      </section>
    </>
  );
}

/** How many desks do a service, and at how many locations. */
function doing(desks: number, places: number): string {
  if (desks === 0) return t("plNoDesks");
  const where = t(places === 1 ? "plOnePlace" : "plPlaces", { n: number(places) });
  return t(desks === 1 ? "plOneDeskDoes" : "plDesksDo", { n: number(desks), where });
}

function State({ active }: { active: boolean }) {
  return <span class={active ? "badge sent" : "badge"}>{t(active ? "plOn" : "plOff")}</span>;
}

/** What was typed of a plan and is saved nowhere but in this browser. */
function Unsaved() {
  const member = planner(useWho().me.id);
  const [, looked] = useState(0);
  const [drop, setDrop] = useState<{ id: string; title: string }>();
  useEffect(() => {
    const again = () => looked((n) => n + 1);
    addEventListener(kept.SAVED, again);
    return () => removeEventListener(kept.SAVED, again);
  }, []);
  const copies = kept.all(member).filter(({ id }) => /^(services|locations)\//.test(id));
  if (copies.length === 0) return null;
  return (
    <Notice kind="error">
      {t("unsaved")}{" "}
      {copies.map(({ id, copy }) => {
        const title = copy.title || t("plNoName");
        return (
          <span key={id} class="inlist">
            <Link href={`/planning/${id}`}>
              <span dir="auto">{title}</span>
            </Link>{" "}
            <button type="button" class="linklike" aria-label={`${t("dropCopy")}: ${title}`} onClick={() => setDrop({ id, title })}>
              {t("dropCopy")}
            </button>
          </span>
        );
      })}
      {drop && (
        <Ask
          text={t("plDropAsk")}
          about={drop.title}
          yes={t("dropCopy")}
          danger
          done={(sure) => {
            if (sure) kept.forget(member, drop.id);
            setDrop(undefined);
          }}
        />
      )}
    </Notice>
  );
}
