// The page of a contract. The guide and the list are there already: this finds operations, and shows the one that the address names.
import { render } from "preact";
import "./docs.css";
import { Contract } from "./contract";
import { Find } from "./find";
import { One } from "./operation";
import { comesBack, finish } from "./session";
import type { Way } from "./try";

/** Where the page of citizens' apps is: a sign-in comes back on another address, and goes on there. */
const PAGE = "/docs/citizen";
const WAYS: readonly string[] = ["none", "token", "sign-in", "staff"] satisfies Way[];

const { dataset } = document.body;
const way = (WAYS.includes(dataset.try ?? "") ? dataset.try : "none") as Way;
const part = (id: string) => document.getElementById(id) as HTMLElement;
const name = document.title;
const wide = matchMedia("(min-width: 64rem)");

/** Where there is room for the contents beside the text, they are open. */
function arrange() {
  (part("contents") as HTMLDetailsElement).open = wide.matches;
}

function show(contract: Contract, fault?: string) {
  const id = location.hash.slice(1);
  const operation = contract.operations.get(id);
  for (const link of document.querySelectorAll<HTMLAnchorElement>("#operations a")) {
    if (link.hash === `#${id}`) {
      link.setAttribute("aria-current", "page");
      (link.closest("details") as HTMLDetailsElement).open = true;
    } else link.removeAttribute("aria-current");
  }
  part("operation").hidden = operation === undefined && fault === undefined;
  part("text").hidden = operation !== undefined;
  document.title = operation === undefined ? name : `${operation.summary} · ${name}`;
  render(
    <>
      {fault && <p role="alert">{fault}</p>}
      {operation && <One key={id} contract={contract} operation={operation} way={way} />}
    </>,
    part("operation"),
  );
  if (operation !== undefined) {
    if (!wide.matches) (part("contents") as HTMLDetailsElement).open = false;
    window.scrollTo(0, 0);
  } else if (id !== "") document.getElementById(id)?.scrollIntoView();
}

/** The contract; where it cannot be read that is said, and the guide and the list are there all the same. */
async function read(): Promise<Contract | undefined> {
  try {
    const answer = await fetch(dataset.document ?? "");
    return new Contract(await answer.json());
  } catch {
    part("operation").hidden = false;
    render(<p role="alert">The operations could not be read from the server. Load the page again.</p>, part("operation"));
    return undefined;
  }
}

async function start() {
  let fault: string | undefined;
  if (way === "sign-in" && comesBack()) {
    let at = "";
    try {
      const result = await finish();
      if (result?.signedIn) at = (result.goOn ?? "").replace(/^\//, "");
      else fault = `Nobody was signed in: ${result?.why}.`;
    } catch (error) {
      fault = `Nobody was signed in: ${error instanceof Error ? error.message : error}`;
    }
    // The code has been used, and stands in the address no more.
    history.replaceState(null, "", at === "" ? PAGE : `${PAGE}#${encodeURIComponent(at)}`);
  }
  const contract = await read();
  if (contract === undefined) return;
  addEventListener("hashchange", () => show(contract));
  show(contract, fault);
}

arrange();
wide.addEventListener("change", arrange);
render(<Find />, part("find"));
void start();
