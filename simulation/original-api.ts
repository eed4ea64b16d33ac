import pLimit from "p-limit";
import { z } from "zod";
import type { OriginalMatch } from "./original-games.ts";
import { OriginalMatchSchema } from "./original-games.ts";

const RegisteredSchema = z.object({ player_id: z.string(), access_token: z.string(), token_type: z.literal("bearer") });
const EnqueuedSchema = z.object({ status: z.literal("enqueued"), player_id: z.string(), region: z.string() });
const ReportedSchema = z.object({ status: z.literal("queued"), match_id: z.string(), winner_team: z.string() });

const CONCURRENCY = 50;
const ANSWER_WITHIN_MS = 30_000;

/** The original's calls, with its paths, headers and fields and nothing else. */
export class OriginalApi {
  readonly #url: string;
  readonly #apiKey: string;
  readonly #limit = pLimit(CONCURRENCY);
  readonly #counts = new Map<string, number>();

  constructor(url: string, apiKey: string) {
    this.#url = url;
    this.#apiKey = apiKey;
  }

  /** How many answers came of each kind and status. */
  get counts(): ReadonlyMap<string, number> {
    return this.#counts;
  }

  async register(username: string, region: string): Promise<z.infer<typeof RegisteredSchema>> {
    const answer = await this.#send("register", "POST", "/players/register", {}, { username, region });
    return RegisteredSchema.parse(answer.json);
  }

  /** A refusal with 409 is an ordinary answer: the player is still in a match. */
  async enqueue(playerId: string, token: string): Promise<void> {
    const headers = { "x-api-key": this.#apiKey, authorization: `Bearer ${token}` };
    const answer = await this.#send("enqueue", "POST", "/matchmaking/queue", headers, { player_id: playerId }, [409]);
    if (answer.status !== 409) EnqueuedSchema.parse(answer.json);
  }

  async latestMatches(): Promise<OriginalMatch[]> {
    const answer = await this.#send("latest", "GET", "/matchmaking/matches/latest?limit=50", {});
    return z.array(OriginalMatchSchema).parse(answer.json);
  }

  async report(matchId: string, winnerTeam: string): Promise<void> {
    const path = `/matchmaking/match/${matchId}/result`;
    const answer = await this.#send("report", "POST", path, { "x-api-key": this.#apiKey }, { winner_team: winnerTeam });
    ReportedSchema.parse(answer.json);
  }

  #send(
    kind: string,
    method: string,
    path: string,
    headers: Readonly<Record<string, string>>,
    body?: object,
    ordinaryRefusals: readonly number[] = [],
  ): Promise<{ status: number; json: unknown }> {
    return this.#limit(async () => {
      const response = await fetch(this.#url + path, {
        method,
        headers: { ...headers, "content-type": "application/json" },
        body: body === undefined ? null : JSON.stringify(body),
        signal: AbortSignal.timeout(ANSWER_WITHIN_MS),
      });
      const text = await response.text();
      const { status } = response;
      this.#counts.set(`${kind} ${status}`, (this.#counts.get(`${kind} ${status}`) ?? 0) + 1);
      if (!response.ok && !ordinaryRefusals.includes(status)) throw new Error(`${kind} answered ${status}: ${text}`);
      return { status, json: JSON.parse(text) };
    });
  }
}
