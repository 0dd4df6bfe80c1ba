// How somebody wants to be told, and the e-mail address that they confirm by a code: for who is at the counter or on the telephone.
import { useEffect, useRef, useState } from "preact/hooks";
import { Refused, type Schemas, api, take } from "./api";
import { Late, useDeed } from "./counter-parts";
import type { Reason } from "./counter-why";
import { language, t, word } from "./texts";
import { when } from "./time";
import { Check, Notice, Problem, Select, TextField, useWho } from "./ui";

type Settings = Schemas["ContactSettingsOut"];
type Chosen = Schemas["ContactSettingsIn"];
type Way = Schemas["Way"];

const WAYS: Way[] = ["push", "mail", "letter"];
const LANGUAGES: Schemas["Language"][] = ["nl", "fr", "de", "en"];
/** The longest address, in characters. */
const LONGEST = 254;

type Of = { id: string; reason: Reason };

export function Contact({ id, reason }: Of) {
  const params = { path: { resident_id: id }, query: { reason } };
  return (
    <Late title={t("ctTitle")} help={t("ctHelp")} read={() => take(api.GET("/staff/v1/residents/{resident_id}/contact-settings", { params }))}>
      {(found, again) => <Known id={id} reason={reason} found={found} again={again} />}
    </Late>
  );
}

const yesNo = (yes: boolean) => t(yes ? "ctYes" : "ctNo");

function Known({ id, reason, found, again }: Of & { found: Settings; again: () => void }) {
  const zone = useWho().town.time_zone;
  const [open, setOpen] = useState(false);
  const [done, setDone] = useState<"ctSaved" | "ctConfirmed">();
  const button = useRef<HTMLButtonElement>(null);
  const came = (what: typeof done) => {
    setOpen(false);
    setDone(what);
    again();
  };
  const { dropped_email: dropped, email } = found;
  return (
    <>
      {done && (
        <Notice kind="ok" focus key={done}>
          {t(done)}
        </Notice>
      )}
      {open ? (
        <Form
          id={id}
          reason={reason}
          found={found}
          saved={() => came("ctSaved")}
          close={() => {
            setOpen(false);
            setTimeout(() => button.current?.focus());
          }}
        />
      ) : (
        <>
          <dl class="facts">
            <dt>{t("ctNever")}</dt>
            <dd>{yesNo(found.never_digital)}</dd>
            <dt>{t("ctWays")}</dt>
            <dd>{found.steps.length === 0 ? t("ctWaysNone") : found.steps.map((w) => word("ctWay", w)).join(" → ")}</dd>
            <dt>{t("ctEmail")}</dt>
            <dd>
              {email ? (
                <>
                  <span dir="ltr">{email}</span> <span class="meta">({t("ctEmailSince", { time: when(language, zone, found.email_confirmed_at) })})</span>
                </>
              ) : (
                t("ctEmailNone")
              )}
            </dd>
            <dt>{t("ctOpen")}</dt>
            <dd>{yesNo(found.open_email)}</dd>
            <dt>{t("ctMany")}</dt>
            <dd>{yesNo(found.announcements_by_email)}</dd>
            <dt>{t("ctLarge")}</dt>
            <dd>{yesNo(found.large_print)}</dd>
            <dt>{t("ctAloud")}</dt>
            <dd>{yesNo(found.read_aloud)}</dd>
            <dt>{t("language")}</dt>
            <dd>{found.language ? word("lang", found.language) : t("ctLanguageKnown")}</dd>
          </dl>
          {dropped && (
            <Notice kind="error">
              <bdi>{t("ctDropped", { email: dropped.email, time: when(language, zone, dropped.at), why: word("ctDropped", dropped.why) })}</bdi>
            </Notice>
          )}
          <button
            ref={button}
            type="button"
            class="plain"
            onClick={() => {
              setDone(undefined);
              setOpen(true);
            }}
          >
            {t("ctEdit")}
          </button>
          <Email id={id} reason={reason} found={found} again={again} confirmed={() => came("ctConfirmed")} />
        </>
      )}
    </>
  );
}

