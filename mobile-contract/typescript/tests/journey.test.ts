// The layer against a running server: what phones and their networks do to it.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { after, test } from "node:test";
import { fileURLToPath } from "node:url";
import { browse } from "../examples/browser.js";
import { bookFrom, calendar, documents } from "../examples/steps.js";
import { MemoryStore, Problem, type Store, take } from "../src/index.js";
import { FileStore } from "../src/node.js";
import { NOBODYS, Network, newFolder, newPhone, nextDay, type Phone, phoneOf, restarted, SERVER, WISH } from "./help.js";

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
const REFRESH = "POST /v1/sessions/refresh";
const sessionsOf = (phone: Phone) => take(phone.citizen.api.GET("/v1/sessions"));

after(() => Network.stopAll());

/** The problem that something ends in. */
async function problem(act: Promise<unknown>): Promise<Problem> {
  try {
    await act;
  } catch (error) {
    assert(error instanceof Problem, String(error));
    return error;
  }
  throw new Error("it was not refused");
}

/** Something that can be booked, and a start at which it can; not on a day on which one comes already. */
async function something(phone: Phone, but?: string) {
  const offer = await take(phone.citizen.api.GET("/v1/services"));
  const service = offer.services.find((s) => s.needs === "citizen");
  assert(service);
  let start;
  for await (const free of phone.citizen.freeStarts(service.id)) {
    start = free;
    if (free.day !== but) break;
  }
  assert(start && start.day !== but);
  return { service_id: service.id, location_id: start.location_id, starts_at: start.starts_at, persons: 1, hold: false };
}

test("a citizen signs in, and the way back works once", async () => {
  const phone = newPhone();
  const begun = await phone.citizen.startSignIn({ ...WISH, go_on: "/inbox?unread=1" });
  const link = await browse(begun.authorization_url, "other-0");
  // The app was killed meanwhile; and a link of somebody else comes before the right one.
  const { citizen } = restarted(phone);
  assert.deepEqual(await citizen.finishSignIn("https://app.example/thuisloket/sign-in?error=stopped"), { signedIn: false, why: "stopped" });
  // The system hands the link over twice at once.
  const both = await Promise.all([citizen.finishSignIn(link), citizen.finishSignIn(link)]);
  assert.deepEqual(both, [
    { signedIn: true, goOn: "/inbox?unread=1" },
    { signedIn: false, why: "nothing_to_finish" },
  ]);
  const sessions = await take(citizen.api.GET("/v1/sessions"));
  assert.equal(sessions.find((s) => s.current)?.device_name, WISH.device_name);
  assert.equal((await citizen.session())?.session_id, sessions.find((s) => s.current)?.id);
  await citizen.signOut();
  assert.equal(await citizen.session(), undefined);
  assert.equal((await problem(take(citizen.api.GET("/v1/sessions")))).isSignedOut, true);
});

test("whoever stops in the browser is told why", async () => {
  const { citizen } = newPhone();
  const begun = await citizen.startSignIn(WISH);
  assert.deepEqual(await citizen.finishSignIn(await browse(begun.authorization_url, "stop")), { signedIn: false, why: "stopped" });
});

test("a code is no good with another verifier", async () => {
  const [mine, theirs] = [newPhone(), newPhone()];
  const begun = await mine.citizen.startSignIn(WISH);
  await theirs.citizen.startSignIn(WISH);
  const link = await browse(begun.authorization_url, "other-0");
  // Another app took the link: it has a verifier of its own.
  assert.deepEqual(await theirs.citizen.finishSignIn(link), { signedIn: false, why: "nothing_to_finish" });
  assert.equal(await theirs.citizen.session(), undefined);
});

test("an answer to the trade that is lost is asked for again, also by an app that was killed", async () => {
  const network = await Network.start();
  const phone = newPhone({ server: network.address, patience: { tries: 1 } });
  const begun = await phone.citizen.startSignIn(WISH);
  const link = await browse(begun.authorization_url, "other-0");
  network.loseAnswers = 1;
  assert.equal((await problem(phone.citizen.finishSignIn(link))).code, "no_answer");
  // Without the key of the first try the code would be one that came back, and end the session.
  const after = restarted(phone);
  assert.equal((await after.citizen.finishSignIn(link)).signedIn, true);
  assert.equal((await sessionsOf(after)).filter((s) => s.current).length, 1);
});

