// The console of staff: who one is, for which town, and the pages that one's roles open.
import { type ComponentChildren, render } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { Link, Route, Router, Switch, useLocation } from "wouter-preact";
import { useHashLocation } from "wouter-preact/use-hash-location";
import "./console.css";
import { Agenda } from "./agenda";
import { List, One } from "./announcements";
import { type Me, Refused, SIGNED_IN, SIGNED_OUT, api, byItself, leaving, once, take } from "./api";
import { Calls } from "./calls";
import { Compose } from "./compose";
import { Counter, Person, VisitorPage } from "./counter";
import { CounterFigures } from "./counter-figures";
import { Coverage } from "./coverage";
import { Desk } from "./desk";
import * as kept from "./kept";
import { Colleagues, Keys } from "./keys";
import { BatchPage, Letters } from "./letters";
import { Lists } from "./lists";
import { MissedReminders } from "./missed";
import { Closures, LocationPage, Planning, ServicePage, Stranded } from "./planning";
import { Reception } from "./reception";
import { Audit, Month, Sessions } from "./records";
import { Register } from "./register";
import { Templates } from "./templates";
import { setClock } from "./time";
import { type Key, choose, language, t } from "./texts";
import { Ask, Problem, type Role, type Session, Title, Who, may, useFetched } from "./ui";
import { SentList, UnreachedPage } from "./unreached";

const PAGES: { path: string; key: Key; roles: Role[] }[] = [
  { path: "/", key: "announcements", roles: ["announce", "approve"] },
  { path: "/audiences", key: "audiences", roles: ["announce", "approve"] },
  { path: "/figures", key: "month", roles: ["announce", "approve"] },
  { path: "/coverage", key: "pageCoverage", roles: ["announce", "approve"] },
  { path: "/counter", key: "pageCounter", roles: ["counter"] },
  { path: "/desk", key: "pageDesk", roles: ["counter"] },
  { path: "/reception", key: "pageReception", roles: ["counter"] },
  { path: "/agenda", key: "pageAgenda", roles: ["counter"] },
  { path: "/planning", key: "pagePlanning", roles: ["plan"] },
  { path: "/closures", key: "pageClosures", roles: ["plan"] },
  { path: "/stranded", key: "pageStranded", roles: ["plan", "counter"] },
  { path: "/counter-figures", key: "pageCounterFigures", roles: ["plan"] },
  { path: "/unreached", key: "unreached", roles: ["counter"] },
  { path: "/missed", key: "pageMissed", roles: ["counter"] },
  { path: "/calls", key: "pageCalls", roles: ["counter"] },
  { path: "/letters", key: "pageLetters", roles: ["counter"] },
  { path: "/register", key: "register", roles: ["import"] },
  { path: "/colleagues", key: "pageColleagues", roles: ["administer"] },
  { path: "/keys", key: "pageKeys", roles: ["administer"] },
  { path: "/audit", key: "audit", roles: ["audit"] },
  { path: "/sessions", key: "sessions", roles: [] },
];

function Guarded({ who, roles, children }: { who: Session; roles: Role[]; children: ComponentChildren }) {
  if (roles.length > 0 && !may(who, ...roles)) {
    return (
      <>
        <Title>{t("noAccess")}</Title>
        <p>{t("nothingHere")}</p>
      </>
    );
  }
  return <>{children}</>;
}

async function actFor(municipality: string) {
  await take(api.PUT("/staff/v1/me/municipality", { body: { municipality } }));
  location.assign("/staff");
  location.reload();
}

/** Where somebody was when they had to sign in: they go on there. */
const GO_ON = "thuisloket.go-on";

/**
 * The session is over, while something may stand on the page that is saved nowhere: it stays, behind a question. Whoever signs in in
 * another window goes on here; another person than before gets a page of their own.
 */
