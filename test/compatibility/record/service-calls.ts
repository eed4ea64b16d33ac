import { setTimeout as sleep } from "node:timers/promises";
import { MatchmakingClient } from "../../../client/index.ts";
import type { RecordedExchange, RecordedSocket, RecordedTables, Recording } from "./recording.ts";
import { HOLD_PATH, RECORDING_PATH, TABLES_PATH } from "./recording.ts";

export interface Player {
  readonly id: string;
  readonly token: string;
}

/** Who makes a call: the game's backend, or a player. */
export type Caller = "system" | Player;

/** The service as games and players see it, and what only the recording Worker shows. */
export class ServiceCalls {
  readonly #url: URL;
  readonly #region: string;
  readonly #clients: MatchmakingClient[] = [];
  #registered = 0;

  constructor(url: URL, region: string) {
    this.#url = url;
    this.#region = region;
  }

  async players(count: number): Promise<Player[]> {
    const players: Player[] = [];
    for (let index = 0; index < count; index += 1) {
      this.#registered += 1;
      const body = { username: `player ${this.#registered}`, region: this.#region };
      const registered = await this.post("/players/register", body, "nobody");
      players.push({ id: String(registered.player_id), token: String(registered.access_token) });
    }
    return players;
  }

  /** Through the client of this checkout, so that its frames are recorded. */
  async connect({ token }: Player): Promise<MatchmakingClient> {
    const client = new MatchmakingClient({ url: this.#url.href, token });
    this.#clients.push(client);
    await client.connect();
    return client;
  }

  async get(path: string): Promise<Record<string, unknown>> {
    return this.#expectOk(await this.#ask("GET", path, undefined, "system"), path);
  }

  async post(path: string, body: unknown, as: Caller | "nobody" = "system"): Promise<Record<string, unknown>> {
    return this.#expectOk(await this.#ask("POST", path, body, as), path);
  }

  queue(playerId: string, more: object = {}): Promise<Record<string, unknown>> {
    return this.post("/matchmaking/queue", { player_id: playerId, ...more });
  }

  /** The match that holds a player, with its status. */
  async matchOf(playerId: string): Promise<string> {
    return this.until(async () => {
      const { state, match_id } = await this.get(`/matchmaking/queue/${playerId}`);
      return state === "matched" ? String(match_id) : null;
    });
  }

  async status(matchId: string, wanted: string): Promise<void> {
    await this.until(async () => (await this.get(`/matchmaking/match/${matchId}`)).status === wanted || null);
  }

  async until<Value>(look: () => Promise<Value | null>): Promise<Value> {
    for (const untilMs = Date.now() + 30_000; ; await sleep(100)) {
      const seen = await look();
      if (seen !== null) return seen;
      if (Date.now() > untilMs) throw new Error(`did not happen within 30 s: ${look.toString()}`);
    }
  }

  async holdResults(isOn: boolean): Promise<void> {
    await fetch(new URL(`${HOLD_PATH}?on=${isOn}`, this.#url));
  }

  async recording(): Promise<Recording> {
    return (await fetch(new URL(RECORDING_PATH, this.#url))).json() as Promise<Recording>;
  }

  async regionTables(): Promise<{ readonly tables: RecordedTables; readonly sockets: readonly RecordedSocket[] }> {
    const response = await fetch(new URL(`${TABLES_PATH}?region=${this.#region}`, this.#url));
    return response.json() as Promise<{ tables: RecordedTables; sockets: RecordedSocket[] }>;
  }

  /** One call, whatever it is answered, with what the region was asked for its sake. */
  async exchange(method: string, path: string, body: unknown, as: Caller): Promise<RecordedExchange> {
    const before = (await this.recording()).calls.length;
    const response = await this.#ask(method, path, body, as);
    const { calls } = await this.recording();
    const who = as === "system" ? "system" : as.id;
    return { request: { method, path, body: body ?? null, as: who }, response, calls: calls.slice(before) };
  }

  close(): void {
    for (const client of this.#clients) client.close();
  }

  async #ask(
    method: string,
    path: string,
    body: unknown,
    as: Caller | "nobody",
  ): Promise<{ readonly status: number; readonly body: unknown }> {
    const headers: Record<string, string> = { "content-type": "application/json" };
    if (as === "system") headers["x-api-key"] = "dev";
    else if (as !== "nobody") headers.authorization = `Bearer ${as.token}`;
    const init = { method, headers, ...(body !== undefined && { body: JSON.stringify(body) }) };
    const response = await fetch(new URL(path, this.#url), init);
    return { status: response.status, body: await response.json() };
  }

  #expectOk({ status, body }: { status: number; body: unknown }, path: string): Record<string, unknown> {
    if (status !== 200) throw new Error(`${path}: ${status} ${JSON.stringify(body)}`);
    return body as Record<string, unknown>;
  }
}
