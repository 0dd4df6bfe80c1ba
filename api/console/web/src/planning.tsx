// What is planned: services, locations with their hours and desks, closures, and the visits that have lost their place.
import { t } from "./texts";
import { Title } from "./ui";

export function Planning() {
  return <Title>{t("pagePlanning")}</Title>;
}

export function ServicePage({ id: _id }: { id: string }) {
  return <Title>{t("pagePlanning")}</Title>;
}

export function LocationPage({ id: _id }: { id: string }) {
  return <Title>{t("pagePlanning")}</Title>;
}

export function Closures() {
  return <Title>{t("pageClosures")}</Title>;
}

export function Stranded() {
  return <Title>{t("pageStranded")}</Title>;
}
