// The work at one desk: the acts, each with its key, and the two lists beside them.
import { useEffect, useRef, useState } from "preact/hooks";
import { Refused, byItself, api, take } from "./api";
import { Alert } from "./desk-alert";
import { type Deed, type Sent, useDeeds } from "./desk-deeds";
import { SendOn } from "./desk-dialogs";
import { type Front, InFront, frontOf, happens } from "./desk-front";
import { type Hall, type HallDesk, type Offer, type Received, type Seen, type Turn, hour, useKept } from "./desk-hall";
import { useKeys } from "./desk-keys";
import { Pending } from "./desk-pending";
import { Desks, Waiting } from "./desk-queue";
import { type Key, t } from "./texts";
import { Ask, Check, Notice, Problem, useWho } from "./ui";

const ACTS = ["next", "start", "finish", "recall", "miss", "sendOn", "park"] as const;
type Act = (typeof ACTS)[number] | "takeBack" | "stop";
const keyOf = (act: Act) => t(`deskKey_${act}` as Key);

/** What is asked before it is done. */
type Question =
  | { kind: "sendOn"; who: Received }
  | { kind: "remove"; turn: Turn }
  | { kind: "stop" | "resume" | "leave" };

type Props = {
  where: string;
  offer: Offer;
  hall: Hall;
  desk: HallDesk;
  seen: Seen;
  alert: [boolean, (on: boolean) => void];
  /** One signs off oneself. */
  leave: () => void;
};

