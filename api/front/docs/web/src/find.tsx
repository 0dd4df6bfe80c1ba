// Finds an operation by a word of its summary, its id or its path.
import { useRef, useState } from "preact/hooks";

const links = () => [...document.querySelectorAll<HTMLAnchorElement>("#operations a")];

/** What an operation is found by. */
function words(link: HTMLAnchorElement): string {
  const id = link.hash.slice(1);
  const path = document.getElementById(id)?.dataset.path ?? "";
  return `${link.textContent} ${id} ${path}`.toLowerCase();
}

/** Shows the operations that have each of the words, and says how many they are. */
function show(text: string): number {
  const wanted = text.toLowerCase().split(/\s+/).filter(Boolean);
  // What is found stands where the eye is.
  (document.getElementById("chapters") as HTMLElement).hidden = wanted.length > 0;
  let count = 0;
  for (const link of links()) {
    const fits = wanted.every((word) => words(link).includes(word));
    (link.parentElement as HTMLElement).hidden = !fits;
    count += fits ? 1 : 0;
  }
  for (const job of document.querySelectorAll<HTMLDetailsElement>("#operations details")) {
    const any = job.querySelector("li:not([hidden])") !== null;
    job.hidden = !any;
    job.open = wanted.length > 0 ? any : job.querySelector("[aria-current]") !== null;
  }
  return count;
}

export function Find() {
  const [found, setFound] = useState("");
  const field = useRef<HTMLInputElement>(null);
  const look = () => {
    const text = field.current?.value ?? "";
    const count = show(text);
    setFound(text.trim() === "" ? "" : count === 1 ? "1 operation" : `${count} operations`);
  };
  return (
    <form
      role="search"
      onSubmit={(event) => {
        event.preventDefault();
        // The first that is found.
        document.querySelector<HTMLAnchorElement>("#operations li:not([hidden]) a")?.click();
      }}
    >
      <label>
        Find an operation
        <input type="search" ref={field} onInput={look} autocomplete="off" />
      </label>
      <p role="status" class="kind">
        {found}
      </p>
    </form>
  );
}
