import type { Ticket } from "../../src/core/ticket.ts";
import type { Random } from "../random.ts";
import { createRandom } from "../random.ts";
import type { ArrivalCurve } from "./arrival-times.ts";
import { arrivalTimesS } from "./arrival-times.ts";
import { drawPlayers } from "./draw-player.ts";
import type { GameShape } from "./game-shape.ts";
import { drawMapChoice } from "./map-choice.ts";
import type { PartyMix } from "./party-mix.ts";
import { drawPartySize, fittingMix, meanPartySize } from "./party-mix.ts";

export interface TraceSettings {
  readonly shape: GameShape;
  /** People who play or queue at one time. */
  readonly concurrentPlayers: number;
  readonly durationS: number;
  readonly curve: ArrivalCurve;
  readonly partyMix: PartyMix;
  /** Mean time after which a ticket is cancelled, exponentially distributed; null: nobody gives up. */
  readonly patienceS: number | null;
  /** Share of the tickets that name the maps they want. */
  readonly choosyShare: number;
}

export interface Arrival {
  readonly ticket: Ticket;
  /** When it is cancelled unless it is matched before; infinity: never. */
  readonly leavesAtMs: number;
}

/** What happens to a queue, whatever policy serves it. */
export interface Trace {
  readonly shape: GameShape;
  readonly durationMs: number;
  /** Ascending by time; so are the ticket ids. */
  readonly arrivals: readonly Arrival[];
  /** True skill by player id. */
  readonly latentSkills: ReadonlyMap<string, number>;
}

/** A player who has been in a match and rested comes back: the time from one search to the next. */
const CYCLE_S = 900;

/** Long enough for steady figures, short enough for a large population's ten thousands of tickets. */
export function referenceDurationS(concurrentPlayers: number): number {
  if (concurrentPlayers <= 300) return 43_200;
  if (concurrentPlayers <= 3_000) return 7_200;
  if (concurrentPlayers <= 30_000) return 1_800;
  return 600;
}

/**
 * Tickets of N concurrent players on a 15-minute cycle: a Poisson process of N/900 players per second.
 *
 * The same settings and seed give the same trace. Times, players and habits are drawn by generators of their own: two
 * shapes see the same rhythm, and people who give up or choose maps are the same people.
 */
export function createTrace(settings: TraceSettings, seed: number): Trace {
  const { shape, concurrentPlayers, durationS } = settings;
  const mix = fittingMix(settings.partyMix, shape.teamSize);
  const concurrentTickets = concurrentPlayers / meanPartySize(mix);
  const times = arrivalTimesS(
    settings.curve,
    concurrentTickets / CYCLE_S,
    concurrentTickets,
    durationS,
    createRandom(3 * seed),
  );
  const random = createRandom(3 * seed + 1);
  const habits = createRandom(3 * seed + 2);
  const latentSkills = new Map<string, number>();
  const arrivals = times.map((timeS, index) => {
    const ticket = drawTicket(index, Math.round(timeS * 1000), shape.name, mix, latentSkills, random);
    const leavesAtMs = ticket.enqueuedAtMs + drawPatienceMs(settings.patienceS, habits);
    const isChoosy = habits.between(0, 1) < settings.choosyShare;
    return { ticket: isChoosy ? { ...ticket, constraints: drawMapChoice(habits) } : ticket, leavesAtMs };
  });
  return { shape, durationMs: durationS * 1000, arrivals, latentSkills };
}

function drawTicket(
  index: number,
  enqueuedAtMs: number,
  mode: string,
  mix: PartyMix,
  latentSkills: Map<string, number>,
  random: Random,
): Ticket {
  const number = String(index).padStart(7, "0");
  const players = drawPlayers(drawPartySize(mix, random), random).map(({ mu, sigma, latentSkill }, member) => {
    const playerId = `p${number}-${member}`;
    latentSkills.set(playerId, latentSkill);
    return { playerId, mu, sigma };
  });
  return { ticketId: `t${number}`, mode, players, enqueuedAtMs, constraints: {} };
}

function drawPatienceMs(patienceS: number | null, random: Random): number {
  if (patienceS === null) return Number.POSITIVE_INFINITY;
  return Math.round(-Math.log(1 - random.between(0, 1)) * patienceS * 1000);
}
