// One key for each act. They are off while something is typed or a question is open, and can be switched off (WCAG 2.1.4).
import { useEffect, useRef } from "preact/hooks";

/** Calls what belongs to the key that is pressed. */
export function useKeys(on: boolean, acts: Record<string, () => void>) {
  const latest = useRef(acts);
  latest.current = acts;
  useEffect(() => {
    if (!on) return;
    const pressed = (e: KeyboardEvent) => {
      if (e.defaultPrevented || e.repeat || e.isComposing || e.ctrlKey || e.altKey || e.metaKey) return;
      const target = e.target instanceof Element ? e.target : undefined;
      if (target?.closest("input:not([type=checkbox]), textarea, select, [contenteditable]")) return;
      if (document.querySelector("dialog[open]")) return;
      const act = latest.current[e.key.toUpperCase()];
      if (!act) return;
      e.preventDefault();
      act();
    };
    addEventListener("keydown", pressed);
    return () => removeEventListener("keydown", pressed);
  }, [on]);
}
