// What needs no server.
import assert from "node:assert/strict";
import { existsSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { MemoryStore, Pushes, readApns, readFcm, readLive, sentenceOf, STRINGS } from "../src/index.js";
import { FileStore } from "../src/node.js";
import { challengeOf, newVerifier, uuid } from "../src/random.js";
import { cameBack } from "../src/sign_in.js";

test("a challenge is what RFC 7636 says it is", async () => {
  // Appendix B.
  assert.equal(await challengeOf(crypto, "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"), "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM");
  const verifiers = new Set(Array.from({ length: 100 }, () => newVerifier(crypto)));
  assert.equal(verifiers.size, 100);
  for (const verifier of verifiers) assert.match(verifier, /^[A-Za-z0-9_-]{43}$/);
  assert.match(uuid(crypto), /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
});

test("an app link says what came of it", () => {
  const link = "https://app.example/thuisloket/sign-in";
  assert.deepEqual(cameBack(`${link}?code=a%2Bb&go_on=%2Finbox%3Fx%3D1`), { code: "a+b", goOn: "/inbox?x=1" });
  assert.deepEqual(cameBack(`${link}?error=stopped`), { why: "stopped" });
  assert.deepEqual(cameBack(`${link}?error=something_new`), { why: "provider_unavailable" });
  assert.deepEqual(cameBack(`${link}?error=toString`), { why: "provider_unavailable" });
  for (const odd of [link, `${link}?`, `${link}?code=`, `${link}?%E0%A4%A=1`]) assert.deepEqual(cameBack(odd), { why: "nothing_to_finish" });
});

// From dist/tests to the contract's own examples.
const pushes = new URL("../../../push/", import.meta.url);
const example = (name: string): any => JSON.parse(readFileSync(new URL(name, pushes), "utf8"));
const elsewhere = existsSync(pushes) ? false : "the contract's examples are not beside this copy";
const messageId = "01958f3a-0000-7000-8000-000000000001";

test("each push of the contract is read, from Apple and from Google alike", { skip: elsewhere }, () => {
  const text = "Je hebt een nieuw bericht van je gemeente.";
  const show = {
    type: "show",
    messageId,
    category: "documents",
    isUrgent: false,
    unread: 1,
    title: undefined,
    text,
    textKey: "push_neutral",
    isToFetch: false,
  };
  assert.deepEqual(readApns(example("apns-show.example.json")), show);
  assert.deepEqual(readFcm(example("fcm-show.example.json").android), show);
  const emergency = {
    ...show,
    category: "emergency",
    isUrgent: true,
    title: "Gaslek: blijf binnen, sluit ramen en deuren",
    text: "Kijk nu in de app van je gemeente.",
    textKey: "push_called",
  };
  assert.deepEqual(readApns(example("apns-show.emergency.json")), emergency);
  assert.deepEqual(readFcm(example("fcm-show.emergency.json").android), emergency);
  const clear = { type: "clear", messageId, unread: 0 };
  assert.deepEqual(readApns(example("apns-clear.example.json")), clear);
  assert.deepEqual(readFcm(example("fcm-clear.example.json").android), clear);
});

test("a push of full previews is to be fetched, and one that opened the app is read as well", { skip: elsewhere }, () => {
  const { data } = example("fcm-show.example.json").android;
  const alone = readFcm({ data });
  assert.deepEqual([alone?.type, alone?.type === "show" && alone.isToFetch], ["show", true]);
  assert.equal(readFcm(data)?.type, "show");
  const apns = example("apns-show.example.json");
  apns.aps["mutable-content"] = 1;
  const mutable = readApns(apns);
  assert.equal(mutable?.type === "show" && mutable.isToFetch, true);
});

test("a push that has no sentence names the one that the app carries", { skip: elsewhere }, () => {
  const { data } = example("fcm-show.documents-full.json").android;
  const silent = readFcm({ data });
  assert(silent?.type === "show");
  assert.deepEqual([silent.text, silent.textKey], [undefined, "push_neutral"]);
  for (const language of ["nl", "fr", "de", "en"] as const) {
    assert.equal(sentenceOf(silent, language), example(`strings.${language}.json`).push_neutral, language);
    assert.deepEqual(STRINGS[language], example(`strings.${language}.json`));
  }
  // What came with the push goes before it.
  const called = readApns(example("apns-show.queue.json"));
  assert(called?.type === "show");
  assert.equal(sentenceOf(called, "en"), "Kijk nu in de app van je gemeente.");
  for (const newer of ["push_of_next_year", "push_action_open", "toString", 3]) {
    const push = readFcm({ data: { ...data, text_key: newer } });
    assert(push?.type === "show");
    assert.deepEqual([push.textKey, sentenceOf(push, "nl")], [undefined, undefined], `${newer}`);
  }
});

test("what is unknown is plain, and what is not ours is nobody's", { skip: elsewhere }, () => {
  const newer = { ...example("apns-show.example.json"), type: "poll" };
  const text = "Je hebt een nieuw bericht van je gemeente.";
  assert.deepEqual(readApns(newer), { type: "plain", kind: "poll", messageId, unread: 1, title: undefined, text, textKey: "push_neutral" });
  newer.type = "show";
  newer.aps.category = "toString";
  const push = readApns(newer);
  assert.equal(push?.type === "show" && push.category, undefined);
  for (const theirs of [undefined, null, 3, "x", [], {}, { aps: {} }, { data: null }, { type: "show" }, { message_id: 4, type: "show" }]) {
    assert.equal(readApns(theirs), undefined);
    assert.equal(readFcm(theirs), undefined);
  }
});

test("a push that comes twice is shown once, and taken off when the message was read elsewhere", { skip: elsewhere }, async () => {
  const [show, clear] = [readApns(example("apns-show.example.json")), readApns(example("apns-clear.example.json"))];
  assert(show && clear);
  const store = new MemoryStore();
  // The app and its extension share the store.
  const [app, extension] = [new Pushes(store), new Pushes(store)];
  assert.deepEqual((await Promise.all([app.handle(show), extension.handle(show)])).sort(), ["drop", "show"]);
  assert.equal(await app.handle(clear), "clear");
  assert.equal(await extension.handle(clear), "drop");
  const late = { ...show, messageId: "01958f3a-0000-7000-8000-000000000002" };
  assert.equal(await app.handle({ ...clear, messageId: late.messageId }), "clear");
  assert.equal(await app.handle(late), "drop", "read elsewhere before it came");
});

test("a number is read as it stands, and what is not newer is dropped", { skip: elsewhere }, async () => {
  const read = (name: string) => readLive(example(`fcm-live.${name}.json`).android);
  const [line, called, aside, end] = [read("example"), read("called"), read("aside"), read("end")];
  assert(line && called && aside && end);
  const { ticketId, timestamp } = line;
  const none = { ahead: undefined, minutes: undefined, desk: undefined };
  assert.deepEqual(line, { ticketId, isOver: false, timestamp, number: "B17", ...none, ahead: 4, minutes: 12 });
  assert.deepEqual(called, { ...line, ...none, desk: "Loket 1" });
  assert.deepEqual(aside, { ...line, ...none });
  assert.deepEqual(end, { ...aside, isOver: true });
  // It is no message, and a message is no number.
  assert.equal(readFcm(example("fcm-live.example.json").android), undefined);
  for (const other of [example("fcm-show.example.json").android, undefined, {}, { type: "live" }]) assert.equal(readLive(other), undefined);
  const pushes = new Pushes(new MemoryStore());
  assert.equal(await pushes.handleLive(line), "show");
  assert.equal(await pushes.handleLive(line), "drop");
  assert.equal(await pushes.handleLive({ ...end, timestamp: timestamp + 20 }), "clear");
  assert.equal(await pushes.handleLive({ ...called, timestamp: timestamp + 10 }), "drop", "it is over");
  assert.equal(await pushes.handleLive({ ...line, ticketId: "01958f3a-0000-7000-8000-000000000003" }), "show", "another number");
});

test("a lock between processes is held by one, and a dead one does not hold it", async () => {
  const folder = mkdtempSync(join(tmpdir(), "thuisloket-"));
  // No process has this number.
  writeFileSync(join(folder, "session.lock"), "4194305");
  const stores = [new FileStore(folder), new FileStore(folder), new FileStore(folder)];
  let inside = 0;
  const visits = stores.flatMap((store) =>
    Array.from({ length: 5 }, () =>
      store.withLock("session", async () => {
        inside += 1;
        assert.equal(inside, 1);
        const before = Number((await store.read("visits")) ?? "0");
        await store.write("visits", String(before + 1));
        inside -= 1;
      }),
    ),
  );
  await Promise.all(visits);
  assert.equal(await stores[0]?.read("visits"), "15");
  await assert.rejects(stores[0]?.withLock("session", () => Promise.reject(new Error("within"))) ?? Promise.resolve(), /within/);
  assert.equal(await stores[1]?.withLock("session", async () => "free again"), "free again");
  assert.equal(existsSync(join(folder, "session.lock")), false);
});
