import type { Result } from "./result.ts";
import { accept, refuse } from "./result.ts";

/** The TrueSkill environment of a mode, in rating points. */
export interface RatingEnvironment {
  /** Rating of a new player. */
  readonly mu: number;
  readonly sigma: number;
  /** Skill difference that wins about 76 % of 1v1 games. */
  readonly beta: number;
  /** Growth of sigma before each game. */
  readonly tau: number;
  /** Chance that evenly matched teams draw: from 0 (no draws) to below 1. */
  readonly drawProbability: number;
}

/** A way to play: who meets whom, how long a search may take, how results move ratings. */
export interface Mode {
  readonly name: string;
  readonly teams: number;
  /** Players per team. */
  readonly teamSize: number;
  /** The knob `a`: how many rating points one second of waiting is worth. More is faster and looser. */
  readonly pointsPerSecond: number;
  /** `MATCH_BETA`: how much a group's mean sigma adds to its cost, in points per point. */
  readonly sigmaWeight: number;
  readonly tickPeriodMs: number;
  /** From this age on a ticket takes any match that the hard rules allow. */
  readonly overdueAfterMs: number;
  /** After this an unreported match is abandoned and its players are free. */
  readonly matchTimeoutMs: number;
  readonly rating: RatingEnvironment;
}

/** What `src/modes.ts` says of a mode: the shape, and whatever differs from the defaults below. */
export type ModeDefinition = Pick<Mode, "name" | "teams" | "teamSize"> &
  Partial<Omit<Mode, "name" | "teams" | "teamSize" | "rating">> & { readonly rating?: Partial<RatingEnvironment> };

/** The game's modes by name; the first one defined is the default. */
export interface ModeTable {
  readonly defaultMode: Mode;
  readonly byName: ReadonlyMap<string, Mode>;
}

export interface ModeProblem {
  /** Where in the list of definitions, such as `modes[1].teamSize`. */
  readonly path: string;
  readonly detail: string;
}

/** TrueSkill's usual environment (Herbrich, Minka and Graepel 2006), and that of the original. */
export const DEFAULT_RATING: RatingEnvironment = {
  mu: 25,
  sigma: 25 / 3,
  beta: 25 / 6,
  tau: 25 / 300,
  drawProbability: 0.1,
};

export const MAX_TEAMS = 26;
export const MAX_PLAYERS_PER_MATCH = 64;

export function playersPerMatch(mode: Mode): number {
  return mode.teams * mode.teamSize;
}

/** `teamA`, `teamB`, … as on the wire. */
export function teamName(index: number): string {
  return `team${String.fromCharCode(65 + index)}`;
}

/**
 * Fills in defaults and checks every field.
 *
 * @param defaultSigmaWeight `MATCH_BETA`, for modes that name none
 * @returns the table, or every problem found, each with the path of its field
 */
export function resolveModes(
  definitions: readonly ModeDefinition[],
  defaultSigmaWeight: number,
): Result<ModeTable, { reason: "impossible_modes"; problems: readonly ModeProblem[] }> {
  const modes = definitions.map((definition) => withDefaults(definition, defaultSigmaWeight));
  const problems = modes.flatMap((mode, index) => problemsOf(mode, `modes[${index}]`));
  const byName = new Map<string, Mode>();
  modes.forEach((mode, index) => {
    if (byName.has(mode.name)) problems.push({ path: `modes[${index}].name`, detail: "another mode has this name" });
    byName.set(mode.name, mode);
  });
  const defaultMode = modes[0];
  if (defaultMode === undefined) problems.push({ path: "modes", detail: "at least one mode is needed" });
  if (problems.length > 0 || defaultMode === undefined) return refuse({ reason: "impossible_modes", problems });
  return accept({ defaultMode, byName });
}

function withDefaults(definition: ModeDefinition, defaultSigmaWeight: number): Mode {
  return {
    pointsPerSecond: 0.5,
    sigmaWeight: defaultSigmaWeight,
    tickPeriodMs: 1_000,
    overdueAfterMs: 30_000,
    matchTimeoutMs: 3_600_000,
    ...definition,
    rating: { ...DEFAULT_RATING, ...definition.rating },
  };
}

function problemsOf(mode: Mode, path: string): ModeProblem[] {
  const problems: ModeProblem[] = [];
  const check = (isRight: boolean, field: string, detail: string) => {
    if (!isRight) problems.push({ path: `${path}.${field}`, detail });
  };
  check(/^[a-z0-9][a-z0-9_-]{0,31}$/.test(mode.name), "name", "1 to 32 of a-z, 0-9, _ and -");
  check(isWithin(mode.teams, 2, MAX_TEAMS, true), "teams", `a whole number from 2 to ${MAX_TEAMS}`);
  check(isWithin(mode.teamSize, 1, MAX_PLAYERS_PER_MATCH, true), "teamSize", "a whole number of at least 1");
  check(
    playersPerMatch(mode) <= MAX_PLAYERS_PER_MATCH,
    "teamSize",
    `teams × teamSize may be at most ${MAX_PLAYERS_PER_MATCH}`,
  );
  check(isWithin(mode.pointsPerSecond, 1e-6, 1_000), "pointsPerSecond", "a number above 0, at most 1000");
  check(isWithin(mode.sigmaWeight, 0, 100), "sigmaWeight", "a number from 0 to 100");
  check(isWithin(mode.tickPeriodMs, 100, 60_000, true), "tickPeriodMs", "milliseconds from 100 to 60000");
  check(isWithin(mode.overdueAfterMs, 0, 3_600_000, true), "overdueAfterMs", "milliseconds from 0 to 1 h");
  check(isWithin(mode.matchTimeoutMs, 1_000, 604_800_000, true), "matchTimeoutMs", "milliseconds from 1 s to 7 days");
  const { mu, sigma, beta, tau, drawProbability } = mode.rating;
  check(isWithin(mu, 1e-6, 10_000), "rating.mu", "a number above 0");
  check(isWithin(sigma, 1e-6, 10_000), "rating.sigma", "a number above 0");
  check(isWithin(beta, 1e-6, 10_000), "rating.beta", "a number above 0");
  check(isWithin(tau, 0, 10_000), "rating.tau", "a number of at least 0");
  check(drawProbability >= 0 && drawProbability < 1, "rating.drawProbability", "from 0 to below 1");
  return problems;
}

function isWithin(value: number, least: number, most: number, isWhole = false): boolean {
  return value >= least && value <= most && (!isWhole || Number.isInteger(value));
}
