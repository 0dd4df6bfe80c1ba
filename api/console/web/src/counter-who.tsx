// A visitor who is not in the register: how they are reached, as it is asked when one books and put right later.
import { useEffect, useRef, useState } from "preact/hooks";
import { Refused, type Schemas, api, take } from "./api";
import { Late, type Visit, useDeed } from "./counter-parts";
import { date, today } from "./counter-time";
import type { Reason } from "./counter-why";
import { t } from "./texts";
import { HALF, Notice, Problem, TextField, WhenField, useWho } from "./ui";

/** How a visitor is reached, as it is typed. */
export type Reach = { phone: string; email: string; born: string };
export const NO_REACH: Reach = { phone: "", email: "", born: "" };

const MOST_PHONE = 40;
const MOST_EMAIL = 254;
const MOST_NAME = 100;

/** A birth date that is half typed, or lies ahead, is none; before anything is sent. */
export const bornWrong = (zone: string, born: string) => (born === HALF || (born && born > today(zone)) ? t("visitorBornWrong") : undefined);

/** Which field a refusal is about. */
const isAt = (problem: unknown, field: string) => problem instanceof Refused && problem.code === "body_invalid" && problem.field === field;

/** Whether a refusal is about one of these fields, and said there. */
export const isOfReach = (problem: unknown, prefix: string) => ["phone", "email", "birth_date"].some((f) => isAt(problem, `${prefix}${f}`));

const isLong = (text: string, most: number) => [...text.trim()].length > most;
/** Whether more is typed than can be kept, which is said at its field. */
export const isLongReach = (reach: Reach) => isLong(reach.phone, MOST_PHONE) || isLong(reach.email, MOST_EMAIL);

type FieldsProps = { value: Reach; set: (part: Partial<Reach>) => void; problem: unknown; /** What the fields of the request begin with. */ prefix: string };

export function ReachFields({ value, set, problem, prefix }: FieldsProps) {
  const zone = useWho().town.time_zone;
  const said = (field: string, text: string) => (isAt(problem, `${prefix}${field}`) ? text : undefined);
  return (
    <>
      <TextField
        label={t("visitorPhone")}
        type="tel"
        value={value.phone}
        max={MOST_PHONE}
        wrong={isLong(value.phone, MOST_PHONE) ? t("wrong_long", { max: MOST_PHONE }) : said("phone", t("visitorPhoneWrong"))}
        set={(phone) => set({ phone })}
      />
      <TextField
        label={t("visitorEmail")}
        type="text"
        value={value.email}
        max={MOST_EMAIL}
        wrong={isLong(value.email, MOST_EMAIL) ? t("wrong_long", { max: MOST_EMAIL }) : said("email", t("visitorEmailWrong"))}
        set={(email) => set({ email })}
      />
      <WhenField
        kind="date"
        label={t("visitorBorn")}
        help={t("visitorBornHelp")}
        value={value.born}
        wrong={bornWrong(zone, value.born) ?? said("birth_date", t("visitorBornWrong"))}
        set={(born) => set({ born })}
      />
    </>
  );
}

type Visitor = Schemas["VisitorOut"];

/** Who comes to a visit of nobody of the register: read once it is opened, as each look is written down. */
export function VisitorFacts({ visit, reason, renamed }: { visit: Visit; reason: Reason; renamed: (name: string) => void }) {
  const params = { path: { appointment_id: visit.id }, query: { reason } };
  return (
    <Late title={t("visitorTitle")} read={() => take(api.GET("/staff/v1/appointments/{appointment_id}/visitor", { params }))}>
      {(found, again) => <Known key={found.version} visit={visit} found={found} again={again} reason={reason} renamed={renamed} />}
    </Late>
  );
}

type KnownProps = { visit: Visit; found: Visitor; again: () => void; reason: Reason; renamed: (name: string) => void };

