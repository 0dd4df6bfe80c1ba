// A mandate that is written down at the counter: with both present, or by a paper of which a colleague confirms an order of a court.
import { useEffect, useId, useRef, useState } from "preact/hooks";
import { type Schemas, api, take } from "./api";
import { type Resident, useDeed } from "./counter-parts";
import { Somebody, nameOf } from "./counter-somebody";
import { today } from "./counter-time";
import type { Reason } from "./counter-why";
import { t, word } from "./texts";
import { isLikely } from "./time";
import { Check, HALF, Problem, Select, WhenField, useWho } from "./ui";

type Basis = Exclude<Schemas["MandateBasis"], "parent">;
type Mode = Schemas["MandateMode"];
type Verb = Schemas["MandateVerb"];
type Kind = Schemas["MandateKind"];
type Side = "given" | "held";

const BASES: Basis[] = ["given", "counter_once", "care_proxy", "court_person", "court_goods"];
const MODES: Mode[] = ["represent", "assist"];
const VERBS: Verb[] = ["see", "be_told", "book", "ask"];
const KINDS: Kind[] = ["documents", "visits", "messages", "cases"];
const SIDES: Side[] = ["given", "held"];
const OTHER = "mandate-other";

const isByCourt = (basis: Basis) => basis === "court_person" || basis === "court_goods";
/** Whether it rests on a paper that was seen, and not on both being there. */
const isOnPaper = (basis: Basis) => isByCourt(basis) || basis === "care_proxy";

/** The last day that a mandate from a day may have: two years on, which no leap year has on its own day. */
function latest(from: string): string {
  const [year, ...rest] = from.split("-");
  const day = rest.join("-");
  return `${Number(year) + 2}-${day === "02-29" ? "02-28" : day}`;
}

type Draft = { side: Side; other?: Resident; basis: Basis; mode: Mode; verbs: Verb[]; kinds: Kind[]; from: string; until: string; both: boolean; proof: string };
type Wrong = Partial<Record<"other" | "verbs" | "kinds" | "from" | "until" | "both" | "proof", string>>;

const isDay = (day: string) => day !== "" && day !== HALF;

/** What is at fault, as the server would say it. */
function faults(d: Draft, now: string): Wrong {
  const wrong: Wrong = {};
  if (!d.other) wrong.other = t("mdFoundWanted");
  if (d.verbs.length === 0) wrong.verbs = t("mdWhatWanted");
  if (d.kinds.length === 0) wrong.kinds = t("mdWhatWanted");
  if (d.basis !== "counter_once") {
    const byCourt = isByCourt(d.basis);
    if (!isDay(d.from) || !isLikely(d.from)) wrong.from = t("mdDayWanted");
    else if (!byCourt && d.from < now) wrong.from = t("mdFirstPast");
    if (d.until === HALF || (!byCourt && d.until === "")) wrong.until = t("mdDayWanted");
    else if (d.until && (d.until < now || (isDay(d.from) && d.until < d.from))) wrong.until = t("mdLastFirst");
    else if (d.until && !byCourt && !wrong.from && d.until > latest(d.from)) wrong.until = t("mdLastLong");
  }
  if (isOnPaper(d.basis) ? !isDay(d.proof) : !d.both) {
    if (isOnPaper(d.basis)) wrong.proof = t("mdDayWanted");
    else wrong.both = t("mdBothWanted");
  }
  return wrong;
}

type Props = { person: Resident; reason: Reason; gave: (text: string) => void; close: () => void };

