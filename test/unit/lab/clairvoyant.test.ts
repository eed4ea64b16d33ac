import fc from "fast-check";
import { expect, it } from "vitest";
import type { Appointment } from "../../../simulation/lab/clairvoyant.ts";
import { clairvoyantCost } from "../../../simulation/lab/clairvoyant.ts";
import { costPerTicket } from "../../../simulation/lab/cost-per-ticket.ts";
import { aLabTicket, aMadeMatch, aRun } from "./builders/a-line.ts";

/** Tries every way to pair them. */
function cheapest(appointments: readonly Appointment[], pointsPerSecond: number): number {
  const [first, ...others] = appointments;
  if (first === undefined) return 0;
  return Math.min(
    ...others.map((other) => {
      const rest = others.filter((one) => one !== other);
      const cost = Math.abs(first.rating - other.rating) + pointsPerSecond * Math.abs(first.timeS - other.timeS);
      return cost + cheapest(rest, pointsPerSecond);
    }),
  );
}

const anAppointment = fc.record({
  timeS: fc.double({ min: 0, max: 60, noNaN: true }),
  rating: fc.double({ min: 0, max: 50, noNaN: true }),
});

it("costs what the best of all pairings costs", () => {
  fc.assert(
    fc.property(
      fc.array(anAppointment, { minLength: 2, maxLength: 8 }),
      fc.double({ min: 0.01, max: 5, noNaN: true }),
      (drawn, pointsPerSecond) => {
        const appointments = drawn.slice(0, drawn.length - (drawn.length % 2)).toSorted((a, b) => a.timeS - b.timeS);
        const cost = clairvoyantCost(appointments, pointsPerSecond);
        expect(Math.abs(cost - cheapest(appointments, pointsPerSecond))).toBeLessThan(1e-4);
      },
    ),
    { numRuns: 500 },
  );
});

it("waits for somebody closer if a second is worth little, not if it is worth much", () => {
  const appointments = [
    { timeS: 0, rating: 20 },
    { timeS: 1, rating: 30 },
    { timeS: 10, rating: 20 },
    { timeS: 11, rating: 30 },
  ];
  // Equals after 10 s each, or the unequal at once: 10 points each time.
  expect(clairvoyantCost(appointments, 0.1)).toBeCloseTo(2, 4);
  expect(clairvoyantCost(appointments, 5)).toBeCloseTo(30, 4);
});

it("looks past the fourteen nearest of a crowd without losing a ticket", () => {
  const appointments = Array.from({ length: 60 }, (_, index) => ({ timeS: index * 0.01, rating: 25 + (index % 2) }));
  // Equals are 0.02 s apart; each kind has 30.
  expect(clairvoyantCost(appointments, 1)).toBeCloseTo(30 * 0.02, 4);
});

const pair = (aCameAtS: number, bCameAtS: number, madeAtS: number, difference: number) =>
  aMadeMatch(madeAtS, [[aLabTicket(aCameAtS, 25)], [aLabTicket(bCameAtS, 25 + difference)]]);

it("charges a policy the difference of a pair and both waits", () => {
  // 3 points and 0.5·(4 + 2) points for two tickets.
  expect(costPerTicket(aRun([pair(500, 502, 504, 3)]), 2, 0.5)).toBeCloseTo(3);
});

it("charges only the first tickets, each for its half of the pair", () => {
  const run = aRun([pair(500, 600, 600, 2), pair(501, 700, 700, 10)]);
  // 1 + 0.1·100 and 5 + 0.1·199.
  expect(costPerTicket(run, 2, 0.1)).toBeCloseTo((11 + 24.9) / 2);
});

it("charges whoever was never matched the wait until the end", () => {
  const run = aRun([], [aLabTicket(900, 25)]);
  expect(costPerTicket(run, 1, 0.1)).toBeCloseTo(10);
});
