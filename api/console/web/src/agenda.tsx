// The agenda: the visits of a day and of a week, by desk.
import { t } from "./texts";
import { Title } from "./ui";

export function Agenda() {
  return <Title>{t("pageAgenda")}</Title>;
}
