import type { Json } from "./json.ts";
import { isJsonObject, parseJson } from "./json.ts";

export interface KnownPlayer {
  readonly playerId: string;
  readonly token: string;
}

const KEPT = 60;

/**
 * Who and what exists in the service, as far as its answers tell. Requests refer to it by number, so one that was drawn
 * from a seed means somebody who is there. It keeps the newest of each kind; a number beyond counts from the start again.
 */
export class World {
  readonly #players: KnownPlayer[] = [];
  readonly #matches: string[] = ["01JBZ8M3T2X4V6C8B0N2M4K6H8-EUW"];
  readonly #parties: string[] = ["EUW-7K3M9XQ2TD"];
  readonly #ownMatch = new Map<string, string>();
  readonly #ownParty = new Map<string, string>();
  readonly #revoked = new Set<string>();
  #registered = 0;

  get players(): readonly KnownPlayer[] {
    return this.#players;
  }

  get matches(): readonly string[] {
    return this.#matches;
  }

  player(number: number): KnownPlayer {
    const player = this.#players[number % this.#players.length];
    if (player === undefined) throw new Error("nobody is registered");
    return player;
  }

  /** What a reference means: `@actor`, `@player:3`, `@match:3`, `@own-match`, `@party:3`, `@own-party`. */
  meaning(text: string, actor: KnownPlayer): string {
    const read = /^@([a-z-]+)(?::(\d+))?$/.exec(text);
    if (read === null) return text;
    const number = Number(read[2] ?? "0");
    switch (read[1]) {
      case "actor":
        return actor.playerId;
      case "player":
        return this.player(number).playerId;
      case "match":
        return pick(this.#matches, number);
      case "party":
        return pick(this.#parties, number);
      case "own-match":
        return this.#ownMatch.get(actor.playerId) ?? pick(this.#matches, actor.playerId.length);
      case "own-party":
        return this.#ownParty.get(actor.playerId) ?? pick(this.#parties, 0);
      default:
        return text;
    }
  }

  /** The same value, with ids in place of the references in it. */
  resolved(value: Json, actor: KnownPlayer): Json {
    if (typeof value === "string") return this.meaning(value, actor);
    if (Array.isArray(value)) return value.map((part: Json) => this.resolved(part, actor));
    if (!isJsonObject(value)) return value;
    return Object.fromEntries(
      Object.entries(value).map(([key, part]) => [this.meaning(key, actor), this.resolved(part, actor)]),
    );
  }

  /** Whose tokens were taken back since somebody last asked: whoever asks makes them players again. */
  takeRevoked(): readonly string[] {
    const revoked = [...this.#revoked];
    this.#revoked.clear();
    return revoked;
  }

  /** Takes in whatever an answer tells of players, matches and parties, wherever in it they stand. */
  learn(body: string): void {
    const parsed = parseJson(body);
    if (parsed !== undefined) this.#visit(parsed);
  }

  /** The player is in this match, or asked about it. */
  own(playerId: string, matchId: string | null | undefined): void {
    if (typeof matchId === "string") this.#ownMatch.set(playerId, matchId);
  }

  #visit(value: Json): void {
    if (Array.isArray(value)) for (const part of value) this.#visit(part);
    if (!isJsonObject(value)) return;
    const { player_id, access_token, match_id, players, code, members, status } = value;
    if (typeof player_id === "string" && status === "revoked") this.#revoked.add(player_id);
    if (typeof player_id === "string" && typeof access_token === "string") this.#meet(player_id, access_token);
    if (typeof match_id === "string" && typeof player_id === "string") this.#ownMatch.set(player_id, match_id);
    if (typeof match_id === "string") remember(this.#matches, match_id);
    if (typeof match_id === "string" && isJsonObject(players)) {
      for (const playerId of playersIn(players)) this.#ownMatch.set(playerId, match_id);
    }
    if (typeof code === "string" && Array.isArray(members)) {
      remember(this.#parties, code);
      for (const playerId of playersIn(members)) this.#ownParty.set(playerId, code);
    }
    for (const part of Object.values(value)) this.#visit(part);
  }

  /** A player who is known already gets the fresh token; of new ones some are kept, in place of others. */
  #meet(playerId: string, token: string): void {
    const known = this.#players.findIndex((player) => player.playerId === playerId);
    if (known >= 0) this.#players[known] = { playerId, token };
    else if (this.#players.length < KEPT) this.#players.push({ playerId, token });
    else this.#players[KEPT - 1 - (this.#registered++ % 10)] = { playerId, token };
  }
}

function playersIn(value: Json): string[] {
  if (Array.isArray(value)) return value.flatMap((part: Json) => playersIn(part));
  if (!isJsonObject(value)) return [];
  if (typeof value.player_id === "string") return [value.player_id];
  return Object.values(value).flatMap((part) => playersIn(part));
}

function pick(kept: readonly string[], number: number): string {
  return kept[kept.length - 1 - (number % kept.length)] ?? "";
}

function remember(kept: string[], one: string): void {
  if (kept.includes(one)) return;
  kept.push(one);
  if (kept.length > KEPT) kept.shift();
}
