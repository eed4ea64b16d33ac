import type { Match, Team } from "../core/match.ts";
import { matchPlayers, startingTeams } from "../core/match.ts";
import type { MatchingPass } from "../core/matching/found-match.ts";
import type { EstimateOutcome } from "../core/matching/wait-estimates.ts";
import type { Mode, ModeTable } from "../core/mode.ts";
import { ratingBand } from "../core/rating/rating-band.ts";
import { unevenness } from "../core/rating/unevenness.ts";
import { winProbability } from "../core/rating/win-probability.ts";
import type { Ticket } from "../core/ticket.ts";
import type { Metrics } from "../metrics/metrics.ts";

const CALIBRATION_BINS = 10;

/** Measures what players get: how long they waited, how close their matches are, whether predictions come true. */
export class QualityObserver {
  readonly #region: string;
  readonly #modes: ModeTable;
  readonly #metrics: Metrics;

  constructor(region: string, modes: ModeTable, metrics: Metrics) {
    this.#region = region;
    this.#modes = modes;
    this.#metrics = metrics;
  }

  /** @param estimate how the wait that the ticket was told of fared; undefined if it was told of none */
  ticketMatched(ticket: Ticket, estimate: EstimateOutcome | undefined, nowMs: number): void {
    const labels = { region: this.#region, mode: ticket.mode };
    const waitS = Math.max(0, nowMs - ticket.enqueuedAtMs) / 1_000;
    const scale = this.#modes.byName.get(ticket.mode)?.rating;
    for (const { mu } of ticket.players) {
      this.#metrics.waitSeconds.observe(labels, waitS);
      if (scale === undefined) continue;
      this.#metrics.bandWaitSeconds.observe({ mode: ticket.mode, band: ratingBand(mu, scale) }, waitS);
    }
    if (estimate !== undefined) this.#metrics.waitEstimates.inc({ ...labels, outcome: estimate });
  }

  matchFormed(match: Match, pass: MatchingPass): void {
    const { mode } = match;
    this.#metrics.matchesFormed.inc({ region: this.#region, mode, pass });
    this.#metrics.matchQuality.observe({ mode }, match.quality);
    this.#metrics.matchSpread.observe({ mode }, spreadOf(match));
    const beta = this.#modes.byName.get(mode)?.rating.beta;
    if (beta === undefined) return;
    const teams = match.teams.map(({ players }) => players);
    this.#metrics.matchUnevenness.observe({ mode }, unevenness(teams, beta));
  }

  /** A first report: holds the prediction of the ratings at which the match was made against its result. */
  matchReported(match: Match): void {
    this.#metrics.resultsReported.inc({ region: this.#region, mode: match.mode });
    const mode = this.#modes.byName.get(match.mode);
    if (mode !== undefined) this.#calibrate(match, mode);
  }

  /** Matches of two teams only: of more there is no one probability to hold against the result. */
  #calibrate(match: Match, { name: mode, rating }: Mode): void {
    const [teamA, teamB, ...others] = startingTeams(match);
    const { result } = match;
    if (teamA === undefined || teamB === undefined || others.length > 0 || result === null) return;
    const predicted = winProbability(teamA.players, teamB.players, rating.beta);
    const labels = { mode, bin: calibrationBin(predicted) };
    this.#metrics.calibrationMatches.inc(labels);
    this.#metrics.calibrationPredicted.inc(labels, predicted);
    this.#metrics.calibrationWins.inc(labels, wonShare(result.placements, teamA, teamB));
  }
}

/** A draw is half a win of either. */
function wonShare(placements: Readonly<Record<string, number>>, teamA: Team, teamB: Team): number {
  const placeA = placements[teamA.name] ?? 0;
  const placeB = placements[teamB.name] ?? 0;
  if (placeA === placeB) return 0.5;
  return placeA < placeB ? 1 : 0;
}

/** 0.55 is in `0.5-0.6`, as is 0.5; 1 is in `0.9-1.0`. */
function calibrationBin(probability: number): string {
  const bin = Math.min(CALIBRATION_BINS - 1, Math.floor(probability * CALIBRATION_BINS));
  return `${(bin / CALIBRATION_BINS).toFixed(1)}-${((bin + 1) / CALIBRATION_BINS).toFixed(1)}`;
}

/** Highest mu minus the lowest. */
function spreadOf(match: Match): number {
  const mus = matchPlayers(match).map(({ mu }) => mu);
  return Math.max(...mus) - Math.min(...mus);
}
