// The desks of a location: what each is called, what it does, and when nobody is there.
import { type Absence, type DeskForm, type LocationForm, type Planned, type ServicePlan, key, nameOf, newDesk, today } from "./planning-plans";
import { DESK } from "./planning-faults";
import { t } from "./texts";
import { clock, isTwice, wall } from "./time";
import { Check, HALF, TextField, WhenField, useWho } from "./ui";

type DesksProps = {
  form: LocationForm;
  services: Planned<ServicePlan>[];
  change: (part: Partial<LocationForm>) => void;
  wrong: (field: string) => string | undefined;
};

const focus = (id: string) => setTimeout(() => document.getElementById(id)?.focus());

export function Desks({ form, services, change, wrong }: DesksProps) {
  const { town } = useWho();
  const desks = form.desks;
  const put = (id: string, part: Partial<DeskForm>) => change({ desks: desks.map((d) => (d.id === id ? { ...d, ...part } : d)) });
  const named = services
    .map((s) => ({ id: s.id, name: nameOf(s.plan, town.languages) || s.id.slice(-8), active: s.plan.active }))
    .sort((a, b) => a.name.localeCompare(b.name));
  const add = (like?: DeskForm) => {
    let n = desks.length + 1;
    while (desks.some((d) => d.name === t("plDeskN", { n }))) n += 1;
    const does = like ? like.services : named.filter((s) => s.active).map((s) => s.id);
    const one = newDesk(t("plDeskN", { n }), does);
    change({ desks: [...desks, one] });
    focus(`f-${one.id}`);
  };
  return (
    <section aria-labelledby="s-desks">
      <h2 id="s-desks">{t("plDesks")}</h2>
      <p class="help" id="f-desks" tabIndex={-1}>
        {t("plDesksHelp")}
      </p>
      {wrong("f-desks") && <p class="fault">{wrong("f-desks")}</p>}
      {desks.length === 0 && <p>{t("plDesksNone")}</p>}
      {desks.map((desk) => (
        <fieldset key={desk.id} class="desk">
          <legend dir="auto">
            {desk.name || t("plDesk")}
            {!desk.active && <span class="badge">{t("plOff")}</span>}
          </legend>
          <TextField
            id={`f-${desk.id}`}
            label={t("plDeskName")}
            max={DESK}
            required
            value={desk.name}
            wrong={wrong(`f-${desk.id}`)}
            set={(name) => put(desk.id, { name })}
          />
          {named.length > 0 ? (
            <fieldset class="boxes">
              <legend>{t("plDoes")}</legend>
              {named.map((s) => (
                <Check
                  key={s.id}
                  label={s.active ? s.name : `${s.name} (${t("plOff")})`}
                  value={desk.services.includes(s.id)}
                  set={(on) => put(desk.id, { services: on ? [...desk.services, s.id].sort() : desk.services.filter((x) => x !== s.id) })}
                />
              ))}
            </fieldset>
          ) : (
            <p class="help">{t("plNoServiceYet")}</p>
          )}
          <Check label={t("plDeskActive")} value={desk.active} set={(active) => put(desk.id, { active })} />
          <Absences desk={desk} wrong={wrong} set={(absences) => put(desk.id, { absences })} />
          <div class="row">
            <button
              type="button"
              id={`f-away-${desk.id}`}
              class="plain"
              aria-label={t("plAddAway", { name: desk.name })}
              onClick={() => put(desk.id, { absences: [...desk.absences, away(town.time_zone)] })}
            >
              {t("plAddAwayShort")}
            </button>
            <button type="button" class="plain" aria-label={t("plCopyDesk", { name: desk.name })} onClick={() => add(desk)}>
              {t("plCopyShort")}
            </button>
            <button
              type="button"
              class="plain"
              aria-label={`${t("remove")}: ${desk.name}`}
              onClick={() => {
                change({ desks: desks.filter((d) => d.id !== desk.id) });
                focus("f-add-desk");
              }}
            >
              {t("remove")}
            </button>
          </div>
        </fieldset>
      ))}
      <button type="button" id="f-add-desk" class="plain" onClick={() => add()}>
        {t("plAddDesk")}
      </button>
    </section>
  );
}

/** The whole of today, as most are away for days. */
function away(zone: string): Absence {
  const day = today(zone);
  const one: Absence = { key: key(), from: `${day}T00:00`, until: `${day}T23:59` };
  focus(`f-${one.key}-from`);
  return one;
}

type AbsencesProps = { desk: DeskForm; wrong: (field: string) => string | undefined; set: (all: Absence[]) => void };

function Absences({ desk, wrong, set }: AbsencesProps) {
  const { town } = useWho();
  const zone = town.time_zone;
  const now = wall(zone, clock().toISOString());
  const all = desk.absences;
  const over = all.filter((a) => a.until && a.until !== HALF && a.until < now && !wrong(`f-${a.key}-until`) && !wrong(`f-${a.key}-from`));
  const put = (one: Absence, part: Partial<Absence>) => set(all.map((a) => (a === one ? { ...a, ...part } : a)));
  const twice = (local: string) => (local && local !== HALF && isTwice(zone, local) ? t("hourTwice") : undefined);
  const row = (a: Absence, n: number) => (
    <fieldset key={a.key} class="inline away">
      <legend class="unseen">
        {t("plAway")} {n + 1}: {desk.name}
      </legend>
      <WhenField
        kind="datetime-local"
        id={`f-${a.key}-from`}
        label={t("plAwayFrom")}
        help={twice(a.from)}
        value={a.from}
        wrong={wrong(`f-${a.key}-from`)}
        set={(from) => put(a, { from })}
      />
      <WhenField
        kind="datetime-local"
        id={`f-${a.key}-until`}
        label={t("plAwayUntil")}
        help={twice(a.until)}
        value={a.until}
        wrong={wrong(`f-${a.key}-until`)}
        set={(until) => put(a, { until })}
      />
      <button
        type="button"
        class="plain small"
        aria-label={`${t("remove")}: ${t("plAway")} ${n + 1}, ${desk.name}`}
        onClick={() => (set(all.filter((x) => x !== a)), focus(`f-away-${desk.id}`))}
      >
        {t("remove")}
      </button>
    </fieldset>
  );
  return (
    <>
      {over.length > 0 && (
        <details>
          <summary>{t("plAwayPast", { n: over.length })}</summary>
          {over.map(row)}
          <button type="button" class="plain" onClick={() => (set(all.filter((a) => !over.includes(a))), focus(`f-away-${desk.id}`))}>
            {t("plForgetPast")}
          </button>
        </details>
      )}
      {all.filter((a) => !over.includes(a)).map(row)}
    </>
  );
}
