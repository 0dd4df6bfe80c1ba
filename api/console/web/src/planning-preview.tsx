// What a change of a plan gives, before it is saved: the hours and the free starts of two weeks, and the visits that could not take place.
import { useEffect, useRef, useState } from "preact/hooks";
import type { Schemas } from "./api";
import { useBusy } from "./planning-deeds";
import type { PlanForm, Seen } from "./planning-form";
import { Some } from "./planning-hits";
import { later, today } from "./planning-plans";
import { day as dayInWords } from "./planning-words";
import { type Key, number, t } from "./texts";
import { wall } from "./time";
import { useWho } from "./ui";

export type Previewed = Schemas["PlanPreviewOut"];
type Day = Schemas["PreviewDayOut"];
type Open = Schemas["OpenOut"];

/** Days that the server shows at a time. */
const DAYS = 14;

type Props<F, P extends { version: number }> = {
  plan: PlanForm<F, P>;
  ask: (plan: P, from?: string) => Promise<Previewed>;
  service: (id: string) => string;
  /** Where the change is one of a service, which has a column for each place. */
  place?: (id: string) => string;
};

/** The button that asks what a plan gives, and what it gives. */
export function Preview<F, P extends { version: number }>({ plan, ask, service, place }: Props<F, P>) {
  const zone = useWho().town.time_zone;
  const [seen, setSeen] = useState<Seen<F>>();
  const [busy, alone] = useBusy();
  const heading = useRef<HTMLHeadingElement>(null);
  const look = (from?: string, focus = false) =>
    alone(async () => {
      const found = await plan.preview((p) => ask(p, from));
      if (!found) return;
      setSeen(found);
      // What was pressed may be far above.
      if (focus) setTimeout(() => heading.current?.focus());
    });
  // Saved, it is what is so.
  useEffect(() => setSeen(undefined), [plan.version]);
  const days = seen?.gives.days ?? [];
  const first = days[0]?.day;
  const isOld = seen !== undefined && seen.form !== plan.form;
  return (
    <>
      <p class="row unprinted">
        <button type="button" class="plain" aria-disabled={busy || plan.busy || !!plan.theirs} onClick={() => void look(first, true)}>
          {busy ? t("busy") : t(seen ? "pvAgain" : "pvSee")}
        </button>
      </p>
      {seen && first && (
        <section aria-labelledby="preview" class="pv">
          <h2 id="preview" tabIndex={-1} ref={heading}>
            {t("pvTitle")}
          </h2>
          {isOld && (
            <p class="fault" role="status">
              {t("pvOld")}
            </p>
          )}
          <p class="help">{t("pvHelp")}</p>
          <Stranded gives={seen.gives} service={service} place={place} />
          <Days days={days} name={(s) => (place ? place(s.location_id) : service(s.service_id))} />
          <div class="row unprinted">
            {first > today(zone) && (
              <button type="button" class="plain" aria-disabled={busy} onClick={() => void look(later(first, -DAYS))}>
                {t("pvBefore")}
              </button>
            )}
            <button type="button" class="plain" aria-disabled={busy} onClick={() => void look(later(first, DAYS))}>
              {t("pvAfter")}
            </button>
          </div>
        </section>
      )}
    </>
  );
}

function Stranded({ gives, service, place }: { gives: Previewed; service: (id: string) => string; place?: (id: string) => string }) {
  const n = gives.stranded_count;
  if (n === 0) return <p>{t("pvStrandsNone")}</p>;
  return (
    <>
      <p>
        <strong>{t(n === 1 ? "pvStrandsOne" : "pvStrands", { n: number(n) })}</strong>
      </p>
      <Some hits={gives.stranded} count={n} service={service} place={place} />
    </>
  );
}

type Starts = Day["starts"][number];

/** Whether a day is as it was. */
const isSame = (d: Day) => d.starts.every((s) => s.now === s.then) && said(d.open_now) === said(d.open_then);
const said = (open?: Open[]) => (open ?? []).map((o) => `${o.from}${o.until}`).join();

/** What is free now and then; what changes has a sign and a word, and not its colour alone. */
function Change({ now, then }: { now: number; then: number }) {
  if (now === then) return <>{number(now)}</>;
  const key: Key = then > now ? "pvMore" : "pvLess";
  return (
    <strong class={then > now ? "pv-more" : "pv-less"}>
      {number(now)} <span aria-hidden="true">→</span>
      <span class="unseen">{t("pvBecomes")}</span> {number(then)} <span aria-hidden="true">{then > now ? "▲" : "▼"}</span>
      <span class="unseen">({t(key)})</span>
    </strong>
  );
}

function Days({ days, name }: { days: Day[]; name: (s: Starts) => string }) {
  const zone = useWho().town.time_zone;
  const columns = days[0]?.starts ?? [];
  const hours = days.some((d) => d.open_now ?? d.open_then);
  const hour = (at: string) => wall(zone, at).slice(11);
  const open = (all?: Open[]) => (all?.length ? all.map((o) => `${hour(o.from)}–${hour(o.until)}`).join(", ") : t("pvClosed"));
  const changed = days.filter((d) => !isSame(d)).length;
  return (
    <>
      <p role="status">{changed === 0 ? t("pvSame") : t("pvChanged", { n: number(changed) })}</p>
      {columns.length === 0 && <p>{t("pvNothing")}</p>}
      <div class="scroll pv-days" tabIndex={0} role="region" aria-label={t("pvDays")}>
        <table>
          <thead>
            <tr>
              <th scope="col">{t("pvDay")}</th>
              {hours && <th scope="col">{t("pvOpen")}</th>}
              {columns.map((s) => (
                <th key={`${s.service_id} ${s.location_id}`} scope="col" dir="auto">
                  {name(s)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {days.map((d) => (
              <tr key={d.day} class={isSame(d) ? undefined : "pv-changed"}>
                <th scope="row">{dayInWords(d.day)}</th>
                {hours && (
                  <td>
                    {said(d.open_now) === said(d.open_then) ? (
                      open(d.open_now)
                    ) : (
                      <strong>
                        {open(d.open_now)} <span aria-hidden="true">→</span>
                        <span class="unseen">{t("pvBecomes")}</span> {open(d.open_then)} <span aria-hidden="true">≠</span>
                        <span class="unseen">({t("pvOther")})</span>
                      </strong>
                    )}
                  </td>
                )}
                {d.starts.map((s) => (
                  <td key={`${s.service_id} ${s.location_id}`}>
                    <Change now={s.now} then={s.then} />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}
