// A visit as whoever helps sees it: whom and what it is for, and what can be done with it.
import { useRef, useState } from "preact/hooks";
import { Link } from "wouter-preact";
import { Refused, api, take } from "./api";
import { AddPapers } from "./counter-add";
import { type Offer, type Paper, type Turn, type Visit, type Wish, placeName, serviceName, useDeed } from "./counter-parts";
import { Near, type Start, Starts } from "./counter-starts";
import { dayOf, hourOf, moment, today } from "./counter-time";
import { VisitorFacts } from "./counter-who";
import { type Reason, Why, keepWhy, whyKept } from "./counter-why";
import { hadSince } from "./desk-hall";
import { whyNotIn } from "./reception-why";
import { isKey, number, t, word } from "./texts";
import { clock } from "./time";
import { Ask, Notice, Problem, TextField, useWho } from "./ui";

/** Whom it reaches when something becomes of it: somebody with the app, without it, or nobody knows. */
export function reaches(visit: Visit, hasApp?: boolean): string {
  if (!visit.resident_id) return t("visitTellVisitor", { name: visit.name });
  if (hasApp === undefined) return t("visitTellMaybe", { name: visit.name });
  return t(hasApp ? "visitTellApp" : "visitTellNoApp", { name: visit.name });
}

/** Names in a row, each read in its own direction. */
const listOf = (names: string[]) => names.map((n) => `\u2068${n}\u2069`).join(", ");

type FactsProps = {
  visit: Visit;
  offer?: Offer;
  /** Where what it is and when stands over them already. */
  headed?: boolean;
};

export function VisitFacts({ visit: v, offer, headed }: FactsProps) {
  const zone = useWho().town.time_zone;
  // Whom it is for stands there already, with the family name.
  const others = v.companions.filter((c) => !v.subjects.some((s) => s.name === c || s.name.startsWith(`${c} `)));
  return (
    <dl class="facts">
      {!headed && (
        <>
          <dt>{t("visitWhen")}</dt>
          <dd>
            {moment(zone, v.starts_at)}–{hourOf(zone, v.ends_at)}
          </dd>
          <dt>{t("visitWhat")}</dt>
          <dd>{serviceName(offer, v.service_id)}</dd>
        </>
      )}
      <dt>{t("visitWhere")}</dt>
      <dd>
        {placeName(offer, v.location_id)}
        {v.contact && (
          <>
            : <bdi>{v.contact.startsWith("https://") ? <a href={v.contact} target="_blank" rel="noreferrer">{v.contact}</a> : v.contact}</bdi>
          </>
        )}
      </dd>
      {v.subjects.length > 0 && (
        <>
          <dt>{t("visitFor")}</dt>
          <dd>
            {v.subjects.map((s, n) => (
              <div key={n}>
                <bdi>{s.name}</bdi>
                {s.document_kind && ` (${word("doc", s.document_kind)})`}
              </div>
            ))}
          </dd>
        </>
      )}
      <dt>{t("visitPersons")}</dt>
      <dd>
        {number(v.persons)}
        {others.length > 0 && ` (${t("visitWith", { names: listOf(others) })})`}
      </dd>
      <dt>{t("visitReference")}</dt>
      <dd>
        <strong class="reference">{v.reference}</strong>
      </dd>
      <dt>{t("visitBy")}</dt>
      <dd>{v.made_by === "citizen" ? t("visitByCitizen") : v.made_by === "waiting_list" ? t("visitByWaiting") : v.made_by}</dd>
    </dl>
  );
}

type CardProps = {
  visit: Visit;
  offer?: Offer;
  /** Why it is looked at; asked for here where that is not known yet. */
  reason?: Reason;
  hasApp?: boolean;
  /** The documents of whose it is and their children, where they are known. */
  papers?: Paper[];
  /** It is shown to be moved. */
  wish?: Wish;
  /** Where it leads to the page of whose it is: called as one goes there. */
  leads?: () => void;
  /** It was moved, cancelled, checked in or booked again, which makes it another: as it is now. */
  changed: (now: Visit) => void;
};

/** What became of a visit here. */
type Came = { kind: "moved" | "off" | "again" | "added" } | { kind: "in"; turn: Turn; asked: string };

