// One batch of letters: how far it is, its files, and who printed it and took it to the post.
import { useState } from "preact/hooks";
import { Link } from "wouter-preact";
import { Refused, type Schemas, api, take } from "./api";
import { useDeed, useRead } from "./counter-parts";
import { LetterCard, LetterList } from "./letters-list";
import { language, number, t, word } from "./texts";
import { when } from "./time";
import { Ask, Notice, Problem, Title, useEvery, useWho } from "./ui";

type Batch = Schemas["LetterBatchOut"];
type Letter = Schemas["LetterOut"];
type Part = Schemas["LetterPartOut"];

/** In milliseconds, while it is made. */
const OFTEN = 3_000;
/** Letters that are read at once of those that are not to be sent. */
const MOST_AT_ONCE = 100;
const MEGABYTE = 1_000_000;

export function BatchPage({ id }: { id: string }) {
  const path = { batch_id: id };
  const [batch, problem, again] = useRead(() => take(api.GET("/staff/v1/letter-batches/{batch_id}", { params: { path } })), []);
  const onPaper = batch && (batch.state === "printed" || batch.state === "posted");
  const unfinished = batch && !onPaper && (batch.state === "making" || batch.parts.some((p) => !p.ready));
  useEvery(unfinished ? OFTEN : undefined, again);
  /** How many were taken out beside the list: it is read anew. */
  const [taken, setTaken] = useState(0);
  if (!batch) return problem ? <Problem problem={problem} again={again} /> : <p role="status">{t("loading")}</p>;
  return (
    <>
      <Title>{t("ltBatch", { n: batch.number })}</Title>
      <Problem problem={problem} again={again} />
      <Facts batch={batch} />
      {batch.state === "making" ? <Making batch={batch} /> : <Files batch={batch} />}
      <Deeds
        batch={batch}
        again={again}
        takenOut={() => {
          setTaken((n) => n + 1);
          again();
        }}
      />
      {(batch.state !== "making" || batch.gathered) && (
        <LetterList
          key={taken}
          batch={id}
          over={batch.state === "posted"}
          drawn={batch.state === "making" ? batch.parts.filter((p) => !p.ready).map((p) => p.part) : []}
          touched={again}
        />
      )}
      <p class="unprinted">
        <Link href="/letters">{t("ltAll")}</Link>
      </p>
    </>
  );
}

/** When a batch was made, and by whom. */
export const madeSaid = (b: Batch, zone: string) =>
  b.made_by
    ? t("ltMade", { time: when(language, zone, b.made_at), name: b.made_by })
    : t("ltMadeItself", { time: when(language, zone, b.made_at) });

function Facts({ batch: b }: { batch: Batch }) {
  const zone = useWho().town.time_zone;
  const times = b.printed_times === 0 ? t("ltTimes_0") : b.printed_times === 1 ? t("ltTimes_1") : t("ltTimes", { n: number(b.printed_times) });
  return (
    <>
      <p>
        <span class={`badge letters-${b.state}`}>{word("ltBatchIs", b.state)}</span>
      </p>
      <p class="meta">{madeSaid(b, zone)}</p>
      <dl class="facts">
        <dt>{t("ltDrawn")}</dt>
        <dd>{b.drawn === b.letters ? number(b.letters) : t("ltDrawnOf", { n: number(b.drawn), all: number(b.letters) })}</dd>
        {b.abroad > 0 && (
          <>
            <dt>{t("ltAbroad")}</dt>
            <dd>{number(b.abroad)}</dd>
          </>
        )}
        <dt>{t("ltPages")}</dt>
        <dd>{number(b.pages)}</dd>
        <dt>{t("ltPrintedTimes")}</dt>
        <dd>
          {times}
          {b.printed_at && <span class="meta"> ({t("ltPrinted", { time: when(language, zone, b.printed_at), name: b.printed_by ?? "–" })})</span>}
        </dd>
      </dl>
      {b.posted_at && <p>{t("ltPosted", { time: when(language, zone, b.posted_at), name: b.posted_by ?? "–" })}</p>}
    </>
  );
}

