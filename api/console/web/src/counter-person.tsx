// One person as a whole: who they are, their documents, their visits, what they were told; and what can be done for them.
import { useRef, useState } from "preact/hooks";
import { Link } from "wouter-preact";
import { api, take } from "./api";
import { Booking } from "./booking";
import { Contact } from "./counter-contact";
import { Mandates } from "./counter-mandates";
import { Papers } from "./counter-papers";
import { type Paper, type Resident, type Turn, type Visit, useDeed, useOffer, useRead } from "./counter-parts";
import { GiveNumber } from "./counter-number";
import { nameOf } from "./counter-somebody";
import { age, date, moment, today } from "./counter-time";
import { Told } from "./counter-told";
import { GotNumber } from "./counter-visit";
import { Visits } from "./counter-visits";
import { type Reason, Why, keepWhy, whyKept, whySaid } from "./counter-why";
import { t, word } from "./texts";
import { Ask, Notice, Problem, Title, useWho } from "./ui";

export function Person({ id }: { id: string }) {
  const { me } = useWho();
  const [reason, setReason] = useState(() => whyKept(me.id, id));
  const [chosen, choose] = useState<Reason>();
  const [tried, setTried] = useState(false);
  if (reason) {
    const other = () => {
      keepWhy(me.id, id);
      choose(undefined);
      setTried(false);
      setReason(undefined);
    };
    return <Whole id={id} reason={reason} other={other} />;
  }
  return (
    <>
      <Title>{t("pageCounter")}</Title>
      <form
        onSubmit={(e) => {
          e.preventDefault();
          setTried(true);
          if (!chosen) {
            document.getElementById("why")?.focus();
            return;
          }
          keepWhy(me.id, id, chosen);
          setReason(chosen);
        }}
      >
        <Why id="why" value={chosen} set={choose} wrong={tried && !chosen} />
        <button type="submit">{t("show")}</button>
      </form>
      <p>
        <Link href="/counter">{t("counterNext")}</Link>
      </p>
    </>
  );
}

export const addressOf = (p: Resident) =>
  [[p.street, p.house_number, p.box_number].filter(Boolean).join(" "), [p.postcode, p.town].filter(Boolean).join(" "), p.country].filter(Boolean).join(", ");

/** That somebody does not live here any more. */
export const goneSaid = (p: Resident) =>
  p.state === "active" ? undefined : p.state_on ? t("personSince", { state: word("personIs", p.state), day: date(p.state_on) }) : word("personIs", p.state);

/** What is open on the page, and where the focus goes back to. */
type Open = { what: "book"; paper?: Paper } | { what: "number" };

