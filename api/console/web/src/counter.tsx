// Somebody at the counter or on the telephone: found by what they say, show or scan.
import { useEffect, useRef, useState } from "preact/hooks";
import { Link, useLocation } from "wouter-preact";
import { Refused, api, take } from "./api";
import { isMisheard, readCode } from "./counter-code";
import { type Offer, type Resident, type Visit, useOffer } from "./counter-parts";
import { addressOf, goneSaid } from "./counter-person";
import { date } from "./counter-time";
import { VisitDeeds, VisitFacts } from "./counter-visit";
import { VisitHeading } from "./counter-visits";
import { ToRing } from "./counter-waiting";
import { type Reason, Why, keepWhy } from "./counter-why";
import { type Key, t } from "./texts";
import { Check, HALF, Problem, TextField, Title, WhenField, useWho } from "./ui";

export { Person } from "./counter-person";
export { VisitorPage } from "./counter-visitor";

const FIELD = "look-up";
const WHY = "why";
const KEYS = "thuisloket.keys";

/** What was found, and how it was looked for. */
type Found = { people: Resident[] } | { visits: Visit[]; by: "reference" | "name" };

/** What is at fault, and at which field. */
type Fault = { at: "why" | "code" | "name" | "born"; text: string };

export function Counter() {
  const { me } = useWho();
  const [, go] = useLocation();
  const [offer] = useOffer(me.municipality ?? "");
  const [reason, setReason] = useState<Reason>();
  const [code, setCode] = useState("");
  const [name, setName] = useState("");
  const [born, setBorn] = useState("");
  /** By which of them is looked: what was typed last. */
  const [by, setBy] = useState<"code" | "name">("code");
  const [fault, setFault] = useState<Fault>();
  const [problem, setProblem] = useState<unknown>();
  const [busy, setBusy] = useState(false);
  const [found, setFound] = useState<Found & { reason: Reason }>();
  const turn = useRef(0);
  const results = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (found) results.current?.focus();
  }, [found]);
  useKeys();

  const wrong = (at: Fault["at"], key: Key) => {
    setFault({ at, text: t(key) });
    const ids = { why: WHY, code: FIELD, name: "look-up-name", born: "look-up-born" };
    document.getElementById(ids[at])?.focus();
  };
  /** Asks, unless something else was asked meanwhile. */
  const ask = async (why: Reason, question: () => Promise<Found>) => {
    const mine = ++turn.current;
    setBusy(true);
    setFound(undefined);
    setProblem(undefined);
    try {
      const answer = await question();
      if (mine !== turn.current) return;
      const only = "people" in answer && answer.people.length === 1 ? answer.people[0] : undefined;
      if (only) {
        keepWhy(me.id, only.id, why);
        go(`/counter/${only.id}`);
        return;
      }
      setFound({ ...answer, reason: why });
    } catch (e) {
      if (mine !== turn.current) return;
      const isNumber = e instanceof Refused && e.code === "body_invalid" && e.field === "national_number";
      if (isNumber) wrong("code", "findNumberWrong");
      else setProblem(e);
    } finally {
      if (mine === turn.current) setBusy(false);
    }
  };
  const people = (body: Parameters<typeof lookUp>[0]) => async (): Promise<Found> => ({ people: await lookUp(body) });

  const submit = (e: SubmitEvent) => {
    e.preventDefault();
    setFault(undefined);
    if (by === "name" ? !name.trim() && !born : !code.trim()) {
      wrong(by === "name" ? "name" : "code", "findNothing");
      return;
    }
    const read = readCode(code, me.municipality);
    if (by === "code") {
      const odd: Record<string, Key> = { otherTown: "findOtherTown", shortNumber: "findNumberShort", unknown: "findUnknown" };
      const key = read.kind === "reference" && isMisheard(read.reference) ? "findMisheard" : odd[read.kind];
      if (key) {
        wrong("code", key);
        return;
      }
    } else {
      const short = !born && [...name.trim()].length < 2;
      const key: Key | undefined = !name.trim() ? "findNameWanted" : short ? "findNameShort" : undefined;
      if (born === HALF) wrong("born", "findHalfBorn");
      else if (key) wrong("name", key);
      if (born === HALF || key) return;
    }
    // Whose code was scanned is here.
    const why = reason ?? (by === "code" && read.kind === "reference" && read.scanned ? "visit" : undefined);
    if (!why) {
      wrong("why", "counterWhyWanted");
      return;
    }
    setReason(why);
    if (by === "code" && read.kind === "number") void ask(why, people({ national_number: read.number, reason: why }));
    else if (by === "code" && read.kind === "reference") void ask(why, () => byReference(read.reference, why));
    else if (born) void ask(why, people({ family_name: name.trim(), birth_date: born, reason: why }));
    else void ask(why, async () => ({ visits: await visitsOf(name.trim(), why), by: "name" }));
  };
  const at = (where: Fault["at"]) => (fault?.at === where ? fault.text : undefined);
  /** Something else is typed: after somebody was found that is somebody else, and why they are looked at is not known yet. */
  const typed = (next: "code" | "name") => {
    setBy(next);
    setFault(undefined);
    if (!found) return;
    const nobody = "people" in found ? found.people.length === 0 : found.visits.length === 0;
    if (!nobody) setReason(undefined);
    setFound(undefined);
  };
  return (
    <>
      <Title>{t("pageCounter")}</Title>
      <form onSubmit={submit} noValidate role="search" aria-label={t("findTitle")}>
        <Why id={WHY} value={reason} set={(r) => (setReason(r), setFault(undefined))} wrong={fault?.at === "why"} />
        <div class="finding">
          <TextField
            id={FIELD}
            label={t("findCode")}
            help={t("findCodeHelp")}
            value={code}
            wrong={at("code")}
            set={(v) => (setCode(v), typed("code"))}
          />
          <p class="or">{t("findOr")}</p>
          <TextField
            id="look-up-name"
            label={t("findName")}
            help={t("findNameHelp")}
            value={name}
            wrong={at("name")}
            set={(v) => (setName(v), typed("name"))}
          />
          <WhenField
            kind="date"
            id="look-up-born"
            label={t("personBorn")}
            value={born}
            wrong={at("born")}
            set={(v) => (setBorn(v), typed("name"))}
          />
        </div>
        <div class="row helping">
          <button type="submit" aria-disabled={busy}>
            {t(busy ? "findBusy" : "findGo")}
          </button>
          <Link href="/counter/visitor">{t("findVisitor")}</Link>
        </div>
      </form>
      <Problem problem={problem} />
      {found && (
        <section aria-labelledby="found">
          <h2 id="found" ref={results} tabIndex={-1}>
            {t("findFound", { n: "people" in found ? found.people.length : found.visits.length })}
          </h2>
          {"people" in found ? (
            <People people={found.people} choose={(id) => keepWhy(me.id, id, found.reason)} />
          ) : (
            <Visits found={found} offer={offer} reason={found.reason} />
          )}
        </section>
      )}
      <ToRing offer={offer} />
      <KeysCheck />
    </>
  );
}

