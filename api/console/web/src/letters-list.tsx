// The letters of a batch, in the order in which they are printed; and one letter, with what can be done about it.
import { useEffect, useRef, useState } from "preact/hooks";
import { Link } from "wouter-preact";
import { type Schemas, api, take } from "./api";
import { useDeed } from "./counter-parts";
import { language, number, t, word } from "./texts";
import { when } from "./time";
import { Ask, Notice, NumberField, Problem, Select, TextField, isNumber, useWho } from "./ui";

type Letter = Schemas["LetterOut"];
type OutReason = Schemas["OutReason"];

const OUT: OutReason[] = ["was_told", "wrong_address", "wrong_text", "deceased", "other"];
/** Letters that are read at once: each of them writes down that it was seen. */
const PAGE = 50;
/** The highest place that the server knows. */
const LAST_PLACE = 100_000_000;

const addressOf = (l: Letter) =>
  [[l.street, l.house_number, l.box_number].filter(Boolean).join(" "), [l.postcode, l.town].filter(Boolean).join(" "), l.country]
    .filter(Boolean)
    .join(", ");

/** What a letter is looked for by. */
const words = (l: Letter) => `${l.name} ${addressOf(l)} ${l.reference}`.toLocaleLowerCase();

type ListProps = {
  batch: string;
  /** Whether the batch was posted: nothing of it changes. */
  over: boolean;
  /** The parts that are being drawn. */
  drawn: number[];
  /** Called where a letter was taken out or put back: its part is made anew. */
  touched: () => void;
};

export function LetterList({ batch, over, drawn, touched }: ListProps) {
  const [letters, setLetters] = useState<Letter[]>();
  const [next, setNext] = useState<number>();
  const [begin, setBegin] = useState<number | undefined>(1);
  const [wanted, setWanted] = useState("");
  const read = useDeed((w: { after: number }) =>
    take(api.GET("/staff/v1/letter-batches/{batch_id}/letters", { params: { path: { batch_id: batch }, query: { ...w, limit: PAGE } } })),
  );
  const list = useRef<HTMLParagraphElement>(null);
  const opened = letters !== undefined;
  // The button that led on is gone with the last page.
  useEffect(() => {
    if (opened && next === undefined) list.current?.focus();
  }, [opened, next]);
  const fetch = async (after: number, before: Letter[]) => {
    const answer = await read.run({ after });
    if (!answer) return;
    setLetters([...before, ...answer.done.letters]);
    setNext(answer.done.next_after ?? undefined);
  };
  const start = (e: SubmitEvent) => {
    e.preventDefault();
    if (isNumber(begin)) void fetch(begin - 1, []);
  };
  const changed = (now: Letter) => {
    setLetters((all) => all?.map((old) => (old.id === now.id ? now : old)));
    touched();
  };
  const looked = wanted.trim().toLocaleLowerCase();
  const shown = (letters ?? []).filter((l) => words(l).includes(looked));
  return (
    <section aria-labelledby="batch-letters">
      <h2 id="batch-letters">{t("ltLetters")}</h2>
      <p class="help">{t("ltLettersHelp")}</p>
      <form class="plan row fields" noValidate onSubmit={start}>
        <NumberField label={t("ltBegin")} value={begin} min={1} max={LAST_PLACE} set={setBegin} />
        <button type="submit" class="plain" aria-disabled={read.busy}>
          {t("ltBeginGo")}
        </button>
      </form>
      <Problem problem={read.problem} />
      {letters && (
        <>
          {letters.length > 0 && <TextField label={t("ltFilter")} help={t("ltFilterHelp")} value={wanted} set={setWanted} />}
          <p ref={list} role="status" tabIndex={-1}>
            {letters.length === 0
              ? t("ltLettersNone")
              : looked
                ? t("ltFound", { n: number(shown.length), all: number(letters.length) })
                : t("ltShown", { n: number(letters.length) })}
          </p>
          <ul class="cards">
            {shown.map((l) => (
              <LetterCard key={l.id} letter={l} over={over} drawn={drawn.includes(l.part ?? 0)} changed={changed} />
            ))}
          </ul>
          {next !== undefined && (
            <button type="button" class="plain" aria-disabled={read.busy} onClick={() => void fetch(next, letters)}>
              {t("more")}
            </button>
          )}
        </>
      )}
    </section>
  );
}

type CardProps = {
  letter: Letter;
  changed: (now: Letter) => void;
  over?: boolean;
  /** Whether it leads to its batch. */
  leads?: boolean;
  /** Whether its part is being drawn; as the letter says itself where it is not told. */
  drawn?: boolean;
};

