// The agenda: the visits of a day and of a week at a location, by desk.
import type { ComponentChildren } from "preact";
import { useEffect, useState } from "preact/hooks";
import { api, take } from "./api";
import { Day } from "./agenda-day";
import type { Arrivals, Desk, Hours } from "./agenda-desks";
import { last } from "./agenda-last";
import { Week } from "./agenda-week";
import { type Visit, type Wish, keepPlace, keptPlace, useOffer, useRead } from "./counter-parts";
import { addDays, longDay, mondayOf, today } from "./counter-time";
import { VisitPanel } from "./agenda-visit";
import { t, word } from "./texts";
import { HALF, Problem, Select, Title, WhenField, useEvery, useWho } from "./ui";

type View = "day" | "list" | "week";
const VIEWS: View[] = ["day", "list", "week"];
const VIEW = "thuisloket.agenda";
/** Who came, and when it is open, is read anew so often. */
const FRESH = 60_000;

function keptView(): View {
  try {
    const kept = localStorage.getItem(VIEW);
    return VIEWS.find((v) => v === kept) ?? "day";
  } catch {
    return "day";
  }
}

function keepView(view: View) {
  try {
    localStorage.setItem(VIEW, view);
  } catch {
    // As long as the page is open it is as it was chosen.
  }
}

/** Whether the window is too narrow for a column for each desk. */
function useNarrow(): boolean {
  const [query] = useState(() => matchMedia("(max-width: 48rem)"));
  const [narrow, setNarrow] = useState(query.matches);
  useEffect(() => {
    const changed = () => setNarrow(query.matches);
    query.addEventListener("change", changed);
    return () => query.removeEventListener("change", changed);
  }, []);
  return narrow;
}