/** All ways, those that are wanted first and in their order. */
const inOrder = (steps: Way[]) => [...steps, ...WAYS.filter((w) => !steps.includes(w))];

type FormProps = Of & { found: Settings; saved: () => void; close: () => void };

function Form({ id, reason, found, saved, close }: FormProps) {
  const [order, setOrder] = useState(() => inOrder(found.steps));
  const [wanted, setWanted] = useState<Way[]>(found.steps);
  const [rest, setRest] = useState<Omit<Chosen, "steps">>(() => ({
    never_digital: found.never_digital,
    open_email: found.open_email,
    announcements_by_email: found.announcements_by_email,
    large_print: found.large_print,
    read_aloud: found.read_aloud,
    language: found.language,
  }));
  const [moved, setMoved] = useState("");
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => form.current?.querySelector("input")?.focus(), []);
  const change = useDeed((body: Chosen) =>
    take(api.PUT("/staff/v1/residents/{resident_id}/contact-settings", { params: { path: { resident_id: id }, query: { reason } }, body })),
  );
  const move = (way: Way, by: 1 | -1) => {
    const at = order.indexOf(way);
    const next = order.filter((w) => w !== way);
    next.splice(at + by, 0, way);
    setOrder(next);
    setMoved(t("ctMoved", { way: word("ctWay", way), n: at + by + 1 }));
  };
  const save = async (e: SubmitEvent) => {
    e.preventDefault();
    if (await change.run({ ...rest, steps: order.filter((w) => wanted.includes(w)) })) saved();
  };
  const set = (part: Partial<typeof rest>) => setRest({ ...rest, ...part });
  return (
    <form ref={form} class="group" aria-label={t("ctEdit")} noValidate onSubmit={(e) => void save(e)}>
      <Check label={t("ctNever")} help={t("ctNeverHelp")} value={rest.never_digital} set={(never_digital) => set({ never_digital })} />
      <fieldset aria-describedby="ct-order-help">
        <legend>{t("ctOrder")}</legend>
        <p id="ct-order-help" class="help">
          {t("ctOrderHelp")}
        </p>
        <ol class="ways">
          {order.map((way, at) => (
            <li key={way}>
              <label class="check">
                <input
                  type="checkbox"
                  checked={wanted.includes(way)}
                  onChange={(e) => setWanted(e.currentTarget.checked ? [...wanted, way] : wanted.filter((w) => w !== way))}
                />
                {word("ctWay", way)}
              </label>
              <span class="row">
                <button type="button" class="plain" aria-disabled={at === 0} aria-label={t("ctUp", { way: word("ctWay", way) })} onClick={() => at > 0 && move(way, -1)}>
                  ↑
                </button>
                <button
                  type="button"
                  class="plain"
                  aria-disabled={at === order.length - 1}
                  aria-label={t("ctDown", { way: word("ctWay", way) })}
                  onClick={() => at < order.length - 1 && move(way, 1)}
                >
                  ↓
                </button>
              </span>
            </li>
          ))}
        </ol>
        <p class="unseen" role="status">
          {moved}
        </p>
      </fieldset>
      <Check label={t("ctOpen")} help={t("ctOpenHelp")} value={rest.open_email} set={(open_email) => set({ open_email })} />
      <Check label={t("ctMany")} value={rest.announcements_by_email} set={(announcements_by_email) => set({ announcements_by_email })} />
      <Check label={t("ctLarge")} value={rest.large_print} set={(large_print) => set({ large_print })} />
      <Check label={t("ctAloud")} help={t("ctAloudHelp")} value={rest.read_aloud ?? false} set={(read_aloud) => set({ read_aloud })} />
      <Select
        label={t("language")}
        help={t("ctLanguageHelp")}
        value={rest.language ?? ""}
        set={(l) => set({ language: LANGUAGES.find((one) => one === l) })}
        of={[...(found.language ? [] : [{ value: "", label: t("ctLanguageKnown") }]), ...LANGUAGES.map((l) => ({ value: l, label: word("lang", l) }))]}
      />
      <Problem problem={change.problem} />
      <div class="row">
        <button type="submit" aria-disabled={change.busy}>
          {t(change.busy ? "busy" : "save")}
        </button>
        <button type="button" class="plain" onClick={close}>
          {t("cancel")}
        </button>
      </div>
    </form>
  );
}

