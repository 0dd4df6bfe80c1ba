// A store for Node: files in a folder, and a lock between processes. For tests and tools; what it keeps is not encrypted.
import { randomUUID } from "node:crypto";
import { mkdir, open, readFile, rename, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { type Store, Turns } from "./store.js";

/** Between two looks at a lock that somebody has, in milliseconds. */
const LOOK_EVERY = 15;
/** Looks at it before it is taken for a fault: more than the tries of one request take. */
const MOST_LOOKS = 20_000;
/** A file of a lock that is still empty so many milliseconds later is of a process that was killed while it made it. */
const EMPTY_FOR = 10_000;

const hasCode = (error: unknown, code: string) => error instanceof Error && "code" in error && error.code === code;

async function textOf(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, "utf8");
  } catch (error) {
    if (hasCode(error, "ENOENT")) return undefined;
    throw error;
  }
}

/** How old a file is, in milliseconds; undefined: it is not there. */
async function ageOf(path: string): Promise<number | undefined> {
  try {
    return Date.now() - (await stat(path)).mtimeMs;
  } catch (error) {
    if (hasCode(error, "ENOENT")) return undefined;
    throw error;
  }
}

/** Makes a file of a lock that is not there; false: it is. */
async function made(path: string): Promise<boolean> {
  const text = `${process.pid} ${randomUUID()}`;
  try {
    const file = await open(path, "wx", 0o600);
    await file.writeFile(text);
    await file.close();
    // Whoever slept between the two may have been taken for dead.
    return (await textOf(path)) === text;
  } catch (error) {
    if (hasCode(error, "EEXIST")) return false;
    throw error;
  }
}

function isAlive(process_id: number): boolean {
  try {
    process.kill(process_id, 0);
    return true;
  } catch (error) {
    return !hasCode(error, "ESRCH");
  }
}

/** Whether the file of a lock is of a process that is no more. */
async function isOfTheDead(path: string): Promise<boolean> {
  const text = await textOf(path);
  if (text === undefined) return false;
  const owner = Number.parseInt(text, 10);
  return owner > 0 ? !isAlive(owner) : ((await ageOf(path)) ?? 0) > EMPTY_FOR;
}

export class FileStore implements Store {
  readonly #folder: string;
  readonly #turns = new Turns();

  constructor(folder: string) {
    this.#folder = folder;
  }

  read(name: string): Promise<string | undefined> {
    return textOf(join(this.#folder, name));
  }

  async write(name: string, value: string | undefined): Promise<void> {
    const path = join(this.#folder, name);
    if (value === undefined) return rm(path, { force: true });
    await mkdir(this.#folder, { recursive: true, mode: 0o700 });
    // Whole or not at all, and on the disk before it is said to be kept.
    const beside = `${path}.${randomUUID()}`;
    const file = await open(beside, "wx", 0o600);
    await file.writeFile(value);
    await file.sync();
    await file.close();
    await rename(beside, path);
  }

  withLock<T>(name: string, work: () => Promise<T>): Promise<T> {
    return this.#turns.take(name, async () => {
      const lock = join(this.#folder, `${name}.lock`);
      await mkdir(this.#folder, { recursive: true, mode: 0o700 });
      for (let looks = 0; !(await made(lock)); looks += 1) {
        if (looks >= MOST_LOOKS) throw new Error(`${lock} is never free`);
        await this.#takeFromTheDead(lock);
        await sleep(LOOK_EVERY);
      }
      try {
        return await work();
      } finally {
        await rm(lock, { force: true });
      }
    });
  }

  /** A process that was killed leaves its lock behind. Who takes it away holds another lock meanwhile, or two would. */
  async #takeFromTheDead(lock: string): Promise<void> {
    if (!(await isOfTheDead(lock))) return;
    const breaking = `${lock}.breaking`;
    if (!(await made(breaking))) {
      // It is held for an instant: one that stays is of the dead as well.
      if (await isOfTheDead(breaking)) await rm(breaking, { force: true });
      return;
    }
    try {
      if (await isOfTheDead(lock)) await rm(lock, { force: true });
    } finally {
      await rm(breaking, { force: true });
    }
  }
}
