import type { Density } from "../../../src/core/matching/density.ts";
import type { Mode } from "../../../src/core/mode.ts";
import type { Ticket, TicketPlayer } from "../../../src/core/ticket.ts";

type Teams = readonly (readonly Ticket[])[];

/**
 * What a match costs and what it may cost, in rating points, worked out from its tickets by the formulas as they are
 * documented, with nothing of the matcher's code.
 */
export function worthOf(
  teams: Teams,
  mode: Mode,
  density: Density,
  nowMs: number,
): { cost: number; tolerance: number } {
  const tickets = teams.flat();
  const players = tickets.flatMap((ticket) => ticket.players);
  const ratings = tickets.map((ticket) => mean(ticket.players.map(({ mu }) => mu)));
  const range = Math.max(...ratings) - Math.min(...ratings);
  const cost = range + mode.sigmaWeight * mean(players.map(({ sigma }) => sigma)) + balanceCost(teams, mode);
  const agesS = tickets.flatMap((ticket) => ticket.players.map(() => Math.max(0, nowMs - ticket.enqueuedAtMs) / 1000));
  const theta = naturalToleranceAt((Math.min(...ratings) + Math.max(...ratings)) / 2, mode, density);
  const tau = theta / mode.pointsPerSecond;
  const u = (0.5 * mean(agesS) + 0.5 * Math.max(...agesS)) / tau;
  return { cost, tolerance: theta * (1 + 0.2 * u ** 2) };
}

/** Whether the ticket takes any match that the hard rules allow. */
export function isOverdue(ticket: Ticket, mode: Mode, density: Density, nowMs: number): boolean {
  const { naturalWaits, leastS, mostS } = mode.overdue;
  const rating = mean(ticket.players.map(({ mu }) => mu));
  const dueS = naturalWaits * (naturalToleranceAt(rating, mode, density) / mode.pointsPerSecond);
  return (nowMs - ticket.enqueuedAtMs) / 1000 >= Math.min(mostS, Math.max(leastS, dueS));
}

function balanceCost(teams: Teams, mode: Mode): number {
  const { teamSize, balanceWeight, isSigmaAware, partyParityWeight } = mode;
  const sums = teams.map((team) => sum(playersOf(team).map(({ mu }) => mu)));
  const bonds = teams.map((team) => sum(team.map(({ players }) => players.length - 1)));
  const noise = isSigmaAware ? 0.5 * Math.sqrt(sum(playersOf(teams.flat()).map(({ sigma }) => sigma ** 2))) : 0;
  return (balanceWeight * (Math.hypot(spread(sums), noise) - noise)) / teamSize + partyParityWeight * spread(bonds);
}

function naturalToleranceAt(
  rating: number,
  { pointsPerSecond, teams, teamSize, equity }: Mode,
  density: Density,
): number {
  const bin = Math.min(79, Math.max(0, Math.floor(rating / (50 / 80))));
  const rho = density.perBin[bin] ?? Number.NaN;
  return Math.sqrt((pointsPerSecond * teams * teamSize) / (2 * density.mean)) * (density.mean / rho) ** equity;
}

function playersOf(team: readonly Ticket[]): TicketPlayer[] {
  return team.flatMap((ticket) => ticket.players);
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

function mean(values: readonly number[]): number {
  return sum(values) / values.length;
}

function spread(values: readonly number[]): number {
  return Math.max(...values) - Math.min(...values);
}
