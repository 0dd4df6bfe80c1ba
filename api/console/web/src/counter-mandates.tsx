// Who may do what for somebody, and for whom they may: as it stands, ended, and confirmed by a colleague where a court ordered it.
import { useRef, useState } from "preact/hooks";
import { Link } from "wouter-preact";
import { type Schemas, api, take } from "./api";
import { Give } from "./counter-mandate-give";
import { Parents } from "./counter-parents";
import { Late, type Resident, useDeed } from "./counter-parts";
import { date, today } from "./counter-time";
import { type Reason, keepWhy } from "./counter-why";
import { t, word } from "./texts";
import { Ask, Notice, Problem, useWho } from "./ui";

type All = Schemas["ResidentMandatesOut"];
type Mandate = Schemas["ResidentMandateOut"];

type Of = { person: Resident; reason: Reason };

export function Mandates({ person, reason }: Of) {
  const params = { path: { resident_id: person.id }, query: { reason } };
  return (
    <Late title={t("mdTitle")} help={t("mdHelp")} read={() => take(api.GET("/staff/v1/residents/{resident_id}/mandates", { params }))}>
      {(all, again) => <Known person={person} reason={reason} all={all} again={again} />}
    </Late>
  );
}

function Known({ person, reason, all, again }: Of & { all: All; again: () => void }) {
  const [giving, setGiving] = useState(false);
  /** What was done last; what was pressed is gone. */
  const [done, setDone] = useState<{ text: string; turn: number }>();
  const button = useRef<HTMLButtonElement>(null);
  const told = (text: string) => {
    setDone((before) => ({ text, turn: (before?.turn ?? 0) + 1 }));
    again();
  };
  const lists = { reason, told, again };
  return (
    <>
      {done && (
        <Notice kind="ok" focus key={done.turn}>
          <bdi>{done.text}</bdi>
        </Notice>
      )}
      <h3>{t("mdGiven")}</h3>
      <List all={all.given} side="given" {...lists} />
      <h3>{t("mdHeld")}</h3>
      <List all={all.held} side="held" {...lists} />
      {giving ? (
        <Give
          person={person}
          reason={reason}
          gave={(text) => {
            setGiving(false);
            told(text);
          }}
          close={() => {
            setGiving(false);
            setTimeout(() => button.current?.focus());
          }}
        />
      ) : (
        person.state === "active" && (
          <button
            ref={button}
            type="button"
            class="plain"
            onClick={() => {
              setDone(undefined);
              setGiving(true);
            }}
          >
            {t("mdGive")}
          </button>
        )
      )}
      <Parents person={person} reason={reason} blocked={all.blocked} told={told} again={again} />
    </>
  );
}

/** On which side of these whose page it is stands: a slip is printed for them, in their language. */
type Side = "given" | "held";

type ListProps = { all: Mandate[]; side: Side; reason: Reason; told: (text: string) => void; again: () => void };

function List({ all, ...rest }: ListProps) {
  const over = all.filter((m) => m.mandate.ended_at);
  const open = all.filter((m) => !m.mandate.ended_at);
  return (
    <>
      {open.length === 0 && <p class="help">{t("mdNone")}</p>}
      <ul class="cards">
        {open.map((m) => (
          <One key={m.mandate.id} of={m} {...rest} />
        ))}
      </ul>
      {over.length > 0 && (
        <details>
          <summary>{t("mdOver", { n: over.length })}</summary>
          <ul class="cards">
            {over.map((m) => (
              <One key={m.mandate.id} of={m} {...rest} />
            ))}
          </ul>
        </details>
      )}
    </>
  );
}

type OneProps = Omit<ListProps, "all"> & { of: Mandate };

