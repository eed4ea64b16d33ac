import type { TokenSource } from "./client-options.ts";
import type { Clock } from "./clock.ts";
import { SYSTEM_CLOCK } from "./clock.ts";
import type {
  Accepted,
  AnswerWish,
  Assigned,
  BackfillCancelled,
  BackfillQueued,
  BackfillStatus,
  BackfillWish,
  Declined,
  Dequeued,
  Disbanded,
  Enqueued,
  EnqueueHttpWish,
  LatestQuery,
  LeaderboardEntry,
  LeaderboardQuery,
  Left,
  Mode,
  PartyMemberWish,
  PlayerToken,
  Profile,
  QueueStatus,
  RegisteredPlayer,
  RegistrationWish,
  Reported,
  ReportWish,
} from "./http-bodies.ts";
import type { FetchLike, HttpCall, HttpSettings } from "./http-request.ts";
import { callService } from "./http-request.ts";
import type { PromptId } from "./messages.ts";
import { serviceUrl } from "./service-url.ts";
import type { Connection, Match, Party } from "./wire-types.ts";

export interface HttpOptions {
  /** The service's address, http or https. */
  readonly url: string;
  /** A player's, who may act for themselves only. */
  readonly token?: TokenSource;
  /** The system's, for game servers and backends. Never in a game that players have on their machines. */
  readonly apiKey?: string;
  /** Default: the global one. */
  readonly fetch?: FetchLike;
  /** One exchange may take so long; default 10,000. */
  readonly timeoutMs?: number;
  /** How often a call is repeated that got 429 or 503 with Retry-After; default 2. */
  readonly retries?: number;
  /** A longer Retry-After is not waited for; default 10,000. */
  readonly longestRetryMs?: number;
  /** To spread retries: uniform in [0, 1); default `Math.random`. */
  readonly random?: () => number;
}

/**
 * The service's HTTP API, typed. Every call rejects with a `MatchmakingError` whose `reason` is that of the service's
 * problem document.
 *
 * A call that the service turned away for a moment (429 `rate_limited`, 503) is repeated after its Retry-After. With 503 it is not known
 * whether it was served; so only those are repeated that may be served twice: all but `leaveParty`, `disbandParty` and
 * an `enqueue` with `release`.
 */
export class HttpClient {
  readonly #settings: HttpSettings;