type EmailProps = Of & { found: Settings; again: () => void; confirmed: () => void };

/** An address of theirs: typed here, and confirmed by the code that they read out. */
function Email({ id, reason, found, again, confirmed }: EmailProps) {
  const zone = useWho().town.time_zone;
  const [email, setEmail] = useState("");
  const [code, setCode] = useState("");
  const [tried, setTried] = useState<"email" | "code">();
  const params = { path: { resident_id: id }, query: { reason } };
  const start = useDeed((body: Schemas["EmailStart"], header) =>
    take(api.POST("/staff/v1/residents/{resident_id}/contact-settings/email", { params: { ...params, header }, body })),
  );
  // A code that is over is none that is waited for.
  const confirm = useDeed(
    (body: Schemas["EmailCode"], header) =>
      take(api.POST("/staff/v1/residents/{resident_id}/contact-settings/email/confirm", { params: { ...params, header }, body })),
    again,
  );
  const pending = found.pending_email;
  const waits = pending && !pending.bounced;
  /** Whether a code was sent whose field is not there yet. */
  const sent = useRef(false);
  useEffect(() => {
    if (sent.current && waits) document.getElementById("contact-code")?.focus();
    sent.current = false;
  }, [pending?.until, pending?.email]);
  const isOdd = start.problem instanceof Refused && start.problem.code === "body_invalid";
  const looksRight = /^\S+@\S+\.\S+$/.test(email.trim()) && email.trim().length <= LONGEST;
  const digits = code.replace(/\s/g, "");
  const isCode = /^[0-9]{6}$/.test(digits);
  const send = async (e: SubmitEvent) => {
    e.preventDefault();
    setTried("email");
    confirm.forget();
    if (!looksRight) {
      document.getElementById("contact-email")?.focus();
      return;
    }
    if (!(await start.run({ email: email.trim() }))) return;
    setEmail("");
    setCode("");
    setTried(undefined);
    sent.current = true;
    again();
  };
  const type = async (e: SubmitEvent) => {
    e.preventDefault();
    setTried("code");
    start.forget();
    if (!isCode) {
      document.getElementById("contact-code")?.focus();
      return;
    }
    if (!(await confirm.run({ code: digits }))) return;
    setCode("");
    setTried(undefined);
    confirmed();
  };
  return (
    <>
      <h3>{t("ctNewEmail")}</h3>
      {pending?.bounced && (
        <Notice kind="error">
          <bdi>{t("ctPendingBounced", { email: pending.email })}</bdi>
        </Notice>
      )}
      <Problem problem={confirm.problem} />
      {waits && (
        <form class="plan" noValidate aria-label={t("ctConfirm")} onSubmit={(e) => void type(e)}>
          <p>
            <bdi>{t("ctPending", { email: pending.email, time: when(language, zone, pending.until) })}</bdi>
          </p>
          <TextField
            id="contact-code"
            label={t("ctCode")}
            help={t("ctCodeHelp")}
            value={code}
            wrong={tried === "code" && !isCode ? t("ctCodeWrong") : undefined}
            set={(c) => {
              setCode(c);
              setTried(undefined);
              confirm.forget();
            }}
          />
          <button type="submit" aria-disabled={confirm.busy}>
            {t(confirm.busy ? "busy" : "ctConfirm")}
          </button>
        </form>
      )}
      <form class="plan" noValidate aria-label={t("ctNewEmail")} onSubmit={(e) => void send(e)}>
        <TextField
          id="contact-email"
          label={t("ctEmail")}
          help={t("ctEmailHelp")}
          value={email}
          wrong={isOdd || (tried === "email" && !looksRight) ? t("ctEmailWrong") : undefined}
          set={(typed) => {
            setEmail(typed);
            setTried(undefined);
            start.forget();
          }}
        />
        {!isOdd && <Problem problem={start.problem} />}
        <button type="submit" class={waits ? "plain" : ""} aria-disabled={start.busy}>
          {t(start.busy ? "busy" : "ctSend")}
        </button>
      </form>
    </>
  );
}
