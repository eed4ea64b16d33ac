import { conservativeRating } from "../src/core/rating/player-rating.ts";
import { winProbability } from "../src/core/rating/win-probability.ts";
import type { MatchAnswer, ModeAnswer, Profile } from "./answers.ts";
import type { CallLog, LatencySummary } from "./call-log.ts";
import type { Player } from "./service.ts";
import type { SocketReport } from "./sockets/socket-report.ts";
import { mean, percentile, rankCorrelation } from "./statistics.ts";

/** Everything that a run has brought to light, as `--json` writes it. Null: there was nothing to measure. */
export interface Summary {
  readonly ok: boolean;
  /** Why the run counts as failed, a sentence each. */
  readonly failures: readonly string[];
  readonly players: number;
  /** How many there were of each size, alone included. */
  readonly parties: Readonly<Record<string, number>>;
  readonly seconds: number;
  readonly requests: number;
  readonly requests_per_s: number;
  readonly calls: Readonly<Record<string, LatencySummary>>;
  /** How often, by kind of call and reason. */
  readonly errors: Readonly<Record<string, number>>;
  readonly matches: { readonly expected: number; readonly reported: number; readonly finished: number };
  /** From queueing to the forming of the match, by the service's clock. */
  readonly waits_s: WaitSummary;
  readonly solo_waits_s: WaitSummary;
  /** Of players who were not alone. */
  readonly party_waits_s: WaitSummary;
  readonly quality: QualitySummary;
  /** Spearman's, of conservative rating with latent skill. */
  readonly rank_correlation: number | null;
  /** Players who owe games that nobody is left to play with. */
  readonly left_over_players: number;
  /** Null: the players asked over HTTP. */
  readonly sockets: SocketReport | null;
}

/** One player's wait for one match. */
export interface PlayerWait {
  readonly seconds: number;
  /** Players of their ticket. */
  readonly partySize: number;
}

export interface WaitSummary {
  readonly mean: number | null;
  readonly p50: number | null;
  readonly p95: number | null;
  readonly max: number | null;
}

export interface QualitySummary {
  /** TrueSkill's draw quality, 0 to 1. */
  readonly mean_quality: number | null;
  /** Highest minus lowest mu in a match. */
  readonly mean_spread: number | null;
  /** How far the favourite's chance is from one half; of matches of two teams. */
  readonly mean_imbalance: number | null;
}

export interface Findings {
  readonly players: readonly Player[];
  readonly partySizes: readonly number[];
  /** Of the games, from the first registration to the last report; so are the requests. */
  readonly seconds: number;
  readonly requests: number;
  readonly calls: CallLog;
  readonly expectedMatches: number;
  readonly matches: readonly MatchAnswer[];
  readonly reported: number;
  /** Reported and not finished: status by match id. */
  readonly unrated: ReadonlyMap<string, string>;
  readonly waits: readonly PlayerWait[];
  readonly profiles: readonly Profile[];
  readonly leftOver: number;
  /** Of matches and bookings. */
  readonly faults: readonly string[];
  /** Null: the run came to its end. */
  readonly cutShort: string | null;
  readonly mode: ModeAnswer;
  readonly sockets: SocketReport | null;
}

export function summarize(findings: Findings): Summary {
  const { calls, matches, reported, unrated, seconds, waits } = findings;
  const failures = failuresOf(findings);
  return {
    ok: failures.length === 0,
    failures,
    players: findings.players.length,
    parties: countBySize(findings.partySizes),
    seconds,
    requests: findings.requests,
    requests_per_s: findings.requests / seconds,
    calls: calls.latencies(),
    errors: calls.errors,
    matches: { expected: findings.expectedMatches, reported, finished: reported - unrated.size },
    waits_s: summarizeWaits(waits),
    solo_waits_s: summarizeWaits(waits.filter(({ partySize }) => partySize === 1)),
    party_waits_s: summarizeWaits(waits.filter(({ partySize }) => partySize > 1)),
    quality: qualityOf(matches, findings.mode.rating.beta),
    rank_correlation: correlationOf(findings),
    left_over_players: findings.leftOver,
    sockets: findings.sockets,
  };
}

function summarizeWaits(waits: readonly PlayerWait[]): WaitSummary {
  const seconds = waits.map((wait) => wait.seconds);
  return {
    mean: mean(seconds),
    p50: percentile(seconds, 0.5),
    p95: percentile(seconds, 0.95),
    max: percentile(seconds, 1),
  };
}

function countBySize(sizes: readonly number[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const size of sizes.toSorted((one, other) => one - other)) counts[size] = (counts[size] ?? 0) + 1;
  return counts;
}

function failuresOf({ faults, unrated, calls, cutShort }: Findings): string[] {
  const failures = [...faults];
  for (const [matchId, status] of unrated) failures.push(`match ${matchId}: reported and still ${status}`);
  if (calls.unexpectedErrors > 0) failures.push(`${calls.unexpectedErrors} calls went wrong; see the errors`);
  if (cutShort !== null) failures.push(cutShort);
  return failures;
}

function qualityOf(matches: readonly MatchAnswer[], beta: number): QualitySummary {
  const teamsOf = matches.map((match) => Object.values(match.players));
  const spreads = teamsOf.map((teams) => {
    const mus = teams.flat().map((player) => player.mu);
    return Math.max(...mus) - Math.min(...mus);
  });
  const imbalances = teamsOf.flatMap(([teamA, teamB, ...others]) =>
    teamA === undefined || teamB === undefined || others.length > 0
      ? []
      : [Math.abs(winProbability(teamA, teamB, beta) - 0.5)],
  );
  return {
    mean_quality: mean(matches.map((match) => match.quality)),
    mean_spread: mean(spreads),
    mean_imbalance: mean(imbalances),
  };
}

/** Of players who have been rated; the others' ratings say nothing yet. */
function correlationOf({ players, profiles, mode }: Findings): number | null {
  const skillOf = new Map(players.map((player) => [player.playerId, player.latentSkill]));
  const known = profiles.flatMap((profile) => {
    const skill = skillOf.get(profile.player_id);
    const rating = profile.ratings[mode.name];
    const isRated = rating !== undefined && rating.matches > 0;
    return skill === undefined || !isRated ? [] : [{ skill, rating: conservativeRating(rating) }];
  });
  return rankCorrelation(
    known.map(({ rating }) => rating),
    known.map(({ skill }) => skill),
  );
}