  /** @throws if the address is none */
  constructor(options: HttpOptions, clock: Clock = SYSTEM_CLOCK) {
    serviceUrl(options.url, "/");
    this.#settings = {
      url: options.url,
      token: options.token,
      apiKey: options.apiKey,
      // Browsers' fetch must be called on nothing but the global object.
      fetch: options.fetch ?? ((url, init) => globalThis.fetch(url, init)),
      timeoutMs: options.timeoutMs ?? 10_000,
      retries: options.retries ?? 2,
      longestRetryMs: options.longestRetryMs ?? 10_000,
      random: options.random ?? Math.random,
      clock,
    };
  }

  /**
   * Makes a player. @param idempotencyKey 8 to 255 characters, best a UUID: the same key and wish within ten minutes give
   * the same player. Without one each call makes another player, however often it had to be sent
   */
  register(wish: RegistrationWish, idempotencyKey: string = newKey()): Promise<RegisteredPlayer> {
    return this.#post("/players/register", wish, { headers: { "x-idempotency-key": idempotencyKey } });
  }

  /** A fresh token for a valid one: this client's, or the given one. */
  renewToken(token?: string): Promise<PlayerToken> {
    return this.#post("/players/token", undefined, { token });
  }

  /** System only: a token for a player whose own has expired. */
  tokenOf(playerId: string): Promise<PlayerToken> {
    return this.#post(path`/players/player/${playerId}/token`);
  }

  player(playerId: string): Promise<Profile> {
    return this.#get(path`/players/player/${playerId}`);
  }

  /** The best players of a mode, best first; may be a moment behind. */
  leaderboard(query: LeaderboardQuery = {}): Promise<LeaderboardEntry[]> {
    return this.#get("/players/leaderboard", { ...query });
  }

  /** Puts a player in line. While queued: the same ticket, the same place. */
  enqueue(wish: EnqueueHttpWish): Promise<Enqueued> {
    // A repetition could tear the player out of a match that was made in between.
    return this.#post("/matchmaking/queue", wish, { isSafeToRepeat: wish.release !== true });
  }

  queueStatus(playerId: string): Promise<QueueStatus> {
    return this.#get(path`/matchmaking/queue/${playerId}`);
  }

  /** Takes a player out of the queue. @throws `in_match`, with `matchId`, if they are matched already */
  cancel(playerId: string): Promise<Dequeued> {
    return this.#delete(path`/matchmaking/queue/${playerId}`, true);
  }

  /** Accepts a ready check, for clients without a socket. @param playerId whose answer it is, with the API key */
  accept({ match_id, round }: PromptId, playerId?: string): Promise<Accepted> {
    const wish: AnswerWish = { round, player_id: playerId };
    return this.#post(path`/matchmaking/match/${match_id}/accept`, wish);
  }

  /** Declines one: the player leaves the queue. */
  decline({ match_id, round }: PromptId, playerId?: string): Promise<Declined> {
    const wish: AnswerWish = { round, player_id: playerId };
    return this.#post(path`/matchmaking/match/${match_id}/decline`, wish);
  }

  match(matchId: string): Promise<Match> {
    return this.#get(path`/matchmaking/match/${matchId}`);
  }

  /** Newest first. */
  latestMatches(query: LatestQuery = {}): Promise<Match[]> {
    return this.#get("/matchmaking/matches/latest", { ...query });
  }

  /** System only: a game server claims a match, and its players are told how to get there. Safe to repeat. */
  assign(matchId: string, connection: Connection): Promise<Assigned> {
    return this.#post(path`/matchmaking/match/${matchId}/assignment`, { connection });
  }

  /** System only: a running match asks for players. Safe to repeat: the same ticket, the same place. */
  backfill(matchId: string, wish: BackfillWish): Promise<BackfillQueued> {
    return this.#post(path`/matchmaking/match/${matchId}/backfill`, wish);
  }

  /** System only: what a match still asks for, and who has come. */
  backfillStatus(matchId: string): Promise<BackfillStatus> {
    return this.#get(path`/matchmaking/match/${matchId}/backfill`);
  }

  /** System only: the match takes nobody from now on. */
  cancelBackfill(matchId: string): Promise<BackfillCancelled> {
    return this.#delete(path`/matchmaking/match/${matchId}/backfill`, true);
  }

  /** System only: reports a result. The same report again is answered like the first. */
  report(matchId: string, wish: ReportWish): Promise<Reported> {
    return this.#post(path`/matchmaking/match/${matchId}/result`, wish);
  }

  /** The default mode first. */
  modes(): Promise<Mode[]> {
    return this.#get("/modes");
  }

  /** Makes a party. Whoever leads a party of one gets that one again. */
  createParty(wish: PartyMemberWish = {}): Promise<Party> {
    return this.#post("/parties", wish);
  }

  /** Joins a party, and so agrees to be queued by its leader. Joining again changes the roles. */
  joinParty(code: string, wish: PartyMemberWish = {}): Promise<Party> {
    return this.#post(path`/parties/${code}/join`, wish);
  }

  /** Leaves a party; if it is queued, its ticket is cancelled. */
  leaveParty(code: string, wish: Pick<PartyMemberWish, "player_id"> = {}): Promise<Left> {
    return this.#post(path`/parties/${code}/leave`, wish, { isSafeToRepeat: false });
  }

  /** By its leader, or the system. */
  disbandParty(code: string): Promise<Disbanded> {
    return this.#delete(path`/parties/${code}`, false);
  }

  /** @throws `unknown_party` also for players who are not in it */
  party(code: string): Promise<Party> {
    return this.#get(path`/parties/${code}`);
  }

  #get<Body>(where: string, query: HttpCall["query"] = {}): Promise<Body> {
    return callService({ method: "GET", path: where, query, isSafeToRepeat: true }, this.#settings);
  }

  #post<Body>(where: string, body?: unknown, rest: Partial<HttpCall> = {}): Promise<Body> {
    return callService({ method: "POST", path: where, body, isSafeToRepeat: true, ...rest }, this.#settings);
  }

  #delete<Body>(where: string, isSafeToRepeat: boolean): Promise<Body> {
    return callService({ method: "DELETE", path: where, isSafeToRepeat }, this.#settings);
  }
}

/** 128 random bits. Not a `randomUUID`, which browsers have on secure pages only, and not where a game is developed. */
function newKey(): string {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** A path with ids in it, each of which stays one segment whatever it is. */
function path(parts: TemplateStringsArray, ...ids: readonly string[]): string {
  return parts.map((part, index) => part + encodeURIComponent(ids[index] ?? "")).join("");
}