test("a token that expired is renewed once for all who wait, and kept before it is used", async () => {
  const phone = await phoneOf("other-0");
  await nextDay();
  const kept = async () => JSON.parse((await phone.store.read("session")) ?? "{}");
  const before = await kept();
  phone.line.before = async (path, init) => {
    const sent = (init.headers as Record<string, string>)["authorization"];
    // Before the renewal the old one is sent, and after it none that the phone could lose.
    if (path === "GET /v1/sessions") assert([before.access_token, (await kept()).access_token].map((t) => `Bearer ${t}`).includes(sent ?? ""));
  };
  const all = await Promise.all(Array.from({ length: 8 }, () => sessionsOf(phone)));
  assert.deepEqual([phone.line.count(`${REFRESH} 200`), phone.line.count("GET /v1/sessions 200")], [1, 8]);
  const now = await kept();
  assert.notEqual(now.refresh_token, before.refresh_token);
  assert.equal(now.session_id, before.session_id);
  for (const sessions of all) assert.equal(sessions.find((s) => s.current)?.id, before.session_id);
});

test("a token whose key the server has forgotten is renewed as well", async () => {
  const phone = await phoneOf("other-0");
  const kept = JSON.parse((await phone.store.read("session")) ?? "{}");
  await phone.store.write("session", JSON.stringify({ ...kept, access_token: `${kept.access_token.slice(0, -4)}AAAA` }));
  assert.equal((await sessionsOf(phone)).find((s) => s.current)?.id, kept.session_id);
  assert.deepEqual(phone.line.all, ["GET /v1/sessions 401", `${REFRESH} 200`, "GET /v1/sessions 200"]);
});

test("a citizen steps up, and the session goes on", async () => {
  const phone = await phoneOf("anna");
  const before = await phone.citizen.session();
  const begun = await phone.citizen.startStepUp({ level: "high", language: "nl", go_on: "/documents" });
  const result = await phone.citizen.finishSignIn(await browse(begun.authorization_url, "anna"));
  assert.deepEqual(result, { signedIn: true, goOn: "/documents" });
  assert.deepEqual(await phone.citizen.session(), { session_id: before?.session_id, level: "high" });
  assert((await take(phone.citizen.api.GET("/v1/documents"))).length > 0);
});

test("a token that is not kept is not used", async () => {
  const memory = new MemoryStore();
  let isLocked = false;
  // A keychain that cannot be written, as before a phone is unlocked for the first time.
  const store: Store = {
    read: (name) => memory.read(name),
    write: async (name, value) => {
      if (isLocked) throw new Error("the keychain is locked");
      await memory.write(name, value);
    },
    withLock: (name, work) => memory.withLock(name, work),
  };
  const phone = await phoneOf("other-0", { store });
  const before = (await phone.citizen.session())?.session_id;
  await nextDay();
  isLocked = true;
  await assert.rejects(sessionsOf(phone), /keychain/);
  assert.equal(phone.line.count("GET /v1/sessions 200"), 0);
  isLocked = false;
  // The old one again: no refresh token that was given for it has been traded.
  assert.equal((await sessionsOf(phone)).find((s) => s.current)?.id, before);
});

/** Another process on the same store: done, it says what it was answered. */
function anotherProcess(folder: string) {
  const path = fileURLToPath(new URL("./another-process.js", import.meta.url));
  const child = spawn(process.execPath, [path, folder], { stdio: ["pipe", "pipe", "inherit"] });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    next: async () => String((await lines.next()).value),
    begin: () => child.stdin.write("go\n"),
  };
}

test("two processes of one phone that need a new token at once keep one session", async () => {
  const folder = newFolder();
  const phone = await phoneOf("other-0", { store: new FileStore(folder) });
  const session = (await phone.citizen.session())?.session_id;
  for (let round = 0; round < 2; round += 1) {
    await nextDay();
    const processes = [anotherProcess(folder), anotherProcess(folder)];
    for (const one of processes) assert.equal(await one.next(), "ready");
    for (const one of processes) one.begin();
    const told = await Promise.all(processes.map(async (one) => JSON.parse(await one.next())));
    assert.deepEqual(told.map((t) => t.session), [session, session], JSON.stringify(told));
    const renewals = told.flatMap((t) => t.asked as string[]).filter((line) => line.startsWith(REFRESH));
    assert.deepEqual(renewals, [`${REFRESH} 200`]);
  }
  // The app itself, which held what they have used up.
  assert.equal((await sessionsOf(phone)).find((s) => s.current)?.id, session);
});

