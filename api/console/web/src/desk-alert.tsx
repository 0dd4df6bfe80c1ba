// Tells who looks elsewhere that somebody begins to wait where nobody waited: the title of the window, and a soft sound.
import { useEffect, useRef } from "preact/hooks";
import { t } from "./texts";
import { Check } from "./ui";

type Props = { on: boolean; set: (on: boolean) => void; waiting: number };

export function Alert({ on, set, waiting }: Props) {
  const before = useRef(waiting);
  const sound = useRef<AudioContext>();
  const wake = () => {
    try {
      sound.current ??= new AudioContext();
      // A browser lets a page sound once somebody pressed something on it.
      void sound.current.resume();
    } catch {
      // A computer without sound: the title tells it.
    }
  };
  useEffect(() => {
    if (!on) return;
    addEventListener("pointerdown", wake);
    addEventListener("keydown", wake);
    return () => {
      removeEventListener("pointerdown", wake);
      removeEventListener("keydown", wake);
    };
  }, [on]);
  useEffect(() => () => void sound.current?.close(), []);
  useEffect(() => {
    if (on && before.current === 0 && waiting > 0) chime(sound.current);
    before.current = waiting;
  }, [waiting]);
  useEffect(() => {
    const plain = `${t("pageDesk")} · Thuisloket`;
    document.title = on && waiting > 0 ? `(${waiting}) ${plain}` : plain;
    return () => {
      document.title = plain;
    };
  }, [on, waiting]);
  return (
    <Check
      label={t("deskAlert")}
      help={t("deskAlertHelp")}
      value={on}
      set={(yes) => {
        if (yes) wake();
        set(yes);
      }}
    />
  );
}

function chime(sound?: AudioContext) {
  if (sound?.state !== "running") return;
  const tone = sound.createOscillator();
  const loud = sound.createGain();
  tone.frequency.value = 660;
  loud.gain.setValueAtTime(0.08, sound.currentTime);
  loud.gain.exponentialRampToValueAtTime(0.001, sound.currentTime + 0.8);
  tone.connect(loud).connect(sound.destination);
  tone.start();
  tone.stop(sound.currentTime + 0.8);
}
