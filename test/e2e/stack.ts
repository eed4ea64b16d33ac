import { dirname } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { LocalStack, LocalStackOptions } from "../../scripts/local-stack/start-local-stack.ts";
import { startLocalStack } from "../../scripts/local-stack/start-local-stack.ts";
import type { TemporaryPlace } from "../../scripts/local-stack/temporary-place.ts";
import { makeTemporaryPlace } from "../../scripts/local-stack/temporary-place.ts";
import { applyMigrations } from "../../scripts/local-stack/wrangler.ts";
import type { AskedFaults } from "../faults/fault-plan.ts";
import { FAULTS_PATH } from "../faults/fault-plan.ts";
import { writeStackConfig } from "./stack-config.ts";

export interface StackOptions {
  /** Variables on top of those of development. */
  readonly vars?: Readonly<Record<string, string>>;
  /** A file in place of `src/modes.ts`. */
  readonly modesFile?: string;
  /** Puts `test/faults/` between the Worker and its bindings; then `setFaults` works. */
  readonly faults?: boolean;
  /** Calls a minute that every rate limit allows, in place of the shipped ones; `RATE_LIMITS` says whether they are on. */
  readonly rateLimit?: number;
  /** How often the queue tries a result before it is a dead letter; absent: as shipped. */
  readonly resultRetries?: number;
  /** Whether the Worker also logs what is no warning, as `LOG_LEVEL` says. */
  readonly logs?: boolean;
  /** Gets what the Worker and wrangler have to say; absent: it is printed. */
  readonly onLine?: (line: string) => void;
}

type StackSetup = Pick<LocalStackOptions, "vars" | "configFile" | "logs" | "onLine">;

/** The built Worker on a state of its own, which outlives a kill. */
export class Stack {
  #place: TemporaryPlace & StackSetup;
  #running: LocalStack;

  private constructor(place: TemporaryPlace & StackSetup, running: LocalStack) {
    this.#place = place;
    this.#running = running;
  }

  static async start(options: StackOptions = {}): Promise<Stack> {
    const { vars = {}, modesFile, rateLimit, resultRetries, faults = false, logs = false } = options;
    const { onLine = (line) => console.error(line) } = options;
    const temporary = await makeTemporaryPlace();
    const isOwn = modesFile !== undefined || rateLimit !== undefined || resultRetries !== undefined || faults;
    const config = isOwn
      ? { configFile: writeStackConfig(dirname(temporary.stateDir), { modesFile, faults, rateLimit, resultRetries }) }
      : {};
    const place = { ...temporary, vars, ...config, logs, onLine };
    await applyMigrations(place.stateDir);
    return new Stack(place, await serve(place));
  }

  get url(): string {
    return this.#running.url;
  }

  /** Where its D1 and its objects live. */
  get stateDir(): string {
    return this.#place.stateDir;
  }

  /** What goes wrong from now on, in place of what did before; `{}`: nothing. A killed stack comes back without faults. */
  async setFaults(faults: AskedFaults): Promise<void> {
    const response = await fetch(`${this.url}${FAULTS_PATH}`, { method: "PUT", body: JSON.stringify(faults) });
    if (response.status !== 204) throw new Error(`PUT ${FAULTS_PATH}: ${response.status} ${await response.text()}`);
  }

  /** SIGKILL to every process of the stack at once, then a start on the same state, with these variables changed. */
  async killAndRestart(vars: Readonly<Record<string, string>> = {}): Promise<void> {
    this.#running.kill();
    await this.#running.ended;
    this.#place = { ...this.#place, vars: { ...this.#place.vars, ...vars } };
    this.#running = await serve(this.#place);
  }

  async stop(): Promise<void> {
    await this.#running.stop();
    this.#place.remove();
  }

  /** As the game's backend. */
  async get<Body>(path: string): Promise<Body> {
    return this.#call(path, { headers: { "x-api-key": "dev" } });
  }

  async post<Body>(path: string, body: unknown): Promise<Body> {
    return this.#call(path, {
      method: "POST",
      headers: { "x-api-key": "dev", "content-type": "application/json" },
      body: JSON.stringify(body),
    });
  }

  async registerPlayers(count: number, region: string): Promise<string[]> {
    const playerIds: string[] = [];
    for (let index = 0; index < count; index += 1) {
      const body = { username: `player ${index}`, region };
      playerIds.push((await this.post<{ player_id: string }>("/players/register", body)).player_id);
    }
    return playerIds;
  }

  async queue(playerIds: readonly string[]): Promise<void> {
    for (const player_id of playerIds) await this.post("/matchmaking/queue", { player_id });
  }

  /** The match that holds all of these players. */
  async matchOf(playerIds: readonly string[]): Promise<MatchBody> {
    return eventually(async () => {
      const matches = await this.get<MatchBody[]>("/matchmaking/matches/latest?limit=50");
      return matches.find((match) => playerIds.every((id) => playersOf(match).includes(id))) ?? null;
    });
  }

  async matchWithStatus(matchId: string, status: string): Promise<MatchBody> {
    return eventually(async () => {
      const match = await this.get<MatchBody>(`/matchmaking/match/${matchId}`);
      return match.status === status ? match : null;
    });
  }

  async #call<Body>(path: string, init: RequestInit): Promise<Body> {
    const response = await fetch(`${this.url}${path}`, init);
    const body: unknown = await response.json();
    if (!response.ok) throw new Error(`${init.method ?? "GET"} ${path}: ${response.status} ${JSON.stringify(body)}`);
    return body as Body;
  }
}

export interface MatchBody {
  readonly match_id: string;
  readonly status: string;
  readonly region: string;
  readonly players: Readonly<Record<string, readonly { readonly player_id: string }[]>>;
}

export function playersOf(match: MatchBody): string[] {
  return Object.values(match.players)
    .flat()
    .map(({ player_id }) => player_id);
}

export async function eventually<Value>(look: () => Promise<Value | null>, patienceMs = 20_000): Promise<Value> {
  for (const untilMs = Date.now() + patienceMs; ; await sleep(100)) {
    const seen = await look();
    if (seen !== null) return seen;
    if (Date.now() > untilMs) throw new Error(`did not happen within ${patienceMs} ms`);
  }
}

function serve(place: TemporaryPlace & StackSetup): Promise<LocalStack> {
  return startLocalStack(place);
}
