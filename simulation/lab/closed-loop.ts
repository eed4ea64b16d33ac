import { assert } from "../../src/core/assert.ts";
import { DEFAULT_RATING } from "../../src/core/mode.ts";
import type { Rating } from "../../src/core/rating/player-rating.ts";
import { rateTeams } from "../../src/core/rating/trueskill.ts";
import type { Ticket } from "../../src/core/ticket.ts";
import { drawResult } from "../draw-result.ts";
import type { Random } from "../random.ts";
import { createRandom } from "../random.ts";
import type { GameShape } from "./game-shape.ts";
import type { Policy, PolicyMatch } from "./policy.ts";
import type { RatedPlayer } from "./rating-checks.ts";

interface LoopPlayer extends RatedPlayer {
  readonly playerId: string;
  readonly ratings: Rating[];
  /** When the next search begins; infinity while they wait. */
  returnsAtMs: number;
}

/** A game and the rest after it: on average the reference trace's cycle of 15 minutes. */
const SHORTEST_BREAK_MS = 600_000;
const LONGEST_BREAK_MS = 1_200_000;
const CYCLE_MS = 900_000;

/**
 * Lets new players play game after game; the policy matches by the ratings that the results of its own matches made.
 *
 * 1. Everybody starts with the rating of a new player. Skills are N(25, (25/3)²); searches begin within 15 minutes.
 * 2. A match's result is drawn from the skills by TrueSkill's model, without draws, and rated at once.
 * 3. Its players come back after 10 to 20 minutes, until everybody has played `games` or three times the time of as
 *    many cycles has passed.
 */
export function runClosedLoop(
  shape: GameShape,
  players: number,
  games: number,
  policy: Policy,
  tickPeriodMs: number,
  seed: number,
): readonly RatedPlayer[] {
  const random = createRandom(seed);
  const people = createPlayers(players, random);
  const byId = new Map(people.map((player) => [player.playerId, player]));
  let waiting: Ticket[] = [];
  for (let nowMs = tickPeriodMs; nowMs <= 3 * games * CYCLE_MS; nowMs += tickPeriodMs) {
    const coming = people.filter(({ returnsAtMs }) => returnsAtMs <= nowMs);
    for (const player of coming.sort((a, b) => a.returnsAtMs - b.returnsAtMs)) {
      const ticket = ticketOf(player, shape);
      player.returnsAtMs = Number.POSITIVE_INFINITY;
      policy.arrived(ticket);
      waiting.push(ticket);
    }
    if (waiting.length === 0) continue;
    const matches = policy.tick(waiting, nowMs);
    if (matches.length === 0) continue;
    const taken = new Set(matches.flatMap(({ teams }) => teams.flat()));
    waiting = waiting.filter((ticket) => !taken.has(ticket));
    for (const match of matches) play(match, byId, nowMs, random);
    if (people.every(({ ratings }) => ratings.length > games)) break;
  }
  return people;
}

function createPlayers(count: number, random: Random): LoopPlayer[] {
  return Array.from({ length: count }, (_, index) => ({
    playerId: `p${String(index).padStart(7, "0")}`,
    skill: random.normal(DEFAULT_RATING.mu, DEFAULT_RATING.sigma),
    ratings: [{ mu: DEFAULT_RATING.mu, sigma: DEFAULT_RATING.sigma }],
    returnsAtMs: Math.round(random.between(0, CYCLE_MS)),
  }));
}

function ticketOf({ playerId, ratings, returnsAtMs }: LoopPlayer, shape: GameShape): Ticket {
  const rating = ratings.at(-1);
  assert(rating !== undefined, "everybody has a rating from the start");
  return {
    ticketId: `${playerId}-${ratings.length}`,
    mode: shape.name,
    players: [{ playerId, mu: rating.mu, sigma: rating.sigma }],
    enqueuedAtMs: returnsAtMs,
    constraints: {},
  };
}

function play({ teams }: PolicyMatch, byId: ReadonlyMap<string, LoopPlayer>, nowMs: number, random: Random): void {
  const players = teams.map((tickets) =>
    tickets.flatMap((ticket) =>
      ticket.players.map(({ playerId, mu, sigma }) => {
        const player = byId.get(playerId);
        assert(player !== undefined, "a match holds players of this run");
        return { player, before: { mu, sigma } };
      }),
    ),
  );
  const places = drawResult(
    players.map((team, index) => ({ name: String(index), latentSkills: team.map(({ player }) => player.skill) })),
    { beta: DEFAULT_RATING.beta, drawProbability: 0 },
    random,
  );
  const rated = rateTeams(
    players.map((team) => team.map(({ before }) => before)),
    players.map((_, index) => places[String(index)] ?? 0),
    DEFAULT_RATING,
  );
  players.forEach((team, teamIndex) => {
    team.forEach(({ player }, index) => {
      const after = rated[teamIndex]?.[index];
      assert(after !== undefined, "everybody who played is rated");
      player.ratings.push(after);
      player.returnsAtMs = nowMs + Math.round(random.between(SHORTEST_BREAK_MS, LONGEST_BREAK_MS));
    });
  });
}