function SignedOut({ me, back }: { me: Me; back: () => void }) {
  const dialog = useRef<HTMLDialogElement>(null);
  const [still, setStill] = useState(false);
  useEffect(() => dialog.current?.showModal(), []);
  const look = async (pressed: boolean) => {
    const answer = await fetch("/staff/v1/me").catch(() => undefined);
    if (!answer?.ok) {
      if (pressed) setStill(true);
      return;
    }
    const found = (await answer.json()) as Me;
    if (found.id === me.id && found.municipality === me.municipality) {
      back();
      dispatchEvent(new Event(SIGNED_IN));
    } else {
      leaving.now = true;
      location.reload();
    }
  };
  useEffect(() => {
    const seen = () => document.hidden || void look(false);
    addEventListener("focus", seen);
    document.addEventListener("visibilitychange", seen);
    return () => {
      removeEventListener("focus", seen);
      document.removeEventListener("visibilitychange", seen);
    };
  }, []);
  return (
    <dialog ref={dialog} aria-labelledby="signed-out" onCancel={(e) => e.preventDefault()}>
      <h2 id="signed-out">{t("signedOut")}</h2>
      <p>{t("signedOutHelp")}</p>
      <p role="status">{still ? t("signedOutStill") : ""}</p>
      <div class="row">
        <a class="button" href="/staff" target="_blank" rel="opener">
          {t("signInAgain")}
        </a>
        <button type="button" class="plain" onClick={() => void look(true)}>
          {t("goOn")}
        </button>
      </div>
    </dialog>
  );
}

