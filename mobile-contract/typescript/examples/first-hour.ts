// The first hour of an app: signs in, reads the inbox, books a visit, registers for pushes, handles one.
//
//   thuisloket demo                          # in another window
//   node dist/examples/first-hour.js http://127.0.0.1:8091
//
// Copied into an app it imports from "@thuisloket/citizen", in the place of "../src/index.js".
import { Citizen, MemoryStore, Problem, readApns, take } from "../src/index.js";
import { browse } from "./browser.js";

const [server = "http://127.0.0.1:8091", person = "anna", provider = "town"] = process.argv.slice(2);
const say = (...words: unknown[]) => console.log(...words);

const citizen = new Citizen({
  server,
  // In an app: the keychain. Here a session lasts as long as the process.
  store: new MemoryStore(),
  onSignedOut: (why) => say("Signed out:", why.code),
});

// 1. Choose a town, and sign in.
const towns = await take(citizen.api.GET("/v1/municipalities"));
const town = towns[0];
if (town === undefined) throw new Error("this server serves no town");
const begun = await citizen.startSignIn({ municipality: town.key, device_name: "First hour", language: "nl", provider, go_on: "/inbox" });
// In an app: Linking.openURL(begun.authorization_url), and the app link comes back as an event.
const result = await citizen.finishSignIn(await browse(begun.authorization_url, person));
if (!result.signedIn) throw new Error(`not signed in: ${result.why}`);
const me = await take(citizen.api.GET("/v1/me"));
say(`1. Signed in as ${me.given_names} in ${town.names[0]?.name ?? town.key}; on to ${result.goOn ?? "/"}.`);

// 2. Read the inbox, the newest first. The next page is asked for when the loop comes there.
let seen = 0;
for await (const message of citizen.messages({ limit: 20 })) {
  seen += 1;
  if (seen <= 3) say(`2. ${message.created_at} ${message.withdrawn_at ? "(withdrawn) " : ""}${message.title}`);
}
say(`2. ${seen} messages in the inbox.`);

// 3. Register for pushes, with what Apple or Google gave the app.
const token = Array.from(crypto.getRandomValues(new Uint8Array(32)), (byte) => byte.toString(16).padStart(2, "0")).join("");
await citizen.registerDevice({ platform: "ios", target_kind: "apns_token", target: token, locale: "nl", app_version: "1.0.0", preview: "neutral" });
say("3. Registered for pushes.");

// 4. Search the next free start and book it. Who comes second is told so, and takes the next one.
const offer = await take(citizen.api.GET("/v1/services"));
const service = offer.services.find((s) => s.needs === "citizen") ?? offer.services[0];
if (service === undefined) throw new Error("nothing can be booked here");
const goOn: readonly string[] = ["slot_taken", "slot_not_offered", "visit_overlaps"];
let visit;
for await (const start of citizen.freeStarts(service.id)) {
  // One key for one deed: made before the first try, and kept until it is answered.
  const params = { header: { "Idempotency-Key": citizen.deed() } };
  const wish = { service_id: service.id, location_id: start.location_id, starts_at: start.starts_at, persons: 1, hold: false };
  try {
    visit = await take(citizen.api.POST("/v1/appointments", { params, body: wish }));
    break;
  } catch (problem) {
    if (!(problem instanceof Problem && goOn.includes(problem.code))) throw problem;
  }
}
if (visit === undefined) throw new Error("no start is free");
say(`4. Booked: ${visit.service.name}, ${visit.starts_at}, ${visit.location.name}; reference ${visit.reference}.`);

// 5. A push comes in. It holds an id and nothing personal: the message is fetched with the app's own session.
const newest = (await citizen.messages({ limit: 1 }).next()).value;
const userInfo = {
  aps: { alert: "Je hebt een nieuw bericht van je gemeente.", badge: 1, sound: "default", category: "appointments" },
  type: "show",
  message_id: newest?.id ?? "01958f3a-0000-7000-8000-000000000001",
};
const push = readApns(userInfo);
if (push === undefined) throw new Error("not a push of this server");
say(`5. A push, to ${await citizen.pushes.handle(push)}: ${"text" in push ? push.text : ""}`);
say(`5. The same again, to ${await citizen.pushes.handle(push)}.`);
if (newest) {
  const params = { path: { message_id: newest.id } };
  const message = await take(citizen.api.GET("/v1/inbox/{message_id}", { params }));
  await citizen.api.PUT("/v1/inbox/{message_id}/read", { params });
  const { unread } = await take(citizen.api.GET("/v1/inbox/unread-count"));
  say(`5. Opened: ${message.title}. ${unread} unread.`);
}

// 6. Leave nothing behind, so that this can be run again.
await citizen.api.DELETE("/v1/appointments/{appointment_id}", { params: { path: { appointment_id: visit.id } } });
await citizen.api.DELETE("/v1/devices/{installation_id}", { params: { path: { installation_id: await citizen.installation() } } });
await citizen.signOut();
say("6. Cancelled, and signed out.");
