// What the page asks of the demo itself: its clock, its counter, its story, and what Apple and Google delivered. An app of a town has none of it.

/** What the demo says of its town. */
export interface Town {
  /** Another one each time that the demo starts: what a browser kept of another town is not good here. */
  run: string;
  day: string;
  today: string;
  now: string;
  time: string;
  town: string;
  server: string;
  staff: string;
  screen: string;
  called: { number: string; name: string; state: string } | null;
  phones: { name: string; ios: boolean }[];
  story: string[];
}

/** A phone that a person holds: what its maker, its provider and the demo gave it. */
export interface Handset {
  name: string;
  ios: boolean;
  installation: string;
  target: string;
  /** Who signs in on it as long as nobody else did, and with what. */
  person: string;
  provider: string;
  /** What came before it was here. */
  lock: { message: string; text: string }[];
}

/** What a provider delivered to a phone, as it was given to it. */
export interface Delivered {
  phone: number;
  payload: unknown;
}

export class Stopped extends Error {}

async function ask(path: string, init?: RequestInit): Promise<Response> {
  let answer: Response;
  try {
    answer = await fetch(path, init);
  } catch {
    throw new Stopped("The demo has stopped. Start it again in the terminal: cargo run -- demo");
  }
  if (!answer.ok) throw new Error(await answer.text());
  return answer;
}

export const town = async (): Promise<Town> => (await ask("/state")).json();

export async function press(path: string): Promise<void> {
  await ask(path, { method: "POST" });
}

/** From now on the phone is here, and no longer in the demo's own hands. */
export const take = async (phone: number): Promise<Handset> => (await ask(`/phones/${phone}/take`, { method: "POST" })).json();

/** Says what somebody did, for the story, and lets the server do what follows from it. */
export async function tell(line: string): Promise<void> {
  await ask("/told", { method: "POST", body: line });
}

/** Hears what arrives, on from the one that was heard last, and again after a connection that broke. */
export function listen(last: string | null, heard: (delivered: Delivered, id: string) => void): void {
  const source = new EventSource(`/pushes?after=${last ?? 0}`);
  source.onmessage = ({ data, lastEventId }) => heard(JSON.parse(data), lastEventId);
}