/** How far it is. Nobody hears each letter: what is read aloud changes once all are gathered. */
function Making({ batch: b }: { batch: Batch }) {
  return (
    <section aria-label={word("ltBatchIs", "making")}>
      <progress max={b.gathered ? Math.max(1, b.letters) : undefined} value={b.gathered ? b.drawn : undefined} aria-label={word("ltBatchIs", "making")} />
      <p>
        {b.gathered
          ? t("ltDrawing", { n: number(b.drawn), all: number(b.letters) })
          : t("ltGathering", { n: number(b.letters) })}
      </p>
      <p class="help">{t("ltMakeHelp")}</p>
    </section>
  );
}

function Files({ batch: b }: { batch: Batch }) {
  const at = `/staff/v1/letter-batches/${b.id}`;
  const whole = b.parts.every((p) => p.ready);
  const said = (p: Part) =>
    t("ltPartSays", { letters: number(p.letters), pages: number(p.pages), size: number(Math.ceil((10 * p.size) / MEGABYTE) / 10) });
  return (
    <section aria-labelledby="batch-files">
      <h2 id="batch-files">{t("ltFiles")}</h2>
      <p class="help">{t("ltFilesHelp")}</p>
      <ul class="cards">
        {b.parts.map((p) => (
          <li key={p.part}>
            {!p.ready && (b.state === "printed" || b.state === "posted") ? (
              t("ltPartWithheld", { n: p.part })
            ) : !p.ready ? (
              <span role="status">{t("ltPartNot", { n: p.part })}</span>
            ) : p.size === 0 ? (
              t("ltPartEmpty", { n: p.part })
            ) : (
              <>
                <a href={`${at}/pdf?part=${p.part}`} download={`brieven-${b.number}-${p.part}.pdf`}>
                  {t("ltPart", { n: p.part })}
                </a>
                <span class="meta">{said(p)}</span>
              </>
            )}
          </li>
        ))}
        {whole && (
          <li>
            <a href={`${at}/manifest`} download={`brieven-${b.number}.csv`}>
              {t("ltManifest")}
            </a>
            <span class="meta">{t("ltManifestHelp")}</span>
          </li>
        )}
      </ul>
    </section>
  );
}

type NotToSendProps = {
  batch: string;
  touched: () => void;
  /** They went with the others. */
  anyway: () => void;
  /** All of them are out: the batch can go. */
  none: () => void;
};

/** The letters among the paper that are not to be sent any more, each with what takes it out. */
function NotToSend({ batch, touched, anyway, none }: NotToSendProps) {
  const [letters, setLetters] = useState<Letter[]>();
  const [found, problem, again] = useRead(
    () =>
      take(
        api.GET("/staff/v1/letter-batches/{batch_id}/letters", {
          params: { path: { batch_id: batch }, query: { not_to_send: true, limit: MOST_AT_ONCE } },
        }),
      ),
    [],
  );
  const shown = letters ?? found?.letters;
  const left = shown?.filter((l) => l.state === "batched").length;
  const changed = (now: Letter) => {
    setLetters(shown?.map((old) => (old.id === now.id ? now : old)));
    touched();
  };
  const goOn = () => {
    // Where there were more than a page shows, the next ones come.
    if (!found?.next_after) return none();
    setLetters(undefined);
    again();
  };
  return (
    <section aria-labelledby="not-to-send">
      <h2 id="not-to-send">{t("ltNotToSend")}</h2>
      <Notice kind="error" focus>
        {t("ltNotToSendHelp")}
      </Notice>
      <Problem problem={problem} again={again} />
      <ul class="cards">{shown?.map((l) => <LetterCard key={l.id} letter={l} drawn={false} changed={changed} />)}</ul>
      <div class="row">
        {left === 0 && (
          <button type="button" onClick={goOn}>
            {t("ltMarkPosted")}
          </button>
        )}
        {left !== undefined && left > 0 && (
          <button type="button" class="plain" onClick={anyway}>
            {t("ltAnyway")}
          </button>
        )}
      </div>
    </section>
  );
}