function One({ of, side, reason, told, again }: OneProps) {
  const { me, town } = useWho();
  const [asked, setAsked] = useState<"confirm" | "end">();
  const m = of.mandate;
  const params = { path: { mandate_id: m.id }, query: { reason } };
  // Where it is not as it stands here any more, it is read anew.
  const confirm = useDeed(
    (_: "confirm", header) => take(api.POST("/staff/v1/mandates/{mandate_id}/confirm", { params: { ...params, header } })),
    again,
  );
  const end = useDeed((_: "end", header) => take(api.DELETE("/staff/v1/mandates/{mandate_id}", { params: { ...params, header } })), again);
  const name = m.name || t("mdNobody");
  const slip = (as: "slip" | "slip.pdf") => `/staff/v1/mandates/${m.id}/${as}?reason=${reason}&side=${side}`;
  const isLater = m.state === "active" && m.from_on > today(town.time_zone);
  const proof = of.proof && word("mdProof", of.proof);
  const how = [
    proof && (of.proof_on ? t("mdProofOf", { proof, day: date(of.proof_on) }) : proof),
    of.made_by && t("mdMadeBy", { name: of.made_by }),
    of.confirmed_by && t("mdConfirmedBy", { name: of.confirmed_by }),
  ].filter(Boolean);
  const sure = async (deed: typeof confirm | typeof end, yes: boolean, text: string) => {
    setAsked(undefined);
    if (!yes) return;
    confirm.forget();
    end.forget();
    const answer = deed === confirm ? await confirm.run("confirm") : await end.run("end");
    if (answer) told(text);
  };
  return (
    <li>
      {m.name ? (
        <Link href={`/counter/${m.resident_id}`} onClick={() => keepWhy(me.id, m.resident_id, reason)}>
          <bdi>{name}</bdi>
        </Link>
      ) : (
        <strong>{name}</strong>
      )}
      <span class={`badge mandate-${m.state}`}>{isLater ? t("mdIs_later", { day: date(m.from_on) }) : word("mdIs", m.state)}</span>
      <span class="meta">
        {word("mdBasis", m.basis)} · {word("mdMode", m.mode)}
      </span>
      <span class="meta">
        {t("mdMay", { verbs: m.verbs.map((v) => word("mdVerb", v)).join(", "), kinds: m.kinds.map((k) => word("mdKind", k)).join(", ") })}
      </span>
      <span class="meta">
        {m.until_on ? t("mdDays", { from: date(m.from_on), until: date(m.until_on) }) : t("mdFrom", { from: date(m.from_on) })}
      </span>
      {how.length > 0 && (
        <span class="meta">
          <bdi>{how.join(" · ")}</bdi>
        </span>
      )}
      {m.ended_why && <span class="meta">{word("mdEnd", m.ended_why)}</span>}
      {m.state === "proposed" && of.made_by === me.name && <p class="help">{t("mdConfirmOwn")}</p>}
      <Problem problem={confirm.problem ?? end.problem} />
      {!m.ended_at && (
        <div class="row helping">
          {m.state === "proposed" && (
            <button type="button" aria-disabled={confirm.busy} aria-label={t("mdConfirmOf", { name })} onClick={() => setAsked("confirm")}>
              {t("mdConfirm")}
            </button>
          )}
          {m.state === "active" && (
            <>
              <a href={slip("slip")} target="_blank" rel="noopener" aria-label={t("mdSlipOf", { name })}>
                {t("mdSlip")}
              </a>
              <a href={slip("slip.pdf")} target="_blank" rel="noopener" aria-label={t("mdSlipPdfOf", { name })}>
                {t("mdSlipPdf")}
              </a>
            </>
          )}
          <button type="button" class="plain" aria-disabled={end.busy} aria-label={t("mdEndOf", { name })} onClick={() => setAsked("end")}>
            {t("mdEndIt")}
          </button>
        </div>
      )}
      {asked === "confirm" && <Ask text={t("mdConfirmAsk")} about={name} yes={t("mdConfirm")} done={(yes) => void sure(confirm, yes, t("mdConfirmed"))} />}
      {asked === "end" && <Ask text={t("mdEndAsk")} about={name} yes={t("mdEndIt")} danger done={(yes) => void sure(end, yes, t("mdEnded", { name }))} />}
    </li>
  );
}
