// The console of staff: who one is, for which town, and the pages that one's roles open.
import { type ComponentChildren, render } from "preact";
import { useEffect, useState } from "preact/hooks";
import { Link, Route, Router, Switch, useLocation } from "wouter-preact";
import { useHashLocation } from "wouter-preact/use-hash-location";
import "./console.css";
import { List, One } from "./announcements";
import { type Me, api, once, take } from "./api";
import { Compose } from "./compose";
import { Lists } from "./lists";
import { Audit, Month, Sessions } from "./records";
import { Register } from "./register";
import { setClock } from "./time";
import { type Key, choose, language, t } from "./texts";
import { Problem, type Role, type Session, Title, Who, may, useFetched } from "./ui";
import { SentList, UnreachedPage } from "./unreached";

const PAGES: { path: string; key: Key; roles: Role[] }[] = [
  { path: "/", key: "announcements", roles: ["announce", "approve"] },
  { path: "/audiences", key: "audiences", roles: ["announce", "approve"] },
  { path: "/figures", key: "month", roles: ["announce", "approve"] },
  { path: "/unreached", key: "unreached", roles: ["counter"] },
  { path: "/register", key: "register", roles: ["import"] },
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

function Shell({ me }: { me: Me }) {
  const [problem, setProblem] = useState<unknown>();
  const [open, setOpen] = useState(false);
  const [path, go] = useLocation();
  const here = me.workplaces.find((w) => w.municipality === me.municipality);
  useEffect(() => setOpen(false), [path]);
  // The first page that one's roles open.
  const first = PAGES.find((p) => p.roles.some((r) => here?.roles.includes(r)))?.path ?? "/sessions";
  useEffect(() => {
    if (path === "/" && here && first !== "/") go(first, { replace: true });
  }, [path]);
  const signOut = async () => {
    try {
      const all = await take(api.GET("/staff/v1/sessions"));
      const mine = all.find((s) => s.current);
      if (mine) {
        await take(
          api.DELETE("/staff/v1/sessions/{session_id}", { params: { path: { session_id: mine.id }, header: once() } }),
        );
      }
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
        {who ? (
          <Who.Provider value={who}>
            <Switch>
              <Route path="/">{() => <Guarded who={who} roles={["announce", "approve"]}><List /></Guarded>}</Route>
              <Route path="/announcements/:id">{({ id }) => <One key={id} id={id} />}</Route>
              <Route path="/compose/:id">{({ id }) => <Guarded who={who} roles={["announce"]}><Compose key={id} id={id} /></Guarded>}</Route>
              <Route path="/compose/:id/corrects/:first">
                {({ id, first }) => <Guarded who={who} roles={["announce"]}><Compose key={id} id={id} correcting={first} /></Guarded>}
              </Route>
              <Route path="/audiences">{() => <Guarded who={who} roles={["announce", "approve"]}><Lists /></Guarded>}</Route>
              <Route path="/figures">{() => <Guarded who={who} roles={["announce", "approve"]}><Month /></Guarded>}</Route>
              <Route path="/unreached">{() => <Guarded who={who} roles={["counter"]}><SentList /></Guarded>}</Route>
              <Route path="/unreached/:id">{({ id }) => <Guarded who={who} roles={["counter"]}><UnreachedPage key={id} id={id} /></Guarded>}</Route>
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
    return found;
  }, []);
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