function Shell({ me }: { me: Me }) {
  const [problem, setProblem] = useState<unknown>();
  const [open, setOpen] = useState(false);
  const [out, setOut] = useState(false);
  const [leave, setLeave] = useState(false);
  const [path, go] = useLocation();
  const here = me.workplaces.find((w) => w.municipality === me.municipality);
  useEffect(() => setOpen(false), [path]);
  // The first page that one's roles open.
  const first = PAGES.find((p) => p.roles.some((r) => here?.roles.includes(r)))?.path ?? "/sessions";
  useEffect(() => {
    if (path === "/" && here && first !== "/") go(first, { replace: true });
  }, [path]);
  useEffect(() => {
    const ended = () => setOut(true);
    addEventListener(SIGNED_OUT, ended);
    return () => removeEventListener(SIGNED_OUT, ended);
  }, []);
  useEffect(() => {
    // Another person, or another town, in another window: what stands here is not theirs, and what was typed is kept for whose it is.
    const other = (them: Partial<Me>) => {
      if (them.id === me.id && them.municipality === me.municipality) return;
      leaving.now = true;
      location.reload();
    };
    const others = new BroadcastChannel("thuisloket.who");
    others.onmessage = (e: MessageEvent<Partial<Me>>) => other(e.data);
    others.postMessage({ id: me.id, municipality: me.municipality });
    const look = () => document.hidden || byItself(() => take(api.GET("/staff/v1/me"))).then(other, () => undefined);
    addEventListener("focus", look);
    return () => {
      others.close();
      removeEventListener("focus", look);
    };
  }, []);
  const signOut = async () => {
    // What is typed here and saved nowhere would be lost, or be read by who sits here next.
    if (kept.all(me.id).length > 0 && !leave) {
      setLeave(true);
      return;
    }
    setLeave(false);
    try {
      const all = await take(api.GET("/staff/v1/sessions"));
      const mine = all.find((s) => s.current);
      if (mine) {
        await take(
          api.DELETE("/staff/v1/sessions/{session_id}", { params: { path: { session_id: mine.id }, header: once() } }),
        );
      }
      kept.forgetAll(me.id);
      location.assign("/staff");
      location.reload();
    } catch (e) {
      setProblem(e);
    }
  };
  const other = language === "nl" ? "en" : "nl";
  const who: Session | undefined = here && me.town ? { me, town: me.town, roles: here.roles } : undefined;
  return (
    <>
      <a class="skip" href="#main" onClick={(e) => (e.preventDefault(), document.getElementById("main")?.focus())}>
        {t("skip")}
      </a>
      <header>
        <div class="brand">
          <strong>Thuisloket</strong> <span>{here?.name}</span>
        </div>
        <button type="button" class="menu plain" aria-expanded={open} aria-controls="nav" onClick={() => setOpen(!open)}>
          ☰ <span class="unseen">Menu</span>
        </button>
        <nav id="nav" class={open ? "open" : ""} aria-label={t("title")}>
          {who &&
            PAGES.filter((p) => p.roles.length === 0 || may(who, ...p.roles)).map((p) => (
              <Link
                key={p.path}
                href={p.path}
                aria-current={path === p.path ? "page" : undefined}
                class={path === p.path ? "here" : ""}
                data-text={t(p.key)}
              >
                {t(p.key)}
              </Link>
            ))}
        </nav>
        <div class="me">
          <span>{t("signedInAs", { name: me.name })}</span>
          {me.workplaces.length > 1 && (
            <label>
              <span class="unseen">{t("actFor")}</span>
              <select value={me.municipality ?? ""} onChange={(e) => actFor(e.currentTarget.value).catch(setProblem)}>
                {!me.municipality && <option value="">–</option>}
                {me.workplaces.map((w) => (
                  <option key={w.municipality} value={w.municipality}>
                    {w.name}
                  </option>
                ))}
              </select>
            </label>
          )}
          <button type="button" class="plain" lang={other} onClick={() => choose(other)}>
            {other === "nl" ? "Nederlands" : "English"}
          </button>
          <button type="button" class="plain" onClick={signOut}>
            {t("signOut")}
          </button>
        </div>
      </header>
      <main id="main" tabIndex={-1}>
        <Problem problem={problem} />
        {leave && <Ask text={t("signOutAsk")} yes={t("signOut")} danger done={(sure) => (sure ? void signOut() : setLeave(false))} />}
        {out && <SignedOut me={me} back={() => setOut(false)} />}
        {who ? (
          <Who.Provider value={who}>
            <Switch>
              <Route path="/">{() => <Guarded who={who} roles={["announce", "approve"]}><List /></Guarded>}</Route>
              <Route path="/announcements/:id">{({ id }) => <One key={id} id={id} />}</Route>
              <Route path="/compose/:id">{({ id }) => <Guarded who={who} roles={["announce"]}><Compose key={id} id={id} /></Guarded>}</Route>
              <Route path="/compose/:id/corrects/:first">
                {({ id, first }) => <Guarded who={who} roles={["announce"]}><Compose key={id} id={id} correcting={first} /></Guarded>}
              </Route>
              <Route path="/compose/:id/copies/:first">
                {({ id, first }) => <Guarded who={who} roles={["announce"]}><Compose key={id} id={id} copying={first} /></Guarded>}
              </Route>
              <Route path="/compose/:id/from/:template">
                {({ id, template }) => <Guarded who={who} roles={["announce"]}><Compose key={id} id={id} beginning={template} /></Guarded>}
              </Route>
              <Route path="/templates">{() => <Guarded who={who} roles={["announce"]}><Templates /></Guarded>}</Route>
              <Route path="/audiences">{() => <Guarded who={who} roles={["announce", "approve"]}><Lists /></Guarded>}</Route>
              <Route path="/figures">{() => <Guarded who={who} roles={["announce", "approve"]}><Month /></Guarded>}</Route>
              <Route path="/coverage">{() => <Guarded who={who} roles={["announce", "approve"]}><Coverage /></Guarded>}</Route>
              <Route path="/counter">{() => <Guarded who={who} roles={["counter"]}><Counter /></Guarded>}</Route>
              <Route path="/counter/visitor">{() => <Guarded who={who} roles={["counter"]}><VisitorPage /></Guarded>}</Route>
              <Route path="/counter/:id">{({ id }) => <Guarded who={who} roles={["counter"]}><Person key={id} id={id} /></Guarded>}</Route>
              <Route path="/desk">{() => <Guarded who={who} roles={["counter"]}><Desk /></Guarded>}</Route>
              <Route path="/reception">{() => <Guarded who={who} roles={["counter"]}><Reception /></Guarded>}</Route>
              <Route path="/agenda">{() => <Guarded who={who} roles={["counter"]}><Agenda /></Guarded>}</Route>
              <Route path="/planning">{() => <Guarded who={who} roles={["plan"]}><Planning /></Guarded>}</Route>
              <Route path="/planning/services/:id">{({ id }) => <Guarded who={who} roles={["plan"]}><ServicePage key={id} id={id} /></Guarded>}</Route>
              <Route path="/planning/locations/:id">{({ id }) => <Guarded who={who} roles={["plan"]}><LocationPage key={id} id={id} /></Guarded>}</Route>
              <Route path="/closures">{() => <Guarded who={who} roles={["plan"]}><Closures /></Guarded>}</Route>
              <Route path="/stranded">{() => <Guarded who={who} roles={["plan", "counter"]}><Stranded /></Guarded>}</Route>
              <Route path="/counter-figures">{() => <Guarded who={who} roles={["plan"]}><CounterFigures /></Guarded>}</Route>
              <Route path="/colleagues">{() => <Guarded who={who} roles={["administer"]}><Colleagues /></Guarded>}</Route>
              <Route path="/keys">{() => <Guarded who={who} roles={["administer"]}><Keys /></Guarded>}</Route>
              <Route path="/unreached">{() => <Guarded who={who} roles={["counter"]}><SentList /></Guarded>}</Route>
              <Route path="/unreached/:id">{({ id }) => <Guarded who={who} roles={["counter"]}><UnreachedPage key={id} id={id} /></Guarded>}</Route>
              <Route path="/missed">{() => <Guarded who={who} roles={["counter"]}><MissedReminders /></Guarded>}</Route>
              <Route path="/calls">{() => <Guarded who={who} roles={["counter"]}><Calls /></Guarded>}</Route>
              <Route path="/letters">{() => <Guarded who={who} roles={["counter"]}><Letters /></Guarded>}</Route>
              <Route path="/letters/:id">{({ id }) => <Guarded who={who} roles={["counter"]}><BatchPage key={id} id={id} /></Guarded>}</Route>
              <Route path="/register">{() => <Guarded who={who} roles={["import"]}><Register /></Guarded>}</Route>
              <Route path="/audit">{() => <Guarded who={who} roles={["audit"]}><Audit /></Guarded>}</Route>
              <Route path="/sessions">{() => <Sessions />}</Route>
              <Route>{() => <><Title>{t("nowhere")}</Title><p>{t("nowhereHelp")} <Link href={first}>{t("toStart")}</Link></p></>}</Route>
            </Switch>
          </Who.Provider>
        ) : (
          <>
            <Title>{t("chooseTown")}</Title>
            <div class="row">
              {me.workplaces.map((w) => (
                <button key={w.municipality} type="button" onClick={() => actFor(w.municipality).catch(setProblem)}>
                  {w.name}
                </button>
              ))}
            </div>
          </>
        )}
      </main>
    </>
  );
}

function App() {
  const [me, problem, again] = useFetched(async () => {
    const found = await take(api.GET("/staff/v1/me"));
    if (found.town) setClock(found.town.now);
    // Back where one was when one had to sign in.
    const on = sessionStorage.getItem(GO_ON);
    sessionStorage.removeItem(GO_ON);
    if (on && ["", "#/"].includes(location.hash)) location.hash = on;
    return found;
  }, []);
  const out = problem instanceof Refused && problem.code === "signed_out";
  useEffect(() => {
    if (!out) return;
    sessionStorage.setItem(GO_ON, location.hash);
    location.assign("/staff");
  }, [out]);
  if (out) return <p>{t("loading")}</p>;
  if (problem) return <Problem problem={problem} again={again} />;
  return me ? <Shell me={me} /> : <p>{t("loading")}</p>;
}

document.documentElement.lang = language;
const root = document.getElementById("app");
if (root) {
  render(
    <Router hook={useHashLocation}>
      <App />
    </Router>,
    root,
  );
}