test("an answer to a renewal that is lost ends no session", async () => {
  const network = await Network.start();
  const phone = await phoneOf("other-0");
  const session = (await phone.citizen.session())?.session_id;
  await nextDay();
  const far = restarted(phone, { server: network.address });
  // Within one call: the same key, and so the same answer.
  far.line.before = async (path) => {
    if (path === REFRESH && network.lost === 0) network.loseAnswers = 1;
  };
  assert.equal((await sessionsOf(far)).find((s) => s.current)?.id, session);
  assert.deepEqual([far.line.count(`${REFRESH} lost`), far.line.count(`${REFRESH} 200`)], [1, 1]);
  await nextDay();
  // Without any more tries: the app was killed. A day later it sends the old token once more.
  const dying = restarted(phone, { server: network.address, patience: { tries: 1 } });
  dying.line.before = async (path) => {
    if (path === REFRESH) network.loseAnswers = 1;
  };
  assert.equal((await problem(sessionsOf(dying))).code, "no_answer");
  await nextDay();
  const again = restarted(phone);
  assert.equal((await sessionsOf(again)).find((s) => s.current)?.id, session);
});

test("a token that was used up by another ends the session, and the app is told once", async () => {
  const phone = await phoneOf("other-0");
  const copy = new MemoryStore();
  await copy.write("session", await phone.store.read("session"));
  await nextDay();
  await sessionsOf(phone);
  await nextDay();
  await sessionsOf(phone);
  const told: string[] = [];
  const thief = newPhone({ store: copy, onSignedOut: (why) => told.push(why.code) });
  const refused = await problem(sessionsOf(thief));
  assert.deepEqual([refused.code, refused.isSignedOut, await thief.citizen.session()], ["refresh_reused", true, undefined]);
  // The server looks once which sessions have ended, and answers whoever comes meanwhile from what it knew.
  const { access_token } = JSON.parse((await phone.store.read("session")) ?? "{}");
  await fetch(`${SERVER}/v1/sessions`, { headers: { authorization: `Bearer ${access_token}` } });
  const mine = restarted(phone, { onSignedOut: (why) => told.push(why.code) });
  const both = await Promise.all([problem(sessionsOf(mine)), problem(sessionsOf(mine))]);
  assert.deepEqual(both.map((p) => p.code), ["session_ended", "session_ended"]);
  assert.deepEqual(told, ["refresh_reused", "session_ended"]);
});

test("a booking whose answer is lost is booked once", async () => {
  const network = await Network.start();
  const phone = await phoneOf("other-1");
  const far = restarted(phone, { server: network.address });
  const body = await something(far);
  network.loseAnswers = 1;
  const visit = await take(far.citizen.api.POST("/v1/appointments", { body }));
  assert.equal(network.lost, 1);
  assert.deepEqual(far.line.all.slice(-2), ["POST /v1/appointments lost", "POST /v1/appointments 200"]);
  assert.equal(far.line.keys.at(-1), far.line.keys.at(-2));
  assert.match(far.line.keys.at(-1) ?? "", UUID);
  const mine = async () => (await take(far.citizen.api.GET("/v1/appointments"))).map((v) => v.reference);
  assert.deepEqual(await mine(), [visit.reference]);
  // Nobody is there: the app gives up, and the citizen presses again, with the key of the first press.
  const params = { header: { "Idempotency-Key": far.citizen.deed() } };
  const impatient = restarted(phone, { server: network.address, patience: { tries: 1 } });
  const other = await something(far, visit.day);
  network.loseAnswers = 1;
  const press = (on: Phone) => take(on.citizen.api.POST("/v1/appointments", { params, body: other }));
  assert.equal((await problem(press(impatient))).code, "no_answer");
  const second = await press(far);
  assert.deepEqual((await mine()).sort(), [visit.reference, second.reference].sort());
  // A key is of one deed.
  const changed = await problem(take(far.citizen.api.POST("/v1/appointments", { params, body })));
  assert.deepEqual([changed.code, changed.field], ["idempotency_key_reused", "Idempotency-Key"]);
  network.loseAnswers = 1;
  for (const { id } of [visit, second]) {
    await far.citizen.api.DELETE("/v1/appointments/{appointment_id}", { params: { path: { appointment_id: id } } });
  }
  assert.deepEqual(await mine(), []);
});