export function VisitDeeds({ visit, offer, reason: known, hasApp, papers, wish, leads, changed }: CardProps) {
  const { me, town } = useWho();
  const zone = town.time_zone;
  const whose = visit.resident_id ?? visit.id;
  const [chosen, choose] = useState(() => whyKept(me.id, whose));
  const reason = known ?? chosen;
  const [unsaid, setUnsaid] = useState(false);
  const [came, setCame] = useState<Came>();
  const [moving, setMoving] = useState(!!wish);
  const [adding, setAdding] = useState(false);
  const [ask, setAsk] = useState(false);
  const why = useRef<HTMLDivElement>(null);
  const cancel = useDeed((w: { id: string; reason: Reason }, header) =>
    take(
      api.DELETE("/staff/v1/appointments/{appointment}", {
        params: { path: { appointment: w.id }, query: { reason: w.reason }, header },
      }),
    ),
  );
  const checkIn = useDeed((w: { location_id: string; code: string }) => take(api.POST("/staff/v1/check-ins", { body: w })));
  const rebook = useDeed(async (v: Visit & { reason: Reason }, header) => {
    // How a visitor is reached is not forgotten with the visit that was cancelled.
    const params = { path: { appointment_id: v.id }, query: { reason: v.reason } };
    const visitor = v.resident_id ? undefined : await take(api.GET("/staff/v1/appointments/{appointment_id}/visitor", { params }));
    return take(
      api.POST("/staff/v1/appointments", {
        params: { header },
        body: {
          resident_id: v.resident_id,
          visitor: visitor?.name,
          visitor_phone: visitor?.phone,
          visitor_email: visitor?.email,
          visitor_birth_date: visitor?.birth_date,
          service_id: v.service_id,
          location_id: v.location_id,
          starts_at: v.starts_at,
          persons: v.persons,
          companions: v.companions,
          document_ids: v.subjects.map((s) => s.document_id).filter((id) => id !== undefined),
          contact: v.contact,
          reason: v.reason,
        },
      }),
    );
  });
  const deeds = [cancel, checkIn, rebook];
  const forget = () => {
    setCame(undefined);
    for (const deed of deeds) deed.forget();
  };
  /** Goes on where it is known why; else that is asked first. */
  const since = (go: (reason: Reason) => void) => {
    if (reason) {
      go(reason);
      return;
    }
    setUnsaid(true);
    why.current?.querySelector("input")?.focus();
  };
  const off = async (sure: boolean) => {
    setAsk(false);
    if (!sure || !reason) return;
    forget();
    if (await cancel.run({ id: visit.id, reason })) {
      setCame({ kind: "off" });
      changed({ ...visit, state: "cancelled" });
    }
  };
  const arrive = async () => {
    forget();
    const asked = clock().toISOString();
    const answer = await checkIn.run({ location_id: visit.location_id, code: visit.reference });
    if (answer) {
      setCame({ kind: "in", turn: answer.done, asked });
      changed(visit);
    }
  };
  const backAgain = async () => {
    if (!reason) return;
    const answer = await rebook.run({ ...visit, reason });
    if (answer) {
      setCame({ kind: "again" });
      changed(answer.done);
    }
  };
  const moved = (now: Visit) => {
    setMoving(false);
    setCame({ kind: "moved" });
    changed(now);
  };
  const added = (now: Visit) => {
    setAdding(false);
    setCame({ kind: "added" });
    changed(now);
  };
  const isBooked = visit.state === "booked";
  const open = isBooked && new Date(visit.starts_at) > clock();
  // Shortly before, nothing is added any more; and where it is known that there is no other document, none is offered.
  const kinds = offer?.services.find((s) => s.id === visit.service_id)?.document_kinds;
  const isThere = (p: Paper) => visit.subjects.some((s) => s.document_id === p.id);
  const some = !papers || !kinds || papers.some((p) => kinds.includes(p.kind) && !isThere(p));
  const addable = open && some && !!visit.add_until && new Date(visit.add_until) > clock();
  const isToday = isBooked && dayOf(zone, visit.starts_at) === today(zone);
  const place = offer?.locations.find((l) => l.id === visit.location_id);
  const slip = `/staff/v1/appointments/${visit.id}/slip`;
  const busy = deeds.some((deed) => deed.busy);
  const tooSoon = checkIn.problem instanceof Refused && checkIn.problem.code === "check_in_closed";
  const names = { service: (id: string) => serviceName(offer, id), place: (id: string) => placeName(offer, id) };
  const notIn = tooSoon ? whyNotIn(visit, visit.location_id, zone, names) : undefined;
  return (
    <>
      {came && <Became came={came} visit={visit} hasApp={hasApp} again={came.kind === "off" && reason ? backAgain : undefined} />}
      {deeds.map((deed, n) =>
        deed === checkIn && notIn ? (
          <Notice key={n} kind="error">
            {notIn}
          </Notice>
        ) : (
          <Problem key={n} problem={deed.problem} />
        ),
      )}
      {!known && isBooked && (
        <div ref={why}>
          <Why
            value={chosen}
            wrong={unsaid && !chosen}
            set={(r) => {
              choose(r);
              keepWhy(me.id, whose, r);
            }}
          />
        </div>
      )}
      <div class="row helping">
        {isToday && place?.kind === "town_hall" && came?.kind !== "in" && (
          <button type="button" aria-disabled={busy} onClick={() => void arrive()}>
            {t("visitCheckIn")}
          </button>
        )}
        {open && (
          <>
            <button type="button" class="plain" aria-expanded={moving} onClick={() => since(() => (forget(), setAdding(false), setMoving(!moving)))}>
              {t("visitMove")}
            </button>
            {addable && (
              <button type="button" class="plain" aria-expanded={adding} onClick={() => since(() => (forget(), setMoving(false), setAdding(!adding)))}>
                {t("visitAdd")}
              </button>
            )}
            <button type="button" class="plain" aria-disabled={busy} onClick={() => since(() => setAsk(true))}>
              {t("visitCancel")}
            </button>
          </>
        )}
        {isBooked && reason && (
          <>
            <a href={`${slip}?reason=${reason}`} target="_blank" rel="noopener">
              {t("visitSlip")}
            </a>
            <a href={`${slip}.pdf?reason=${reason}`} target="_blank" rel="noopener">
              {t("visitSlipPdf")}
            </a>
          </>
        )}
        {leads && visit.resident_id && (
          <Link href={`/counter/${visit.resident_id}`} onClick={leads}>
            {t("visitPerson", { name: visit.name })}
          </Link>
        )}
      </div>
      {!visit.resident_id && reason && isBooked && (
        <VisitorFacts key={visit.id} visit={visit} reason={reason} renamed={(name) => changed({ ...visit, name })} />
      )}
      {moving && reason && open && (
        <Move visit={visit} offer={offer} wish={wish} reason={reason} moved={moved} close={() => setMoving(false)} />
      )}
      {adding && reason && addable && (
        <AddPapers visit={visit} offer={offer} reason={reason} added={added} close={() => setAdding(false)} />
      )}
      {ask && (
        <Ask text={t("visitCancelAsk", { when: moment(zone, visit.starts_at) })} about={visit.name} yes={t("visitCancelYes")} no={t("visitCancelNo")} danger done={(sure) => void off(sure)}>
          <p>{serviceName(offer, visit.service_id)}</p>
          <p>{reaches(visit, hasApp)}</p>
        </Ask>
      )}
    </>
  );
}

