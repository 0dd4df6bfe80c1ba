// What needs no server.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, utimesSync, writeFileSync } from "node:fs";
import { createServer, type RequestListener, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { test, type TestContext } from "node:test";
import { fileURLToPath } from "node:url";
import { Citizen, MemoryStore, Problem, Pushes, readApns, readFcm, readLive, sentenceOf, STRINGS, take, takeIfNew } from "../src/index.js";
import { FileStore } from "../src/node.js";
import { challengeOf, newVerifier, uuid } from "../src/random.js";
import { cameBack } from "../src/sign_in.js";

const messageId = "01958f3a-0000-7000-8000-000000000001";

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
  // Of another path, and of another host where the app says its own.
  const nobodys = { why: "nothing_to_finish" };
  assert.deepEqual(cameBack("https://app.example/inbox?code=a"), nobodys);
  const ours = "https://App.example/thuisloket/";
  assert.deepEqual(cameBack(`${link}?code=a#x`, ours), { code: "a", goOn: undefined });
  for (const other of ["https://evil.example/thuisloket/sign-in?code=a", "https://app.example/sign-in?error=stopped"]) {
    assert.deepEqual(cameBack(other, ours), nobodys);
  }
  assert.deepEqual(cameBack("myapp://town/sign-in?error=stopped", "myapp://town"), { why: "stopped" });
  // Where it goes on is a path of the app, and of no other host.
  for (const elsewhere of ["//evil.example", "/\\evil.example", "https://evil.example", "inbox"]) {
    assert.deepEqual(cameBack(`${link}?code=a&go_on=${encodeURIComponent(elsewhere)}`), { code: "a", goOn: undefined });
  }
});

