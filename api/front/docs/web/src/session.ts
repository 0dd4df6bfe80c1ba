// Who tries something: a citizen who signs in as in an app, with the package for apps. Kept in this tab, until it is closed.
import { Citizen, type Schemas, type SignedIn, type Store, take } from "@thuisloket/citizen";

const PREFIX = "docs-";

const store: Store = {
  read: async (name) => sessionStorage.getItem(PREFIX + name) ?? undefined,
  write: async (name, value) => (value === undefined ? sessionStorage.removeItem(PREFIX + name) : sessionStorage.setItem(PREFIX + name, value)),
  withLock: async (name, work) => await navigator.locks.request(PREFIX + name, work),
};

/** The last answer as it came: the package throws what is a problem, and here it is shown. */
let last: Response | undefined;

/** Undefined where the browser lets a page sign nobody in: without TLS, but on this machine. */
const citizen = isSecureContext
  ? new Citizen({
      server: location.origin,
      store,
      fetch: async (url, init) => {
        const answer = await fetch(url, init);
        last = answer.clone();
        return answer;
      },
      patience: { tries: 1 },
    })
  : undefined;

export const canSignIn = citizen !== undefined;

export type Town = Schemas["MunicipalityOut"];

export async function towns(): Promise<Town[]> {
  return citizen === undefined ? [] : await take(citizen.api.GET("/v1/municipalities"));
}

/** The level of who is signed in. */
export async function level(): Promise<string | undefined> {
  return (await citizen?.session())?.level;
}

/** Leaves this page for the identity provider's; the operation that is read comes back with the citizen. */
export async function signIn(municipality: string, provider: string, operation: string): Promise<void> {
  const wish = { municipality, provider, device_name: "The page of the API", language: "en", go_on: `/${operation}` } as const;
  const begun = await citizen?.startSignIn(wish);
  if (begun !== undefined) location.assign(begun.authorization_url);
}

export async function signOut(): Promise<void> {
  await citizen?.signOut();
}

/** Whether a sign-in comes back on this address. */
export const comesBack = () => location.pathname.endsWith("/sign-in");

export async function finish(): Promise<SignedIn | undefined> {
  return await citizen?.finishSignIn(location.href);
}

/** Asks as whoever is signed in; what is answered is shown, whatever it is. */
export async function ask(method: string, path: string, headers: Record<string, string>, body: string | undefined): Promise<Response | undefined> {
  last = undefined;
  // Where nobody is signed in the package asks nothing; here it is shown what the server says to that.
  if ((await citizen?.session()) === undefined) return await fetch(path, { method, headers, ...(body === undefined ? {} : { body }) });
  const sent = { headers, parseAs: "stream", ...(body === undefined ? {} : { body, bodySerializer: (text: string) => text }) };
  // The page knows operations by the document that it has read, and not by types.
  const request = citizen?.api.request as undefined | ((method: string, path: string, sent: object) => Promise<unknown>);
  try {
    await request?.(method.toLowerCase(), path, sent);
  } catch (error) {
    if (last === undefined) throw error;
  }
  return last;
}