export function Give({ person, reason, gave, close }: Props) {
  const now = today(useWho().town.time_zone);
  const [draft, setDraft] = useState<Draft>(() => ({
    side: "given",
    basis: "given",
    mode: "represent",
    verbs: ["see", "be_told", "book"],
    kinds: ["documents", "visits"],
    from: now,
    until: "",
    both: false,
    proof: "",
  }));
  const [tried, setTried] = useState(false);
  const heading = useRef<HTMLHeadingElement>(null);
  const whole = useRef<HTMLElement>(null);
  useEffect(() => heading.current?.focus(), []);
  const give = useDeed((body: Schemas["MandateGiving"], header) => take(api.POST("/staff/v1/mandates", { params: { header }, body })));
  const set = (part: Partial<Draft>) => {
    setDraft({ ...draft, ...part });
    give.forget();
  };
  const all = faults(draft, now);
  const wrong = tried ? all : {};
  const { basis, other } = draft;
  const byCourt = isByCourt(basis);
  const onPaper = isOnPaper(basis);
  const once = basis === "counter_once";
  const send = async (e: SubmitEvent) => {
    e.preventDefault();
    setTried(true);
    if (!other || Object.keys(all).length > 0) {
      // Once what is wrong stands there.
      setTimeout(() => whole.current?.querySelector<HTMLElement>("[aria-invalid=true], fieldset.wrong input")?.focus());
      return;
    }
    const [grantor, holder] = draft.side === "given" ? [person, other] : [other, person];
    const answer = await give.run({
      grantor_id: grantor.id,
      holder_id: holder.id,
      basis,
      mode: draft.mode,
      verbs: draft.verbs,
      kinds: draft.kinds,
      from_on: once ? now : draft.from,
      until_on: (once ? now : draft.until) || undefined,
      both_present: !onPaper && draft.both,
      proof_on: onPaper ? draft.proof : undefined,
      reason,
    });
    if (answer) gave(t(byCourt ? "mdProposedIt" : "mdGaveIt"));
  };
  const name = nameOf(person);
  return (
    <section ref={whole} class="group" aria-labelledby="mandate-give">
      <h3 id="mandate-give" ref={heading} tabIndex={-1}>
        {t("mdGiveTitle")}
      </h3>
      <Somebody id={OTHER} title={t("mdOther")} reason={reason} chosen={other} set={(o) => set({ other: o })} wrong={wrong.other} />
      <form class="plan" aria-labelledby="mandate-give" noValidate onSubmit={(e) => void send(e)}>
        <fieldset>
          <legend>{t("mdSide")}</legend>
          {SIDES.map((side) => (
            <label key={side} class="check">
              <input type="radio" name="mandate-side" checked={draft.side === side} onChange={() => set({ side })} />
              <bdi>{t(`mdSide_${side}` as const, { name })}</bdi>
            </label>
          ))}
        </fieldset>
        <Select
          label={t("mdBasisWhy")}
          help={byCourt ? t("mdCourtHelp") : undefined}
          value={basis}
          set={(b) => set({ basis: BASES.find((known) => known === b) ?? basis })}
          of={BASES.map((b) => ({ value: b, label: word("mdBasis", b) }))}
        />
        <Select
          label={t("mdMode")}
          value={draft.mode}
          set={(m) => set({ mode: m === "assist" ? "assist" : "represent" })}
          of={MODES.map((m) => ({ value: m, label: word("mdMode", m) }))}
        />
        <Boxes
          legend={t("mdWhat")}
          of={VERBS}
          prefix="mdVerb"
          value={draft.verbs}
          set={(verbs) => set({ verbs })}
          wrong={wrong.verbs}
        />
        <Boxes legend={t("mdWith")} of={KINDS} prefix="mdKind" value={draft.kinds} set={(kinds) => set({ kinds })} wrong={wrong.kinds} />
        {once ? (
          <p>{t("mdOnce")}</p>
        ) : (
          <>
            <WhenField kind="date" label={t("mdFirst")} value={draft.from} wrong={wrong.from} set={(from) => set({ from })} />
            <WhenField
              kind="date"
              label={t("mdLast")}
              help={t(byCourt ? "mdLastCourtHelp" : "mdLastHelp")}
              value={draft.until}
              wrong={wrong.until}
              set={(until) => set({ until })}
            />
          </>
        )}
        {onPaper ? (
          <WhenField kind="date" label={t("mdProofOn")} help={t("mdProofOnHelp")} value={draft.proof} wrong={wrong.proof} set={(proof) => set({ proof })} />
        ) : (
          <Check label={t("mdBoth")} value={draft.both} wrong={wrong.both} set={(both) => set({ both })} />
        )}
        <Problem problem={give.problem} />
        <div class="row">
          <button type="submit" aria-disabled={give.busy}>
            {t(give.busy ? "busy" : byCourt ? "mdProposeYes" : "mdGiveYes")}
          </button>
          <button type="button" class="plain" onClick={close}>
            {t("cancel")}
          </button>
        </div>
      </form>
    </section>
  );
}

type BoxesProps<T extends string> = { legend: string; of: readonly T[]; prefix: string; value: T[]; set: (value: T[]) => void; wrong?: string };

/** Several of a few. */
function Boxes<T extends string>({ legend, of, prefix, value, set, wrong }: BoxesProps<T>) {
  const id = useId();
  return (
    <fieldset class={wrong ? "wrong" : ""} aria-describedby={wrong ? id : undefined}>
      <legend>{legend}</legend>
      {of.map((one) => (
        <label key={one} class="check">
          <input
            type="checkbox"
            checked={value.includes(one)}
            onChange={(e) => set(e.currentTarget.checked ? [...value, one] : value.filter((v) => v !== one))}
          />
          {word(prefix, one)}
        </label>
      ))}
      {wrong && (
        <p id={id} class="fault">
          {wrong}
        </p>
      )}
    </fieldset>
  );
}