type BecameProps = { came: Came; visit: Visit; hasApp?: boolean; again?: () => void };

function Became({ came, visit, hasApp, again }: BecameProps) {
  const zone = useWho().town.time_zone;
  if (came.kind === "in") return <GotNumber turn={came.turn} asked={came.asked} />;
  const said = {
    moved: () => t("visitMoved", { when: moment(zone, visit.starts_at) }),
    off: () => t("visitOff"),
    added: () => t("visitAdded", { until: hourOf(zone, visit.ends_at) }),
    again: () => t("visitAgain", { reference: visit.reference }),
  };
  return (
    <Notice key={came.kind} kind="ok" focus>
      {said[came.kind]()} {reaches(visit, hasApp)}{" "}
      {again && (
        <button type="button" class="plain" onClick={again}>
          {t("visitUndo")}
        </button>
      )}
    </Notice>
  );
}

/** The number that somebody has now, and how long it will be. */
export function GotNumber({ turn, asked }: { turn: Turn; asked: string }) {
  const zone = useWho().town.time_zone;
  const had = hadSince(turn, asked);
  return (
    <Notice kind="ok" focus>
      <strong class="number">{turn.number}</strong> {turnSaid(turn)} {had && t("turnHad", { time: hourOf(zone, had) })}
    </Notice>
  );
}

