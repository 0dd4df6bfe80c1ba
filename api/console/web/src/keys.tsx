// Keys of machines, and colleagues with their roles.
import { t } from "./texts";
import { Title } from "./ui";

export function Keys() {
  return <Title>{t("pageKeys")}</Title>;
}

export function Colleagues() {
  return <Title>{t("pageColleagues")}</Title>;
}
