// The demo's page: a town, its counter, and two phones that are here.
import { render } from "preact";
import { now } from "./act";
import * as demo from "./demo";
import { Kept, place } from "./kept";
import { Page } from "./page";
import "./page.css";
import { Phone } from "./phone";

/** How often the page looks whether something happened, in milliseconds. */
const EVERY = 1_500;
/** What happens without a push, such as at the console, is seen at each so many looks. */
const PHONES_EVERY = 3;

const root = document.getElementById("page") as HTMLElement;
let town: demo.Town;
const phones: Phone[] = [];

now.draw = () => render(<Page town={town} phones={phones} />, root);

/** Sees what happened: in the town, and on the phones. */
async function look(withPhones = true): Promise<void> {
  const seen = await demo.town();
  // Another town: what is on the page is of one that is gone.
  if (seen.run !== town.run) return location.reload();
  const isNew = seen.story.length !== town.story.length || seen.now !== town.now;
  town = seen;
  if (withPhones || isNew) {
    await Promise.all(phones.filter((phone) => phone.seen !== undefined).map((phone) => phone.load()));
    await Promise.all(phones.map((phone) => phone.wake(town.today)));
  }
  if (now.fault === unseen) now.fault = "";
  now.draw();
}
now.look = look;
now.begin = () => phones.forEach((phone) => phone.begin());

/** What was said when it could not be seen. */
let unseen: string | undefined;
let looks = 0;
async function watch(): Promise<void> {
  if (!now.isBusy) {
    looks += 1;
    try {
      await look(looks % PHONES_EVERY === 0);
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      now.fault = unseen = error instanceof demo.Stopped ? why : `What happened since cannot be shown: ${why}`;
      now.draw();
    }
  }
  setTimeout(watch, EVERY);
}

async function start(): Promise<void> {
  town = await demo.town();
  now.draw();
  if (isSecureContext) {
    const here = place(town.run);
    const heard = new Kept(`${here}heard`, "0");
    for (const number of town.phones.keys()) phones.push(new Phone(number, await demo.take(number), here, now.draw));
    now.draw();
    await Promise.all(phones.map((phone) => phone.start()));
    demo.listen(heard.get(), ({ phone, payload }, id) => {
      heard.set(id);
      // What it tells of cannot be read now: the next look finds it.
      phones[phone]?.hear(payload).catch(() => undefined);
    });
    // Another tab has the same phones in its hand.
    addEventListener("storage", ({ key }) => {
      if (key?.startsWith(here)) now.draw();
    });
  }
  await look();
  now.isBusy = false;
  now.draw();
  setTimeout(watch, EVERY);
}

start().catch((error) => {
  root.innerHTML = "";
  root.append(Object.assign(document.createElement("p"), { role: "alert", textContent: String(error instanceof Error ? error.message : error) }));
});
