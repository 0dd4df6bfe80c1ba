// The waiting list at the counter: who calls is put on it, taken off it, and told what is free.
import { useState } from "preact/hooks";
import { Link } from "wouter-preact";
import { Refused, type Schemas, api, take } from "./api";
import { Late, type Offer, type Resident, type Visit, placeName, serviceName, useDeed } from "./counter-parts";
import { date, moment, weekdayName } from "./counter-time";
import type { Reason } from "./counter-why";
import { language, number, t } from "./texts";
import { when } from "./time";
import { Ask, HALF, Notice, Problem, WhenField, useWho } from "./ui";

type Waiting = Schemas["WaitingOut"];

type JoinProps = { person: Resident; wish: Pick<Schemas["WaitingWish"], "service_id" | "persons" | "companions" | "document_ids" | "contact">; reason?: Reason; wantsReason?: () => void };

/** Where nothing that is free suits: the same wish, for what comes free. */
export function Join({ person, wish, reason, wantsReason }: JoinProps) {
  const [from, setFrom] = useState("");
  const [until, setUntil] = useState("");
  const [joined, setJoined] = useState<Waiting>();
  const join = useDeed((body: Schemas["StaffWaitingWish"], header) => take(api.POST("/staff/v1/waiting", { params: { header }, body })));
  const isHalf = from === HALF || until === HALF;
  const odd = isHalf || (from && until && until < from);
  const refused = join.problem instanceof Refused && join.problem.code === "body_invalid" && join.problem.field === "until_on";
  const go = async () => {
    if (!reason) {
      wantsReason?.();
      return;
    }
    if (odd) return;
    const body = {
      resident_id: person.id,
      wish: { ...wish, contact: wish.contact || undefined, location_ids: [], weekdays: [], from_on: from || undefined, until_on: until || undefined },
      reason,
    };
    const answer = await join.run(body);
    if (answer) setJoined(answer.done);
  };
  return (
    <details class="wait">
      <summary>{t("waitTitle")}</summary>
      <p class="help">{t(person.has_app ? "waitHelp" : "waitHelpNoApp")}</p>
      <div class="row places">
        <WhenField kind="date" label={t("waitFrom")} value={from} wrong={from === HALF ? t("wrong_halfDay") : undefined} set={setFrom} />
        <WhenField
          kind="date"
          label={t("waitUntil")}
          help={t("waitDayHelp")}
          value={until}
          wrong={until === HALF ? t("wrong_halfDay") : odd || refused ? t("waitDaysWrong") : undefined}
          set={setUntil}
        />
      </div>
      {!refused && <Problem problem={join.problem} />}
      {joined && (
        <Notice kind="ok" focus>
          {t(joined.offered_appointment_id ? "waitJoinedOffer" : "waitJoined")}
        </Notice>
      )}
      <button type="button" class="plain" aria-disabled={join.busy} onClick={() => void go()}>
        {t(join.busy ? "busy" : "waitJoin")}
      </button>
    </details>
  );
}

type WaitsProps = { waiting: Waiting[]; offer?: Offer; reason: Reason; again: () => void; visits?: Visit[]; changed: () => void };

/** What somebody waits for, each with what is held for it. */
export function Waits({ waiting, offer, reason, again, visits, changed }: WaitsProps) {
  const [said, setSaid] = useState<string>();
  const done = (text: string) => {
    setSaid(text);
    again();
    changed();
  };
  return (
    <>
      {said && (
        <Notice key={said} kind="ok" focus>
          {said}
        </Notice>
      )}
      <ul class="cards">
        {waiting.map((w) => (
          <Wait key={w.id} w={w} offer={offer} reason={reason} visits={visits} done={done} look={changed} />
        ))}
      </ul>
    </>
  );
}

type WaitProps = { w: Waiting; offer?: Offer; reason: Reason; visits?: Visit[]; done: (text: string) => void; look: () => void };