/** How a turn stands, in words. */
export function turnSaid(turn: Turn): string {
  const state = isKey(`turnIs_${turn.state}`) ? word("turnIs", turn.state) : turn.state;
  if (turn.state !== "waiting") return state;
  const ahead = turn.ahead === 0 ? t("turnFirst") : turn.ahead === 1 ? t("turnOneAhead") : t("turnAhead", { n: turn.ahead });
  const wait = turn.wait_minutes === undefined ? t("turnNobody") : turn.wait_minutes === 0 ? t("turnNow") : t("turnWait", { minutes: number(turn.wait_minutes) });
  return `${ahead} ${wait}`;
}

type MoveProps = { visit: Visit; offer?: Offer; wish?: Wish; reason: Reason; moved: (now: Visit) => void; close: () => void };

/** Another start for a visit; it keeps its own until it has the new one. */
function Move({ visit, offer, wish, reason, moved, close }: MoveProps) {
  const zone = useWho().town.time_zone;
  const [start, setStart] = useState<Start | undefined>(wish?.to);
  const [contact, setContact] = useState("");
  const [tried, setTried] = useState(false);
  const [turn, setTurn] = useState(0);
  const move = useDeed(
    (w: Start & { contact?: string; reason: Reason }, header) =>
      take(
        api.POST("/staff/v1/appointments/{appointment_id}/move", {
          params: { path: { appointment_id: visit.id }, header },
          body: w,
        }),
      ),
    // What is free is not what it was.
    () => setTurn((n) => n + 1),
  );
  const kind = (id?: string) => offer?.locations.find((l) => l.id === id)?.kind;
  const to = kind(start?.location_id);
  const wants = (to === "home" || to === "telephone") && to !== kind(visit.location_id);
  const missing = wants && !contact.trim() && (to === "telephone" || !visit.resident_id);
  const save = async () => {
    setTried(true);
    if (!start || missing) return;
    const answer = await move.run({ ...start, contact: contact.trim() || undefined, reason });
    if (answer) moved(answer.done);
  };
  const odd = move.problem instanceof Refused && move.problem.field === "contact" ? t("bookContactWanted") : undefined;
  return (
    <section class="group" aria-label={t("visitMove")}>
      {wish && !wish.to && <p role="status">{t("agendaDropNone")}</p>}
      <Starts
        service={visit.service_id}
        persons={visit.persons}
        value={start}
        set={setStart}
        turn={turn}
        whom={{ appointment_id: visit.id, reason }}
        wrong={tried && !start ? t("startsWanted") : undefined}
      />
      {wants && (
        <TextField
          label={t(to === "home" ? "bookAddress" : "bookPhone")}
          value={contact}
          max={200}
          set={setContact}
          wrong={odd ?? (tried && missing ? t("bookContactWanted") : undefined)}
        />
      )}
      {start && (
        <p>
          {t("visitMoveFrom", { from: moment(zone, visit.starts_at), to: moment(zone, start.starts_at), place: placeName(offer, start.location_id) })}
        </p>
      )}
      {!odd && <Problem problem={move.problem} />}
      <Near
        problem={move.problem}
        place={start?.location_id}
        pick={(near) => {
          setStart(near);
          move.forget();
        }}
      />
      <div class="row">
        <button type="button" aria-disabled={move.busy} onClick={() => void save()}>
          {t("visitMoveYes")}
        </button>
        <button type="button" class="plain" onClick={close}>
          {t("cancel")}
        </button>
      </div>
    </section>
  );
}
