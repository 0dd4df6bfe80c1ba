// What somebody was told and was not, how they are reached, and what they wait for: each read once it is opened.
import { type Schemas, api, take } from "./api";
import { Late, type Offer, type Visit, serviceName } from "./counter-parts";
import { date } from "./counter-time";
import { turnSaid } from "./counter-visit";
import { Waits } from "./counter-waiting";
import type { Reason } from "./counter-why";
import { isKey, language, t, word } from "./texts";
import { when } from "./time";
import { useWho } from "./ui";

const minutes = (n: number) => `${String(Math.floor(n / 60)).padStart(2, "0")}:${String(n % 60).padStart(2, "0")}`;

type Went = Schemas["FurtherOut"];

/** How a message went on that was not read: each step, what became of it, and who has it now. */
function Went({ went, at }: { went: Went; at: (instant?: string) => string }) {
  return (
    <>
      <span class="badge">{word("cov", went.outcome ?? "under_way")}</span>
      <ul class="plain">
        {went.steps.map((s) => (
          <li key={s.step} class="meta">
            {t("wentStep", { step: word("wentStep", s.step), state: word(`went_${s.step}`, s.state), time: at(s.at) })}
            {s.reason && <> · {word("wentWhy", s.reason)}</>}
            {s.letter && <> · {t("wentLetter", { letter: s.letter })}</>}
          </li>
        ))}
      </ul>
      {went.handed_to && (
        <span class="meta">
          <bdi>{t("wentTo", { name: went.handed_to.name, time: at(went.handed_to.at), note: went.handed_to.note })}</bdi>
        </span>
      )}
    </>
  );
}

type ToldProps = { id: string; reason: Reason; offer?: Offer; /** Those to come, among which is what is held. */ visits?: Visit[]; changed: () => void };

export function Told({ id, reason, offer, visits, changed }: ToldProps) {
  const zone = useWho().town.time_zone;
  const params = { path: { resident_id: id }, query: { reason } };
  const at = (instant?: string) => when(language, zone, instant);
  return (
    <>
      <Late title={t("toldReminders")} read={() => take(api.GET("/staff/v1/residents/{resident_id}/reminders", { params }))}>
        {(all) =>
          all.length === 0 ? (
            <p class="help">{t("toldRemindersNone")}</p>
          ) : (
            <div class="scroll" tabIndex={0} role="region" aria-label={t("toldReminders")}>
              <table>
                <thead>
                  <tr>
                    <th scope="col">{t("time")}</th>
                    <th scope="col">{t("toldPaper")}</th>
                    <th scope="col">{t("toldStage")}</th>
                    <th scope="col">{t("toldCame")}</th>
                  </tr>
                </thead>
                <tbody>
                  {all.map((r) => (
                    <tr key={`${r.document_id} ${r.stage} ${r.decided_at}`}>
                      <td>{at(r.decided_at)}</td>
                      <td dir="auto">{r.child ? t("paperOf", { document: r.document, name: r.child }) : r.document}</td>
                      <td>
                        {r.stage > 0
                          ? t("toldBefore", { n: r.stage, day: date(r.anchor_on) })
                          : r.stage < 0
                            ? t("toldAfter", { n: -r.stage, day: date(r.anchor_on) })
                            : date(r.anchor_on)}
                      </td>
                      <td>
                        {r.held_back ? (
                          <>
                            <strong>{t("toldNot")}</strong> {isKey(`heldWhy_${r.held_back}`) ? word("heldWhy", r.held_back) : (r.why ?? r.held_back)}
                          </>
                        ) : (
                          t("toldSent")
                        )}
                      </td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </div>
          )
        }
      </Late>
      <Late
        title={t("toldMessages")}
        help={t("toldMessagesHelp")}
        read={() => take(api.GET("/staff/v1/residents/{resident_id}/messages", { params }))}
      >
        {(all) =>
          all.length === 0 ? (
            <p class="help">{t("toldMessagesNone")}</p>
          ) : (
            <ul class="cards">
              {all.map((m, n) => (
                <li key={n}>
                  <strong dir="auto">{m.title}</strong>
                  <span class="badge">{word("kind_of", m.kind)}</span>
                  {m.withdrawn_at && <span class="badge withdrawn">{word("state", "withdrawn")}</span>}
                  <span class="meta">{t("toldWritten", { time: at(m.created_at) })}</span>
                  <span class="meta">
                    {m.unreached
                      ? word("unreached", m.unreached)
                      : [
                          m.shown_at ? t("toldShown", { time: at(m.shown_at) }) : t("toldNotShown"),
                          m.read_at ? t("toldRead", { time: at(m.read_at) }) : t("toldUnread"),
                        ].join(" · ")}
                  </span>
                  {m.further && <Went went={m.further} at={at} />}
                </li>
              ))}
            </ul>
          )
        }
      </Late>
      <Late title={t("toldReach")} read={() => take(api.GET("/staff/v1/residents/{resident_id}/preferences", { params }))}>
        {({ has_app, preferences: p }) => (
          <dl class="facts">
            <dt>{t("personApp")}</dt>
            <dd>{t(has_app ? "personHasApp" : "personHasNoApp")}</dd>
            <dt>{t("language")}</dt>
            <dd>{word("lang", p.language)}</dd>
            <dt>{t("toldQuiet")}</dt>
            <dd>
              {p.quiet_from === p.quiet_until ? t("toldNoQuiet") : t("toldQuietFrom", { from: minutes(p.quiet_from), until: minutes(p.quiet_until) })}
            </dd>
            <dt>{t("toldMuted")}</dt>
            <dd>{p.muted.length === 0 ? t("toldNothingMuted") : p.muted.map((c) => word("mutedKind", c)).join(", ")}</dd>
          </dl>
        )}
      </Late>
      <Late title={t("toldTurns")} read={() => take(api.GET("/staff/v1/residents/{resident_id}/turns", { params }))}>
        {({ tickets, waiting }, again) => (
          <>
            {tickets.length === 0 && <p class="help">{t("toldNoTickets")}</p>}
            <ul class="cards">
              {tickets.map((x) => (
                <li key={x.id}>
                  <strong class="number">{x.number}</strong> {serviceName(offer, x.service_id)}
                  <span class="meta">{turnSaid(x)}</span>
                </li>
              ))}
            </ul>
            <h3>{t("toldWaiting")}</h3>
            {waiting.length === 0 && <p class="help">{t("toldNotWaiting")}</p>}
            <Waits waiting={waiting} offer={offer} reason={reason} again={again} visits={visits} changed={changed} />
            <button type="button" class="plain" onClick={again}>
              {t("toldAgain")}
            </button>
          </>
        )}
      </Late>
    </>
  );
}
