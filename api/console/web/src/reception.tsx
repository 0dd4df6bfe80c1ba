// The reception: checking in, and numbers for who walks in.
import { t } from "./texts";
import { Title } from "./ui";

export function Reception() {
  return <Title>{t("pageReception")}</Title>;
}
