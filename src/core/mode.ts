import type { AttributeRule } from "./attribute.ts";

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

/** From which age on a ticket takes any match that the hard rules allow: clamp(naturalWaits·τ, leastS, mostS). */
export interface Overdue {
  /** In natural waits τ of the ticket's rating; see `matching/tolerance.ts`. */
  readonly naturalWaits: number;
  readonly leastS: number;
  /** The cap: no wait is longer while enough allowed players are there. */
  readonly mostS: number;
}

/** What a mode asks its players before a match is made. */
export interface ReadyCheckRules {
  /** So long whoever is asked may take to accept. */
  readonly acceptS: number;
  /**
   * So long the clients of those who were connected when they were asked may take to say that they show the question.
   * Then nobody sees it, and the place is given away without a penalty. Null: as long as the player has. Saves a third
   * of the time that repairs take, and needs a game whose clients all ack at once.
   */
  readonly ackS: number | null;
  /** So long somebody else is looked for when a place falls empty; 0: everybody returns to line at once. */
  readonly repairS: number;
  /** How long a player stays out of the queue after the first, second … offence; the last one repeats. */
  readonly coolDownsS: readonly number[];
  /** An offence is forgotten after so long without another. */
  readonly forgivenAfterS: number;
}

/** A way to play: who meets whom, how long a search may take, how results move ratings. */
export interface Mode {
  readonly name: string;
  readonly teams: number;
  /** Players per team. */
  readonly teamSize: number;
  /** How many players one ticket may hold, ascending; without 1 nobody queues alone. */
  readonly partySizes: readonly number[];
  /** The knob `a`: how many rating points one second of waiting is worth. More is faster and looser. */
  readonly pointsPerSecond: number;
  /** A mean wait that `a` is moved towards once a minute; null: `a` stays as it is. */
  readonly targetWaitS: number | null;
  /** γ, 0 to 1: how much more a rare rating tolerates. 0.5 is cheapest overall, above it the rare wait less. */
  readonly equity: number;
  readonly overdue: Overdue;
  /** How many points an imbalance of one point a player adds to a group's cost; 4, or 0 in teams of one. */
  readonly balanceWeight: number;
  /** Counts only what a predicted imbalance exceeds rating noise by; see `matching/balance.ts`. */
  readonly isSigmaAware: boolean;
  /** `MATCH_BETA`: how much a group's mean sigma adds to its cost, in points per point. */
  readonly sigmaWeight: number;
  /** Points that one more bond between party members than the other team has adds to a group's cost. */
  readonly partyParityWeight: number;
  /** No match has a wider rating range; null: no limit but those of its tickets. */
  readonly maxRatingGap: number | null;
  /** Players of each role that every team needs, at most its size; the other places are open to any role. */
  readonly roles: Readonly<Record<string, number>>;
  readonly attributes: Readonly<Record<string, AttributeRule>>;
  /** A match needs one server location within this of everybody who says latencies; null: the mode looks at none. */
  readonly maxLatencyMs: number | null;
  readonly tickPeriodMs: number;
  /** Null: a match is made without asking. */
  readonly readyCheck: ReadyCheckRules | null;
  /** So long a place in line outlives its player's last socket, for a ticket that was queued over one. */
  readonly socketGraceS: number;
  /** So long a place in line outlives the last call about it, for a ticket that a player queued over HTTP. */
  readonly httpLeaseS: number;
  /** A match needs a game server within this, or is cancelled; null: nobody waits for one. */
  readonly assignWithinS: number | null;
  /** Whether running matches that ask for players choose before a tick makes new matches, or get whom these leave. */
  readonly isBackfillPreferred: boolean;
  /** After this an unreported match is abandoned and its players are free. */
  readonly matchTimeoutMs: number;
  readonly rating: RatingEnvironment;
}

/** The game's modes by name; the first one defined is the default. */
export interface ModeTable {
  readonly defaultMode: Mode;
  readonly byName: ReadonlyMap<string, Mode>;
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

export function playersPerMatch(mode: Pick<Mode, "teams" | "teamSize">): number {
  return mode.teams * mode.teamSize;
}

/** How many players the largest ticket of any mode may hold. */
export function largestPartySize(modes: ModeTable): number {
  return Math.max(...[...modes.byName.values()].flatMap(({ partySizes }) => partySizes));
}

/** `teamA`, `teamB`, … as on the wire. */
export function teamName(index: number): string {
  return `team${String.fromCharCode(65 + index)}`;
}
