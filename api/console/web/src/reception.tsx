// The reception: checking in, numbers for who walks in, and the queue at a glance.
import { useEffect, useRef, useState } from "preact/hooks";
import { type Language, api, byItself, take } from "./api";
import { useDeeds } from "./desk-deeds";
import { type Offer, type Turn, hadSince, hour, patient, place, remember, useHall, useKept, useOffer } from "./desk-hall";
import { Pending } from "./desk-pending";
import { Desks, Lost, Waiting } from "./desk-queue";
import { Entry, type Given, type Wish, inWords, standing, useGiven } from "./reception-given";
import { Slip } from "./reception-slip";
import { language, t } from "./texts";
import { Ask, Check, Notice, NumberField, Problem, Select, TextField, Title, isNumber, useEvery, useFetched, useWho } from "./ui";

/** How often is asked how long one waits for what. */
const EVERY = 15_000;
/** Two presses on the same within so short a time are one: nobody else comes so fast. */
const TWICE = 1_500;
/** The longest name that the server takes. */
const NAME = 100;

export function Reception() {
  const [wanted, setWanted] = useState(place().location);
  const met = useRef<string[]>([]);
  const [offer, problem, again] = useOffer(met.current);
  const halls = offer?.halls ?? [];
  const location = halls.find((h) => h.id === wanted) ?? (halls.length === 1 ? halls[0] : undefined);
  const choose = (id: string) => {
    setWanted(id);
    remember({ location: id });
  };
  return (
    <>
      <Title>{t("pageReception")}</Title>
      {!offer && (problem ? <Problem problem={problem} again={again} /> : <p>{t("loading")}</p>)}
      {offer && halls.length === 0 && <p class="help">{t("deskNoHall")}</p>}
      {(halls.length > 1 || (halls.length > 0 && !location)) && (
        <div class="unprinted">
          <Select
            label={t("deskWhere")}
            value={location?.id ?? ""}
            set={choose}
            of={[...(location ? [] : [{ value: "", label: t("choose") }]), ...halls.map((h) => ({ value: h.id, label: h.name }))]}
          />
        </div>
      )}
      {offer && location && <Hall key={location.id} where={location} offer={offer} met={(ids) => (met.current = ids)} />}
    </>
  );
}

type Names = Partial<Record<Language, string>>;

