import fc from "fast-check";
import { checkTicket } from "../../../src/core/check-ticket.ts";
import type { Density } from "../../../src/core/matching/density.ts";
import { densityAt, emptyDensity, withArrivals } from "../../../src/core/matching/density.ts";
import type { Mode, Overdue } from "../../../src/core/mode.ts";
import { playersPerMatch } from "../../../src/core/mode.ts";
import type { ModeDefinition } from "../../../src/core/mode-definition.ts";
import type { AskedConstraints, Ticket } from "../../../src/core/ticket.ts";
import { anEvenDensity } from "./a-density.ts";
import { aMode } from "./a-mode.ts";
import { aPlayer } from "./a-player.ts";
import { aTicket } from "./a-ticket.ts";

export const NOW_MS = 300_000;
const LOCATIONS = ["EUW", "NA", "JPN"];
const MAPS = ["dust", "mirage", "inferno"];

/** One tick's input. */
export interface TickPool {
  readonly mode: Mode;
  readonly density: Density;
  readonly tickets: readonly Ticket[];
}

export interface Shape {
  readonly teams: number;
  readonly teamSize: number;
}

/** How rich the pools are. */
export interface Richness {
  readonly shapes: readonly Shape[];
  readonly hasParties: boolean;
  readonly hasRules: boolean;
  /** Of the pool, in matches; it may hold any number of players up to this. */
  readonly mostMatches: number;
}

/** From 1v1 to 8v8, free-for-all, and several teams. */
export const SHAPES: readonly Shape[] = [
  ...[1, 2, 3, 4, 5, 6, 7, 8].map((teamSize) => ({ teams: 2, teamSize })),
  { teams: 4, teamSize: 1 },
  { teams: 8, teamSize: 1 },
  { teams: 3, teamSize: 2 },
  { teams: 3, teamSize: 3 },
  { teams: 4, teamSize: 3 },
];

export const SMALL_SHAPES: readonly Shape[] = [
  { teams: 2, teamSize: 1 },
  { teams: 2, teamSize: 2 },
  { teams: 2, teamSize: 3 },
  { teams: 3, teamSize: 1 },
  { teams: 3, teamSize: 2 },
];

/** Whole points as often as fractions, and few of them, so that ratings are often equal. */
const mu = fc.oneof(
  fc.integer({ min: 23, max: 27 }),
  fc.double({ min: 20, max: 30, noNaN: true }),
  fc.double({ min: 0, max: 50, noNaN: true }),
);
const sigma = fc.oneof(fc.constant(25 / 3), fc.double({ min: 0.8, max: 8.4, noNaN: true }));

const overdue = fc.constantFrom<Overdue>(
  { naturalWaits: 6, leastS: 0, mostS: 60 },
  { naturalWaits: 6, leastS: 120, mostS: 900 },
  { naturalWaits: 1_000, leastS: 86_400, mostS: 86_400 },
  { naturalWaits: 1_000, leastS: 86_400, mostS: 86_400 },
  { naturalWaits: 0, leastS: 0, mostS: 0 },
);

const density: fc.Arbitrary<Density> = fc.oneof(
  fc.constantFrom(2e-5, 0.01, 1).map(anEvenDensity),
  fc
    .array(mu, { minLength: 1, maxLength: 40 })
    .map((mus) => densityAt(withArrivals(emptyDensity(0), mus, 60_000), 60_000)),
);

export function anyPool(richness: Richness): fc.Arbitrary<TickPool> {
  return fc
    .constantFrom(...richness.shapes)
    .chain((shape) => anyMode(shape, richness.hasRules))
    .chain((mode) =>
      fc.record({ mode: fc.constant(mode), density, tickets: anyTickets(mode, richness) }, { noNullPrototype: true }),
    );
}