function Deeds({ batch: b, again, takenOut }: { batch: Batch; again: () => void; takenOut: () => void }) {
  const zone = useWho().town.time_zone;
  const path = { batch_id: b.id };
  const [asked, setAsked] = useState<"printed" | "unmark" | "posted" | "anyway">();
  const [done, setDone] = useState<"ltMarkedPrinted" | "ltUnmarked" | "ltMarkedPosted">();
  const print = useDeed(
    (body: Schemas["LettersPrintedIn"], header) =>
      take(api.POST("/staff/v1/letter-batches/{batch_id}/printed", { params: { path, header }, body })),
    again,
  );
  const unmark = useDeed(
    (_: "unmark", header) => take(api.DELETE("/staff/v1/letter-batches/{batch_id}/printed", { params: { path, header } })),
    again,
  );
  const post = useDeed(
    (query: { anyway: boolean }, header) =>
      take(api.POST("/staff/v1/letter-batches/{batch_id}/posted", { params: { path, query, header } })),
    again,
  );
  /** That it was printed before, which a colleague may have noted a moment ago. */
  const refused = print.problem instanceof Refused && print.problem.code === "batch_printed" ? print.problem : undefined;
  const before = refused
    ? { by: refused.told.edited_by, at: refused.told.edited_at }
    : asked === "printed"
      ? { by: b.printed_by, at: b.printed_at }
      : undefined;
  /** That letters lie among the paper that are not to be sent any more: they are shown, to be taken out. */
  const mustOut = post.problem instanceof Refused && post.problem.code === "letters_not_sent";
  const begin = () => {
    setDone(undefined);
    for (const deed of [print, unmark, post]) deed.forget();
  };
  const marked = async (twice: boolean) => {
    if (!(await print.run({ again: twice, version: b.version }))) return;
    setDone("ltMarkedPrinted");
    again();
  };
  const undone = async (sure: boolean) => {
    setAsked(undefined);
    if (!sure || !(await unmark.run("unmark"))) return;
    setDone("ltUnmarked");
    again();
  };
  const posted = async (sure: boolean, anyway = false) => {
    setAsked(undefined);
    if (!sure || !(await post.run({ anyway }))) return;
    setDone("ltMarkedPosted");
    again();
  };
  const busy = print.busy || unmark.busy || post.busy;
  const whole = b.parts.every((p) => p.ready);
  const wasPrinted = b.printed_times > 0;
  return (
    <>
      {done && (
        <Notice kind="ok" focus key={done}>
          {t(done)}
        </Notice>
      )}
      {!refused && <Problem problem={print.problem ?? unmark.problem ?? (mustOut ? undefined : post.problem)} />}
      {mustOut && (
        <NotToSend
          batch={b.id}
          touched={takenOut}
          anyway={() => setAsked("anyway")}
          none={() => {
            post.forget();
            setAsked("posted");
          }}
        />
      )}
      {(b.state === "ready" || b.state === "printed") && (
        <div class="row unprinted">
          {whole && (
            <button
              type="button"
              class={wasPrinted ? "plain" : ""}
              aria-disabled={busy}
              onClick={() => {
                begin();
                if (wasPrinted) setAsked("printed");
                else void marked(false);
              }}
            >
              {t(wasPrinted ? "ltMarkPrintedAgain" : "ltMarkPrinted")}
            </button>
          )}
          {wasPrinted && (
            <>
              <button type="button" aria-disabled={busy} onClick={() => (begin(), setAsked("posted"))}>
                {t("ltMarkPosted")}
              </button>
              <button type="button" class="plain" aria-disabled={busy} onClick={() => (begin(), setAsked("unmark"))}>
                {t("ltUnmark")}
              </button>
            </>
          )}
        </div>
      )}
      {before && (
        <Ask
          text={t("ltPrintedBefore", { time: when(language, zone, before.at ?? undefined), name: before.by ?? "–" })}
          yes={t("ltPrintedYes")}
          done={(sure) => {
            setAsked(undefined);
            print.forget();
            if (sure) void marked(true);
          }}
        />
      )}
      {asked === "unmark" && <Ask text={t("ltUnmarkAsk")} yes={t("ltUnmark")} danger done={(sure) => void undone(sure)} />}
      {asked === "posted" && <Ask text={t("ltPostedAsk", { n: b.number })} yes={t("ltMarkPosted")} done={(sure) => void posted(sure)} />}
      {asked === "anyway" && (
        <Ask text={t("ltAnywayAsk", { n: b.number })} yes={t("ltAnyway")} danger done={(sure) => void posted(sure, sure)} />
      )}
    </>
  );
}
