// A visit for somebody who is not in the register.
import { useState } from "preact/hooks";
import { Link } from "wouter-preact";
import { Booking } from "./booking";
import type { Visit } from "./counter-parts";
import { Booked } from "./counter-person";
import { type Reason, Why } from "./counter-why";
import { t } from "./texts";
import { Title } from "./ui";

export function VisitorPage() {
  const [reason, setReason] = useState<Reason>();
  const [unsaid, setUnsaid] = useState(false);
  const [booked, setBooked] = useState<{ visit: Visit; reason: Reason }>();
  const ask = () => {
    setUnsaid(true);
    document.getElementById("why")?.focus();
  };
  return (
    <>
      <Title>{t("bookTitleVisitor")}</Title>
      {booked ? (
        <>
          <Booked visit={booked.visit} reason={booked.reason} />
          <button
            type="button"
            class="plain"
            onClick={() => {
              setReason(undefined);
              setUnsaid(false);
              setBooked(undefined);
              // What was pressed is gone.
              document.querySelector<HTMLElement>("main h1")?.focus();
            }}
          >
            {t("bookAnother")}
          </button>
        </>
      ) : (
        <>
          <Why id="why" value={reason} set={setReason} wrong={unsaid && !reason} />
          <Booking reason={reason} wantsReason={ask} booked={(visit) => reason && setBooked({ visit, reason })} />
        </>
      )}
      <p>
        <Link href="/counter">{t("counterNext")}</Link>
      </p>
    </>
  );
}