function Whole({ id, reason, other }: { id: string; reason: Reason; other: () => void }) {
  const { me, town } = useWho();
  const zone = town.time_zone;
  const of = { path: { resident_id: id }, query: { reason } };
  const [person, problem, again] = useRead(() => take(api.GET("/staff/v1/residents/{resident_id}", { params: of })), []);
  const [papers, noPapers, againPapers] = useRead(
    () => take(api.GET("/staff/v1/residents/{resident_id}/documents", { params: of })),
    [],
  );
  const [visits, noVisits, againVisits] = useRead(() => take(api.GET("/staff/v1/residents/{resident_id}/visits", { params: of })), []);
  const [offer] = useOffer(me.municipality ?? "");
  const [open, setOpen] = useState<Open>();
  const [booked, setBooked] = useState<Visit>();
  const [got, setGot] = useState<{ turn: Turn; asked: string }>();
  const [ask, setAsk] = useState(false);
  const [ended, setEnded] = useState(false);
  const from = useRef<Element | null>(null);
  const signOut = useDeed((w: { reason: Reason }, header) =>
    take(api.DELETE("/staff/v1/residents/{resident_id}/sessions", { params: { path: of.path, query: w, header } })),
  );
  if (!person) return problem ? <Problem problem={problem} again={again} /> : <p role="status">{t("loading")}</p>;
  const name = nameOf(person);
  const start = (what: Open) => {
    from.current = document.activeElement;
    setBooked(undefined);
    setGot(undefined);
    setEnded(false);
    setOpen(what);
  };
  const close = () => {
    setOpen(undefined);
    const back = from.current;
    setTimeout(() => (back instanceof HTMLElement && back.isConnected ? back : document.querySelector<HTMLElement>("main h1"))?.focus());
  };
  const changed = () => {
    againVisits();
    againPapers();
  };
  const end = async (sure: boolean) => {
    setAsk(false);
    if (sure && (await signOut.run({ reason }))) setEnded(true);
  };
  const lives = person.state !== "deceased";
  return (
    <>
      <Title>{name}</Title>
      {goneSaid(person) && <Notice kind="error">{goneSaid(person)}</Notice>}
      <div class="whole">
        <aside aria-label={t("personWho")}>
          <dl class="facts">
            <dt>{t("personBorn")}</dt>
            <dd>
              {person.birth_date
                ? `${date(person.birth_date)}${lives ? ` (${t("personAge", { years: age(person.birth_date, today(zone)) })})` : ""}`
                : t("personBornUnknown")}
            </dd>
            <dt>{t("address")}</dt>
            <dd dir="auto">{addressOf(person) || t(person.address_hidden ? "personHiddenAddress" : "personNoAddress")}</dd>
            <dt>{t("personApp")}</dt>
            <dd>{t(person.has_app ? "personHasApp" : "personHasNoApp")}</dd>
            <dt>{t("counterWhyShort")}</dt>
            <dd>
              {whySaid(reason)}{" "}
              <button type="button" class="linklike" onClick={other}>
                {t("counterWhyOther")}
              </button>
            </dd>
          </dl>
          <p class="help">{t("counterReads", { name })}</p>
          <div class="row stacked">
            {lives && (
              <>
                <button type="button" onClick={() => start({ what: "book" })}>
                  {t("bookTitle")}
                </button>
                <button type="button" class="plain" onClick={() => start({ what: "number" })}>
                  {t("numberGive")}
                </button>
              </>
            )}
            {person.has_app && (
              <button type="button" class="plain" aria-disabled={signOut.busy} onClick={() => setAsk(true)}>
                {t("personSignOut")}
              </button>
            )}
            <Link href="/counter">{t("counterNext")}</Link>
          </div>
        </aside>
        <div>
          <Problem problem={signOut.problem} />
          {ended && (
            <Notice kind="ok" focus>
              {t("personSignedOut")}
            </Notice>
          )}
          {got && <GotNumber {...got} />}
          {booked && <Booked visit={booked} hasApp={person.has_app} reason={reason} />}
          {open?.what === "book" && (
            <Booking
              key={open.paper?.id ?? ""}
              person={person}
              papers={papers}
              paper={open.paper}
              reason={reason}
              booked={(visit) => {
                setOpen(undefined);
                setBooked(visit);
                changed();
              }}
              close={close}
            />
          )}
          {open?.what === "number" && (
            <GiveNumber
              resident={id}
              gave={(turn, asked) => {
                setOpen(undefined);
                setGot({ turn, asked });
              }}
              close={close}
            />
          )}
          <Papers papers={papers} problem={noPapers} again={againPapers} book={lives ? (paper) => start({ what: "book", paper }) : undefined} />
          <Visits visits={visits} problem={noVisits} again={againVisits} offer={offer} person={person} papers={papers} reason={reason} changed={() => (setBooked(undefined), changed())} />
          <Told id={id} reason={reason} offer={offer} visits={visits?.coming} changed={changed} />
          <Contact id={id} reason={reason} />
          <Mandates person={person} reason={reason} />
        </div>
      </div>
      {ask && <Ask text={t("personSignOutAsk")} about={name} yes={t("personSignOut")} danger done={(sure) => void end(sure)} />}
    </>
  );
}

/** What was booked, and what to take along. */
export function Booked({ visit, hasApp, reason }: { visit: Visit; hasApp?: boolean; reason: Reason }) {
  const zone = useWho().town.time_zone;
  const slip = `/staff/v1/appointments/${visit.id}/slip`;
  const tell = !visit.resident_id ? "bookTellVisitor" : hasApp ? "bookTellApp" : "bookTellNoApp";
  return (
    <Notice kind="ok" focus>
      {t("bookDone", { when: moment(zone, visit.starts_at) })} <strong class="reference">{visit.reference}</strong>. {t(tell)}
      <span class="row helping">
        <a href={`${slip}?reason=${reason}`} target="_blank" rel="noopener">
          {t("visitSlip")}
        </a>
        <a href={`${slip}.pdf?reason=${reason}`} target="_blank" rel="noopener">
          {t("visitSlipPdf")}
        </a>
      </span>
    </Notice>
  );
}
