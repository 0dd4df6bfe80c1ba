// A number for somebody who is here without an appointment.
import { useEffect, useRef, useState } from "preact/hooks";
import { api, take } from "./api";
import { type Turn, keepPlace, keptPlace, useDeed, useOffer } from "./counter-parts";
import { t } from "./texts";
import { clock } from "./time";
import { NumberField, Problem, Select, isNumber, useWho } from "./ui";

type Props = { resident?: string; gave: (turn: Turn, asked: string) => void; close: () => void };

export function GiveNumber({ resident, gave, close }: Props) {
  const { me } = useWho();
  const [offer, problem, again] = useOffer(me.municipality ?? "");
  const [place, setPlace] = useState(keptPlace());
  const [service, setService] = useState("");
  const [persons, setPersons] = useState(1);
  const [tried, setTried] = useState(false);
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  const give = useDeed((w: { location_id: string; service_id: string; persons: number; resident_id?: string }, header) =>
    take(api.POST("/staff/v1/tickets", { params: { header }, body: w })),
  );
  const halls = offer?.locations.filter((l) => l.kind === "town_hall") ?? [];
  const hall = halls.find((l) => l.id === place) ?? halls[0];
  const most = offer?.services.find((s) => s.id === service)?.most_persons ?? 1;
  const ready = hall && service && isNumber(persons) && persons <= most;
  const send = async (e: SubmitEvent) => {
    e.preventDefault();
    setTried(true);
    if (!ready) return;
    const asked = clock().toISOString();
    const answer = await give.run({ location_id: hall.id, service_id: service, persons, resident_id: resident });
    if (answer) gave(answer.done, asked);
  };
  return (
    <section class="group" aria-labelledby="giving">
      <h2 id="giving" ref={heading} tabIndex={-1}>
        {t("numberGive")}
      </h2>
      <p class="help">{t("numberHelp")}</p>
      <Problem problem={problem} again={again} />
      {!offer && !problem && <p>{t("loading")}</p>}
      {offer && (
        <form onSubmit={(e) => void send(e)} noValidate>
          {halls.length > 1 && (
            <Select
              label={t("startsPlace")}
              value={hall?.id ?? ""}
              set={(id) => {
                setPlace(id);
                keepPlace(id);
                give.forget();
              }}
              of={halls.map((l) => ({ value: l.id, label: l.name }))}
            />
          )}
          <Select
            label={t("bookService")}
            value={service}
            wrong={tried && !service ? t("bookServiceWanted") : undefined}
            set={(id) => {
              setService(id);
              setPersons(1);
              give.forget();
            }}
            of={[{ value: "", label: t("choose") }, ...offer.services.map((s) => ({ value: s.id, label: s.name }))]}
          />
          {most > 1 && <NumberField label={t("bookPersons")} value={persons} min={1} max={most} set={setPersons} />}
          <Problem problem={give.problem} />
          <div class="row">
            <button type="submit" aria-disabled={give.busy}>
              {t("numberGive")}
            </button>
            <button type="button" class="plain" onClick={close}>
              {t("close")}
            </button>
          </div>
        </form>
      )}
    </section>
  );
}