function Hall({ where, offer, met }: { where: { id: string; name: string }; offer: Offer; met: (services: string[]) => void }) {
  const { me, town } = useWho();
  const seen = useHall(where.id);
  const hall = seen.hall;
  met((hall?.waiting ?? []).map((turn) => turn.service_id));
  const [kiosk, closed, look] = useFetched(
    () => take(api.GET("/staff/v1/halls/{location_id}/kiosk", { params: { path: { location_id: where.id } }, ...patient() })),
    [],
  );
  useEvery(EVERY, look);
  /** What is to be printed, in its order. */
  const [slips, setSlips] = useState<Given[]>([]);
  const slip = slips[0];
  const [prints, setPrints] = useKept("reception-print", false);
  const [all, give, again, change] = useGiven(me.municipality, (given) => {
    seen.outdated();
    void seen.read();
    byItself(look);
    if (prints) setSlips((slips) => [...slips, given]);
  });
  const [asked, setAsked] = useState<Turn>();
  const deeds = useDeeds(() => void seen.read());
  const remove = (turn: Turn) =>
    deeds.press({
      id: `remove ${turn.id}`,
      label: t("deskRemove"),
      go: (sent) =>
        take(api.DELETE("/staff/v1/tickets/{ticket_id}", { params: { path: { ticket_id: turn.id }, header: sent.header }, signal: sent.signal })),
      done: () => {
        const entry = all.find((g) => g.turn?.id === turn.id);
        if (entry) change(entry.id, { state: "gone" });
        seen.outdated();
        void seen.read();
      },
    });
  const [code, setCode] = useState("");
  const field = useRef<HTMLDivElement>(null);
  const input = () => field.current?.querySelector("input") ?? undefined;
  const names = (id: string): Names =>
    Object.fromEntries((kiosk?.services.find((s) => s.id === id)?.names ?? []).map((n) => [n.language, n.text]));
  const service = (id: string) => names(id)[language] ?? offer.service(id);
  const fromSlip = slip?.turn;
  const newest = all[0];
  return (
    <>
      <div class={seen.lost ? "unprinted old" : "unprinted"}>
        <Lost since={seen.lost} />
        {hall?.stopped_at && <Notice kind="error">{t("deskStopped", { time: hour(town.time_zone, hall.stopped_at) })}</Notice>}
        {kiosk && !kiosk.is_open && !hall?.stopped_at && <Notice>{t("receptionClosed")}</Notice>}
        <div class="columns desk">
          <div>
            <CheckIn field={field} input={input} code={code} set={setCode} send={(code) => give(where.id, { code })} />
            <WalkIn offer={offer} services={kiosk?.services} stopped={!!hall?.stopped_at} service={service} give={(wish) => give(where.id, wish)} />
            <Problem problem={closed} again={look} />
            <Check label={t("receptionPrints")} help={t("receptionPrintsHelp")} value={prints} set={setPrints} />
          </div>
          <div>
            <section aria-labelledby="given">
              <h2 id="given">{t("receptionGiven")}</h2>
              {all.length === 0 && <p class="help">{t("receptionNoneGiven")}</p>}
              <p role="status" class="unseen">
                {newest?.turn ? `${newest.turn.number}: ${standing(newest.turn)}${hadSince(newest.turn, newest.at) ? ` · ${t("receptionHadShort")}` : ""}` : ""}
              </p>
              <ul class="cards">
                {all.map((given, n) => (
                  <li key={given.id}>
                    <Entry
                      given={given}
                      first={n === 0}
                      service={service}
                      place={offer.place}
                      print={(given) => setSlips([given])}
                      again={again}
                      edit={(code) => {
                        setCode(code);
                        input()?.focus();
                      }}
                      remove={setAsked}
                    />
                  </li>
                ))}
              </ul>
              <Pending deeds={deeds} />
              <Problem problem={deeds.problem} />
            </section>
            <section>
              <h2>{t("receptionQueue", { n: hall?.waiting.length ?? 0 })}</h2>
              <Problem problem={seen.problem} again={() => void seen.read()} />
              {hall && (
                <>
                  <Waiting
                    label={t("receptionQueue", { n: hall.waiting.length })}
                    turns={hall.waiting}
                    service={service}
                    none={t("deskNoneWaits")}
                    act={(turn) => (
                      <button type="button" class="plain" aria-label={`${t("deskRemove")}: ${turn.number}`} onClick={() => setAsked(turn)}>
                        {t("deskRemove")}
                      </button>
                    )}
                  />
                  {hall.parked.length > 0 && <p class="meta">{t("deskParked", { n: hall.parked.length })}</p>}
                  <h3>{t("deskColleagues")}</h3>
                  <Desks desks={hall.desks} />
                </>
              )}
            </section>
          </div>
        </div>
        {asked && (
          <Ask
            text={t("deskRemoveAsk", { number: asked.number })}
            yes={t("deskRemove")}
            danger
            done={(sure) => {
              setAsked(undefined);
              if (sure) remove(asked);
            }}
          />
        )}
      </div>
      {slip && fromSlip && (
        <Slip
          key={slip.id}
          turn={fromSlip}
          where={where.name}
          names={names(fromSlip.service_id)}
          service={service(fromSlip.service_id)}
          at={slip.at}
          done={() => setSlips((slips) => slips.slice(1))}
        />
      )}
    </>
  );
}

type CheckInProps = {
  field: { current: HTMLDivElement | null };
  input: () => HTMLInputElement | undefined;
  code: string;
  set: (code: string) => void;
  send: (code: string) => void;
};

