// The desk: who is called, who waits, one key for each act.
import { t } from "./texts";
import { Title } from "./ui";

export function Desk() {
  return <Title>{t("pageDesk")}</Title>;
}
