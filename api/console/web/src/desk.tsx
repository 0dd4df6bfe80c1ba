// The desk: who is called, who waits, one key for each act. The page stays open all day: it asks by itself how things stand, and says
// when it cannot.
import { useEffect, useRef, useState } from "preact/hooks";
import { Choose } from "./desk-choose";
import { place, remember, useHall, useKept, useOffer } from "./desk-hall";
import { Lost } from "./desk-queue";
import { Work } from "./desk-work";
import { t } from "./texts";
import { Problem, Select, Title } from "./ui";

export function Desk() {
  const [alert, setAlert] = useKept("desk-alert", false);
  const [wanted, setWanted] = useState(place().location);
  /** Services that somebody waits for. */
  const met = useRef<string[]>([]);
  const [offer, problem, again] = useOffer(met.current);
  const halls = offer?.halls ?? [];
  const location = halls.find((h) => h.id === wanted) ?? (halls.length === 1 ? halls[0] : undefined);
  const seen = useHall(location?.id, alert);
  met.current = [...(seen.hall?.waiting ?? []), ...(seen.hall?.parked ?? []), ...(seen.hall?.missed ?? [])].map((turn) => turn.service_id);
  const mine = seen.hall?.desks.find((d) => d.clerk?.is_me);
  /** The desk at which one worked, unless one signed off oneself. */
  const [known, setKnown] = useState<string>();
  useEffect(() => {
    if (mine) setKnown(mine.id);
  }, [mine?.id]);
  const choose = (id: string) => {
    setWanted(id);
    setKnown(undefined);
    remember({ location: id });
  };
  return (
    <>
      <Title>{t("pageDesk")}</Title>
      <Lost since={seen.lost} />
      {!offer && (problem ? <Problem problem={problem} again={again} /> : <p>{t("loading")}</p>)}
      {offer && halls.length === 0 && <p class="help">{t("deskNoHall")}</p>}
      {offer && halls.length > 0 && !location && (
        <Select
          label={t("deskWhere")}
          value=""
          set={choose}
          of={[{ value: "", label: t("choose") }, ...halls.map((h) => ({ value: h.id, label: h.name }))]}
        />
      )}
      {offer && location && (
        <div class={seen.lost ? "old" : undefined}>
          {seen.hall && mine ? (
            <Work
              key={mine.id}
              where={location.name}
              offer={offer}
              hall={seen.hall}
              desk={mine}
              seen={seen}
              alert={[alert, setAlert]}
              leave={() => setKnown(undefined)}
            />
          ) : (
            <Choose offer={offer} location={location.id} choose={choose} seen={seen} known={known} />
          )}
        </div>
      )}
    </>
  );
}
