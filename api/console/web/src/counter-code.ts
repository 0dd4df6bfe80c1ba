// What a scanner, a card reader or a clerk types: a reference, what a QR code holds, or a national number.

export type Code =
  | { kind: "number"; number: string }
  | { kind: "reference"; reference: string; scanned: boolean }
  | { kind: "otherTown" }
  | { kind: "shortNumber" }
  | { kind: "unknown" };

/** The letters and digits that references are made of: none is mistaken for another when it is said. */
const REFERENCE = /^[23456789ACDEFGHJKMNPQRTVWXY]{6}$/;
/** A letter or digit that no reference has, in what is else as long as one. */
const LIKE_REFERENCE = /^[A-Z0-9]{6}$/;

export function readCode(typed: string, town?: string): Code {
  const text = typed.trim();
  const code = /^thuisloket:([^:]*):(.*)$/i.exec(text);
  if (code && code[1].toLowerCase() !== town) return { kind: "otherTown" };
  const plain = (code ? code[2] : text).replace(/[^a-z0-9]/gi, "").toUpperCase();
  if (REFERENCE.test(plain) || LIKE_REFERENCE.test(plain)) return { kind: "reference", reference: plain, scanned: !!code };
  if (/^\d{11}$/.test(plain)) return { kind: "number", number: plain };
  if (/^\d{7,}$/.test(plain)) return { kind: "shortNumber" };
  return { kind: "unknown" };
}

/** Whether it has a sign that no reference has. */
export const isMisheard = (reference: string) => !REFERENCE.test(reference);
