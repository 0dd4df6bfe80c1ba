// Parents who are not to act for a child, whatever the register says: who is, and blocking another.
import { useEffect, useRef, useState } from "preact/hooks";
import { Link } from "wouter-preact";
import { type Schemas, api, take } from "./api";
import { type Resident, useDeed } from "./counter-parts";
import { Somebody, nameOf } from "./counter-somebody";
import { age, date, today } from "./counter-time";
import { type Reason, keepWhy } from "./counter-why";
import { language, t, word } from "./texts";
import { when } from "./time";
import { Ask, HALF, Problem, Select, WhenField, useWho } from "./ui";

type Blocked = Schemas["BlockedParentOut"];
type BlockReason = Schemas["BlockReason"];

const WHYS: BlockReason[] = ["court", "safety", "mistake"];
const OF_AGE = 18;

type Props = { person: Resident; reason: Reason; blocked: Blocked[]; told: (text: string) => void; again: () => void };

export function Parents({ person, reason, blocked, told, again }: Props) {
  const { town } = useWho();
  const [open, setOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  // Without a birth date nobody is taken for a child.
  const isMinor = !!person.birth_date && age(person.birth_date, today(town.time_zone)) < OF_AGE;
  if (!isMinor && blocked.length === 0) return null;
  return (
    <>
      <h3>{t("pbTitle")}</h3>
      <p class="help">{t("pbHelp")}</p>
      {blocked.length === 0 && <p class="help">{t("pbNone")}</p>}
      <ul class="cards">
        {blocked.map((b) => (
          <One key={`${b.child_id} ${b.parent_id}`} of={b} person={person} reason={reason} told={told} again={again} />
        ))}
      </ul>
      {open ? (
        <Block
          child={person}
          reason={reason}
          done={(name) => {
            setOpen(false);
            told(t("pbBlocked", { name }));
          }}
          close={() => {
            setOpen(false);
            setTimeout(() => button.current?.focus());
          }}
        />
      ) : (
        isMinor && (
          <button ref={button} type="button" class="plain" onClick={() => setOpen(true)}>
            {t("pbBlock")}
          </button>
        )
      )}
    </>
  );
}

type OneProps = Omit<Props, "blocked"> & { of: Blocked };

function One({ of, person, reason, told, again }: OneProps) {
  const { me, town } = useWho();
  const [ask, setAsk] = useState(false);
  const ofThis = of.child_id === person.id;
  const other = ofThis ? of.parent_id : of.child_id;
  const path = { resident_id: of.child_id, parent_id: of.parent_id };
  const unblock = useDeed(
    (_: "unblock", header) =>
      take(api.DELETE("/staff/v1/residents/{resident_id}/parents/{parent_id}/block", { params: { path, query: { reason }, header } })),
    again,
  );
  const end = async (sure: boolean) => {
    setAsk(false);
    if (sure && (await unblock.run("unblock"))) told(t("pbUnblocked"));
  };
  return (
    <li>
      <strong>{t(ofThis ? "pbOfThis" : "pbIsThis")}</strong>
      <span class="meta">{of.until_on ? t("pbUntil", { day: date(of.until_on) }) : t("pbNoEnd")}</span>
      <span class="meta">
        <bdi>{t("pbSaid", { why: word("pbWhy", of.why), time: when(language, town.time_zone, of.blocked_at), name: of.blocked_by })}</bdi>
      </span>
      <Problem problem={unblock.problem} />
      <div class="row helping">
        <Link href={`/counter/${other}`} onClick={() => keepWhy(me.id, other, reason)}>
          {t(ofThis ? "pbOpenParent" : "pbOpenChild")}
        </Link>
        <button type="button" class="plain" aria-disabled={unblock.busy} onClick={() => setAsk(true)}>
          {t("pbUnblock")}
        </button>
      </div>
      {ask && <Ask text={t("pbUnblockAsk")} yes={t("pbUnblock")} danger done={(sure) => void end(sure)} />}
    </li>
  );
}

type BlockProps = { child: Resident; reason: Reason; done: (name: string) => void; close: () => void };

function Block({ child, reason, done, close }: BlockProps) {
  const now = today(useWho().town.time_zone);
  const [parent, setParent] = useState<Resident>();
  const [why, setWhy] = useState("");
  const [until, setUntil] = useState("");
  const [tried, setTried] = useState(false);
  const [ask, setAsk] = useState(false);
  const heading = useRef<HTMLHeadingElement>(null);
  const whole = useRef<HTMLElement>(null);
  useEffect(() => heading.current?.focus(), []);
  const block = useDeed((w: { parent: string; body: Schemas["ParentBlocking"] }) =>
    take(
      api.PUT("/staff/v1/residents/{resident_id}/parents/{parent_id}/block", {
        params: { path: { resident_id: child.id, parent_id: w.parent } },
        body: w.body,
      }),
    ),
  );
  const chosen = WHYS.find((w) => w === why);
  const late = until === HALF || (until !== "" && until < now);
  const send = (e: SubmitEvent) => {
    e.preventDefault();
    setTried(true);
    if (parent && chosen && !late) setAsk(true);
    else setTimeout(() => whole.current?.querySelector<HTMLElement>("[aria-invalid=true]")?.focus());
  };
  const sure = async (yes: boolean) => {
    setAsk(false);
    if (!yes || !parent || !chosen) return;
    if (await block.run({ parent: parent.id, body: { why: chosen, until_on: until || undefined, reason } })) done(nameOf(parent));
  };
  return (
    <section ref={whole} class="group" aria-labelledby="parent-block">
      <h3 id="parent-block" ref={heading} tabIndex={-1}>
        {t("pbBlockTitle")}
      </h3>
      <Somebody
        id="parent-who"
        title={t("pbWho")}
        reason={reason}
        chosen={parent}
        set={(p) => {
          setParent(p);
          block.forget();
        }}
        wrong={tried && !parent ? t("mdFoundWanted") : undefined}
      />
      <form class="plan" aria-labelledby="parent-block" noValidate onSubmit={send}>
        <Select
          label={t("pbWhy")}
          value={why}
          wrong={tried && !chosen ? t("pbWhyWanted") : undefined}
          set={setWhy}
          of={[{ value: "", label: t("choose") }, ...WHYS.map((w) => ({ value: w, label: word("pbWhy", w) }))]}
        />
        <WhenField kind="date" label={t("pbLast")} help={t("pbLastHelp")} value={until} wrong={late ? t("pbLastPast") : undefined} set={setUntil} />
        <Problem problem={block.problem} />
        <div class="row">
          <button type="submit" class="danger" aria-disabled={block.busy}>
            {t(block.busy ? "busy" : "pbYes")}
          </button>
          <button type="button" class="plain" onClick={close}>
            {t("cancel")}
          </button>
        </div>
      </form>
      {ask && <Ask text={t("pbAsk")} about={parent && nameOf(parent)} yes={t("pbYes")} danger done={(yes) => void sure(yes)} />}
    </section>
  );
}