/** A phone whose server answers so; with somebody signed in, unless it is said. */
async function answered(t: TestContext, answer: RequestListener, { isSignedIn = true, tries = 1 } = {}) {
  let asked = 0;
  const server = createServer((request, response) => {
    asked += 1;
    answer(request, response);
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  const store = new MemoryStore();
  const tokens = { access_token: "a", refresh_token: "r", session_id: messageId, level: "low", access_expires_at: "2027-03-01T09:00:00Z" };
  if (isSignedIn) await store.write("session", JSON.stringify(tokens));
  const { port } = server.address() as AddressInfo;
  const told: string[] = [];
  const onSignedOut = (why: Problem) => told.push(why.code);
  const citizen = new Citizen({ server: `http://127.0.0.1:${port}`, store, onSignedOut, patience: { tries } });
  return { citizen, told, asked: () => asked };
}

async function problem(act: Promise<unknown>): Promise<Problem> {
  try {
    await act;
  } catch (error) {
    assert(error instanceof Problem, String(error));
    return error;
  }
  throw new Error("it was not refused");
}

const APPOINTMENT = { params: { path: { appointment_id: messageId } } };
const CALENDAR = "/v1/appointments/{appointment_id}/calendar";
const IMAGE = "/v1/announcements/{announcement_id}/image";

test("what has not changed is no problem", async (t) => {
  const phone = await answered(t, (request, response) => {
    if (request.headers["if-none-match"] === '"7"') return void response.writeHead(304, { etag: '"7"' }).end();
    response.writeHead(200, { "content-type": "application/json; charset=utf-8", etag: '"7"' }).end("[]");
  });
  const { api } = phone.citizen;
  const first = await takeIfNew(api.GET("/v1/documents"));
  assert.deepEqual(first, { data: [], etag: '"7"' });
  const again = () => api.GET("/v1/documents", { headers: { "If-None-Match": first?.etag } });
  assert.equal(await takeIfNew(again()), undefined);
  const { data, error, response } = await again();
  assert.deepEqual([data, error, response.status], [undefined, undefined, 304]);
  // Whoever asks for what is there is not given nothing for it.
  assert.equal((await problem(take(again()))).code, "not_modified");
  // Nobody asked whether it changed.
  const odd = await answered(t, (_, response) => void response.writeHead(304).end());
  assert.deepEqual([(await problem(odd.citizen.api.GET("/v1/documents"))).code, odd.asked()], ["answer_unreadable", 1]);
});

test("an answer that is not the contract's is a problem, whatever its status", async (t) => {
  const json = { "content-type": "application/json" };
  const answers: [string, Record<string, string>][] = [
    ["OK", { "content-type": "text/plain" }],
    ['[{"id":"', json],
    ["null", json],
    ["true", json],
    ["", {}],
    ["<p>Welcome to the hotel</p>", { "content-type": "text/html" }],
  ];
  for (const [body, headers] of answers) {
    const { citizen } = await answered(t, (_, response) => void response.writeHead(200, headers).end(body));
    for (const ask of [() => citizen.api.GET("/v1/documents"), () => citizen.api.request("get", "/v1/documents")]) {
      const refused = await problem(ask());
      assert.deepEqual([refused.code, refused.status, refused.isLater], ["answer_unreadable", 200, false], body);
      assert.match(refused.message, /\.$/);
    }
    await assert.rejects(citizen.messages().next(), { code: "answer_unreadable" });
    assert.equal((await problem(citizen.startSignIn({ municipality: "deinze", device_name: "x", language: "nl" }))).code, "answer_unreadable");
  }
  // Nothing is what most deeds are answered.
  const deed = await answered(t, (_, response) => void response.writeHead(200, { "content-length": "0" }).end());
  await deed.citizen.api.DELETE("/v1/appointments/{appointment_id}", APPOINTMENT);
  assert.equal((await problem(deed.citizen.api.GET(CALENDAR, APPOINTMENT))).code, "answer_unreadable");
});

test("a file is given as what it is", async (t) => {
  const calendar = await answered(t, (_, response) => void response.writeHead(200, { "content-type": "text/calendar; charset=utf-8" }).end("BEGIN:VCALENDAR"));
  assert.equal(await take(calendar.citizen.api.GET(CALENDAR, APPOINTMENT)), "BEGIN:VCALENDAR");
  const image = await answered(t, (_, response) => void response.writeHead(200, { "content-type": "image/jpeg" }).end(Buffer.from([255, 216])));
  const params = { path: { announcement_id: messageId } };
  const bytes = await take(image.citizen.api.GET(IMAGE, { params, parseAs: "arrayBuffer" }));
  assert.deepEqual([...new Uint8Array(bytes)], [255, 216]);
  await assert.rejects(image.citizen.api.GET(IMAGE, { params }), /parseAs/);
  const cut = await answered(t, (_, response) => {
    response.writeHead(200, { "content-type": "image/jpeg", "content-length": "9" }).write("x", () => response.destroy());
  });
  assert.equal((await problem(cut.citizen.api.GET(IMAGE, { params, parseAs: "blob" }))).code, "no_answer");
});

test("a proxy that is ill is for later, and a new code as well, by its status", async (t) => {
  const ill = await answered(t, (_, response) => void response.writeHead(503, { "retry-after": "7" }).end("<h1>busy</h1>"));
  const refused = await problem(ill.citizen.api.GET("/v1/documents"));
  assert.deepEqual([refused.code, refused.status, refused.isLater, refused.retry_after_seconds], ["answer_unreadable", 503, true, 7]);
  assert.match(refused.message, /^503 answer_unreadable: .+\.$/);
  for (const [status, isLater] of [[500, true], [429, true], [409, false]] as const) {
    const newer = await answered(t, (_, response) => void response.writeHead(status).end('{"code":"of_next_year"}'));
    const one = await problem(newer.citizen.api.GET("/v1/documents"));
    assert.deepEqual([one.code, one.isLater], ["of_next_year", isLater]);
    assert.match(one.message, /: .+\.$/);
  }
});

test("a phone on which nobody is signed in does not ask, and says so", async (t) => {
  const { citizen, told, asked } = await answered(t, (_, response) => void response.writeHead(200, { "content-type": "application/json" }).end("[]"), { isSignedIn: false });
  const refused = await problem(citizen.api.GET("/v1/documents"));
  assert.deepEqual([refused.code, refused.status, refused.isSignedOut, refused.isLater], ["signed_out", 0, true, false]);
  assert.match(refused.message, /\.$/);
  assert.deepEqual([asked(), told], [0, []]);
  // What anybody may ask is asked.
  assert.deepEqual(await take(citizen.api.GET("/v1/municipalities")), []);
});

test("what the app stops is stopped at once, also while it waits", async (t) => {
  const ill = (_: unknown, response: ServerResponse) => void response.writeHead(503, { "retry-after": "15" }).end();
  const { citizen, asked } = await answered(t, ill, { tries: 4 });
  const stop = new AbortController();
  setTimeout(() => stop.abort(), 100);
  const began = Date.now();
  await assert.rejects(citizen.api.GET("/v1/documents", { signal: stop.signal }), { name: "AbortError" });
  assert(Date.now() - began < 5_000, "it waited on");
  assert.equal(asked(), 1);
});

// From dist/tests to the contract's own examples.
const pushes = new URL("../../../push/", import.meta.url);
const example = (name: string): any => JSON.parse(readFileSync(new URL(name, pushes), "utf8"));
const elsewhere = existsSync(pushes) ? false : "the contract's examples are not beside this copy";

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
  // As the server sent it to Google, and as the sandbox shows it.
  assert.deepEqual(readFcm(example("fcm-show.example.json")), show);
  assert.deepEqual(readFcm({ ...example("fcm-clear.example.json"), fid: "dTine0Pixel0mJh1yq8aZ2" }), clear);
  assert.deepEqual(readLive(example("fcm-live.example.json")), readLive(example("fcm-live.example.json").android));
  // A number that is none is not taken for one.
  const { data } = example("fcm-show.example.json").android;
  for (const odd of ["", " ", "0x10", "1e3", "-1", "1.0", "+1", "one", true, -1, 1.5, null]) {
    assert.equal(readFcm({ data: { ...data, unread: odd } })?.unread, undefined, String(odd));
  }
  assert.deepEqual([readFcm({ data: { ...data, unread: "12" } })?.unread, readFcm({ data: { ...data, unread: 12 } })?.unread], [12, 12]);
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
  // As a phone names its language; Dutch where this package has none of it.
  for (const [tag, language] of [["nl-BE", "nl"], ["fr_BE", "fr"], ["DE", "de"], ["pt-PT", "nl"], ["", "nl"], ["toString", "nl"]] as const) {
    assert.equal(sentenceOf(silent, tag), STRINGS[language].push_neutral, tag);
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

test("a lock of a process that was killed while it made it is broken, and a young one is not", async () => {
  const folder = mkdtempSync(join(tmpdir(), "thuisloket-"));
  const [lock, breaking] = [join(folder, "session.lock"), join(folder, "session.lock.breaking")];
  const long = new Date(Date.now() - 60_000);
  // Killed between opening and writing; and another while it broke that, of this version and of one before.
  for (const left of ["", "4194305 of-the-dead"]) {
    for (const path of [lock, breaking]) {
      writeFileSync(path, left);
      utimesSync(path, long, long);
    }
    assert.equal(await new FileStore(folder).withLock("session", async () => "mine"), "mine");
    assert.deepEqual([existsSync(lock), existsSync(breaking)], [false, false]);
  }
  // Somebody is about to write their name.
  writeFileSync(lock, "");
  let isIn = false;
  const waiting = new FileStore(folder).withLock("session", async () => {
    isIn = true;
  });
  await new Promise((done) => setTimeout(done, 200));
  assert.equal(isIn, false);
  utimesSync(lock, long, long);
  await waiting;
  assert.equal(isIn, true);
});

// From dist/tests to the package's own folder.
const home = fileURLToPath(new URL("../../", import.meta.url));

test("what the README shows of the steps is what is compiled", () => {
  const readme = readFileSync(join(home, "README.md"), "utf8");
  const lines = (text: string) => text.split("\n").map((line) => line.trim()).filter((line) => line !== "");
  const compiled = new Set(lines(readFileSync(join(home, "examples/steps.ts"), "utf8")));
  const blocks = readme.split("\n## 5. ")[1]?.split("```ts\n").slice(1).map((part) => part.split("```")[0] ?? "") ?? [];
  const steps = blocks.filter((block) => !block.includes("messageChanges"));
  assert(steps.length >= 5, `${steps.length} blocks`);
  for (const line of steps.flatMap(lines)) assert(compiled.has(line), `examples/steps.ts has no line: ${line}`);
});

test("who has only the packed file has all that its README leads to", { skip: elsewhere }, () => {
  const folder = mkdtempSync(join(tmpdir(), "thuisloket-"));
  const name = execFileSync("node", ["pack.mjs", folder], { cwd: home, encoding: "utf8" }).trim();
  execFileSync("tar", ["xzf", join(folder, name), "-C", folder]);
  const packed = join(folder, "package");
  for (const file of ["LICENSE", "dist/src/index.d.ts", "dist/src/node.js", "dist/examples/first-hour.js", "push/strings.nl.json"]) {
    assert(existsSync(join(packed, file)), file);
  }
  for (const from of ["README.md", "push/README.md"]) {
    const links = [...readFileSync(join(packed, from), "utf8").matchAll(/\]\(([^)#\s]+)[^)]*\)/g)].map((found) => found[1] ?? "");
    assert(links.length > 1, `${from} has ${links.length} links`);
    for (const link of links) assert(/^https:/.test(link) || existsSync(join(packed, dirname(from), link)), `${from} leads to ${link}`);
  }
  assert(readFileSync(join(packed, "examples/first-hour.ts"), "utf8").includes('from "@thuisloket/citizen"'));
  assert.equal(existsSync(join(packed, "dist/tests")), false);
});