/** A scanner types what it reads, and Enter: the field keeps the focus and is empty for the next. */
function CheckIn({ field, input, code, set, send }: CheckInProps) {
  const [catches, setCatches] = useKept("reception-scan", true);
  useEffect(() => {
    // The heading has it when the page is shown; whoever began elsewhere stays there.
    if (["H1", "BODY"].includes(document.activeElement?.tagName ?? "")) input()?.focus({ preventScroll: true });
  }, []);
  useEffect(() => {
    if (!catches) return;
    const typed = (e: KeyboardEvent) => {
      if (e.defaultPrevented || e.repeat || e.ctrlKey || e.altKey || e.metaKey || !/^[\p{L}\p{N}]$/u.test(e.key)) return;
      const target = e.target instanceof Element ? e.target : undefined;
      if (target?.closest("input:not([type=checkbox]), textarea, select, [contenteditable]")) return;
      if (document.querySelector("dialog[open]")) return;
      // The letter itself arrives where the focus is now.
      input()?.focus();
    };
    addEventListener("keydown", typed);
    return () => removeEventListener("keydown", typed);
  }, [catches]);
  return (
    <section aria-labelledby="check-in">
      <h2 id="check-in">{t("receptionCheckIn")}</h2>
      <form
        noValidate
        onSubmit={(e) => {
          e.preventDefault();
          // What the scanner typed last may not be drawn yet.
          const read = (input()?.value ?? code).trim();
          set("");
          input()?.focus();
          if (read) send(read);
        }}
      >
        <div ref={field}>
          <TextField label={t("receptionCode")} help={t("receptionCodeHelp")} value={code} max={200} set={set} />
        </div>
        <button type="submit">{t("receptionDoCheckIn")}</button>
      </form>
      <Check label={t("receptionCatches")} help={t("receptionCatchesHelp")} value={catches} set={setCatches} />
    </section>
  );
}

type WalkInProps = {
  offer: Offer;
  services?: { id: string; waiting: number; wait_minutes?: number }[];
  /** While nobody is called, nobody knows how long one waits. */
  stopped: boolean;
  service: (id: string) => string;
  give: (wish: Wish) => void;
};

/** Who comes without an appointment. One press on what they come for gives the number. */
function WalkIn({ offer, services, stopped, service, give }: WalkInProps) {
  const [persons, setPersons] = useState<number>(1);
  const [name, setName] = useState("");
  const [wrong, setWrong] = useState<string>();
  const last = useRef({ of: "", at: 0 });
  const long = [...name.trim()].length > NAME;
  const press = (id: string) => {
    if (!isNumber(persons) || long) return;
    const most = offer.most(id);
    if (most !== undefined && persons > most) {
      setWrong(t("receptionMost", { service: service(id), n: most }));
      return;
    }
    if (last.current.of === id && Date.now() - last.current.at < TWICE) return;
    last.current = { of: id, at: Date.now() };
    setWrong(undefined);
    give({ service: id, persons, name: name.trim() });
    setName("");
    setPersons(1);
  };
  return (
    <section aria-labelledby="walk-in">
      <h2 id="walk-in">{t("receptionWalkIn")}</h2>
      <fieldset class="inline">
        <legend class="unseen">{t("receptionWho")}</legend>
        <NumberField label={t("receptionPersons")} value={persons} set={setPersons} min={1} max={20} wrong={wrong} />
        <TextField label={t("receptionName")} value={name} max={NAME} wrong={long ? t("receptionNameLong") : undefined} set={setName} />
      </fieldset>
      <h3 id="services">{t("receptionWhat")}</h3>
      {!services && <p>{t("loading")}</p>}
      {services?.length === 0 && <p class="help">{t("receptionNoServices")}</p>}
      <ul class="choices" aria-labelledby="services">
        {services?.map((s) => (
          <li key={s.id}>
            <button type="button" class="tab" onClick={() => press(s.id)}>
              <strong>{service(s.id)}</strong>{" "}
              <span class="meta">
                {t(s.waiting === 1 ? "receptionOneWaits" : "receptionWaiting", { n: s.waiting })}
                {!stopped && ` · ${inWords(s.wait_minutes)}`}
              </span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
