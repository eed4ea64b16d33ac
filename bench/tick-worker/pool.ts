import type { Density } from "../../src/core/matching/density.ts";
import { densityAt, emptyDensity, withArrivals } from "../../src/core/matching/density.ts";
import type { Ticket } from "../../src/core/ticket.ts";

/** What a pool is filled with. */
export interface Pool {
  readonly shape: string;
  readonly tickets: number;
  /** Shares of tickets of one player, of two, and so on; together 1. */
  readonly partyShares: readonly number[];
}

/** The tick's time: everybody came within the 2 s before. */
export const NOW_MS = 60_000;
const ARRIVED_WITHIN_MS = 2_000;

/** Ratings are N(25, (25/3)²), those of a party's other members N(0, 3²) around its first; always the same ones. */
export function fillPool({ tickets, partyShares }: Pool): Ticket[] {
  const random = seededRandom(7);
  return Array.from({ length: tickets }, (_, index) => {
    const rating = 25 + (25 / 3) * normal(random);
    const size = drawSize(partyShares, random());
    return {
      ticketId: `ticket-${String(index).padStart(6, "0")}`,
      mode: "bench",
      players: Array.from({ length: size }, (_, member) => ({
        playerId: `player-${index}-${member}`,
        mu: member === 0 ? rating : rating + 3 * normal(random),
        sigma: 1 + 4 * random(),
      })),
      enqueuedAtMs: NOW_MS - Math.floor(random() * ARRIVED_WITHIN_MS),
      constraints: {},
    };
  });
}

/**
 * Of a stream of 1,000 players a minute, however many wait: with the stream that would bring them all in 2 s the
 * tolerance would shrink as fast as the pool grows.
 */
export function densityOf(tickets: readonly Ticket[]): Density {
  const mus = tickets.flatMap(({ players }) => players.map(({ mu }) => mu));
  const step = Math.max(1, Math.floor(mus.length / 1_000));
  const arrivals = mus.filter((_, index) => index % step === 0);
  return densityAt(withArrivals(emptyDensity(0), arrivals, 0), NOW_MS);
}

function drawSize(shares: readonly number[], draw: number): number {
  let below = 0;
  for (const [index, share] of shares.entries()) {
    below += share;
    if (draw < below) return index + 1;
  }
  return 1;
}

/** Mulberry32 by Tommy Ettinger: small, and the same everywhere. */
function seededRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** Irwin–Hall: the sum of twelve uniform draws minus 6 has mean 0 and variance 1. */
function normal(random: () => number): number {
  let sum = -6;
  for (let draw = 0; draw < 12; draw += 1) sum += random();
  return sum;
}
