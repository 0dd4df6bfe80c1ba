// What was pressed and has no answer yet: it is told, and may be given up.
import type { Deeds } from "./desk-deeds";
import { hour } from "./desk-hall";
import { t } from "./texts";
import { Notice, useWho } from "./ui";

export function Pending({ deeds }: { deeds: Deeds }) {
  const { town } = useWho();
  const { now, unsure } = deeds;
  if (now?.since) {
    return (
      <Notice kind="error">
        {t("deskTrying", { what: now.label, time: hour(town.time_zone, now.since) })}{" "}
        <button type="button" class="plain" onClick={deeds.stop}>
          {t("deskStopTrying")}
        </button>
      </Notice>
    );
  }
  return unsure ? <Notice kind="error">{t("deskUnsure", { what: unsure })}</Notice> : null;
}