test("a request that is lost is sent again, and not for ever", async () => {
  const network = await Network.start();
  const far = restarted(await phoneOf("other-0"), { server: network.address });
  network.loseRequests = 2;
  await sessionsOf(far);
  assert.deepEqual(far.line.all, ["GET /v1/sessions lost", "GET /v1/sessions lost", "GET /v1/sessions 200"]);
  // Some of the answer came, or nothing at all.
  far.line.all.length = 0;
  network.cutAnswers = 1;
  await sessionsOf(far);
  assert.deepEqual(far.line.all, ["GET /v1/sessions 200", "GET /v1/sessions 200"]);
  const watching = restarted(far, { server: network.address, patience: { answerWithin: 3 } });
  network.swallow = 1;
  await sessionsOf(watching);
  assert.deepEqual(watching.line.all, ["GET /v1/sessions lost", "GET /v1/sessions 200"]);
  network.loseRequests = 100;
  const given = restarted(far, { server: network.address, patience: { tries: 2 } });
  const refused = await problem(sessionsOf(given));
  assert.deepEqual([refused.code, refused.status, refused.isSignedOut], ["no_answer", 0, false]);
  assert.equal(given.line.all.length, 2);
  // What the app does not want any more is not tried again.
  const stop = new AbortController();
  stop.abort();
  await assert.rejects(take(far.citizen.api.GET("/v1/sessions", { signal: stop.signal })), { name: "AbortError" });
});

test("what is refused is refused once, with its code", async () => {
  const phone = await phoneOf("other-0");
  const { api } = phone.citizen;
  const missing = await problem(take(api.GET("/v1/inbox/{message_id}", { params: { path: { message_id: NOBODYS } } })));
  assert.deepEqual([missing.code, missing.status, missing.isSignedOut], ["not_found", 404, false]);
  const wrong = await problem(take(api.GET("/v1/inbox", { params: { query: { limit: 1000 } } })));
  assert.deepEqual([wrong.code, wrong.field], ["parameter_invalid", "limit"]);
  assert.equal(typeof wrong.body.request_id, "string");
  assert.equal((await problem(take(api.GET("/v1/inbox", { params: { query: { cursor: "no cursor" } } })))).code, "cursor_invalid");
  const gone = await something(phone);
  gone.starts_at = "2001-01-01T00:00:00Z";
  assert.equal((await problem(take(api.POST("/v1/appointments", { body: gone })))).code, "slot_not_offered");
  assert.equal(phone.line.all.length, 6, "each was sent once");
  // Something else than the server answers.
  const page = newPhone({ server: `${SERVER}/nowhere` });
  assert.equal((await problem(take(page.citizen.api.GET("/v1/municipalities")))).code, "not_found");
});

test("the inbox is read page by page", async () => {
  const phone = await phoneOf("other-3");
  const { api } = phone.citizen;
  // Each booking writes a message.
  const first = await take(api.POST("/v1/appointments", { body: await something(phone) }));
  const second = await take(api.POST("/v1/appointments", { body: await something(phone, first.day) }));
  const all = async (limit: number) => {
    const ids: string[] = [];
    for await (const message of phone.citizen.messages({ limit })) ids.push(message.id);
    return ids;
  };
  phone.line.all.length = 0;
  const whole = await all(100);
  assert(whole.length > 1, `${whole.length} messages`);
  assert.equal(phone.line.all.length, 1);
  assert.deepEqual(await all(1), whole);
  assert.equal(new Set(whole).size, whole.length);
  for (const { id } of [first, second]) await api.DELETE("/v1/appointments/{appointment_id}", { params: { path: { appointment_id: id } } });
});

test("an app that keeps the messages learns what changed", async () => {
  const phone = await phoneOf("other-4");
  const { api } = phone.citizen;
  const kept = new Map<string, string | undefined>();
  let cursor: string | undefined;
  const look = async () => {
    for await (const page of phone.citizen.messageChanges(cursor)) {
      for (const message of page.messages) kept.set(message.id, message.read_at);
      cursor = page.cursor;
    }
  };
  await look();
  const visit = await take(api.POST("/v1/appointments", { body: await something(phone) }));
  const before = kept.size;
  await look();
  assert(kept.size > before, `${kept.size} messages`);
  const [newest] = [...kept].filter(([, read]) => read === undefined).map(([id]) => id).slice(-1);
  assert(newest !== undefined);
  await api.PUT("/v1/inbox/{message_id}/read", { params: { path: { message_id: newest } } });
  await look();
  assert(kept.get(newest) !== undefined, "it was read meanwhile");
  await api.DELETE("/v1/appointments/{appointment_id}", { params: { path: { appointment_id: visit.id } } });
});