function Known({ visit, found, again, reason, renamed }: KnownProps) {
  const zone = useWho().town.time_zone;
  const [now, setNow] = useState(found);
  const [draft, setDraft] = useState<Reach & { name: string }>();
  const [saved, setSaved] = useState(false);
  // What was pressed goes: the focus goes to what comes in its place.
  const form = useRef<HTMLFormElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const was = useRef(false);
  const isOpen = draft !== undefined;
  useEffect(() => {
    if (isOpen) form.current?.querySelector("input")?.focus();
    else if (was.current && !saved) button.current?.focus();
    was.current = isOpen;
  }, [isOpen]);
  const edit = useDeed((body: Schemas["VisitorEdit"]) =>
    take(api.PUT("/staff/v1/appointments/{appointment_id}/visitor", { params: { path: { appointment_id: visit.id } }, body })),
  );
  const isLongName = draft && isLong(draft.name, MOST_NAME);
  const nameless = draft && (isLongName ? t("receptionNameLong") : !draft.name.trim() ? t("bookVisitorWanted") : undefined);
  const save = async (e: SubmitEvent) => {
    e.preventDefault();
    if (!draft) return;
    if (nameless || isLongReach(draft) || bornWrong(zone, draft.born)) {
      form.current?.querySelector<HTMLElement>(".field.wrong input")?.focus();
      return;
    }
    const { name, phone, email, born } = draft;
    const answer = await edit.run({
      version: now.version,
      name: name.trim(),
      phone: phone.trim() || undefined,
      email: email.trim() || undefined,
      birth_date: born || undefined,
      reason,
    });
    if (!answer) return;
    setNow(answer.done);
    setDraft(undefined);
    setSaved(true);
    renamed(answer.done.name);
  };
  const gone = edit.problem instanceof Refused && edit.problem.code === "not_found";
  if (!draft) {
    return (
      <>
        {saved && (
          <Notice kind="ok" focus>
            {t("visitorSaved")}
          </Notice>
        )}
        <dl class="facts">
          <dt>{t("bookVisitor")}</dt>
          <dd dir="auto">{now.name}</dd>
          <dt>{t("visitorPhone")}</dt>
          <dd>{now.phone ? <a href={`tel:${now.phone}`}>{now.phone}</a> : t("visitorUnknown")}</dd>
          <dt>{t("visitorEmail")}</dt>
          <dd>{now.email ? <a href={`mailto:${now.email}`}>{now.email}</a> : t("visitorUnknown")}</dd>
          <dt>{t("visitorBorn")}</dt>
          <dd>{now.birth_date ? date(now.birth_date) : t("visitorUnknown")}</dd>
        </dl>
        <button
          ref={button}
          type="button"
          class="plain"
          onClick={() => {
            setSaved(false);
            setDraft({ name: now.name, phone: now.phone ?? "", email: now.email ?? "", born: now.birth_date ?? "" });
          }}
        >
          {t("visitorEdit")}
        </button>
      </>
    );
  }
  return (
    <form ref={form} onSubmit={(e) => void save(e)} noValidate>
      <TextField
        label={t("bookVisitor")}
        value={draft.name}
        max={MOST_NAME}
        wrong={nameless}
        set={(name) => setDraft({ ...draft, name })}
      />
      <ReachFields value={draft} set={(part) => setDraft({ ...draft, ...part })} problem={edit.problem} prefix="" />
      {gone && <Notice kind="error">{t("visitorGone")}</Notice>}
      {!gone && !isOfReach(edit.problem, "") && <Problem problem={edit.problem} again={edit.problem instanceof Refused && edit.problem.code === "edited_meanwhile" ? again : undefined} />}
      <div class="row">
        <button type="submit" aria-disabled={edit.busy}>
          {t(edit.busy ? "busy" : "save")}
        </button>
        <button type="button" class="plain" onClick={() => (edit.forget(), setDraft(undefined))}>
          {t("cancel")}
        </button>
      </div>
    </form>
  );
}
