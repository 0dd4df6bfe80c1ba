// A service: what one can come for, how long that takes, for which documents, and when it can be booked.
import { Link } from "wouter-preact";
import { type Language, api, take } from "./api";
import { DOCUMENTS } from "./audience";
import { BOUNDS, TEXT, fieldOf, refusedService, serviceFaults } from "./planning-faults";
import { Frame, Tongues, usePlan } from "./planning-form";
import { History } from "./planning-history";
import {
  type LocationPlan,
  type Planned,
  type ServiceForm,
  type ServicePlan,
  UNITS,
  inOne,
  nameOf,
  newService,
  readService,
  writeService,
} from "./planning-plans";
import { lasting, moment, tellService } from "./planning-words";
import { t, word } from "./texts";
import { Check, Notice, NumberField, Problem, Select, TextField, isNumber, may, useFetched, useWho } from "./ui";

const services = () => take(api.GET("/staff/v1/services"));

export function ServicePage({ id }: { id: string }) {
  const [found, problem, again] = useFetched(
    async () => ({ services: await services(), locations: await take(api.GET("/staff/v1/locations")) }),
    [id],
  );
  if (!found) return problem ? <Problem problem={problem} again={again} /> : <p>{t("loading")}</p>;
  return <Writing id={id} {...found} />;
}

type WritingProps = { id: string; services: Planned<ServicePlan>[]; locations: Planned<LocationPlan>[] };

