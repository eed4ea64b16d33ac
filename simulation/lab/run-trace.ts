import { assert } from "../../src/core/assert.ts";
import type { Ticket } from "../../src/core/ticket.ts";
import { haveMapInCommon } from "./map-choice.ts";
import type { Policy, PolicyMatch } from "./policy.ts";
import type { Arrival, Trace } from "./trace.ts";

export interface MadeMatch extends PolicyMatch {
  readonly madeAtMs: number;
}

/** What a policy made of a trace. */
export interface Run {
  readonly trace: Trace;
  readonly matches: readonly MadeMatch[];
  /** Milliseconds that the policy took at each tick with tickets: of this machine, never the same twice. */
  readonly tickTimesMs: readonly number[];
}

/**
 * Lets a policy serve a trace.
 *
 * 1. At each tick the tickets that came since the last one join the line, those whose patience ended leave it.
 * 2. The policy makes matches of the line; their tickets leave it.
 * 3. At the trace's end whoever still waits stays unmatched.
 *
 * A match that breaks the rules of the game is a bug of the policy: a player twice, a ticket that does not wait, a team
 * of the wrong size, no map in common.
 */
export function runTrace(trace: Trace, policy: Policy, tickPeriodMs: number): Run {
  const matches: MadeMatch[] = [];
  const tickTimesMs: number[] = [];
  let waiting: Arrival[] = [];
  let next = 0;
  for (let nowMs = tickPeriodMs; nowMs <= trace.durationMs; nowMs += tickPeriodMs) {
    for (; ; next += 1) {
      const arrival = trace.arrivals[next];
      if (arrival === undefined || arrival.ticket.enqueuedAtMs > nowMs) break;
      policy.arrived(arrival.ticket);
      waiting.push(arrival);
    }
    waiting = waiting.filter(({ leavesAtMs }) => leavesAtMs > nowMs);
    if (waiting.length === 0) continue;
    const tickets = waiting.map(({ ticket }) => ticket);
    const startedMs = performance.now();
    const made = policy.tick(tickets, nowMs);
    tickTimesMs.push(performance.now() - startedMs);
    if (made.length === 0) continue;
    const taken = takenBy(made, trace, new Set(tickets));
    waiting = waiting.filter(({ ticket }) => !taken.has(ticket));
    for (const match of made) matches.push({ ...match, madeAtMs: nowMs });
  }
  return { trace, matches, tickTimesMs };
}

function takenBy(made: readonly PolicyMatch[], { shape }: Trace, waiting: ReadonlySet<Ticket>): Set<Ticket> {
  const taken = new Set<Ticket>();
  for (const { teams } of made) {
    assert(teams.length === shape.teams, "a match has its mode's teams");
    assert(haveMapInCommon(teams.flat()), "a match has a map that all would play");
    for (const team of teams) {
      let players = 0;
      for (const ticket of team) {
        assert(waiting.has(ticket) && !taken.has(ticket), "a match takes tickets that wait, each once");
        taken.add(ticket);
        players += ticket.players.length;
      }
      assert(players === shape.teamSize, "a team has its mode's size");
    }
  }
  return taken;
}
