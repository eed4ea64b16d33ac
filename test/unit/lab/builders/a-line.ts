import type { GameShape } from "../../../../simulation/lab/game-shape.ts";
import { shapeNamed } from "../../../../simulation/lab/game-shape.ts";
import type { Policy, PolicyMatch } from "../../../../simulation/lab/policy.ts";
import type { MadeMatch, Run } from "../../../../simulation/lab/run-trace.ts";
import type { Trace, TraceSettings } from "../../../../simulation/lab/trace.ts";
import type { Ticket } from "../../../../src/core/ticket.ts";
import { aTicket } from "../../builders/a-ticket.ts";

export function aShape(name = "2v2"): GameShape {
  const shape = shapeNamed(name);
  if (shape === undefined) throw new Error(`the lab knows no ${name}`);
  return shape;
}

/** A quarter of an hour of 2v2, single players who never give up. */
export function someTraceSettings(overrides: Partial<TraceSettings> = {}): TraceSettings {
  return {
    shape: aShape(),
    concurrentPlayers: 1_000,
    durationS: 900,
    curve: "steady",
    partyMix: [1],
    patienceS: null,
    choosyShare: 0,
    ...overrides,
  };
}

/** A ticket of players with these ratings who came at this second. Its id sorts by that. */
export function aLabTicket(cameAtS: number, ...mus: number[]): Ticket {
  const ticketId = `t${String(cameAtS).padStart(6, "0")}-${mus.join("-")}`;
  return aTicket({
    ticketId,
    enqueuedAtMs: cameAtS * 1000,
    players: mus.map((mu, index) => ({ playerId: `${ticketId}-${index}`, mu, sigma: 1 })),
  });
}

/** A match of single players, team by team, made at this second; they came at second 500 unless they are tickets. */
export function aMadeMatch(madeAtS: number, teams: readonly (readonly (number | Ticket)[])[]): MadeMatch {
  return {
    madeAtMs: madeAtS * 1000,
    pass: null,
    teams: teams.map((team) => team.map((member) => (typeof member === "number" ? aLabTicket(500, member) : member))),
  };
}

/** A run of 1,000 s with these matches, whose tickets are all that came; skills are the ratings. */
export function aRun(matches: readonly MadeMatch[], others: readonly Ticket[] = []): Run {
  const tickets = [...matches.flatMap(({ teams }) => teams.flat()), ...others];
  const trace: Trace = {
    shape: aShape(),
    durationMs: 1_000_000,
    arrivals: tickets
      .toSorted((a, b) => a.enqueuedAtMs - b.enqueuedAtMs)
      .map((ticket) => ({ ticket, leavesAtMs: Number.POSITIVE_INFINITY })),
    latentSkills: new Map(tickets.flatMap(({ players }) => players.map(({ playerId, mu }) => [playerId, mu]))),
  };
  return { trace, matches, tickTimesMs: [] };
}

/** What a policy makes of these tickets at this second, told of them first. */
export function tickOnce(policy: Policy, tickets: readonly Ticket[], nowS: number): readonly PolicyMatch[] {
  for (const ticket of tickets) policy.arrived(ticket);
  return policy.tick(tickets, nowS * 1000);
}

/** The ratings of each match's players, ascending: whom a policy put together. */
export function ratingsTogether(matches: readonly PolicyMatch[]): number[][] {
  return matches.map(({ teams }) =>
    teams
      .flat()
      .flatMap(({ players }) => players.map(({ mu }) => mu))
      .sort((a, b) => a - b),
  );
}