function anyMode(shape: Shape, hasRules: boolean): fc.Arbitrary<Mode> {
  const rules: fc.Arbitrary<Partial<ModeDefinition>> = hasRules
    ? fc.record(
        {
          maxRatingGap: fc.constantFrom(4, 20),
          roles: anyRoles(shape.teamSize),
          attributes: fc.constant<ModeDefinition["attributes"]>({
            map: { rule: "overlap", values: MAPS },
            build: { rule: "same", default: 1 },
            stakes: { rule: "range", min: 0, max: 100 },
          }),
          maxLatencyMs: fc.constant(80),
        },
        { requiredKeys: [] },
      )
    : fc.constant({});
  return fc
    .record({
      pointsPerSecond: fc.constantFrom(0.1, 0.5, 2),
      equity: fc.constantFrom(0.5, 0.8),
      overdue,
      isSigmaAware: fc.boolean(),
      sigmaWeight: fc.constantFrom(0, 0.1, 1),
      partyParityWeight: fc.constantFrom(0, 0.5, 3),
      rules,
    })
    .map(({ rules, ...knobs }) => aMode({ ...shape, ...knobs, ...rules }));
}

/** Places that together fit into a team. */
function anyRoles(teamSize: number): fc.Arbitrary<Record<string, number>> {
  return fc.record({ tank: fc.nat(1), healer: fc.nat(1), damage: fc.nat(2) }).map((counts) => {
    const roles: Record<string, number> = {};
    let left = teamSize;
    for (const [role, count] of Object.entries(counts)) {
      const places = Math.min(count, left);
      if (places > 0) roles[role] = places;
      left -= places;
    }
    return roles;
  });
}

/** In some pools with rules only the mode has some. */
function anyTickets(mode: Mode, richness: Richness): fc.Arbitrary<Ticket[]> {
  return fc
    .constantFrom(true, true, false)
    .chain((isBound) => ticketsOf(mode, { ...richness, hasRules: richness.hasRules && isBound }));
}

function ticketsOf(mode: Mode, { hasParties, hasRules, mostMatches }: Richness): fc.Arbitrary<Ticket[]> {
  const maxLength = mostMatches * playersPerMatch(mode);
  const party = fc.array(fc.tuple(mu, sigma), { minLength: 1, maxLength: hasParties ? mode.teamSize : 1 });
  const solo = fc.array(fc.tuple(mu, sigma), { minLength: 1, maxLength: 1 });
  const seat = fc.record({
    members: hasParties ? fc.oneof(solo, party) : solo,
    enqueuedAtMs: fc.constantFrom(0, 200_000, 270_000, 295_000, NOW_MS),
    asked: hasRules ? fc.oneof(fc.constant({}), anyConstraints(mode, maxLength)) : fc.constant({}),
  });
  return fc.array(seat, { maxLength, size: "max" }).map((seats) =>
    seats.flatMap(({ members, enqueuedAtMs, asked }, index) => {
      const players = members.map(([mu, sigma], member) => aPlayer(`p${index}-${member}`, mu, sigma));
      const checked = checkTicket(players, asked, mode, LOCATIONS);
      // What no queue would take is in no pool.
      return checked.ok ? [aTicket({ ...checked.value, enqueuedAtMs })] : [];
    }),
  );
}

function anyConstraints(mode: Mode, mostTickets: number): fc.Arbitrary<AskedConstraints> {
  const { attributes, roles, maxLatencyMs } = mode;
  const anybody = fc.nat({ max: mostTickets - 1 }).map((index) => `p${index}-0`);
  return fc.record(
    {
      maxRatingGap: fc.constantFrom(2, 10, 30),
      avoid: fc.array(anybody, { maxLength: 3 }),
      ...(maxLatencyMs !== null && {
        latencyMs: fc.dictionary(fc.constantFrom(...LOCATIONS), fc.constantFrom(30, 80, 81), { minKeys: 1 }),
      }),
      ...(Object.keys(roles).length > 0 && { roles: fc.subarray(Object.keys(roles), { minLength: 1 }) }),
      ...(attributes.map !== undefined && {
        attributes: fc.record(
          {
            map: fc.subarray(MAPS, { minLength: 1 }),
            build: fc.constantFrom(1, 2),
            stakes: fc.constantFrom(10, { min: 0, max: 10 }, { min: 10, max: 50 }, { min: 40, max: 100 }),
          },
          { requiredKeys: [] },
        ),
      }),
    },
    { requiredKeys: [] },
  );
}
