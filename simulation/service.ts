import { randomUUID } from "node:crypto";
import type { z } from "zod";
import type { Leaderboard, MatchAnswer, ModeAnswer, Profile } from "./answers.ts";
import {
  AcceptedSchema,
  EnqueuedSchema,
  HomeSchema,
  LeaderboardSchema,
  LeftSchema,
  MatchSchema,
  ModesSchema,
  ProfileSchema,
  QueueStatusSchema,
  RegisteredSchema,
  ReportedSchema,
} from "./answers.ts";
import type { Party } from "./party.ts";
import { membersOf } from "./party.ts";
import type { Person } from "./population.ts";
import type { Transport } from "./transport.ts";

/** A registered player with the token that lets them act for themselves. */
export interface Player extends Person {
  readonly playerId: string;
  readonly token: string;
}

/** Where a player is. */
export interface Whereabouts {
  readonly isEnqueued: boolean;
  /** The match that holds them; not one that they are only asked about. */
  readonly matchId: string | null;
}

/** What a player is asked in a ready check. */
export interface Asked {
  readonly matchId: string;
  readonly round: number;
}

/** How leaving the line went. */
export type Departure =
  | { readonly type: "left"; readonly wasInLine: boolean }
  /** Too late. */
  | { readonly type: "matched"; readonly matchId: string };

/**
 * The calls that the simulation makes. Players queue, look and leave with their own token; the game server, which has
 * the API key, does the rest, and queues those who play together.
 */
export class Service {
  readonly #transport: Transport;
  readonly #system: Readonly<Record<string, string>>;

  constructor(transport: Transport, apiKey: string) {
    this.#transport = transport;
    this.#system = { "x-api-key": apiKey };
  }

  modes(): Promise<ModeAnswer[]> {
    return this.#get("modes", "/modes", ModesSchema);
  }

  async register(person: Person): Promise<Player> {
    const { player_id: playerId, access_token: token } = await this.#transport.send({
      kind: "register",
      method: "POST",
      path: "/players/register",
      headers: { ...this.#system, "x-idempotency-key": randomUUID() },
      body: { username: person.username, region: person.region },
      answer: RegisteredSchema,
    });
    return { ...person, playerId, token };
  }

  /** @returns the time from which the party counts as waiting, by the service's clock */
  async enqueue(party: Party, mode: string): Promise<number> {
    const isAlone = party.others.length === 0;
    const alone = { player_id: party.leader.playerId, mode };
    const answer = await this.#transport.send({
      kind: isAlone ? "enqueue" : "enqueue party",
      method: "POST",
      path: "/matchmaking/queue",
      headers: isAlone ? bearer(party.leader) : this.#system,
      body: isAlone ? alone : { ...alone, party: membersOf(party).map(({ playerId }) => playerId) },
      answer: EnqueuedSchema,
    });
    return Date.parse(answer.enqueued_at);
  }

  /** `asked` is null also for whoever has accepted. */
  async status(player: Player): Promise<Whereabouts & { readonly asked: Asked | null }> {
    const answer = await this.#transport.send({
      kind: "status",
      method: "GET",
      path: `/matchmaking/queue/${player.playerId}`,
      headers: bearer(player),
      answer: QueueStatusSchema,
    });
    const { ready_check: check } = answer;
    const asked = check && !check.accepted ? { matchId: check.match_id, round: check.round } : null;
    return { ...whereaboutsOf(answer), asked };
  }

  /** Being too late is none of the player's fault, nor of the service's. */
  async accept(player: Player, { matchId, round }: Asked): Promise<void> {
    await this.#transport.send({
      kind: "accept",
      method: "POST",
      path: `/matchmaking/match/${matchId}/accept`,
      headers: bearer(player),
      body: { round },
      answer: AcceptedSchema,
      accepts: [404, 409],
    });
  }

  /** As the game server sees it: asking keeps nobody's place in line. */
  async whereabouts(playerId: string): Promise<Whereabouts> {
    return whereaboutsOf(await this.#get("whereabouts", `/matchmaking/queue/${playerId}`, QueueStatusSchema));
  }

  async leave(player: Player): Promise<Departure> {
    const answer = await this.#transport.send({
      kind: "leave",
      method: "DELETE",
      path: `/matchmaking/queue/${player.playerId}`,
      headers: bearer(player),
      answer: LeftSchema,
      accepts: [409],
    });
    if (answer.status === 409) return { type: "matched", matchId: answer.match_id };
    return { type: "left", wasInLine: answer.status === "dequeued" };
  }

  match(matchId: string): Promise<MatchAnswer> {
    return this.#get("match", `/matchmaking/match/${matchId}`, MatchSchema);
  }

  async report(matchId: string, placements: Readonly<Record<string, number>>): Promise<void> {
    const winners = Object.keys(placements).filter((team) => placements[team] === 1);
    const isPlainWin = winners.length === 1 && Object.keys(placements).length === 2;
    await this.#transport.send({
      kind: "report",
      method: "POST",
      path: `/matchmaking/match/${matchId}/result`,
      headers: this.#system,
      body: isPlainWin ? { winner_team: winners[0] } : { placements },
      answer: ReportedSchema,
    });
  }

  profile(playerId: string): Promise<Profile> {
    return this.#get("profile", `/players/player/${playerId}`, ProfileSchema);
  }

  /** @returns null if there is no such player */
  async homeRegion(playerId: string): Promise<string | null> {
    const answer = await this.#transport.send({
      kind: "profile",
      method: "GET",
      path: `/players/player/${playerId}`,
      headers: this.#system,
      answer: HomeSchema,
      accepts: [404],
    });
    return "region" in answer ? answer.region : null;
  }

  leaderboard(limit: number): Promise<Leaderboard> {
    return this.#get("leaderboard", `/players/leaderboard?limit=${limit}`, LeaderboardSchema);
  }

  #get<Schema extends Parameters<Transport["send"]>[0]["answer"]>(kind: string, path: string, answer: Schema) {
    return this.#transport.send({ kind, method: "GET", path, headers: this.#system, answer });
  }
}

function bearer(player: Player): Record<string, string> {
  return { authorization: `Bearer ${player.token}` };
}

function whereaboutsOf({ enqueued, match_id, ready_check }: z.infer<typeof QueueStatusSchema>): Whereabouts {
  return { isEnqueued: enqueued, matchId: ready_check ? null : (match_id ?? null) };
}