const lookUp = (body: { national_number?: string; family_name?: string; birth_date?: string; reason: Reason }) =>
  take(api.POST("/staff/v1/residents/search", { body }));

const visitsOf = (name: string, reason: Reason) => take(api.POST("/staff/v1/appointments/search", { body: { name, reason } }));

/** A reference that leads nowhere is no fault of the page. */
async function byReference(appointment: string, reason: Reason): Promise<Found> {
  try {
    const visit = await take(api.GET("/staff/v1/appointments/{appointment}", { params: { path: { appointment }, query: { reason } } }));
    return { visits: [visit], by: "reference" };
  } catch (e) {
    if (e instanceof Refused && e.code === "not_found") return { visits: [], by: "reference" };
    throw e;
  }
}

function People({ people, choose }: { people: Resident[]; choose: (id: string) => void }) {
  if (people.length === 0) return <p>{t("findNobody")}</p>;
  return (
    <ul class="cards">
      {people.map((p) => (
        <li key={p.id}>
          <Link href={`/counter/${p.id}`} onClick={() => choose(p.id)} dir="auto">
            {[p.given_names, p.family_name].filter(Boolean).join(" ")}
          </Link>
          {goneSaid(p) && <span class="badge failed">{goneSaid(p)}</span>}
          <span class="meta" dir="auto">
            {[p.birth_date ? date(p.birth_date) : t("personBornUnknown"), addressOf(p)].filter(Boolean).join(" · ")}
          </span>
        </li>
      ))}
    </ul>
  );
}

function Visits({ found, offer, reason }: { found: { visits: Visit[]; by: "reference" | "name" }; offer?: Offer; reason: Reason }) {
  const { me } = useWho();
  // By the id under which each was found: booked again it has another.
  const [now, setNow] = useState(() => found.visits.map((v) => ({ id: v.id, v })));
  if (now.length === 0) return <p>{t(found.by === "name" ? "findNoVisits" : "findNoReference")}</p>;
  return (
    <ul class="cards">
      {now.map(({ id, v }) => (
        <li key={id}>
          <strong class="whose">
            <bdi>{v.name}</bdi>
          </strong>
          <VisitHeading visit={v} offer={offer} />
          <VisitFacts visit={v} offer={offer} headed />
          <VisitDeeds
            visit={v}
            offer={offer}
            reason={reason}
            leads={() => v.resident_id && keepWhy(me.id, v.resident_id, reason)}
            changed={(v) => setNow((all) => all.map((old) => (old.id === id ? { id, v } : old)))}
          />
        </li>
      ))}
    </ul>
  );
}

/** Whether the key leads to the field, and what a scanner types goes there from anywhere: a key by itself is in the way of some. */
const usesKeys = () => {
  try {
    return localStorage.getItem(KEYS) !== "no";
  } catch {
    return true;
  }
};

function KeysCheck() {
  const [uses, setUses] = useState(usesKeys);
  const set = (yes: boolean) => {
    setUses(yes);
    try {
      localStorage.setItem(KEYS, yes ? "yes" : "no");
    } catch {
      // As long as the page is open it is as it was.
    }
  };
  return <Check label={t("findKeys")} help={t("findKeysHelp")} value={uses} set={set} />;
}

/** `/` leads to the field; so does what a scanner or a card reader types while nothing else takes it. */
function useKeys() {
  useEffect(() => {
    const pressed = (e: KeyboardEvent) => {
      if (e.key.length !== 1 || e.ctrlKey || e.metaKey || e.altKey || e.defaultPrevented || !usesKeys()) return;
      const on = document.activeElement;
      if (on?.closest("input, select, textarea, dialog")) return;
      const isSlash = e.key === "/";
      // A space presses what has the focus.
      if (!isSlash && (e.key === " " || !!on?.closest("a, button, summary"))) return;
      const field = document.getElementById(FIELD);
      field?.focus();
      // What was looked up before is replaced.
      if (field instanceof HTMLInputElement) field.select();
      if (isSlash) e.preventDefault();
    };
    addEventListener("keydown", pressed);
    return () => removeEventListener("keydown", pressed);
  }, []);
}
