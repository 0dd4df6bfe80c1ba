// Booking for somebody at the counter or on the telephone: for which documents, how many, when and where.
import { useEffect, useRef, useState } from "preact/hooks";
import { Refused, api, take } from "./api";
import { type Paper, type Resident, type Service, type Visit, placeName, useDeed, useOffer } from "./counter-parts";
import { Near, type Start, Starts } from "./counter-starts";
import { date, moment } from "./counter-time";
import { Join } from "./counter-waiting";
import { NO_REACH, type Reach, ReachFields, bornWrong, isLongReach, isOfReach } from "./counter-who";
import type { Reason } from "./counter-why";
import { isKey, t, word } from "./texts";
import { Check, NOT_YET, NumberField, Problem, Select, TextField, isNumber, useWho } from "./ui";

/** What is chosen and typed so far. */
type Draft = Reach & {
  visitor: string;
  service: string;
  documents: string[];
  persons: number;
  companions: string[];
  start?: Start;
  contact: string;
};

/** What was typed for somebody and is not booked yet, wherever in the console one goes meanwhile: as long as the window is open. */
const drafts = new Map<string, Draft>();

const EMPTY: Draft = { ...NO_REACH, visitor: "", service: "", documents: [], persons: 1, companions: [], contact: "" };
const MOST_TEXT = 100;
const MOST_CONTACT = 200;

/** How many people these documents are of, by the names of the children. */
const holders = (papers: Paper[]) => new Set(papers.map((p) => p.child ?? "")).size;
const children = (papers: Paper[]) => [...new Set(papers.flatMap((p) => p.child ?? []))];

/** What it is called, and whose it is. */
export function paperName(p: Paper): string {
  const document = isKey(`doc_${p.kind}`) ? word("doc", p.kind) : p.name;
  return p.child ? t("paperOf", { document, name: p.child }) : document;
}

/** The services, those first that serve the document that one comes for. */
function inOrder(services: Service[], kind?: string): Service[] {
  const serves = (s: Service) => (kind && s.document_kinds.includes(kind) ? 0 : 1);
  return [...services].sort((a, b) => serves(a) - serves(b) || a.name.localeCompare(b.name));
}

type BookingProps = {
  /** The register's; a visitor who is not in it has none. */
  person?: Resident;
  papers?: Paper[];
  /** The document that one comes for. */
  paper?: Paper;
  reason?: Reason;
  /** Called where it is not known yet why. */
  wantsReason?: () => void;
  booked: (visit: Visit) => void;
  close?: () => void;
};

