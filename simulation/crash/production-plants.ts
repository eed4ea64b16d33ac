import type { Match } from "../../src/core/match.ts";
import { MatchLifecycle } from "../../src/core/match-lifecycle.ts";
import { Occupancy } from "../../src/core/occupancy.ts";
import { Outbox } from "../../src/core/outbox.ts";
import { Pools } from "../../src/core/pools.ts";
import { Queue } from "../../src/core/queue.ts";
import { Revocations } from "../../src/core/revocations.ts";
import type { Ticket } from "../../src/core/ticket.ts";
import { RegionAlarm } from "../../src/region/region-alarm.ts";

/** Bugs in the production code of this process. Each function plants one, and returns how to take it out again. */
type Undo = () => void;

/** Of all looks at a player, how many find somebody who waits free. */
const ONE_IN = 5;
const NEVER_MS = Number.MAX_SAFE_INTEGER;

export function bookTwice(): Undo {
  const { stateOf } = Queue.prototype;
  const { holdByTicket } = Occupancy.prototype;
  let looks = 0;
  Queue.prototype.stateOf = function (this: Queue, playerId: string) {
    looks += 1;
    return looks % ONE_IN === 0 ? { type: "free" } : stateOf.call(this, playerId);
  };
  Occupancy.prototype.holdByTicket = function (this: Occupancy, ticket: Ticket) {
    for (const { playerId } of ticket.players) this.freeOne(playerId);
    holdByTicket.call(this, ticket);
  };
  return () => {
    Queue.prototype.stateOf = stateOf;
    Occupancy.prototype.holdByTicket = holdByTicket;
  };
}

export function forgetWhoComesBack(): Undo {
  const { putBack } = Pools.prototype;
  Pools.prototype.putBack = () => {};
  return () => {
    Pools.prototype.putBack = putBack;
  };
}

export function splitParties(): Undo {
  const { formed } = MatchLifecycle.prototype;
  MatchLifecycle.prototype.formed = function (this: MatchLifecycle, match, pass) {
    formed.call(this, swapped(match), pass);
  };
  return () => {
    MatchLifecycle.prototype.formed = formed;
  };
}

/** The first players of both teams change places. */
function swapped(match: Match): Match {
  const [one, other, ...rest] = match.teams;
  const [first, ...others] = one?.players ?? [];
  const [second, ...more] = other?.players ?? [];
  if (one === undefined || other === undefined || first === undefined || second === undefined) return match;
  return {
    ...match,
    teams: [{ ...one, players: [second, ...others] }, { ...other, players: [first, ...more] }, ...rest],
  };
}

/** Not even after a restart. */
export function neverSendAgain(): Undo {
  const { add, sent } = Outbox.prototype;
  const known = new Set<string>();
  Outbox.prototype.add = function (this: Outbox, matchId: string, nowMs: number) {
    add.call(this, matchId, known.has(matchId) ? NEVER_MS : nowMs);
  };
  Outbox.prototype.sent = function (this: Outbox, matchId: string) {
    known.add(matchId);
    return sent.call(this, matchId, NEVER_MS);
  };
  return () => {
    Outbox.prototype.add = add;
    Outbox.prototype.sent = sent;
  };
}

export function dependOnTheMachine(): Undo {
  const { formed } = MatchLifecycle.prototype;
  MatchLifecycle.prototype.formed = function (this: MatchLifecycle, match, pass) {
    formed.call(this, { ...match, quality: performance.now() }, pass);
  };
  return () => {
    MatchLifecycle.prototype.formed = formed;
  };
}

export function admitWhoIsLockedOut(): Undo {
  const { refusalOf } = Revocations.prototype;
  Revocations.prototype.refusalOf = () => null;
  return () => {
    Revocations.prototype.refusalOf = refusalOf;
  };
}

export function neverSetTheAlarm(): Undo {
  const { wakeBy } = RegionAlarm.prototype;
  RegionAlarm.prototype.wakeBy = () => null;
  return () => {
    RegionAlarm.prototype.wakeBy = wakeBy;
  };
}
