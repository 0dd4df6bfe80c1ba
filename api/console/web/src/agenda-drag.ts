// A visit of the agenda is dragged to another hour with a mouse or a pen. It is a convenience: all that it does is open the form that
// moves a visit, with the free start that is nearest. A finger scrolls.
import { useEffect, useRef, useState } from "preact/hooks";
import type { Visit } from "./counter-parts";

/** So many pixels are a hand that trembles, and no drag. */
const STEADY = 6;
/** Minutes that it goes by. */
const STEP = 5;

type Held = { visit: Visit; y: number; moved: boolean };

/** `remOfMinute` is how high a minute is. Without `drop` nothing can be dragged. */
export function useDrag(remOfMinute: number, drop?: (visit: Visit, minutes: number) => void) {
  const held = useRef<Held>();
  const pressed = useRef(false);
  const [dragged, setDragged] = useState<{ id: string; minutes: number }>();
  const minutesTo = (y: number, from: number) => {
    const rem = parseFloat(getComputedStyle(document.documentElement).fontSize) || 16;
    return Math.round((y - from) / (rem * remOfMinute) / STEP) * STEP;
  };
  const stop = () => {
    held.current = undefined;
    setDragged(undefined);
  };
  // The escape key puts it back.
  useEffect(() => {
    if (!dragged) return;
    const key = (e: KeyboardEvent) => e.key === "Escape" && stop();
    addEventListener("keydown", key);
    return () => removeEventListener("keydown", key);
  }, [dragged?.id]);
  return {
    dragged,
    /** Whether the click that is heard now ends a drag, and is none. */
    wasDrag: () => {
      const was = pressed.current;
      pressed.current = false;
      return was;
    },
    of: (visit: Visit) =>
      drop && {
        onPointerDown: (e: PointerEvent) => {
          pressed.current = false;
          if (e.button !== 0 || e.pointerType === "touch") return;
          // However fast it goes, what is heard of it is heard here.
          (e.currentTarget as Element).setPointerCapture(e.pointerId);
          held.current = { visit, y: e.clientY, moved: false };
        },
        onPointerMove: (e: PointerEvent) => {
          const now = held.current;
          if (now?.visit.id !== visit.id) return;
          if (!now.moved && Math.abs(e.clientY - now.y) < STEADY) return;
          now.moved = true;
          setDragged({ id: visit.id, minutes: minutesTo(e.clientY, now.y) });
        },
        onPointerUp: (e: PointerEvent) => {
          const now = held.current;
          stop();
          if (!now?.moved) return;
          pressed.current = true;
          const minutes = minutesTo(e.clientY, now.y);
          if (minutes !== 0) drop(now.visit, minutes);
        },
        onPointerCancel: stop,
      },
  };
}
