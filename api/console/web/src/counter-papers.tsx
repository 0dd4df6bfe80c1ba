// Somebody's documents, and those of their minor children, with what is due.
import { type Paper, Part } from "./counter-parts";
import { paperDue, paperName } from "./booking";
import { t, word } from "./texts";

type PapersProps = { papers?: Paper[]; problem: unknown; again: () => void; book?: (paper: Paper) => void };

const DUE = ["expired", "expiring", "renewal_open"];

/** What is due comes first, and what ends first before the rest. */
function inOrder(papers: Paper[]): Paper[] {
  const due = (p: Paper) => (p.ready_on || DUE.includes(p.state) ? 0 : 1);
  return [...papers].sort((a, b) => due(a) - due(b) || (a.expires_on ?? "9999").localeCompare(b.expires_on ?? "9999"));
}

export function Papers({ papers, problem, again, book }: PapersProps) {
  return (
    <Part title={t("papers")} found={papers} problem={problem} again={again}>
      {papers?.length === 0 && <p class="help">{t("papersNone")}</p>}
      <ul class="cards papers">
        {inOrder(papers ?? []).map((p) => (
          <li key={p.id}>
            <div>
              <strong dir="auto">{paperName(p)}</strong>
              <span class={`badge paper-${p.state}`}>{word("paperIs", p.state)}</span>
              <span class="meta">{paperDue(p)}</span>
              <details>
                <summary>{t("paperHow")}</summary>
                <p>{p.how_to_renew}</p>
                <p>
                  {t("bookBring")} {p.bring}
                </p>
                <p>{p.takes}</p>
              </details>
            </div>
            {book && (
              <button type="button" class="plain" aria-label={`${t("bookTitle")}: ${paperName(p)}`} onClick={() => book(p)}>
                {t("bookTitle")}
              </button>
            )}
          </li>
        ))}
      </ul>
    </Part>
  );
}
