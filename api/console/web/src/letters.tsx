// Letters on paper: the batches, a letter that somebody asks about, what the post brought back, and the addresses that are to be checked.
import { useState } from "preact/hooks";
import { Link, useLocation } from "wouter-preact";
import { Refused, type Schemas, api, take } from "./api";
import { Late, useDeed, useRead } from "./counter-parts";
import { madeSaid } from "./letters-batch";
import { LetterCard } from "./letters-list";
import { language, number, t, word } from "./texts";
import { when } from "./time";
import { Notice, Problem, Select, TextField, Title, useEvery, useWho } from "./ui";

export { BatchPage } from "./letters-batch";

type Batch = Schemas["LetterBatchOut"];
type Why = Schemas["ReturnReason"];
type Unsure = Schemas["AddressToCheckOut"];

const WHYS: Why[] = ["unknown", "moved", "refused", "incomplete", "full_box", "deceased"];
/** In milliseconds, while a batch is being made. */
const OFTEN = 5_000;
/** What the server lists at the most. */
const MOST_ADDRESSES = 500;
/** What the server reads of a reference. */
const MOST_REFERENCE = 40;

const isCode = (problem: unknown, code: string) => problem instanceof Refused && problem.code === code;

export function Letters() {
  const [found, problem, again] = useRead(() => take(api.GET("/staff/v1/letter-batches")), []);
  useEvery(found?.batches.some((b) => b.state === "making") ? OFTEN : undefined, again);
  return (
    <>
      <Title>{t("pageLetters")}</Title>
      <p class="help">{t("ltHelp")}</p>
      <Problem problem={problem} again={again} />
      {!found && !problem && <p role="status">{t("loading")}</p>}
      {found && <Batches batches={found.batches} available={found.available} again={again} />}
      {found && <Find />}
      {found && <Returned />}
      {found && (
        <Late title={t("ltCheck")} help={t("ltCheckHelp")} read={() => take(api.GET("/staff/v1/addresses-to-check"))}>
          {(all, anew) => <ToCheck all={all} again={anew} />}
        </Late>
      )}
    </>
  );
}

