// Who was not reminded of a document because they have no app: for the counter, who rings or writes to them.
import { useEffect, useRef, useState } from "preact/hooks";
import { Link } from "wouter-preact";
import { type Schemas, api, take } from "./api";
import { date } from "./counter-time";
import { type Reason, Why, keepWhy } from "./counter-why";
import { number, t } from "./texts";
import { Problem, Title, useWho } from "./ui";

type Missed = Schemas["MissedReminderOut"];

export function MissedReminders() {
  const { me } = useWho();
  const [reason, setReason] = useState<Reason>();
  const [unsaid, setUnsaid] = useState(false);
  const [all, setAll] = useState<Missed[]>();
  const [next, setNext] = useState<string>();
  const [problem, setProblem] = useState<unknown>();
  const [busy, setBusy] = useState(false);
  const list = useRef<HTMLDivElement>(null);
  const opened = all !== undefined;
  // The button that opened it is gone, and with it the place in the page of whoever uses the keyboard.
  useEffect(() => {
    if (opened && !next) list.current?.focus();
  }, [opened, next]);
  const fetch = async () => {
    if (busy) return;
    if (!reason) {
      setUnsaid(true);
      return;
    }
    setBusy(true);
    try {
      const page = await take(api.GET("/staff/v1/missed-reminders", { params: { query: { reason, cursor: next, limit: 50 } } }));
      setAll([...(all ?? []), ...page.reminders]);
      setNext(page.next_cursor ?? undefined);
      setProblem(undefined);
    } catch (e) {
      setProblem(e);
    } finally {
      setBusy(false);
    }
  };
  return (
    <>
      <Title>{t("pageMissed")}</Title>
      <p class="help">{t("missedHelp")}</p>
      {!opened && (
        <Why
          value={reason}
          wrong={unsaid && !reason}
          set={(r) => {
            setReason(r);
            setUnsaid(false);
          }}
        />
      )}
      {opened && (
        <>
          <p role="status">
            {all.length === 0 ? t(next ? "missedNoneHere" : "missedNone") : t(next ? "missedSome" : "missedAll", { n: number(all.length) })}
          </p>
          {all.length > 0 && (
            <div ref={list} class="scroll" tabIndex={0} role="region" aria-label={`${t("pageMissed")}: ${t("asTable")}`}>
              <table>
                <thead>
                  <tr>
                    <th scope="col">{t("missedWho")}</th>
                    <th scope="col">{t("missedDocument")}</th>
                    <th scope="col">{t("missedOn")}</th>
                    <th scope="col">{t("missedVisit")}</th>
                  </tr>
                </thead>
                <tbody>
                  {all.map((m) => (
                    <tr key={m.document_id}>
                      <td>
                        {m.recipients.map((p) => (
                          <div key={p.resident_id}>
                            <Link href={`/counter/${p.resident_id}`} onClick={() => reason && keepWhy(me.id, p.resident_id, reason)}>
                              <bdi>{p.name}</bdi>
                            </Link>
                          </div>
                        ))}
                      </td>
                      <td>
                        {m.document}
                        {m.recipients.every((p) => p.resident_id !== m.resident_id) && (
                          <>
                            {" "}
                            (<bdi>{m.name}</bdi>)
                          </>
                        )}
                      </td>
                      <td>{date(m.anchor_on)}</td>
                      <td>{m.appointment_on ? date(m.appointment_on) : t("missedNoVisit")}</td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </div>
          )}
        </>
      )}
      <Problem problem={problem} />
      <div class="row unprinted">
        {(!opened || next) && (
          <button type="button" class="plain" aria-disabled={busy} onClick={() => void fetch()}>
            {t(opened ? "more" : "missedShow")}
          </button>
        )}
        {opened && all.length > 0 && (
          <button type="button" class="plain" onClick={() => print()}>
            {t("print")}
          </button>
        )}
      </div>
    </>
  );
}
