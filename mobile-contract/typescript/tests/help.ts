// What the tests have: a running demo, phones on it, a network that breaks.
import { randomUUID } from "node:crypto";
import { mkdtempSync } from "node:fs";
import { type AddressInfo, connect, createServer, type Server, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { browse } from "../examples/browser.js";
import { Citizen, type Fetch, MemoryStore, type Options, type Store } from "../src/index.js";

function set(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set: start \`thuisloket demo\`, and say where it is`);
  return value;
}

/** The address of the town's server. */
export const SERVER = set("THUISLOKET_SERVER");
/** The address of the demo's page, which has the clock. */
const DEMO = set("THUISLOKET_DEMO");
export const WISH = { municipality: "deinze", device_name: "Telefoon van de test", language: "nl", provider: "town" } as const;

/** Lets a day pass in the town: every access token has expired. */
export async function nextDay(): Promise<void> {
  const answer = await fetch(`${DEMO}/days/1`, { method: "POST" });
  if (!answer.ok) throw new Error(`no day passed: ${await answer.text()}`);
}

export const newFolder = () => mkdtempSync(join(tmpdir(), "thuisloket-"));

/** The answers to a phone, in order: `POST /v1/sessions/refresh 200`, or `… lost`. */
export class Line {
  readonly all: string[] = [];
  readonly keys: (string | undefined)[] = [];
  /** Called before each request goes out. */
  before: (path: string, init: RequestInit) => Promise<void> = async () => undefined;

  readonly fetch: Fetch = async (url, init) => {
    const path = `${init.method} ${new URL(url).pathname}`;
    await this.before(path, init);
    const headers = init.headers as Record<string, string>;
    this.keys.push(headers["idempotency-key"]);
    try {
      const answer = await fetch(url, init);
      this.all.push(`${path} ${answer.status}`);
      return answer;
    } catch (error) {
      this.all.push(`${path} lost`);
      throw error;
    }
  };

  count(what: string): number {
    return this.all.filter((line) => line === what).length;
  }
}

export interface Phone {
  readonly citizen: Citizen;
  readonly line: Line;
  readonly store: Store;
}

export function newPhone(options: Partial<Options> = {}): Phone {
  const line = new Line();
  const store = options.store ?? new MemoryStore();
  return { citizen: new Citizen({ server: SERVER, fetch: line.fetch, ...options, store }), line, store };
}

/** A phone on which somebody is signed in. */
export async function phoneOf(person: string, options: Partial<Options> = {}): Promise<Phone> {
  const phone = newPhone(options);
  const begun = await phone.citizen.startSignIn(WISH);
  const result = await phone.citizen.finishSignIn(await browse(begun.authorization_url, person));
  if (!result.signedIn) throw new Error(result.why);
  phone.line.all.length = 0;
  phone.line.keys.length = 0;
  return phone;
}

/** The same phone after its app was killed and started again, maybe on another network. */
export function restarted(phone: Phone, options: Partial<Options> = {}): Phone {
  return newPhone({ ...options, store: phone.store });
}

/** A network between a phone and the server, that loses things. */
export class Network {
  static readonly #all: Network[] = [];
  readonly #server: Server;
  readonly #open = new Set<Socket>();
  /** Requests that still get lost before they arrive. */
  loseRequests = 0;
  /** Answers that still get lost: the server has done what was asked. */
  loseAnswers = 0;
  /** Answers of which the last part is missing. */
  cutAnswers = 0;
  /** Requests that are swallowed: nothing ever comes back. */
  swallow = 0;
  lost = 0;

  private constructor(from: string) {
    const to = new URL(SERVER);
    this.#server = createServer((phone) => {
      this.#open.add(phone);
      const server = connect({ port: Number(to.port), host: to.hostname, localAddress: from });
      const end = () => {
        phone.destroy();
        server.destroy();
        this.#open.delete(phone);
      };
      phone.on("data", (bytes) => {
        if (this.swallow > 0) return void (this.swallow -= 1);
        if (this.loseRequests === 0) return void server.write(bytes);
        this.loseRequests -= 1;
        this.lost += 1;
        end();
      });
      server.on("data", (bytes) => {
        if (this.cutAnswers > 0) {
          this.cutAnswers -= 1;
          return void phone.write(bytes.subarray(0, bytes.length - 20), end);
        }
        if (this.loseAnswers === 0) return void phone.write(bytes);
        this.loseAnswers -= 1;
        this.lost += 1;
        end();
      });
      for (const side of [phone, server]) side.on("close", end).on("error", end);
    });
  }

  /** A network whose phones come from this address. */
  static async start(from = "127.0.0.1"): Promise<Network> {
    const network = new Network(from);
    Network.#all.push(network);
    await new Promise<void>((done) => network.#server.listen(0, "127.0.0.1", done));
    return network;
  }

  get address(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** Takes all of them away: what is open keeps the process from ending. */
  static stopAll(): void {
    for (const network of Network.#all) {
      for (const socket of network.#open) socket.destroy();
      network.#server.close();
    }
  }
}

/** An id that the server never gave. */
export const NOBODYS = randomUUID();
