// Whom to call, as no other way led to them. Several clerks work the list off at once: a call is one's own from when one takes it.
import { useEffect, useRef, useState } from "preact/hooks";
import { Link } from "wouter-preact";
import { Refused, type Schemas, api, take } from "./api";
import { Late, useDeed } from "./counter-parts";
import { type Reason, Why, keepWhy } from "./counter-why";
import { language, number, t, word } from "./texts";
import { when } from "./time";
import { Notice, Problem, TextField, Title, useWho } from "./ui";

type Call = Schemas["CallOut"];
type Result = Schemas["CallResult"];

const RESULTS: Result[] = ["reached", "no_answer", "told_relative", "wrong_number"];
/** Calls that are read at once: each of them writes down that it was seen. */
const PAGE = 50;
/** The longest note, in characters. */
const LONGEST = 500;

const isCode = (problem: unknown, code: string) => problem instanceof Refused && problem.code === code;

export function Calls() {
  const [reason, setReason] = useState<Reason>();
  const [chosen, choose] = useState<Reason>();
  const [unsaid, setUnsaid] = useState(false);
  if (reason) return <List reason={reason} />;
  return (
    <>
      <Intro />
      <form
        noValidate
        onSubmit={(e) => {
          e.preventDefault();
          setUnsaid(!chosen);
          if (chosen) setReason(chosen);
          else document.getElementById("why")?.focus();
        }}
      >
        <Why id="why" value={chosen} wrong={unsaid && !chosen} set={choose} />
        <button type="submit">{t("clShow")}</button>
      </form>
    </>
  );
}

function Intro() {
  return (
    <>
      <Title>{t("pageCalls")}</Title>
      <p class="help">{t("clHelp")}</p>
      <p class="help unprinted">
        {t("clOther")} <Link href="/stranded">{t("pageStranded")}</Link>.
      </p>
    </>
  );
}

/** What was done last, or why it was not: it stands above the list, as its row may be gone. */
type Said = { kind: "ok" | "error"; text: string; turn: number };

function List({ reason }: { reason: Reason }) {
  const [calls, setCalls] = useState<Call[]>();
  const [next, setNext] = useState<string>();
  const [pages, setPages] = useState(1);
  const [said, setSaid] = useState<Said>();
  const list = useRef<HTMLParagraphElement>(null);
  const read = useDeed(async (w: { pages: number; of: Reason }) => {
    const all: Call[] = [];
    let cursor: string | undefined;
    for (let n = 0; n < w.pages; n++) {
      const page = await take(api.GET("/staff/v1/calls", { params: { query: { reason: w.of, cursor, limit: PAGE } } }));
      all.push(...page.calls);
      cursor = page.next_cursor ?? undefined;
      if (!cursor) break;
    }
    return { all, cursor };
  });
  const fetch = async (wanted: number) => {
    const answer = await read.run({ pages: wanted, of: reason });
    if (!answer) return;
    setCalls(answer.done.all);
    setNext(answer.done.cursor);
    setPages(wanted);
  };
  useEffect(() => void fetch(1), []);
  const opened = calls !== undefined;
  // The form that opened it is gone, and with it the place in the page of whoever uses the keyboard.
  useEffect(() => {
    if (opened) list.current?.focus();
  }, [opened]);
  const tell = (kind: Said["kind"], text: string) => setSaid((before) => ({ kind, text, turn: (before?.turn ?? 0) + 1 }));
  const count = calls?.length ?? 0;
  return (
    <>
      <Intro />
      {said && (
        <Notice kind={said.kind} focus key={said.turn}>
          <bdi>{said.text}</bdi>
        </Notice>
      )}
      <Problem problem={read.problem} again={() => void fetch(pages)} />
      {!calls && !read.problem && <p role="status">{t("loading")}</p>}
      {calls && (
        <>
          <p ref={list} role="status" tabIndex={-1}>
            {count === 0 && !next ? t("clNone") : next ? t("clSome", { n: number(count) }) : t(count === 1 ? "clAll_1" : "clAll", { n: number(count) })}
          </p>
          <ul class="cards calls">
            {calls.map((c) => (
              <Row key={c.id} call={c} reason={reason} tell={tell} again={() => void fetch(pages)} />
            ))}
          </ul>
          <div class="row unprinted">
            {next && (
              <button type="button" class="plain" aria-disabled={read.busy} onClick={() => void fetch(pages + 1)}>
                {t("more")}
              </button>
            )}
            <button type="button" class="plain" aria-disabled={read.busy} onClick={() => void fetch(pages)}>
              {t("clAgain")}
            </button>
          </div>
          <HandedOver reason={reason} />
        </>
      )}
    </>
  );
}

