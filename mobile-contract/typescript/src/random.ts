// Chance and hashes, from a WebCrypto that the app may have to bring: React Native has none.

/** What is needed of WebCrypto: `globalThis.crypto` has it in browsers and in Node. */
export interface Crypto {
  getRandomValues(into: Uint8Array<ArrayBuffer>): unknown;
  readonly subtle: { digest(algorithm: "SHA-256", data: Uint8Array<ArrayBuffer>): Promise<ArrayBuffer> };
}

/** The bytes of a verifier: 256 bits, as RFC 7636, 4.1 recommends. */
const VERIFIER_BYTES = 32;
const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

function random(crypto: Crypto, bytes: number): Uint8Array<ArrayBuffer> {
  const into = new Uint8Array(bytes);
  crypto.getRandomValues(into);
  return into;
}

/** Base64 for addresses, without padding (RFC 4648, 5). By hand: older engines of React Native have no `btoa`. */
function base64url(bytes: Uint8Array): string {
  let text = "";
  let held = 0;
  let bits = 0;
  for (const byte of bytes) {
    held = (held << 8) | byte;
    bits += 8;
    while (bits >= 6) {
      bits -= 6;
      text += ALPHABET.charAt((held >> bits) & 63);
    }
    held &= (1 << bits) - 1;
  }
  return bits > 0 ? text + ALPHABET.charAt((held << (6 - bits)) & 63) : text;
}

/** A UUID of version 4 (RFC 9562). By hand: `crypto.randomUUID` is missing where pages have no TLS, and in polyfills. */
export function uuid(crypto: Crypto): string {
  const bytes = random(crypto, 16);
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}

/** A PKCE verifier (RFC 7636, 4.1). */
export function newVerifier(crypto: Crypto): string {
  return base64url(random(crypto, VERIFIER_BYTES));
}

/** Its challenge by S256 (RFC 7636, 4.2). */
export async function challengeOf(crypto: Crypto, verifier: string): Promise<string> {
  const ascii = Uint8Array.from(verifier, (character) => character.charCodeAt(0));
  return base64url(new Uint8Array(await crypto.subtle.digest("SHA-256", ascii)));
}
