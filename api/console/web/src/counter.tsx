// Somebody at the counter or on the telephone: found, seen as a whole, helped.
import { t } from "./texts";
import { Title } from "./ui";

export function Counter() {
  return <Title>{t("pageCounter")}</Title>;
}

export function Person({ id: _id }: { id: string }) {
  return <Title>{t("pageCounter")}</Title>;
}