/** Whom a colleague has now: read once it is opened. */
function HandedOver({ reason }: { reason: Reason }) {
  const { me, town } = useWho();
  const read = () => take(api.GET("/staff/v1/calls/handed-over", { params: { query: { reason, limit: PAGE } } }));
  return (
    <Late title={t("clOver")} help={t("clOverHelp")} read={read}>
      {({ handed_over: all }) =>
        all.length === 0 ? (
          <p class="help">{t("clOverNone")}</p>
        ) : (
          <ul class="cards">
            {all.map((x) => (
              <li key={x.id}>
                <Link href={`/counter/${x.resident_id}`} onClick={() => keepWhy(me.id, x.resident_id, reason)}>
                  <bdi>{x.name}</bdi>
                </Link>
                <span class="meta">
                  <bdi>{t("wentTo", { name: x.by, time: when(language, town.time_zone, x.at), note: x.note })}</bdi>
                </span>
              </li>
            ))}
          </ul>
        )
      }
    </Late>
  );
}

type Deed = { take: true } | { give: true } | { result: Result } | { note: string };
type RowProps = { call: Call; reason: Reason; tell: (kind: Said["kind"], text: string) => void; again: () => void };

function Row({ call: c, reason, tell, again }: RowProps) {
  const { me, town } = useWho();
  const zone = town.time_zone;
  const [deciding, setDeciding] = useState(false);
  const path = { call_id: c.id };
  const deed = useDeed(async (w: Deed, header) => {
    const params = { path, header };
    if ("take" in w) return take(api.POST("/staff/v1/calls/{call_id}/take", { params }));
    if ("give" in w) return take(api.DELETE("/staff/v1/calls/{call_id}/take", { params }));
    if ("result" in w) return take(api.POST("/staff/v1/calls/{call_id}/tries", { params, body: w }));
    return take(api.POST("/staff/v1/calls/{call_id}/close", { params, body: w }));
  });
  const name = c.name;
  const act = async (wanted: Deed, done: string) => {
    if (!(await deed.run(wanted))) return;
    setDeciding(false);
    tell("ok", done);
    again();
  };
  const { problem } = deed;
  const isGone = isCode(problem, "not_found");
  const isTaken = isCode(problem, "call_taken");
  // What a colleague did meanwhile is told above the list, which is read anew.
  useEffect(() => {
    if (!isGone && !isTaken) return;
    deed.forget();
    const by = problem instanceof Refused ? problem.told.edited_by : undefined;
    tell("error", isGone ? t("clGone") : by ? t("clTaken", { name: by }) : t("problem_call_taken"));
    again();
  }, [isGone, isTaken]);
  const isMine = c.taken_by === me.name;
  const free = !c.taken_by;
  return (
    <li>
      <Link href={`/counter/${c.resident_id}`} onClick={() => keepWhy(me.id, c.resident_id, reason)}>
        <bdi>{name}</bdi>
      </Link>
      {!free && (
        <span class={`badge ${isMine ? "call-mine" : "call-theirs"}`}>
          {isMine ? t("clMine") : t("clTheirs", { name: c.taken_by ?? "", time: when(language, zone, c.taken_at) })}
        </span>
      )}
      <span class="meta">
        {c.read_aloud && (
          <>
            <strong>{t("clAloud")}</strong> ·{" "}
          </>
        )}
        {t("clSpeaks", { language: word("lang", c.language) })} · {t("clSince", { time: when(language, zone, c.since) })}
        {c.worth_until && <> · {t("clWorth", { time: when(language, zone, c.worth_until) })}</>}
      </span>
      <details open={isMine}>
        <summary>
          {t("clSay")}: <bdi lang={c.language}>{c.title}</bdi>
        </summary>
        <div lang={c.language} dir="auto">
          {c.text.split("\n\n").map((paragraph, n) => (
            <p key={n} class="typed">
              {paragraph}
            </p>
          ))}
        </div>
      </details>
      {c.tries.length > 0 && (
        <>
          <p class="meta">{t("clTries")}</p>
          <ul class="plain">
            {c.tries.map((x, n) => (
              <li key={n}>
                <bdi>{t("clTry", { time: when(language, zone, x.at), how: word("clHow", x.result), name: x.by })}</bdi>
              </li>
            ))}
          </ul>
        </>
      )}
      {!isGone && !isTaken && <Problem problem={problem} />}
      {isMine && (
        <div class="row unprinted" role="group" aria-label={t("clNoteOf", { name })}>
          <span aria-hidden="true">{t("clNote")}</span>
          {RESULTS.map((result) => (
            <button
              key={result}
              type="button"
              class={result === "reached" ? "" : "plain"}
              aria-disabled={deed.busy}
              onClick={() => void act({ result }, result === "reached" ? t("clReached", { name }) : t("clNoted", { name, how: word("clHow", result) }))}
            >
              {word("clHow", result)}
            </button>
          ))}
        </div>
      )}
      {deciding && <Decide name={name} busy={deed.busy} send={(note) => void act({ note }, t("clClosed", { name }))} close={() => setDeciding(false)} />}
      <div class="row helping unprinted">
        {free && (
          <button type="button" aria-disabled={deed.busy} aria-label={t("clTakeOf", { name })} onClick={() => void act({ take: true }, t("clTook", { name }))}>
            {t("clTake")}
          </button>
        )}
        {isMine && (
          <button type="button" class="plain" aria-disabled={deed.busy} aria-label={t("clGiveOf", { name })} onClick={() => void act({ give: true }, t("clGave", { name }))}>
            {t("clGive")}
          </button>
        )}
        {c.may_close && (free || isMine) && !deciding && (
          <button type="button" class="plain" aria-label={t("clCloseOf", { name })} onClick={() => setDeciding(true)}>
            {t("clClose")}
          </button>
        )}
      </div>
      {isMine && !c.may_close && c.tries.length > 0 && <p class="help">{t("clCloseLater")}</p>}
    </li>
  );
}

type DecideProps = { name: string; busy: boolean; send: (note: string) => void; close: () => void };

/** What somebody does about a person whom no call led to, under their own name. */
function Decide({ name, busy, send, close }: DecideProps) {
  const [note, setNote] = useState("");
  const [tried, setTried] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => form.current?.querySelector("textarea")?.focus(), []);
  const text = note.trim();
  const wrong = !text ? t("clCloseWanted") : [...text].length > LONGEST ? t("clCloseLong") : undefined;
  return (
    <form
      ref={form}
      class="group"
      aria-label={t("clCloseOf", { name })}
      noValidate
      onSubmit={(e) => {
        e.preventDefault();
        setTried(true);
        if (wrong) form.current?.querySelector("textarea")?.focus();
        else send(text);
      }}
    >
      <TextField label={t("clCloseNote")} help={t("clCloseHelp")} rows={3} max={LONGEST} value={note} wrong={tried ? wrong : undefined} set={setNote} />
      <div class="row">
        <button type="submit" aria-disabled={busy}>
          {t(busy ? "busy" : "clCloseYes")}
        </button>
        <button type="button" class="plain" onClick={close}>
          {t("cancel")}
        </button>
      </div>
    </form>
  );
}