function Wait({ w, offer, reason, visits, done, look }: WaitProps) {
  const zone = useWho().town.time_zone;
  const [ask, setAsk] = useState(false);
  const [none, setNone] = useState(false);
  const [now, setNow] = useState(w.offered_appointment_id);
  const query = { reason };
  const leave = useDeed((id: string, header) => take(api.DELETE("/staff/v1/waiting/{waiting_id}", { params: { path: { waiting_id: id }, query, header } })));
  const hold = useDeed((id: string, header) => take(api.POST("/staff/v1/waiting/{waiting_id}/offer", { params: { path: { waiting_id: id }, query, header } })));
  const accept = useDeed((id: string, header) =>
    take(api.POST("/staff/v1/appointments/{appointment_id}/accept", { params: { path: { appointment_id: id }, query, header } })),
  );
  const decline = useDeed((id: string, header) =>
    take(api.DELETE("/staff/v1/appointments/{appointment}", { params: { path: { appointment: id }, query, header } })),
  );
  const deeds = [leave, hold, accept, decline];
  const busy = deeds.some((deed) => deed.busy);
  const offered = w.offered_appointment_id ?? now;
  const held = visits?.find((v) => v.id === offered);
  const forget = () => {
    setNone(false);
    for (const deed of deeds) deed.forget();
  };
  const off = async (sure: boolean) => {
    setAsk(false);
    if (sure && (await leave.run(w.id))) done(t("waitLeft"));
  };
  const find = async () => {
    forget();
    const answer = await hold.run(w.id);
    if (!answer) return;
    setNow(answer.done.offered_appointment_id);
    setNone(!answer.done.offered_appointment_id);
    // When and where it is stands among the visits.
    look();
  };
  const yes = async (id: string) => {
    forget();
    const answer = await accept.run(id);
    if (answer) done(t("waitAccepted", { when: moment(zone, answer.done.starts_at) }));
  };
  const no = async (id: string) => {
    forget();
    if (await decline.run(id)) done(t("waitDeclined"));
  };
  return (
    <li>
      <strong dir="auto">{serviceName(offer, w.service_id)}</strong>
      {offered && <span class="badge approved">{t("toldOffered")}</span>}
      <span class="meta">
        {t("toldWaitsFrom", { from: date(w.from_on), until: date(w.until_on) })}
        {w.weekdays.length > 0 && ` · ${w.weekdays.map((d) => weekdayName(d)).join(", ")}`}
        {w.persons > 1 && ` · ${t("bookPersonsN", { n: number(w.persons) })}`}
      </span>
      {offered && held && (
        <p>
          {t("waitOffer", { when: moment(zone, held.starts_at), place: placeName(offer, held.location_id) })}{" "}
          {held.held_until && t("waitOfferUntil", { time: when(language, zone, held.held_until) })}
        </p>
      )}
      {none && <p role="status">{t("waitHoldNone")}</p>}
      {deeds.map((deed, n) => (
        <Problem key={n} problem={deed.problem} />
      ))}
      <div class="row helping">
        {offered ? (
          <>
            <button type="button" aria-disabled={busy} onClick={() => void yes(offered)}>
              {t("waitAccept")}
            </button>
            <button type="button" class="plain" aria-disabled={busy} onClick={() => void no(offered)}>
              {t("waitDecline")}
            </button>
          </>
        ) : (
          <button type="button" aria-disabled={busy} onClick={() => void find()}>
            {t("waitHold")}
          </button>
        )}
        <button type="button" class="plain" aria-disabled={busy} onClick={() => (forget(), setAsk(true))}>
          {t("waitLeave")}
        </button>
      </div>
      {ask && <Ask text={t("waitLeaveAsk")} yes={t("waitLeave")} danger done={(sure) => void off(sure)} />}
    </li>
  );
}

/** Who waits, has no app, and for whom something is free: without names, which each look is written down for. */
export function ToRing({ offer }: { offer?: Offer }) {
  const zone = useWho().town.time_zone;
  return (
    <Late title={t("ringTitle")} help={t("ringHelp")} read={() => take(api.GET("/staff/v1/waiting"))}>
      {(all, again) => (
        <>
          {all.length === 0 && <p class="help">{t("ringNone")}</p>}
          <ul class="cards">
            {all.map((one) => (
              <li key={one.waiting_id}>
                <strong dir="auto">{serviceName(offer, one.service_id)}</strong>
                <span class="moment">{t("ringFree", { when: moment(zone, one.starts_at), place: placeName(offer, one.location_id) })}</span>
                <span class="meta">{t("ringWaits", { day: date(one.until_on) })}</span>
                <Link href={`/counter/${one.resident_id}`}>{t("ringOpen")}</Link>
              </li>
            ))}
          </ul>
          <button type="button" class="plain" onClick={again}>
            {t("toldAgain")}
          </button>
        </>
      )}
    </Late>
  );
}