export function Agenda() {
  const { me, town } = useWho();
  const zone = town.time_zone;
  const [offer, problem, again] = useOffer(me.municipality ?? "");
  const [place, setPlace] = useState(keptPlace());
  const [chosen, setChosen] = useState(last.day);
  const [typed, setTyped] = useState<string>();
  const [wanted, setWanted] = useState(last.visit);
  // A week shows no visit.
  const [view, setView] = useState(() => (wanted && keptView() === "week" ? "day" : keptView()));
  const [open, setOpen] = useState<{ visit: Visit; wish?: Wish }>();
  useEffect(() => {
    last.visit = undefined;
  }, []);
  const [turn, setTurn] = useState(0);
  const narrow = useNarrow();
  const here = offer?.locations.find((l) => l.id === place) ?? offer?.locations[0];
  const day = chosen ?? today(zone);
  const go = (day: string) => {
    const other = day === today(zone) ? undefined : day;
    last.day = other;
    setTyped(undefined);
    setChosen(other);
  };
  const show = (view: View) => {
    keepView(view);
    setView(view);
  };
  /** Where a visit was dragged to: the free start of that day that is nearest is offered in its form. */
  const drop = async (visit: Visit, minutes: number) => {
    const wanted = new Date(visit.starts_at).getTime() + minutes * 60_000;
    const far = (s: { starts_at: string }) => Math.abs(new Date(s.starts_at).getTime() - wanted);
    const query = { location_id: visit.location_id, from: day, until: day, persons: visit.persons };
    let free: { starts_at: string; location_id: string }[] = [];
    try {
      free = await take(api.GET("/staff/v1/services/{service_id}/starts", { params: { path: { service_id: visit.service_id }, query } }));
    } catch {
      // The form reads what is free anew, and says why it cannot.
    }
    free.sort((a, b) => far(a) - far(b));
    setOpen({ visit, wish: { to: free[0] && { starts_at: free[0].starts_at, location_id: free[0].location_id } } });
  };
  const step = view === "week" ? 7 : 1;
  const monday = mondayOf(day);
  return (
    <>
      <Title>{t("pageAgenda")}</Title>
      <Problem problem={problem} again={again} />
      {!offer && !problem && <p>{t("loading")}</p>}
      {offer && !here && <p>{t("agendaNowhere")}</p>}
      {offer && here && (
        <>
          <div class="row places unprinted">
            {offer.locations.length > 1 && (
              <Select
                label={t("startsPlace")}
                value={here.id}
                set={(id) => {
                  setPlace(id);
                  keepPlace(id);
                }}
                of={offer.locations.map((l) => ({ value: l.id, label: l.name }))}
              />
            )}
            <button type="button" class="plain" onClick={() => go(addDays(day, -step))}>
              ‹ {t(view === "week" ? "agendaWeekBefore" : "agendaDayBefore")}
            </button>
            <WhenField
              kind="date"
              label={t("agendaDay")}
              value={typed ?? day}
              wrong={typed === HALF ? t("wrong_halfDay") : undefined}
              set={(v) => (v && v !== HALF && v >= "2000" ? go(v) : setTyped(v || HALF))}
            />
            <button type="button" class="plain" onClick={() => go(addDays(day, step))}>
              {t(view === "week" ? "agendaWeekAfter" : "agendaDayAfter")} ›
            </button>
            <button type="button" class="plain" aria-disabled={!chosen} onClick={() => go(today(zone))}>
              {t("agendaToday")}
            </button>
            <div class="tabs" role="group" aria-label={t("agendaView")}>
              {VIEWS.filter((v) => v !== "day" || !narrow).map((v) => (
                <button key={v} type="button" class="tab" aria-pressed={v === (narrow && view === "day" ? "list" : view)} onClick={() => show(v)}>
                  {word("agendaView", v)}
                </button>
              ))}
            </div>
          </div>
          <Place
            key={here.id}
            place={here.id}
            monday={monday}
            isNow={day === today(zone)}
            turn={turn}
            title={view === "week" ? t("agendaWeekOf", { day: longDay(monday), place: here.name }) : t("agendaOf", { day: longDay(day), place: here.name })}
          >
            {({ desks, hours, arrivals }) =>
              view === "week" ? (
                <Week
                  key={monday}
                  place={here.id}
                  monday={monday}
                  desks={desks}
                  turn={turn}
                  hours={hours}
                  open={(day) => {
                    go(day);
                    show("day");
                    // What was pressed is gone.
                    document.getElementById("agenda-of")?.focus();
                  }}
                />
              ) : (
                <Day
                  key={day}
                  place={here.id}
                  day={day}
                  desks={desks}
                  asList={narrow || view === "list"}
                  turn={turn}
                  offer={offer}
                  hours={hours?.find((h) => h.day === day)}
                  arrivals={day === today(zone) ? arrivals : undefined}
                  wanted={wanted}
                  open={(visit) => {
                    // It is opened once.
                    setWanted(undefined);
                    setOpen({ visit });
                  }}
                  drop={(visit, minutes) => void drop(visit, minutes)}
                />
              )
            }
          </Place>
        </>
      )}
      {open && (
        <VisitPanel
          visit={open.visit}
          wish={open.wish}
          offer={offer}
          changed={(now) => {
            setOpen({ visit: now });
            setTurn((n) => n + 1);
          }}
          close={() => setOpen(undefined)}
        />
      )}
    </>
  );
}

/** What is known of a location besides its visits. */
type Known = { desks: Desk[]; hours?: Hours[]; arrivals?: Arrivals };

type PlaceProps = {
  place: string;
  monday: string;
  title: string;
  /** Whether it shows today. */
  isNow: boolean;
  turn: number;
  children: (known: Known) => ComponentChildren;
};

/** The desks of a location by name, when they are there and who came; without any of it the agenda is there all the same. */
function Place({ place, monday, title, isNow, turn, children }: PlaceProps) {
  const params = { path: { location_id: place } };
  const [hall, problem] = useRead(() => take(api.GET("/staff/v1/halls/{location_id}", { params })), []);
  const [hours, , readHours] = useRead(
    () => take(api.GET("/staff/v1/agenda/hours", { params: { query: { location_id: place, from: monday } } })),
    [monday],
  );
  const [came, , readCame] = useRead(
    async () => (isNow ? take(api.GET("/staff/v1/halls/{location_id}/arrivals", { params })) : undefined),
    [isNow],
  );
  const anew = () => {
    readHours();
    readCame();
  };
  useEvery(FRESH, anew);
  useEffect(() => {
    if (turn > 0) anew();
  }, [turn]);
  const arrivals: Arrivals | undefined = came && new Map(came.map((a) => [a.appointment_id, a]));
  return (
    <section aria-labelledby="agenda-of">
      <h2 id="agenda-of" tabIndex={-1} aria-live="polite" dir="auto">
        {title}
      </h2>
      {!hall && !problem ? <p>{t("loading")}</p> : children({ desks: hall?.desks ?? [], hours, arrivals })}
    </section>
  );
}
