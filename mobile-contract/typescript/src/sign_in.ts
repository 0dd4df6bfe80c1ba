// What is kept of a sign-in while the citizen is in the browser, and what comes back from there.

/** Why nobody is signed in. The citizen has read it on a page, in their language, but for the last. */
export type SignInFault =
  /** By the citizen, or it took too long. */
  | "stopped"
  | "not_in_register"
  | "level_too_low"
  | "another_person"
  /** Try later. A fault that this version does not know is taken for it. */
  | "provider_unavailable"
  /** The town must mend it. */
  | "provider_misconfigured"
  /** The link is not of the sign-in that began on this phone, or of one that is finished or too old: say nothing, and show the first screen. */
  | "nothing_to_finish";

/** What came of a sign-in; `goOn` is the path that the app gave at the start. */
export type SignedIn =
  | { readonly signedIn: true; readonly goOn: string | undefined }
  | { readonly signedIn: false; readonly why: SignInFault };

const FAULTS: Record<Exclude<SignInFault, "nothing_to_finish">, true> = {
  stopped: true,
  not_in_register: true,
  level_too_low: true,
  another_person: true,
  provider_unavailable: true,
  provider_misconfigured: true,
};

/** Under which name the store keeps it. */
export const NAME = "sign-in";

/** A sign-in that is under way. */
export interface UnderWay {
  readonly verifier: string;
  /** The code that is being traded, with the key of that deed: it is the same if the app is killed before the answer is there. */
  readonly trade?: { readonly code: string; readonly key: string };
}

/** What stands in the query of a link. By hand: the `URL` of React Native does not read queries. */
function query(link: string): Map<string, string> {
  const text = link.split("#", 1)[0]?.split("?").slice(1).join("?") ?? "";
  const found = new Map<string, string>();
  for (const pair of text.split("&")) {
    const [name = "", ...rest] = pair.split("=");
    try {
      found.set(decodeURIComponent(name), decodeURIComponent(rest.join("=").replaceAll("+", " ")));
    } catch {
      // What is no text is of no sign-in of ours.
    }
  }
  return found;
}

/** The path behind the app link, on which a sign-in comes back. */
const WAY_BACK = "/sign-in";

/** Whether a link is one of a sign-in: of this app, where its app link is known; else by its path alone. */
function isWayBack(link: string, appLink: string | undefined): boolean {
  const [address = ""] = link.split(/[?#]/, 1);
  // Hosts and schemes may come in capitals.
  return appLink === undefined ? address.endsWith(WAY_BACK) : address.toLowerCase() === (appLink.replace(/\/+$/, "") + WAY_BACK).toLowerCase();
}

/** A path of the app. What begins with two slashes is the address of another host. */
const isPath = (goOn: string) => /^\/(?![\/\\])/.test(goOn);

/** What an app link of a sign-in says. */
export type CameBack = { readonly code: string; readonly goOn: string | undefined } | { readonly why: SignInFault };

export function cameBack(link: string, appLink?: string): CameBack {
  if (!isWayBack(link, appLink)) return { why: "nothing_to_finish" };
  const said = query(link);
  const code = said.get("code");
  const goOn = said.get("go_on");
  if (code) return { code, goOn: goOn !== undefined && isPath(goOn) ? goOn : undefined };
  const fault = said.get("error");
  if (!fault) return { why: "nothing_to_finish" };
  return { why: Object.hasOwn(FAULTS, fault) ? (fault as SignInFault) : "provider_unavailable" };
}