test("a reminder leads to a visit, which an app books from it", async () => {
  const { citizen } = await phoneOf("anna");
  const reminder = async () => {
    for await (const message of citizen.messages()) {
      if (message.kind === "document_reminder" && message.action?.link.endsWith("/visits")) return message;
    }
    return undefined;
  };
  let message = await reminder();
  for (let day = 0; message === undefined && day < 7; day += 1) {
    await nextDay();
    message = await reminder();
  }
  assert(message, "no reminder came");
  const document_id = /^\/documents\/([^/]+)$/.exec(message.deep_link)?.[1];
  assert(document_id, message.deep_link);
  const about = await take(citizen.api.GET("/v1/documents/{document_id}", { params: { path: { document_id } } }));
  const visit = await bookFrom(citizen, message);
  assert(visit, "nothing was booked");
  assert.match(await calendar(citizen, visit.id), /^BEGIN:VCALENDAR/);
  const booked = await take(citizen.api.GET("/v1/documents/{document_id}", { params: { path: { document_id } } }));
  assert.deepEqual([about.appointment_on, booked.appointment_on], [undefined, visit.day]);
  assert.equal(await bookFrom(citizen, { ...message, action: { label: "Boek", link: "/documents" } }), undefined);
  await citizen.api.DELETE("/v1/appointments/{appointment_id}", { params: { path: { appointment_id: visit.id } } });
});

test("what has not changed is kept, and what has is fetched", async () => {
  const phone = await phoneOf("anna");
  const first = await documents(phone.citizen, undefined);
  assert(first?.etag && first.data.length > 0);
  assert.equal(await documents(phone.citizen, first), first);
  assert.deepEqual(phone.line.all, ["GET /v1/documents 200", "GET /v1/documents 304"]);
  const other = { ...first, etag: '"of-another-day"' };
  assert.deepEqual((await documents(phone.citizen, other))?.data, first.data);
});

test("a phone registers, also after its answer was lost, and is one phone", async () => {
  const network = await Network.start();
  const phone = restarted(await phoneOf("other-2"), { server: network.address });
  const device = { platform: "ios", target_kind: "apns_token", target: "ab".repeat(32), locale: "nl", app_version: "1.0.0", preview: "neutral" } as const;
  network.loseAnswers = 1;
  await phone.citizen.registerDevice(device);
  await restarted(phone).citizen.registerDevice(device);
  const installation = await phone.citizen.installation();
  const mine = await take(phone.citizen.api.GET("/v1/devices"));
  assert.equal(mine.filter((d) => d.installation_id === installation).length, 1);
  await phone.citizen.signOut();
});

test("who is told to wait waits, and comes through", async () => {
  // An address of its own, so that nobody else is told to wait.
  const number = () => 1 + Math.floor(Math.random() * 254);
  const network = await Network.start(`127.${number()}.${number()}.${number()}`);
  /** Others at the same address use up what it may ask. */
  const crowd = async () => {
    const asked = { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify({ refresh_token: "nobody's" }) };
    for (let n = 0; n < 4_000; n += 1) {
      if ((await fetch(`${network.address}/v1/sessions/refresh`, asked)).status === 429) return;
    }
    throw new Error("this server lets anybody ask for ever");
  };
  /** Starts a sign-in just behind the crowd; another time where a place came free between the two. */
  const behind = async (phone: Phone, sign_in: () => Promise<unknown>) => {
    for (let time = 0; time < 10; time += 1) {
      phone.line.all.length = phone.line.keys.length = 0;
      await crowd();
      const began = Date.now();
      const outcome = await sign_in();
      if (phone.line.all[0] === "POST /v1/sign-in 429") return { outcome, took: Date.now() - began };
    }
    throw new Error("nobody was told to wait");
  };
  const phone = newPhone({ server: network.address });
  const { took } = await behind(phone, () => phone.citizen.startSignIn(WISH));
  assert.deepEqual(phone.line.all, ["POST /v1/sign-in 429", "POST /v1/sign-in 200"]);
  assert.equal(new Set(phone.line.keys).size, 1);
  assert.match(phone.line.keys[0] ?? "", UUID);
  assert(took >= 1_000, "Retry-After is a second at least");
  // Who would wait for longer than anybody looks at a screen tells it.
  const hasty = newPhone({ server: network.address, patience: { longestWait: 0.5 } });
  const { outcome } = await behind(hasty, () => hasty.citizen.startSignIn(WISH).catch((error: unknown) => error));
  assert(outcome instanceof Problem);
  assert.deepEqual([outcome.code, outcome.status, hasty.line.all.length], ["too_many_requests", 429, 1]);
  assert(outcome.retry_after_seconds !== undefined && outcome.retry_after_seconds >= 1);
});