export function Work({ where, offer, hall, desk, seen, alert, leave }: Props) {
  const { town } = useWho();
  const [front, setFront] = useFront(hall, desk);
  const [told, setTold] = useState("");
  const [question, setQuestion] = useState<Question>();
  const [keys, setKeys] = useKept("desk-keys", true);
  const heading = useRef<HTMLHeadingElement>(null);
  const list = useRef<HTMLElement>(null);
  // The button with which one signed on is gone.
  useEffect(() => {
    if (document.activeElement === document.body) heading.current?.focus();
  }, []);
  const deeds = useDeeds(() => {
    setTold("");
    void seen.read();
  });
  const stopped = hall.stopped_at;
  useEffect(() => {
    // What was said of a stop that a colleague took back, or of one that came since, is not so any more.
    const over: Key[] = stopped ? ["deskDone_resume"] : ["deskDone_stop", "problem_hall_stopped"];
    setTold((told) => (over.some((key) => told === t(key)) ? "" : told));
  }, [stopped]);
  const isOver = !stopped && deeds.problem instanceof Refused && deeds.problem.code === "hall_stopped";
  const mine = hall.waiting.filter((turn) => desk.services.includes(turn.service_id));
  const others = hall.waiting.filter((turn) => !desk.services.includes(turn.service_id));
  /** How it stands now: what is pressed again after that changed is another deed. */
  const now = front ? `${front.number} ${front.state}` : "free";

  const press = <T,>(deed: Omit<Deed<T>, "done">, say: (answer: T) => string, left?: (answer: T) => Front | undefined) => {
    setTold("");
    deeds.press({
      ...deed,
      done: (answer) => {
        // What was asked before is not how it stands any more.
        seen.outdated();
        if (left) setFront(left(answer));
        setTold(say(answer));
        void seen.read();
      },
    });
  };
  const here = (who: Received): Front | undefined =>
    ["called", "serving"].includes(who.state) ? { number: who.number, state: who.state, who } : undefined;
  const step = (what: "recall" | "start" | "finish" | "miss" | "park", who: Received) =>
    press<Received>(
      {
        id: `${what} ${who.id} ${now}`,
        label: t(`deskAct_${what}` as Key),
        go: (sent) =>
          take(api.POST(`/staff/v1/tickets/{ticket_id}/${what}`, { params: { path: { ticket_id: who.id }, header: sent.header }, signal: sent.signal })),
      },
      (answer) => t(`deskDone_${what}` as Key, { number: answer.number }),
      here,
    );
  const next = () =>
    press(
      {
        id: `next ${desk.id} ${now}`,
        label: nextLabel,
        go: (sent) =>
          take(api.POST("/staff/v1/desks/{desk_id}/next", { params: { path: { desk_id: desk.id }, header: sent.header }, signal: sent.signal })),
      },
      ({ called }) => (called ? t("deskDone_next", { number: called.number }) : t("deskDone_nobody")),
      ({ called }) => called && here(called),
    );
  const takeBack = (turn: Turn, label = t("deskAct_takeBack")) =>
    press<Received>(
      {
        id: `take-back ${turn.id} ${now}`,
        label,
        go: (sent) =>
          take(
            api.POST("/staff/v1/tickets/{ticket_id}/take-back", {
              params: { path: { ticket_id: turn.id }, header: sent.header },
              body: { desk_id: desk.id },
              signal: sent.signal,
            }),
          ),
      },
      (answer) => t("deskDone_takeBack", { number: answer.number }),
      here,
    );
  const sendOn = (who: Received, service: string) =>
    press<Received>(
      {
        id: `send-on ${who.id} ${service}`,
        label: t("deskAct_sendOn"),
        go: (sent) =>
          take(
            api.POST("/staff/v1/tickets/{ticket_id}/send-on", {
              params: { path: { ticket_id: who.id }, header: sent.header },
              body: { service_id: service },
              signal: sent.signal,
            }),
          ),
      },
      (answer) => t("deskDone_sendOn", { number: answer.number, service: offer.service(service) }),
      () => undefined,
    );
  const remove = (turn: Turn) =>
    press(
      {
        id: `remove ${turn.id}`,
        label: t("deskRemove"),
        go: (sent) =>
          take(api.DELETE("/staff/v1/tickets/{ticket_id}", { params: { path: { ticket_id: turn.id }, header: sent.header }, signal: sent.signal })),
      },
      () => t("deskDone_remove", { number: turn.number }),
    );
  const halt = (stops: boolean) => {
    const go = (sent: Sent): Promise<unknown> => {
      const { header, signal } = sent;
      const path = { location_id: hall.location_id };
      return take<unknown>(
        stops
          ? api.PUT("/staff/v1/halls/{location_id}/stop", { params: { path }, signal })
          : api.DELETE("/staff/v1/halls/{location_id}/stop", { params: { path, header }, signal }),
      );
    };
    press({ id: `stop ${stops}`, label: t(stops ? "deskAct_stop" : "deskResume"), go }, () => t(stops ? "deskDone_stop" : "deskDone_resume"));
  };
  const signOff = () => {
    leave();
    press(
      {
        id: `sign-off ${desk.id}`,
        label: t("deskSignOff"),
        go: (sent) =>
          take(
            api.DELETE("/staff/v1/desks/{desk_id}/clerk", { params: { path: { desk_id: desk.id }, header: sent.header }, signal: sent.signal }),
          ),
      },
      () => "",
    );
  };

  const nextLabel = t(front?.state === "serving" ? "deskAct_finishNext" : "deskAct_next");
  const who = front?.who;
  /** Why nobody can be called back to this desk now; nothing where they can. */
  const taken = front && t("deskWhy_busy", { number: front.number });
  const noReturn = stopped ? t("problem_hall_stopped") : taken;
  /** Why an act cannot be done now; nothing where it can. */
  const why = (act: Act): string | undefined => {
    if (act === "stop") return undefined;
    if (stopped && (act === "next" || act === "takeBack")) return t("problem_hall_stopped");
    if (act === "takeBack") return hall.parked.length === 0 ? t("deskWhy_noneParked") : taken;
    if (act === "next") return front?.state === "called" ? t("problem_desk_busy") : undefined;
    if (!front) return t("deskWhy_nobody");
    if (act === "finish" && front.state === "called") return t("deskWhy_notBegun", { number: front.number });
    if (["start", "recall", "miss"].includes(act) && front.state === "serving") return t("deskWhy_begun", { number: front.number });
    return who ? undefined : t("loading");
  };
  /** Whether something may be begun now; else it is told why not. */
  const may = (cannot?: string) => {
    const now = deeds.now?.since ? t("deskStill", { what: deeds.now.label }) : undefined;
    if (now ?? cannot) setTold(now ?? cannot ?? "");
    return !deeds.now && !cannot;
  };
  const act = (name: Act) => {
    if (!may(why(name))) return;
    if (name === "next") next();
    else if (name === "stop") setQuestion({ kind: stopped ? "resume" : "stop" });
    else if (name === "takeBack") {
      if (hall.parked.length === 1) takeBack(hall.parked[0]);
      else list.current?.querySelector<HTMLElement>("td button")?.focus();
    } else if (who && name === "sendOn") setQuestion({ kind: "sendOn", who });
    else if (who) step(name as "recall", who);
  };
  useKeys(keys, Object.fromEntries([...ACTS, "takeBack" as const, "stop" as const].map((name) => [keyOf(name), () => act(name)])));
  const button = (name: Act, label: string, kind = "plain") => (
    <button
      key={name}
      type="button"
      class={kind}
      aria-disabled={why(name) || deeds.now ? true : undefined}
      aria-keyshortcuts={keys ? keyOf(name) : undefined}
      onClick={() => act(name)}
    >
      {label} {keys && <kbd aria-hidden="true">{keyOf(name)}</kbd>}
    </button>
  );
  const shortcut = (name: Act) => (keys ? ` (${keyOf(name)})` : "");
  const services = [...new Set(hall.desks.flatMap((d) => d.services))];
  const answer = (sure: boolean, go: () => void) => {
    setQuestion(undefined);
    if (sure) go();
  };
  return (
    <>
      <div class="row spread">
        <p class="meta">
          {where} · {t("deskSince", { time: hour(town.time_zone, desk.clerk?.since) })}
        </p>
        <div class="row">
          <button type="button" class="plain" onClick={() => may() && (front ? setQuestion({ kind: "leave" }) : signOff())}>
            {t("deskSignOff")}
          </button>
          {button("stop", t(stopped ? "deskResume" : "deskAct_stop"), stopped ? "plain" : "danger")}
        </div>
      </div>
      {stopped && <Notice kind="error">{t("deskStopped", { time: hour(town.time_zone, stopped) })}</Notice>}
      <Pending deeds={deeds} />
      <Problem problem={isOver ? undefined : deeds.problem} />
      <Problem problem={seen.problem} again={() => void seen.read()} />
      <div class="columns desk">
        <section aria-labelledby="desk">
          <h2 id="desk" ref={heading} tabIndex={-1}>
            {desk.name}
          </h2>
          <InFront front={front} service={offer.service} />
          <div class="acts">
            {ACTS.map((name) => {
              const first = name === (front?.state === "called" ? "start" : "next");
              return button(name, name === "next" ? nextLabel : t(`deskAct_${name}` as Key), first ? "" : "plain");
            })}
          </div>
          <p role="status" class="told">
            {told}
          </p>
        </section>
        <div>
          <section>
            <h2>{t("deskWaiting", { n: mine.length })}</h2>
            <Waiting
              label={t("deskWaiting", { n: mine.length })}
              turns={mine}
              service={offer.service}
              none={t("deskNoneWaits")}
              act={(turn) => <RowButton label={t("deskRemove")} turn={turn} press={() => may() && setQuestion({ kind: "remove", turn })} />}
            />
            {others.length > 0 && (
              <details>
                <summary>{t("deskOthers", { n: others.length })}</summary>
                <Waiting label={t("deskOthers", { n: others.length })} turns={others} service={offer.service} none="" />
              </details>
            )}
          </section>
          <section ref={list}>
            <h2>{t("deskParked", { n: hall.parked.length })}</h2>
            <Waiting
              label={t("deskParked", { n: hall.parked.length })}
              turns={hall.parked}
              service={offer.service}
              none={t("deskNoneParked")}
              act={(turn) => (
                <RowButton
                  label={t("deskAct_takeBack") + (hall.parked.length === 1 ? shortcut("takeBack") : "")}
                  turn={turn}
                  off={!!why("takeBack") || !!deeds.now}
                  press={() => may(why("takeBack")) && takeBack(turn)}
                />
              )}
            />
          </section>
          {hall.missed.length > 0 && (
            <section>
              <h2>{t("deskMissed", { n: hall.missed.length })}</h2>
              <Waiting
                label={t("deskMissed", { n: hall.missed.length })}
                turns={hall.missed}
                service={offer.service}
                none=""
                act={(turn) => (
                  <RowButton
                    label={t("deskHereAfterAll")}
                    turn={turn}
                    off={!!noReturn || !!deeds.now}
                    press={() => may(noReturn) && takeBack(turn, t("deskHereAfterAll"))}
                  />
                )}
              />
            </section>
          )}
          <details>
            <summary>{t("deskColleagues")}</summary>
            <Desks desks={hall.desks} mine={desk.id} />
          </details>
        </div>
      </div>
      <section aria-labelledby="settings">
        <h2 id="settings">{t("deskSettings")}</h2>
        <Check label={t("deskUseKeys")} help={t("deskUseKeysHelp")} value={keys} set={setKeys} />
        <Alert on={alert[0]} set={alert[1]} waiting={mine.length} />
      </section>
      {question?.kind === "sendOn" && (
        <SendOn
          number={question.who.number}
          services={services.filter((id) => id !== question.who.service_id).map((id) => ({ id, name: offer.service(id) }))}
          done={(service) => answer(!!service, () => service && sendOn(question.who, service))}
        />
      )}
      {question?.kind === "remove" && (
        <Ask
          text={t("deskRemoveAsk", { number: question.turn.number })}
          yes={t("deskRemove")}
          danger
          done={(sure) => answer(sure, () => remove(question.turn))}
        />
      )}
      {question?.kind === "stop" && (
        <Ask text={t("deskStopAsk", { where })} yes={t("deskAct_stop")} danger done={(sure) => answer(sure, () => halt(true))} />
      )}
      {question?.kind === "resume" && (
        <Ask text={t("deskResumeAsk", { where })} yes={t("deskResume")} done={(sure) => answer(sure, () => halt(false))} />
      )}
      {question?.kind === "leave" && front && (
        <Ask text={t("deskSignOffAsk", { number: front.number })} yes={t("deskSignOff")} done={(sure) => answer(sure, signOff)} />
      )}
    </>
  );
}

