import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";
import type { Gate } from "./gate.ts";
import type { History, Seats, Standing, Unknown } from "./history.ts";

/** Long: a call that is given up while the service lives may still happen, and no judge could tell. */
export const ANSWER_WITHIN_MS = 60_000;
const ASK_AGAIN_AFTER_MS = 250;

export interface Player {
  readonly playerId: string;
  readonly token: string;
}

const Registered = z.object({ player_id: z.string(), access_token: z.string() });
const Enqueued = z.object({ ticket_id: z.string(), enqueued_at: z.string() });
const InMatch = z.object({ match_id: z.string() });
const Dequeued = z.object({ status: z.enum(["dequeued", "not_found"]) });
const Status = z.object({
  state: z.enum(["queued", "matched"]).nullable(),
  ticket_id: z.string().nullable(),
  enqueued_at: z.string().nullable(),
  match_id: z.string().nullable(),
  connection: z.record(z.string(), z.unknown()).nullable(),
});
export const MatchShape = z.object({
  match_id: z.string(),
  status: z.string(),
  players: z.record(z.string(), z.array(z.object({ player_id: z.string() }))),
});

interface Call {
  readonly method: "GET" | "POST" | "DELETE";
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: object;
}

const UNKNOWN: Unknown = { type: "unknown" };
const SYSTEM = { "x-api-key": "dev" };

/** What players and game servers ask over HTTP. A call is sent once; without an answer its outcome is unknown. */
export class Service {
  readonly #url: string;
  readonly #gate: Gate;
  readonly #history: History;

  constructor(url: string, gate: Gate, history: History) {
    this.#url = url;
    this.#gate = gate;
    this.#history = history;
  }

  /** Again with the same key until there is an answer: never two players. */
  async register(username: string, region: string): Promise<Player> {
    const headers = { "x-idempotency-key": randomUUID() };
    const answer = await this.#untilAnswered({
      method: "POST",
      path: "/players/register",
      headers,
      body: { username, region },
    });
    const { player_id: playerId, access_token: token } = Registered.parse(answer);
    return { playerId, token };
  }

  async enqueue(player: Player, mode: string): Promise<Exclude<Standing, { type: "idle" }> | Unknown> {
    const body = { player_id: player.playerId, mode };
    const answer = await this.#ask(
      { method: "POST", path: "/matchmaking/queue", headers: bearer(player), body },
      [409],
    );
    if (answer === null) return UNKNOWN;
    if (answer.status === 409) return matchedOf(answer.body);
    const { ticket_id: ticketId, enqueued_at: enqueuedAt } = Enqueued.parse(answer.body);
    return { type: "queued", ticketId, enqueuedAt };
  }

  async cancel(player: Player): Promise<{ type: "dequeued" } | Exclude<Standing, { type: "queued" }> | Unknown> {
    const path = `/matchmaking/queue/${player.playerId}`;
    const answer = await this.#ask({ method: "DELETE", path, headers: bearer(player) }, [409]);
    if (answer === null) return UNKNOWN;
    if (answer.status === 409) return matchedOf(answer.body);
    return { type: Dequeued.parse(answer.body).status === "dequeued" ? "dequeued" : "idle" };
  }

  /** Null: no answer. */
  async look(player: Player): Promise<Standing | null> {
    const path = `/matchmaking/queue/${player.playerId}`;
    const answer = await this.#ask({ method: "GET", path, headers: bearer(player) });
    if (answer === null) return null;
    const { state, ticket_id, enqueued_at, match_id, connection } = Status.parse(answer.body);
    if (state === "queued") return { type: "queued", ticketId: ticket_id ?? "", enqueuedAt: enqueued_at ?? "" };
    if (state === null) return { type: "idle" };
    return {
      type: "matched",
      matchId: match_id ?? "",
      connection: connection === null ? null : JSON.stringify(connection),
    };
  }

  /** @returns who plays where, and the match's status; null: the service knows no such match */
  async match(matchId: string): Promise<{ readonly seats: Seats; readonly status: string } | null> {
    for (;;) {
      const answer = await this.#ask({ method: "GET", path: `/matchmaking/match/${matchId}`, headers: {} }, [404]);
      if (answer?.status === 404) return null;
      if (answer !== null) {
        const { status, players } = MatchShape.parse(answer.body);
        return { seats: seatsOf(players), status };
      }
      await sleep(ASK_AGAIN_AFTER_MS);
    }
  }

  /** @returns whether it was acknowledged; null: no answer */
  assign(matchId: string, connection: object): Promise<boolean | null> {
    return this.#tell(`/matchmaking/match/${matchId}/assignment`, { connection });
  }

  report(matchId: string, winner: string): Promise<boolean | null> {
    return this.#tell(`/matchmaking/match/${matchId}/result`, { winner_team: winner });
  }

  async #tell(path: string, body: object): Promise<boolean | null> {
    const answer = await this.#ask({ method: "POST", path, headers: SYSTEM, body }, [404, 409]);
    if (answer === null) return null;
    if (answer.status < 300) return true;
    this.#history.oddities.push(`POST ${path} was refused with ${answer.status}: ${JSON.stringify(answer.body)}`);
    return false;
  }

  async #untilAnswered(call: Call): Promise<unknown> {
    for (;;) {
      const answer = await this.#ask(call);
      if (answer !== null) return answer.body;
      await sleep(ASK_AGAIN_AFTER_MS);
    }
  }

  /** @param refusals statuses that are an answer too. @returns null: whether it happened is unknown */
  async #ask({ method, path, headers, body }: Call, refusals: readonly number[] = []) {
    await this.#gate.passed();
    this.#history.requests += 1;
    let status: number;
    let answer: unknown;
    try {
      const response = await fetch(this.#url + path, {
        method,
        headers: body === undefined ? headers : { ...headers, "content-type": "application/json" },
        body: body === undefined ? null : JSON.stringify(body),
        signal: AbortSignal.timeout(ANSWER_WITHIN_MS),
      });
      status = response.status;
      answer = await response.json();
    } catch {
      this.#history.failed("no answer");
      return null;
    }
    if (status < 300 || refusals.includes(status)) return { status, body: answer };
    this.#history.failed(`${method} ${path.replaceAll(/[0-9A-Fa-f-]{20,}[^/]*/g, "…")}: ${status}`);
    return null;
  }
}

export function seatsOf(teams: z.infer<typeof MatchShape>["players"]): Seats {
  return Object.fromEntries(
    Object.entries(teams).flatMap(([team, players]) => players.map(({ player_id }) => [player_id, team])),
  );
}

function matchedOf(body: unknown): { type: "matched"; matchId: string } {
  return { type: "matched", matchId: InMatch.parse(body).match_id };
}

function bearer({ token }: Player): Record<string, string> {
  return { authorization: `Bearer ${token}` };
}
