// The marks that the text of an announcement may have: emphasis, links, lists and lines, as the contract says.
import type { ComponentChildren } from "preact";

const INLINE = /(\*\*[^*]+\*\*|\*[^*]+\*|\[[^\]]+\]\([^)\s]+\)|<[^<>\s]+>|\n)/;
/** What a text may lead to; whatever else stands there is text. */
const LEADS = /^(https?:|mailto:|tel:)/i;

function inline(text: string): ComponentChildren[] {
  return text
    .split(INLINE)
    .filter((part) => part !== "")
    .map((part) => {
      const link = /^\[([^\]]+)\]\(([^)]+)\)$/.exec(part) ?? /^<(([^<>]+))>$/.exec(part);
      if (link) {
        const [, label = "", to = ""] = link;
        const address = label === to && to.includes("@") && !LEADS.test(to) ? `mailto:${to}` : to;
        if (!LEADS.test(address)) return part;
        return (
          <a href={address} target="_blank" rel="noreferrer">
            {label}
          </a>
        );
      }
      if (part.startsWith("**")) return <strong>{part.slice(2, -2)}</strong>;
      if (part.length > 2 && part.startsWith("*") && part.endsWith("*")) return <em>{part.slice(1, -1)}</em>;
      return part === "\n" ? <br /> : part;
    });
}

export function Marked({ text }: { text: string }) {
  return (
    <>
      {text.split(/\n{2,}/).map((block) => {
        const lines = block.split("\n");
        for (const [List, mark] of [
          ["ul", /^[-*] /],
          ["ol", /^\d+[.)] /],
        ] as const)
          if (lines.every((line) => mark.test(line))) {
            return (
              <List>
                {lines.map((line) => (
                  <li>{inline(line.replace(mark, ""))}</li>
                ))}
              </List>
            );
          }
        return <p>{inline(block)}</p>;
      })}
    </>
  );
}