export function LetterCard({ letter: l, changed, over, leads, drawn = l.being_drawn }: CardProps) {
  const zone = useWho().town.time_zone;
  const [ask, setAsk] = useState(false);
  const [why, setWhy] = useState("");
  const [tried, setTried] = useState(false);
  const [done, setDone] = useState<"out" | "back">();
  const path = { letter_id: l.id };
  const out = useDeed((body: Schemas["LetterTakenOutIn"], header) =>
    take(api.POST("/staff/v1/letters/{letter_id}/take-out", { params: { path, header }, body })),
  );
  const back = useDeed((_: "back", header) => take(api.POST("/staff/v1/letters/{letter_id}/put-back", { params: { path, header } })));
  const takeOut = async (sure: boolean) => {
    const chosen = OUT.find((o) => o === why);
    if (sure && !chosen) {
      setTried(true);
      document.getElementById(`out-${l.id}`)?.focus();
      return;
    }
    setAsk(false);
    if (!sure || !chosen) return;
    back.forget();
    setDone(undefined);
    if (!(await out.run({ why: chosen }))) return;
    setDone("out");
    changed({ ...l, state: "taken_out", taken_out_why: chosen });
  };
  const putBack = async () => {
    out.forget();
    setDone(undefined);
    if (!(await back.run("back"))) return;
    setDone("back");
    changed({ ...l, state: "batched", taken_out_why: undefined });
  };
  const address = addressOf(l);
  return (
    <li>
      <strong dir="auto">{l.name}</strong>
      <span class={`badge letter-${l.state}`}>{word("ltIs", l.state)}</span>
      <span class="meta" dir="auto">
        {address || t("ltNoAddress")}
      </span>
      <span class="meta">
        <bdi>{l.subject}</bdi> · {word("lang", l.language)}
        {l.large_print && <> · {t("ltLarge")}</>}
        {l.pages !== undefined && l.pages !== null && <> · {l.pages === 1 ? t("ltSheets_1") : t("ltSheets", { n: number(l.pages) })}</>}
      </span>
      <span class="meta">
        {l.sequence !== undefined && l.sequence !== null && <>{t("ltPlace", { n: number(l.sequence) })} · </>}
        <span class="reference">{l.reference}</span>
        {l.posted_at && <> · {when(language, zone, l.posted_at)}</>}
      </span>
      {drawn && l.state === "batched" && <span class="meta">{t("ltBeingDrawn")}</span>}
      {l.taken_out_why && <span class="meta">{word("ltOutWhy", l.taken_out_why)}</span>}
      {l.returned_why && (
        <span class="meta">
          {t("ltReturnedSaid", { time: when(language, zone, l.returned_at), why: word("ltReturn", l.returned_why), name: l.returned_by ?? "–" })}
        </span>
      )}
      {l.state === "batched" && !over && (l.not_to_send ? <Notice kind="error">{t("ltMustOut")}</Notice> : !l.still_due && <Notice>{t("ltNotDue")}</Notice>)}
      {done && (
        <Notice kind="ok" focus key={done}>
          <bdi>{t(done === "out" ? "ltOutDone" : "ltBackDone", { name: l.name })}</bdi>
        </Notice>
      )}
      <Problem problem={out.problem ?? back.problem} />
      <div class="row helping">
        {!over && l.state === "batched" && (
          <button
            type="button"
            class="plain"
            aria-disabled={out.busy}
            aria-label={t("ltOutOf", { name: l.name })}
            onClick={() => {
              setTried(false);
              setWhy(l.not_to_send ?? "");
              setAsk(true);
            }}
          >
            {t("ltOut")}
          </button>
        )}
        {!over && l.state === "taken_out" && (
          <button type="button" class="plain" aria-disabled={back.busy} aria-label={t("ltBackOf", { name: l.name })} onClick={() => void putBack()}>
            {t("ltBack")}
          </button>
        )}
        <Link href={`/counter/${l.resident_id}`}>{t("ringOpen")}</Link>
        {leads && <Link href={`/letters/${l.batch_id}`}>{t("ltOpenBatch")}</Link>}
      </div>
      {ask && (
        <Ask text={t("ltOutOf", { name: l.name })} yes={t("ltOut")} done={(sure) => void takeOut(sure)}>
          <p class="help">{t("ltOutHelp")}</p>
          <Select
            id={`out-${l.id}`}
            label={t("ltOutWhy")}
            value={why}
            wrong={tried && !why ? t("ltOutWhyWanted") : undefined}
            set={setWhy}
            of={[{ value: "", label: t("choose") }, ...OUT.map((o) => ({ value: o, label: word("ltOutWhy", o) }))]}
          />
        </Ask>
      )}
    </li>
  );
}
