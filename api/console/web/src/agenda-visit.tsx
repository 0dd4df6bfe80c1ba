// A visit of the agenda, over it: what it is, and what can be done with it.
import { type Offer, Panel, type Visit, type Wish } from "./counter-parts";
import { VisitDeeds, VisitFacts } from "./counter-visit";
import { isKey, t, word } from "./texts";

type Props = { visit: Visit; wish?: Wish; offer?: Offer; changed: (now: Visit) => void; close: () => void };

export function VisitPanel({ visit, wish, offer, changed, close }: Props) {
  return (
    <Panel title={visit.name || t("visitNobody")} close={close}>
      {visit.state !== "booked" && isKey(`visitIs_${visit.state}`) && <p class={`badge ${visit.state}`}>{word("visitIs", visit.state)}</p>}
      <VisitFacts visit={visit} offer={offer} />
      <VisitDeeds visit={visit} wish={wish} offer={offer} leads={close} changed={changed} />
    </Panel>
  );
}