function RowButton({ label, turn, off, press }: { label: string; turn: Turn; off?: boolean; press: () => void }) {
  return (
    <button type="button" class="plain" aria-label={`${label}: ${turn.number}`} aria-disabled={off || undefined} onClick={press}>
      {label}
    </button>
  );
}

/** Who is in front: as the hall has it, and who it is, read when that changes. What a deed was answered holds until a newer hall comes. */
function useFront(hall: Hall, desk: HallDesk): [Front | undefined, (front?: Front) => void] {
  const [who, setWho] = useState<Received>();
  const [after, setAfter] = useState<{ hall: Hall; front?: Front }>();
  const asking = useRef(false);
  useEffect(() => {
    if (!desk.number || frontOf(desk, who)?.who || asking.current) return;
    asking.current = true;
    const read = () => take(api.GET("/staff/v1/desks/{desk_id}", { params: { path: { desk_id: desk.id } } }));
    byItself(read)
      .then(
        (found) => setWho(found.current),
        // It is asked again with the next hall.
        () => undefined,
      )
      .finally(() => (asking.current = false));
  }, [hall]);
  const set = (front?: Front) => {
    setAfter({ hall, front });
    if (!front?.who) return;
    happens(front.who);
    setWho(front.who);
  };
  return [after?.hall === hall ? after.front : frontOf(desk, who), set];
}
