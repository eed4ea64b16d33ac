import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";
import { REGIONS } from "./steady-crowd.ts";

const GIVEN_UP_AFTER_MS = 60_000;
const PAUSE_MS = 500;
/** Nobody plays there. */
const EMPTY_REGION = "OCE";
const NO_MATCH = "01JBZ8M3T2X4V6C8B0N2M4K6H8-EUW";
const JSON_HEADERS = { "content-type": "application/json" };

/** One question that cannot be answered without D1, and its answer. */
export interface Probe {
  readonly asked: string;
  readonly atMs: number;
  readonly tookMs: number;
  /** 0: none. */
  readonly status: number;
  readonly hasRetryAfter: boolean;
}

/** Somebody who was registered and has never queued: no region knows them. */
export interface Stranger {
  readonly playerId: string;
  readonly token: string;
}

const Registered = z.object({ player_id: z.string(), access_token: z.string() });

/**
 * Asks, one after the other, again and again, what needs D1: reads that the game's pages make, a registration, and a
 * place in line for somebody whom no region knows.
 */
export class Prober {
  readonly probes: Probe[] = [];
  readonly registrations: { readonly username: string; readonly playerId: string }[] = [];
  readonly #url: string;
  readonly #strangers: Stranger[] = [];
  #registered = 0;

  constructor(url: string) {
    this.#url = url;
  }

  /** Registers those who will ask for a place while D1 is out. @throws if one cannot be registered */
  async makeStrangers(count: number): Promise<void> {
    for (let index = 0; index < count; index += 1) {
      const body = await this.#register(REGIONS[index % REGIONS.length] ?? "EUW");
      if (body === null) throw new Error("a stranger could not be registered");
      this.#strangers.push(body);
    }
  }

  /** Everything but strangers in line, until it is told to stop. */
  async askUntil(stopped: AbortSignal): Promise<void> {
    while (!stopped.aborted) {
      await this.askAll();
      await sleep(PAUSE_MS);
    }
  }

  async askAll(): Promise<void> {
    const playerId = this.#strangers[0]?.playerId ?? "";
    await this.#ask("GET /players/leaderboard", "/players/leaderboard");
    await this.#ask("GET /matchmaking/matches/latest", "/matchmaking/matches/latest");
    await this.#ask("GET /players/player/{player_id}", `/players/player/${playerId}`);
    await this.#ask("GET /matchmaking/match/{match_id}, of none", `/matchmaking/match/${NO_MATCH}`);
    await this.#register(EMPTY_REGION);
  }

  /** Has strangers ask for a place in line, until it is told to stop. Only while D1 is out: else they would get one. */
  async comeUntil(stopped: AbortSignal): Promise<void> {
    for (let index = 0; !stopped.aborted; index += 1) {
      const stranger = this.#strangers[index % this.#strangers.length];
      if (stranger !== undefined) await this.#enqueue(stranger);
      await sleep(PAUSE_MS);
    }
  }

  /** Somebody new comes into an empty region and leaves it. */
  async comeAndGo(): Promise<void> {
    const stranger = await this.#register(EMPTY_REGION);
    if (stranger === null) return;
    await this.#enqueue(stranger);
    const headers = { authorization: `Bearer ${stranger.token}` };
    await this.#ask("DELETE /matchmaking/queue/{player_id}", `/matchmaking/queue/${stranger.playerId}`, {
      method: "DELETE",
      headers,
    });
  }

  async #register(region: string): Promise<Stranger | null> {
    this.#registered += 1;
    const username = `stranger ${this.#registered}`;
    const init = { method: "POST", headers: JSON_HEADERS, body: JSON.stringify({ username, region }) };
    const answer = await this.#ask("POST /players/register", "/players/register", init);
    if (answer?.status !== 200) return null;
    const { player_id: playerId, access_token: token } = Registered.parse(answer.body);
    this.registrations.push({ username, playerId });
    return { playerId, token };
  }

  async #enqueue({ playerId, token }: Stranger): Promise<void> {
    const headers = { ...JSON_HEADERS, authorization: `Bearer ${token}` };
    const init = { method: "POST", headers, body: JSON.stringify({ player_id: playerId }) };
    await this.#ask("POST /matchmaking/queue, of a stranger", "/matchmaking/queue", init);
  }

  async #ask(asked: string, path: string, init: RequestInit = {}): Promise<{ status: number; body: unknown } | null> {
    const atMs = performance.now();
    try {
      const response = await fetch(this.#url + path, { ...init, signal: AbortSignal.timeout(GIVEN_UP_AFTER_MS) });
      const body: unknown = await response.json();
      const hasRetryAfter = Number(response.headers.get("retry-after")) > 0;
      this.probes.push({ asked, atMs, tookMs: performance.now() - atMs, status: response.status, hasRetryAfter });
      return { status: response.status, body };
    } catch {
      this.probes.push({ asked, atMs, tookMs: performance.now() - atMs, status: 0, hasRetryAfter: false });
      return null;
    }
  }
}