export function Booking({ person, papers = [], paper, reason, wantsReason, booked, close }: BookingProps) {
  const { me, town } = useWho();
  const zone = town.time_zone;
  const key = `${me.id} ${person?.id ?? "visitor"}`;
  const [offer, problem, again] = useOffer(me.municipality ?? "");
  const [draft, setDraft] = useState<Draft>(() => {
    const kept = drafts.get(key);
    return kept && (!paper || kept.documents.includes(paper.id)) ? kept : { ...EMPTY, contact: kept?.contact ?? "" };
  });
  const latest = useRef(draft);
  const [tried, setTried] = useState(false);
  const [turn, setTurn] = useState(0);
  const form = useRef<HTMLFormElement>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  const change = (part: Partial<Draft>) => {
    latest.current = { ...latest.current, ...part };
    drafts.set(key, latest.current);
    setDraft(latest.current);
    book.forget();
  };
  const book = useDeed(
    (d: Draft & { start: Start; reason: Reason }, header) =>
      take(
        api.POST("/staff/v1/appointments", {
          params: { header },
          body: {
            resident_id: person?.id,
            visitor: person ? undefined : d.visitor.trim(),
            visitor_phone: person ? undefined : d.phone.trim() || undefined,
            visitor_email: person ? undefined : d.email.trim() || undefined,
            visitor_birth_date: person ? undefined : d.born || undefined,
            service_id: d.service,
            ...d.start,
            persons: d.persons,
            companions: d.companions,
            document_ids: d.documents,
            contact: d.contact || undefined,
            reason: d.reason,
          },
        }),
      ),
    // What is free is not what it was. What a field holds that cannot be is said there.
    () => {
      setTurn((n) => n + 1);
      setTimeout(() => form.current?.querySelector<HTMLElement>(".field.wrong input")?.focus());
    },
  );
  const services = inOrder(offer?.services ?? [], paper?.kind);
  const service = services.find((s) => s.id === draft.service);
  const served = (s?: Service) => papers.filter((p) => s?.document_kinds.includes(p.kind));
  const choose = (id: string, documents: string[]) => {
    const next = services.find((s) => s.id === id);
    const of = served(next).filter((p) => documents.includes(p.id));
    const now = latest.current;
    const persons = Math.max(isNumber(now.persons) ? now.persons : 1, holders(of), 1);
    const names = children(of);
    // Whom the documents are of, before whoever was typed.
    const typed = now.companions.filter((c) => !children(papers).includes(c));
    const fits = Math.min(persons, Math.max(next?.most_persons ?? 1, 1));
    const same = id === now.service && fits === now.persons;
    change({ service: id, documents: of.map((p) => p.id), persons: fits, companions: [...names, ...typed], start: same ? now.start : undefined });
  };
  // The document that one comes for leads to the service that is for it.
  useEffect(() => {
    if (!offer || !paper || latest.current.documents.includes(paper.id)) return;
    const first = services.find((s) => s.document_kinds.includes(paper.kind));
    if (first) choose(first.id, [paper.id]);
  }, [offer]);
  const chosen = papers.filter((p) => draft.documents.includes(p.id));
  const kind = offer?.locations.find((l) => l.id === draft.start?.location_id)?.kind;
  const wantsContact = kind === "home" || kind === "telephone";
  // At home is where the register says that one lives.
  const mustSay = kind === "telephone" || (kind === "home" && !person);
  const fields = isNumber(draft.persons) && draft.persons > 1 ? Math.max(draft.persons - 1, children(chosen).length) : 0;
  const names = Array.from({ length: fields }, (_, n) => draft.companions[n] ?? "");
  const some = names.some((n) => n.trim() !== "");
  const refused = (field: string) => book.problem instanceof Refused && book.problem.code === "body_invalid" && book.problem.field === field;
  const most = service?.most_persons ?? 1;
  const few = isNumber(draft.persons) && draft.persons < holders(chosen);
  const isLong = (text: string, most: number) => [...text.trim()].length > most;
  const longName = names.findIndex((name) => isLong(name, MOST_TEXT));
  const long = {
    longVisitor: !person && isLong(draft.visitor, MOST_TEXT) ? t("receptionNameLong") : undefined,
    longReach: !person && isLongReach(draft) ? t("wrong_long", { max: MOST_TEXT }) : undefined,
    longName: longName >= 0 ? t("receptionNameLong") : undefined,
    longContact: wantsContact && isLong(draft.contact, MOST_CONTACT) ? t("wrong_long", { max: MOST_CONTACT }) : undefined,
  };
  const faults = {
    visitor: !person && !draft.visitor.trim() ? t("bookVisitorWanted") : undefined,
    // What is too long is said while it is typed, and what holds it is where one is led.
    ...long,
    born: !person ? bornWrong(zone, draft.born) : undefined,
    service: !service ? t("bookServiceWanted") : undefined,
    persons: few ? t("bookPersonsFew") : undefined,
    companions: some && names.some((n) => !n.trim()) ? t("bookNamesAll") : undefined,
    start: service && !draft.start ? t("startsWanted") : undefined,
    contact: mustSay && !draft.contact.trim() ? t("bookContactWanted") : undefined,
  };
  const wrong = (name: keyof typeof faults) => (tried ? faults[name] : undefined);
  const inName = (field: string, text: string) => (refused(field) ? text : undefined);
  const lead = () =>
    setTimeout(() => form.current?.querySelector<HTMLElement>(".field.wrong input, .field.wrong select, .starts.wrong button")?.focus());
  const ready = isNumber(draft.persons) && draft.persons >= 1 && draft.persons <= most;
  const send = async (e: SubmitEvent) => {
    e.preventDefault();
    setTried(true);
    if (!reason) {
      wantsReason?.();
      return;
    }
    if (Object.values(faults).some(Boolean) || !ready || !draft.start) {
      lead();
      return;
    }
    const companions = some ? names.map((n) => n.trim()) : [];
    const answer = await book.run({ ...draft, companions, contact: wantsContact ? draft.contact.trim() : "", start: draft.start, reason });
    if (answer) {
      drafts.delete(key);
      booked(answer.done);
    }
  };
  const shown = ["visitor", "persons", "companions", "contact"].some(refused) || isOfReach(book.problem, "visitor_");
  return (
    <section class={person && "group"} aria-label={t(person ? "bookTitle" : "bookTitleVisitor")}>
      {person ? (
        <h2 ref={heading} tabIndex={-1}>
          {t("bookTitle")}
        </h2>
      ) : (
        // The page says it already; what stands below has its place by it.
        <h2 class="unseen">{t("bookTitle")}</h2>
      )}
      <Problem problem={problem} again={again} />
      {!offer && !problem && <p>{t("loading")}</p>}
      {offer && (
        <form ref={form} class="booking" onSubmit={(e) => void send(e)} noValidate>
          {!person && (
            <TextField
              label={t("bookVisitor")}
              help={t("bookVisitorHelp")}
              value={draft.visitor}
              max={MOST_TEXT}
              wrong={wrong("visitor") ?? long.longVisitor ?? inName("visitor", t("bookVisitorWanted"))}
              set={(visitor) => change({ visitor })}
            />
          )}
          {!person && <ReachFields value={draft} set={change} problem={book.problem} prefix="visitor_" />}
          <Select
            label={t("bookService")}
            value={draft.service}
            wrong={wrong("service")}
            set={(id) => choose(id, draft.documents)}
            of={[{ value: "", label: t("choose") }, ...services.map((s) => ({ value: s.id, label: s.name }))]}
          />
          {paper && !services.some((s) => s.document_kinds.includes(paper.kind)) && <p class="help">{t("bookNoService", { document: paperName(paper) })}</p>}
          {service?.explanation && (
            <p class="help lines" dir="auto">
              {service.explanation}
            </p>
          )}
          {served(service).length > 0 && (
            <fieldset>
              <legend>{t("bookPapers")}</legend>
              {served(service).map((p) => (
                <Check
                  key={p.id}
                  label={paperName(p)}
                  help={paperDue(p)}
                  value={draft.documents.includes(p.id)}
                  set={(yes) => choose(draft.service, yes ? [...draft.documents, p.id] : draft.documents.filter((id) => id !== p.id))}
                />
              ))}
              {chosen.some((p) => p.child) && service && <p class="help">{word("bookNeeds", service.needs)}</p>}
            </fieldset>
          )}
          {service && most > 1 && (
            <NumberField
              label={t("bookPersons")}
              value={draft.persons}
              min={1}
              max={most}
              wrong={wrong("persons") ?? inName("persons", t("bookPersonsFew"))}
              set={(persons) => change({ persons: isNumber(persons) ? persons : NOT_YET, start: undefined })}
            />
          )}
          {fields > 0 && (
            <fieldset>
              <legend>{t("bookNames")}</legend>
              <p class="help">{t("bookNamesHelp")}</p>
              {names.map((name, n) => (
                <TextField
                  key={n}
                  label={t("bookName", { n: n + 1 })}
                  value={name}
                  max={MOST_TEXT}
                  wrong={n === longName ? long.longName : n === names.findIndex((x) => !x.trim()) ? (wrong("companions") ?? inName("companions", t("bookNamesAll"))) : undefined}
                  set={(v) => change({ companions: names.map((old, m) => (m === n ? v : old)) })}
                />
              ))}
            </fieldset>
          )}
          {service && ready && (
            <Starts
              key={`${service.id} ${draft.persons}`}
              id="book-starts"
              service={service.id}
              persons={draft.persons}
              value={draft.start}
              set={(start) => change({ start })}
              turn={turn}
              whom={person && reason && { resident_id: person.id, reason }}
              wrong={wrong("start")}
            />
          )}
          {person && service && ready && !draft.start && (
            <Join
              key={`wait ${service.id}`}
              person={person}
              wish={{ service_id: service.id, persons: draft.persons, companions: some ? names.map((n) => n.trim()) : [], document_ids: draft.documents, contact: draft.contact }}
              reason={reason}
              wantsReason={wantsReason}
            />
          )}
          {wantsContact && (
            <TextField
              label={t(kind === "home" ? "bookAddress" : "bookPhone")}
              help={kind === "home" && person ? t("bookAddressHelp") : undefined}
              value={draft.contact}
              max={MOST_CONTACT}
              wrong={wrong("contact") ?? long.longContact ?? inName("contact", t("bookContactWanted"))}
              set={(contact) => change({ contact })}
            />
          )}
          {service && draft.start && (
            <div class="reach wish">
              <h3>{t("bookSummary")}</h3>
              <p dir="auto">
                {service.name}
                {chosen.length > 0 && `: ${chosen.map(paperName).join(", ")}`}
              </p>
              <p>
                <strong>{moment(zone, draft.start.starts_at)}</strong>, {placeName(offer, draft.start.location_id)}
              </p>
              {service.bring && (
                <p dir="auto" class="lines">
                  {t("bookBring")} {service.bring}
                </p>
              )}
              <p>{t(person ? (person.has_app ? "bookTellApp" : "bookTellNoApp") : "bookTellVisitor")}</p>
            </div>
          )}
          {!shown && <Problem problem={book.problem} />}
          <Near problem={book.problem} place={draft.start?.location_id} pick={(start) => change({ start })} />
          <div class="row">
            <button type="submit" aria-disabled={book.busy}>
              {t(book.busy ? "busy" : "bookYes")}
            </button>
            {close && (
              <button type="button" class="plain" onClick={close}>
                {t("close")}
              </button>
            )}
          </div>
        </form>
      )}
    </section>
  );
}

/** What is due of a document. */
export function paperDue(p: Paper): string {
  const parts = [p.expires_on ? t(p.state === "expired" ? "paperExpired" : "paperExpires", { day: date(p.expires_on) }) : t("paperNoEnd")];
  if (p.number_end) parts.push(t("paperNumber", { end: p.number_end }));
  if (p.ready_on) parts.push(t("paperReady", { day: date(p.ready_on) }));
  if (p.appointment_on) parts.push(t("paperBooked", { day: date(p.appointment_on) }));
  return parts.join(" · ");
}