function Batches({ batches, available, again }: { batches: Batch[]; available: boolean; again: () => void }) {
  const zone = useWho().town.time_zone;
  const [, go] = useLocation();
  const make = useDeed((_: "make", header) => take(api.POST("/staff/v1/letter-batches", { params: { header } })), again);
  const press = async () => {
    const answer = await make.run("make");
    if (answer) go(`/letters/${answer.done.id}`);
  };
  return (
    <section aria-labelledby="batches">
      <h2 id="batches">{t("ltBatches")}</h2>
      {available ? (
        <>
          <p class="help" id="make-help">
            {t("ltMakeHelp")}
          </p>
          <div class="row">
            <button type="button" aria-disabled={make.busy} aria-describedby="make-help" onClick={() => void press()}>
              {t(make.busy ? "busy" : "ltMake")}
            </button>
          </div>
        </>
      ) : (
        <Notice>{t("ltOff")}</Notice>
      )}
      <Problem problem={make.problem} />
      {batches.length === 0 && <p class="help">{t("ltBatchesNone")}</p>}
      <ul class="cards">
        {batches.map((b) => (
          <li key={b.id}>
            <Link href={`/letters/${b.id}`}>{t("ltBatch", { n: b.number })}</Link>
            <span class={`badge letters-${b.state}`}>{word("ltBatchIs", b.state)}</span>
            <span class="meta">
              {t("ltCount", { n: number(b.letters) })} · {madeSaid(b, zone)}
            </span>
            {b.posted_at ? (
              <span class="meta">{t("ltPosted", { time: when(language, zone, b.posted_at), name: b.posted_by ?? "–" })}</span>
            ) : (
              b.printed_at && (
                <span class="meta">{t("ltPrinted", { time: when(language, zone, b.printed_at), name: b.printed_by ?? "–" })}</span>
              )
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}

/** A letter by its reference, whichever batch it is in. */
function Find() {
  const [reference, setReference] = useState("");
  const [tried, setTried] = useState(false);
  const [letters, setLetters] = useState<Schemas["LetterOut"][]>();
  const look = useDeed((w: { reference: string }) => take(api.GET("/staff/v1/letters", { params: { query: w } })));
  const search = async (e: SubmitEvent) => {
    e.preventDefault();
    setTried(true);
    if (!reference.trim()) {
      document.getElementById("letter-reference")?.focus();
      return;
    }
    setLetters(undefined);
    const answer = await look.run({ reference: reference.trim().slice(0, MOST_REFERENCE) });
    if (answer) setLetters(answer.done);
  };
  return (
    <section aria-labelledby="letter-find">
      <h2 id="letter-find">{t("ltFind")}</h2>
      <form class="plan" role="search" aria-labelledby="letter-find" noValidate onSubmit={(e) => void search(e)}>
        <TextField
          id="letter-reference"
          label={t("ltReference")}
          help={t("ltFindHelp")}
          value={reference}
          wrong={tried && !reference.trim() ? t("ltReferenceWanted") : undefined}
          set={(r) => {
            setReference(r);
            setTried(false);
          }}
        />
        <button type="submit" aria-disabled={look.busy}>
          {t("ltFindGo")}
        </button>
      </form>
      <Problem problem={look.problem} />
      {letters?.length === 0 && <p role="status">{t("ltFindNone")}</p>}
      {letters && letters.length > 0 && (
        <ul class="cards">
          {letters.map((letter) => (
            <LetterCard key={letter.id} letter={letter} leads changed={(now) => setLetters([now])} />
          ))}
        </ul>
      )}
    </section>
  );
}

/** What the post brought back: the reason once, and then one envelope after the other. */
function Returned() {
  const [why, setWhy] = useState("");
  const [reference, setReference] = useState("");
  const [tried, setTried] = useState(false);
  const [noted, setNoted] = useState<{ reference: string; why: Why }[]>([]);
  /** That there is no letter with what was read last. */
  const [nobodys, setNobodys] = useState<string>();
  const note = useDeed((body: Schemas["LetterReturnedIn"], header) =>
    take(api.POST("/staff/v1/letters/returned", { params: { header }, body })),
  );
  const ready = () => {
    const field = document.getElementById("returned-reference");
    field?.focus();
    // What a scanner reads next takes its place.
    if (field instanceof HTMLInputElement) field.select();
  };
  const send = async (e: SubmitEvent) => {
    e.preventDefault();
    setTried(true);
    setNobodys(undefined);
    const chosen = WHYS.find((w) => w === why);
    if (!chosen) {
      document.getElementById("returned-why")?.focus();
      return;
    }
    const typed = reference.trim();
    if (!typed) {
      ready();
      return;
    }
    const answer = await note.run({ reference: typed.slice(0, MOST_REFERENCE), why: chosen });
    if (answer) {
      setNoted((all) => [{ reference: typed.toUpperCase(), why: chosen }, ...all]);
      setReference("");
      setTried(false);
    } else setNobodys(typed.toUpperCase());
    setTimeout(ready);
  };
  const gone = isCode(note.problem, "not_found");
  const wanted = tried && !!why && !reference.trim();
  return (
    <section aria-labelledby="returned">
      <h2 id="returned">{t("ltReturned")}</h2>
      <p class="help">{t("ltReturnedHelp")}</p>
      <form class="plan" noValidate onSubmit={(e) => void send(e)}>
        <Select
          id="returned-why"
          label={t("ltReturnedWhy")}
          value={why}
          wrong={tried && !why ? t("ltReturnedWhyWanted") : undefined}
          set={setWhy}
          of={[{ value: "", label: t("choose") }, ...WHYS.map((w) => ({ value: w, label: word("ltReturn", w) }))]}
        />
        <TextField
          id="returned-reference"
          label={t("ltReference")}
          help={t("ltFindHelp")}
          value={reference}
          wrong={gone && nobodys ? t("ltReturnedGone", { reference: nobodys }) : wanted ? t("ltReferenceWanted") : undefined}
          set={(r) => {
            setReference(r);
            setTried(false);
            note.forget();
          }}
        />
        <button type="submit" aria-disabled={note.busy}>
          {t(note.busy ? "busy" : "ltReturnedGo")}
        </button>
      </form>
      {!gone && <Problem problem={note.problem} />}
      <div role="status">
        {noted[0] && <p>{t("ltReturnedDone", { reference: noted[0].reference, why: word("ltReturn", noted[0].why) })}</p>}
      </div>
      {noted.length > 1 && (
        <ul class="plain">
          {noted.slice(1).map((n, at) => (
            <li key={noted.length - at}>{t("ltReturnedDone", { reference: n.reference, why: word("ltReturn", n.why) })}</li>
          ))}
        </ul>
      )}
    </section>
  );
}

function ToCheck({ all, again }: { all: Unsure[]; again: () => void }) {
  const zone = useWho().town.time_zone;
  const [done, setDone] = useState<string>();
  const check = useDeed(
    (w: { resident_id: string }, header) =>
      take(api.DELETE("/staff/v1/addresses-to-check/{resident_id}", { params: { path: w, header } })),
    again,
  );
  const name = (u: Unsure) => u.name || t("ltCheckNobody");
  const press = async (u: Unsure) => {
    setDone(undefined);
    if (!(await check.run({ resident_id: u.resident_id }))) return;
    setDone(name(u));
    again();
  };
  return (
    <>
      {done && (
        <Notice kind="ok" focus key={done}>
          <bdi>{t("ltCheckedDone", { name: done })}</bdi>
        </Notice>
      )}
      {/* A colleague was first: the list as it is now says so. */}
      {!isCode(check.problem, "not_found") && <Problem problem={check.problem} />}
      {all.length === 0 && <p class="help">{t("ltCheckNone")}</p>}
      {all.length >= MOST_ADDRESSES && <p class="help">{t("ltCheckMost")}</p>}
      <ul class="cards">
        {all.map((u) => (
          <li key={u.resident_id}>
            {u.name ? (
              <Link href={`/counter/${u.resident_id}`}>
                <bdi>{u.name}</bdi>
              </Link>
            ) : (
              name(u)
            )}
            <span class="meta">
              {t("ltCheckNoted", { why: word("ltReturn", u.why), time: when(language, zone, u.noted_at), name: u.noted_by })}
            </span>
            <div class="row helping">
              <button
                type="button"
                class="plain"
                aria-disabled={check.busy}
                aria-label={t("ltCheckedOf", { name: name(u) })}
                onClick={() => void press(u)}
              >
                {t("ltChecked")}
              </button>
            </div>
          </li>
        ))}
      </ul>
    </>
  );
}