function Writing({ id, services: all, locations }: WritingProps) {
  const { town } = useWho();
  const first: Language = town.languages[0] ?? "nl";
  const plan = usePlan<ServiceForm, ServicePlan>({
    place: `services/${id}`,
    known: all.find((s) => s.id === id),
    fresh: newService(),
    read: readService,
    write: writeService,
    faults: (f) => serviceFaults(f, first),
    refused: (problem, f) => refusedService(problem, f, first),
    put: (body, strand) =>
      take(api.PUT("/staff/v1/services/{service_id}", { params: { path: { service_id: id }, query: { strand } }, body })),
    look: async () => (await services()).find((s) => s.id === id),
    name: (f) => inOne(f.names, town.languages),
  });
  const { form, change, wrong, tab } = plan;
  const place = (of: string) => nameOf(locations.find((l) => l.id === of)?.plan ?? { names: [] }, town.languages) || of.slice(-8);
  const desks = locations.flatMap((l) => l.plan.desks.filter((d) => d.active && l.plan.active && d.services.includes(id)));
  const text = (part: "names" | "explanations" | "bring") => ({
    id: fieldOf(part, tab),
    lang: tab,
    max: TEXT,
    value: form[part][tab] ?? "",
    wrong: wrong(fieldOf(part, tab)),
    set: (said: string) => change({ [part]: { ...form[part], [tab]: said } }),
  });
  const figure = (name: keyof typeof BOUNDS) => ({
    id: `f-${name}`,
    min: BOUNDS[name][0],
    max: BOUNDS[name][1],
    value: form[name],
    wrong: wrong(`f-${name}`),
    set: (n: number) => change({ [name]: n }),
  });
  const of = word("lang", tab);
  const takes = isNumber(form.minutes) && isNumber(form.minutes_a_person_more) ? form.minutes + form.minutes_a_person_more : undefined;
  return (
    <Frame
      plan={plan}
      title={inOne(form.names, town.languages) || t("plNewService")}
      tell={tellService}
      preview={(plan, from) => take(api.POST("/staff/v1/services/{service_id}/preview", { params: { path: { service_id: id } }, body: { plan, from } }))}
      service={(s) => nameOf(all.find((x) => x.id === s)?.plan ?? { names: [] }, town.languages) || s.slice(-8)}
      place={place}
      after={
        <>
          {plan.version > 0 && !plan.dirty && form.active && <Where key={plan.version} id={id} desks={desks.length} place={place} />}
          {plan.version > 0 && (
            <History<ServicePlan>
              version={plan.version}
              versions={() => take(api.GET("/staff/v1/services/{service_id}/versions", { params: { path: { service_id: id } } }))}
              read={(version) =>
                take(api.GET("/staff/v1/services/{service_id}/versions/{version}", { params: { path: { service_id: id, version } } }))
              }
              back={(p) => change(readService(p))}
            />
          )}
        </>
      }
    >
      <section aria-labelledby="s1">
        <h2 id="s1">{t("plWhat")}</h2>
        <Tongues tab={tab} set={plan.setTab} names={form.names} faults={plan.faults} />
        <TextField {...text("names")} label={`${t("plName")} (${of})`} required={tab === first} />
        <TextField {...text("explanations")} label={`${t("plExplanation")} (${of})`} rows={3} />
        <TextField {...text("bring")} label={`${t("plBring")} (${of})`} help={t("plBringHelp")} rows={3} />
      </section>
      <section aria-labelledby="s2">
        <h2 id="s2">{t("plHowLong")}</h2>
        <p class="help">{t("plFive")}</p>
        <fieldset class="inline">
          <legend class="unseen">{t("plHowLong")}</legend>
          <NumberField {...figure("minutes")} label={t("plLasts")} />
          <NumberField {...figure("minutes_a_person_more")} label={t("plMore")} />
          <NumberField {...figure("most_persons")} label={t("plMostPersons")} />
        </fieldset>
        {takes !== undefined && isNumber(form.most_persons) && form.most_persons > 1 && (
          <p class="help">{t("plTwoTake", { minutes: takes })}</p>
        )}
        <fieldset class="inline">
          <legend class="unseen">{t("plBetween")}</legend>
          <NumberField {...figure("buffer_minutes")} label={t("plBuffer")} />
          <NumberField {...figure("step_minutes")} label={t("plStep")} />
        </fieldset>
        <p class="help">{t("plStepHelp")}</p>
      </section>
      <section aria-labelledby="s3">
        <h2 id="s3">{t("plForWhich")}</h2>
        <p class="help">{t("plForWhichHelp")}</p>
        <fieldset id="f-document_kinds" tabIndex={-1} class="boxes">
          <legend>{t("plDocuments")}</legend>
          {wrong("f-document_kinds") && <p class="fault">{wrong("f-document_kinds")}</p>}
          {/* A kind that this page does not know stays as it is. */}
          {[...new Set([...DOCUMENTS, ...form.document_kinds])].map((kind) => (
            <Check
              key={kind}
              label={word("doc", kind)}
              value={form.document_kinds.includes(kind)}
              set={(on) =>
                change({ document_kinds: on ? [...form.document_kinds, kind].sort() : form.document_kinds.filter((k) => k !== kind) })
              }
            />
          ))}
        </fieldset>
        <Select
          label={t("plNeeds")}
          value={form.needs}
          set={(needs) => change({ needs: needs as ServiceForm["needs"] })}
          of={["citizen", "parent", "both"].map((value) => ({ value, label: word("plNeeds", value) }))}
        />
        <Check label={t("plCollecting")} help={t("plCollectingHelp")} value={form.collecting} set={(collecting) => change({ collecting })} />
      </section>
      <section aria-labelledby="s4">
        <h2 id="s4">{t("plWhenBookable")}</h2>
        <fieldset class="inline">
          <legend class="unseen">{t("plNotice")}</legend>
          <NumberField id="f-notice" label={t("plNotice")} min={0} value={form.notice} wrong={wrong("f-notice")} set={(notice) => change({ notice })} />
          <Select
            label={t("plUnit")}
            value={String(form.unit)}
            set={(unit) => change({ unit: Number(unit) })}
            of={UNITS.map((u) => ({ value: String(u), label: word("plUnit", String(u)) }))}
          />
        </fieldset>
        <p class="help">
          {isNumber(form.notice) ? t("plNoticeHelp", { time: lasting(form.notice * form.unit) }) : t("plNoticeNone")}
        </p>
        <fieldset class="inline">
          <legend class="unseen">{t("plWhenBookable")}</legend>
          <NumberField {...figure("horizon_days")} label={t("plHorizon")} />
          <NumberField {...figure("most_open")} label={t("plMostOpen")} />
        </fieldset>
        <Check id="f-active" label={t("plBookable")} help={t("plBookableHelp")} value={form.active} set={(active) => change({ active })} />
      </section>
    </Frame>
  );
}

/** Who does a service, and when the next of it is free: what came of what was planned. */
function Where({ id, desks, place }: { id: string; desks: number; place: (id: string) => string }) {
  const who = useWho();
  if (desks === 0) {
    return (
      <Notice>
        {t("plNoDesk")} <Link href="/planning">{t("plBack")}</Link>
      </Notice>
    );
  }
  return may(who, "counter") ? <Free id={id} place={place} /> : null;
}

function Free({ id, place }: { id: string; place: (id: string) => string }) {
  const { town } = useWho();
  const [next, problem, again] = useFetched(
    () => take(api.GET("/staff/v1/services/{service_id}/next", { params: { path: { service_id: id } } })),
    [id],
  );
  return (
    <section aria-labelledby="free">
      <h2 id="free">{t("plFree")}</h2>
      <p class="help">{t("plFreeHelp")}</p>
      <Problem problem={problem} again={again} />
      {next?.length === 0 && <p>{t("plFreeNone")}</p>}
      <ul class="plain">
        {next?.map((s) => (
          <li key={s.location_id} dir="auto">
            {place(s.location_id)}: {moment(s.starts_at, town.time_zone)}
          </li>
        ))}
      </ul>
    </section>
  );
}
