// What is pasted from a word processor or a web page, in the marks that a text may have.

/** Bullets, numbers and soft returns of a word processor, as the text field takes them. */
function plain(text: string): string {
  return text
    .replace(/\r\n?|\v|\f/g, "\n")
    .replace(/^[ \t]*[•·▪◦‣§\uf0b7\uf0a7][ \t]+/gm, "- ")
    .replace(/^[ \t]*o\t+/gm, "- ")
    .replace(/^[ \t]*(\d+)[.)]\t+/gm, "$1. ");
}

type Style = { bold: boolean; italic: boolean; link?: string };
type Run = Style & { text: string };

const BLOCKS = ["P", "DIV", "LI", "UL", "OL", "H1", "H2", "H3", "H4", "H5", "H6", "TR", "TABLE", "BLOCKQUOTE", "SECTION", "ARTICLE"];
const UNSEEN = ["STYLE", "SCRIPT", "HEAD", "TITLE", "META"];
const same = (a: Style, b: Style) => a.bold === b.bold && a.italic === b.italic && a.link === b.link;

/** The lines of a piece of HTML, each in runs of one style. */
function lines(root: Node): Run[][] {
  const found: Run[][] = [[]];
  const line = () => found[found.length - 1] as Run[];
  const end = () => line().length > 0 && found.push([]);
  const say = (text: string, style: Style) => {
    const before = line().at(-1);
    if (before && same(before, style)) before.text += text;
    else if (text) line().push({ ...style, text });
  };
  const walk = (node: Node, style: Style) => {
    if (node.nodeType === Node.TEXT_NODE) {
      const text = (node.textContent ?? "").replace(/[\s\u00a0]+/g, " ");
      if (text !== " " || line().length > 0) say(text, style);
    }
    if (!(node instanceof HTMLElement)) return;
    const { tagName, style: css } = node;
    if (UNSEEN.includes(tagName) || css.display === "none") return;
    if (tagName === "BR") {
      found.push([]);
      return;
    }
    // Word writes the bullet or the number itself, and says so.
    if (/mso-list:\s*ignore/i.test(node.getAttribute("style") ?? "")) {
      const number = /\d+/.exec(node.textContent ?? "");
      say(number ? `${number[0]}. ` : "- ", { bold: false, italic: false });
      return;
    }
    const block = BLOCKS.includes(tagName);
    if (block) end();
    if (tagName === "LI") {
      const place = [...(node.parentElement?.children ?? [])].filter((e) => e.tagName === "LI").indexOf(node) + 1;
      say(node.parentElement?.tagName === "OL" ? `${place}. ` : "- ", { bold: false, italic: false });
    }
    const weight = css.fontWeight;
    const href = tagName === "A" ? (node.getAttribute("href") ?? "") : "";
    const inner = {
      bold: weight ? weight === "bold" || Number(weight) >= 600 : style.bold || ["B", "STRONG"].includes(tagName),
      italic: css.fontStyle ? css.fontStyle === "italic" : style.italic || ["I", "EM"].includes(tagName),
      link: /^(https:\/\/|mailto:|tel:)/.test(href) ? href : style.link,
    };
    for (const child of node.childNodes) walk(child, inner);
    if (block) end();
    // A paragraph stands apart; the items of a list do not.
    if ((tagName === "P" && !/MsoList/.test(node.className)) || /^H\d$/.test(tagName) || ["UL", "OL"].includes(tagName)) found.push([]);
  };
  walk(root, { bold: false, italic: false });
  return found;
}

/** What would end the address of a link. */
const encoded = (c: string) => `%${c.charCodeAt(0).toString(16).padStart(2, "0")}`;

/** One run with its marks; the spaces at its ends stay outside, where a mark would not be one. */
function marked({ text, bold, italic, link }: Run): string {
  const [, before = "", inner = "", after = ""] = /^(\s*)(.*?)(\s*)$/s.exec(text) ?? [];
  if (!inner) return text;
  let said = inner;
  if (italic) said = `*${said}*`;
  if (bold) said = `**${said}**`;
  if (link && link !== inner) said = `[${said.replace(/[[\]]/g, "\\$&")}](${link.replace(/[()\s]/g, encoded)})`;
  return before + said + after;
}

/** What to put in the field: of HTML where that has marks that plain text does not, and else of the plain text. */
export function pasted(text: string, html: string): string {
  if (!/<(b|strong|i|em|a|li)\b|font-weight|font-style|mso-list/i.test(html)) return plain(text);
  const parsed = new DOMParser().parseFromString(html, "text/html");
  const said = lines(parsed.body).map((runs) => runs.map(marked).join("").trim());
  return said
    .join("\n")
    .replace(/\n{3,}/g, "\n\n")
    .trim();
}
