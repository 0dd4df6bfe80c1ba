// A location: where it is, when it is open, and its desks.
import { type Language, api, take } from "./api";
import { Desks } from "./planning-desks";
import { ADDRESS, TEXT, TRAVEL, fieldOf, locationFaults, refusedLocation } from "./planning-faults";
import { Frame, Tongues, usePlan } from "./planning-form";
import { History } from "./planning-history";
import { Hours } from "./planning-hours";
import {
  KINDS,
  type LocationForm,
  type LocationPlan,
  type Planned,
  type ServicePlan,
  inOne,
  nameOf,
  newLocation,
  readLocation,
  writeLocation,
} from "./planning-plans";
import { SpotField } from "./planning-spot";
import { moment, tellLocation } from "./planning-words";
import { t, word } from "./texts";
import { Check, NumberField, Problem, Select, TextField, may, useFetched, useWho } from "./ui";

const locations = () => take(api.GET("/staff/v1/locations"));

export function LocationPage({ id }: { id: string }) {
  const [found, problem, again] = useFetched(
    async () => ({ all: await locations(), services: await take(api.GET("/staff/v1/services")) }),
    [id],
  );
  if (!found) return problem ? <Problem problem={problem} again={again} /> : <p>{t("loading")}</p>;
  return <Writing id={id} {...found} />;
}

type WritingProps = { id: string; all: Planned<LocationPlan>[]; services: Planned<ServicePlan>[] };

function Writing({ id, all, services }: WritingProps) {
  const who = useWho();
  const { town } = who;
  const zone = town.time_zone;
  const first: Language = town.languages[0] ?? "nl";
  const active = services.filter((s) => s.plan.active).map((s) => s.id);
  const plan = usePlan<LocationForm, LocationPlan>({
    place: `locations/${id}`,
    known: all.find((l) => l.id === id),
    fresh: newLocation(zone, t("plDeskN", { n: 1 }), active.sort()),
    read: (p) => readLocation(p, zone),
    write: (f, version) => writeLocation(f, version, zone),
    faults: (f) => locationFaults(f, zone, first),
    refused: (problem, f) => refusedLocation(problem, f, first),
    put: (body, strand) =>
      take(api.PUT("/staff/v1/locations/{location_id}", { params: { path: { location_id: id }, query: { strand } }, body })),
    look: async () => (await locations()).find((l) => l.id === id),
    name: (f) => inOne(f.names, town.languages),
    // Whoever has a visit there is told of it at once.
    asks: (f, saved) => (f.address.trim() !== saved.address.trim() && saved.address.trim() ? t("plAddressAsk", { address: f.address.trim() }) : undefined),
  });
  const { form, change, wrong, tab } = plan;
  const service = (of: string) => nameOf(services.find((s) => s.id === of)?.plan ?? { names: [] }, town.languages) || of.slice(-8);
  const of = word("lang", tab);
  const text = (part: "names" | "accessibility") => ({
    id: fieldOf(part, tab),
    lang: tab,
    max: TEXT,
    value: form[part][tab] ?? "",
    wrong: wrong(fieldOf(part, tab)),
    set: (said: string) => change({ [part]: { ...form[part], [tab]: said } }),
  });
  const hall = form.kind === "town_hall";
  const does = new Set(form.desks.filter((d) => d.active).flatMap((d) => d.services));
  const free = plan.version > 0 && !plan.dirty && form.active && may(who, "counter");
  return (
    <Frame
      plan={plan}
      title={inOne(form.names, town.languages) || t("plNewLocation")}
      tell={(f) => tellLocation(f, service)}
      preview={(plan, from) => take(api.POST("/staff/v1/locations/{location_id}/preview", { params: { path: { location_id: id } }, body: { plan, from } }))}
      service={service}
      after={
        <>
          {free && <Free key={plan.version} id={id} services={active.filter((s) => does.has(s))} service={service} />}
          {plan.version > 0 && (
            <History<LocationPlan>
              version={plan.version}
              versions={() => take(api.GET("/staff/v1/locations/{location_id}/versions", { params: { path: { location_id: id } } }))}
              read={(version) =>
                take(api.GET("/staff/v1/locations/{location_id}/versions/{version}", { params: { path: { location_id: id, version } } }))
              }
              back={(p) => change(readLocation(p, zone))}
            />
          )}
        </>
      }
    >
      <section aria-labelledby="s1">
        <h2 id="s1">{t("plWhere")}</h2>
        <Tongues tab={tab} set={plan.setTab} names={form.names} faults={plan.faults} />
        <TextField {...text("names")} label={`${t("plName")} (${of})`} required={tab === first} />
        <Select
          id="f-kind"
          label={t("plKind")}
          value={form.kind}
          set={(kind) => change({ kind })}
          of={KINDS.map((value) => ({ value, label: word("plKind", value) }))}
        />
        <TextField
          id="f-address"
          label={t(form.kind === "video" ? "plLink" : "address")}
          help={form.kind === "video" ? t("plLinkHelp", { visit: "{visit}" }) : plan.version > 0 ? t("plAddressHelp") : undefined}
          max={ADDRESS}
          required={hall || form.kind === "video"}
          value={form.address}
          wrong={wrong("f-address")}
          set={(address) => change({ address })}
        />
        {(hall || form.spot !== "") && <SpotField value={form.spot} wrong={wrong("f-spot")} set={(spot) => change({ spot })} />}
        {(hall || Object.values(form.accessibility).some((x) => x.trim())) && (
          <TextField {...text("accessibility")} label={`${t("plAccess")} (${of})`} help={t("plAccessHelp")} rows={2} />
        )}
        {(form.kind === "home" || form.travel_minutes !== 0) && (
          <NumberField
            id="f-travel_minutes"
            label={t("plTravel")}
            min={0}
            max={TRAVEL}
            value={form.travel_minutes}
            wrong={wrong("f-travel_minutes")}
            set={(travel_minutes) => change({ travel_minutes })}
          />
        )}
      </section>
      <Hours form={form} change={change} wrong={wrong} />
      <Desks form={form} services={services} change={change} wrong={wrong} />
      <section aria-labelledby="s4">
        <h2 id="s4">{t("plOnOff")}</h2>
        <Check label={t("plTakesVisits")} help={t("plTakesVisitsHelp")} value={form.active} set={(on) => change({ active: on })} />
      </section>
    </Frame>
  );
}

/** How many services are asked about at a time. */
const MOST = 12;

/** When each service is next free there: what came of what was planned. */
function Free({ id, services, service }: { id: string; services: string[]; service: (id: string) => string }) {
  const { town } = useWho();
  const shown = services.slice(0, MOST);
  const [found, problem, again] = useFetched(
    () =>
      Promise.all(
        shown.map(async (service_id) => {
          const next = await take(api.GET("/staff/v1/services/{service_id}/next", { params: { path: { service_id } } }));
          return { service_id, at: next.find((s) => s.location_id === id)?.starts_at };
        }),
      ),
    [id],
  );
  return (
    <section aria-labelledby="free">
      <h2 id="free">{t("plFree")}</h2>
      <Problem problem={problem} again={again} />
      {services.length === 0 && <p>{t("plFreeNone")}</p>}
      <ul class="plain">
        {found?.map((f) => (
          <li key={f.service_id} dir="auto">
            {service(f.service_id)}: {f.at ? moment(f.at, town.time_zone) : t("plFreeNothing")}
          </li>
        ))}
      </ul>
      {services.length > MOST && <p class="meta">{t("plAndMore", { n: services.length - MOST })}</p>}
    </section>
  );
}
