// What the system browser and a citizen do, for who has neither: it follows a sign-in at the stand-ins of `thuisloket demo`, where a person
// is chosen by a parameter. In an app this is one line that opens the address.

const MOST_STEPS = 8;

/** Signs `person` in, and gives the app link that the browser comes back on. */
export async function browse(address: string, person: string): Promise<string> {
  let at = new URL(address);
  at.searchParams.append("as", person);
  for (let step = 0; step < MOST_STEPS; step += 1) {
    const answer = await fetch(at, { redirect: "manual" });
    const text = await answer.text();
    const location = answer.headers.get("location");
    if (location === null) {
      // A page that says why nobody was signed in has the app link behind its button.
      const link = /href="([^"]*\/sign-in\?error=[^"]*)"/.exec(text)?.[1];
      if (link !== undefined) return link.replaceAll("&amp;", "&");
      throw new Error(`the browser shows a page: ${answer.status} ${text.slice(0, 200)}`);
    }
    at = new URL(location, at);
    if (at.pathname.endsWith("/sign-in")) return at.href;
  }
  throw new Error("the browser was sent around");
}
