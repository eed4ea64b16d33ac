import type { Fault } from "./fault.ts";
import type { Standing, Step } from "./history.ts";

/** Some ticket or match whose name is not known: an answer did not come, or a match may have been made meanwhile. */
const SOME = Symbol("some");

/** Everything that may be true of a player. */
interface Belief {
  readonly mayBeIdle: boolean;
  /** Null: cannot be queued. */
  readonly ticketId: string | typeof SOME | null;
  readonly enqueuedAt: string | null;
  /** Null: cannot be in a match. */
  readonly matchId: string | typeof SOME | null;
  /** What was acknowledged of that match's server. */
  readonly connection: string | null;
}

const IDLE: Belief = { mayBeIdle: true, ticketId: null, enqueuedAt: null, matchId: null, connection: null };

/**
 * Whether what a player was told fits together.
 *
 * 1. A belief says all that may be true of the player: idle, queued, in a match. It starts with idle.
 * 2. An answer leaves only what it says. A call without an answer adds what it may have done.
 * 3. Who is queued may be in a match a moment later; nothing else happens without being asked for.
 * 4. An answer that the belief has no room for is a fault: lost if more was acknowledged than is there, doubled if it is
 *    another one than the acknowledged, invented if nobody can have asked for it. Judging goes on from what the answer says.
 */
export function judgePlayer(playerId: string, steps: readonly Step[]): Fault[] {
  const faults: Fault[] = [];
  let belief = IDLE;
  for (const [index, step] of steps.entries()) {
    const { fault, next } = judgeStep(belief, step);
    if (fault !== null) faults.push({ kind: fault.kind, text: `player ${playerId}, step ${index + 1}: ${fault.text}` });
    belief = next;
  }
  return faults;
}

interface Verdict {
  readonly fault: Fault | null;
  readonly next: Belief;
}

function judgeStep(belief: Belief, step: Step): Verdict {
  switch (step.did) {
    case "enqueue":
      return step.answer.type === "unknown" ? fits(maybeQueued(belief)) : judgeStanding(asking(belief), step.answer);
    case "cancel":
      if (step.answer.type === "unknown")
        return fits({ ...belief, mayBeIdle: belief.mayBeIdle || isMaybeQueued(belief) });
      if (step.answer.type !== "dequeued") return judgeStanding(belief, step.answer);
      return { fault: isMaybeQueued(belief) ? null : invented("was taken out of a line they were not in"), next: IDLE };
    case "look":
      return judgeStanding(belief, step.answer);
    case "assign":
      return fits(step.answer.type === "done" ? { ...belief, connection: step.connection } : belief);
    case "report":
      return fits(step.answer.type === "done" ? IDLE : { ...belief, mayBeIdle: true });
  }
}

function judgeStanding(belief: Belief, standing: Standing): Verdict {
  switch (standing.type) {
    case "idle":
      return {
        fault: belief.mayBeIdle ? null : lost(`is neither queued nor in a match; ${known(belief)}`),
        next: IDLE,
      };
    case "queued":
      return { fault: judgeQueued(belief, standing), next: queued(standing) };
    case "matched":
      return { fault: judgeMatched(belief, standing), next: matched(belief, standing) };
  }
}

function judgeQueued(belief: Belief, { ticketId, enqueuedAt }: Extract<Standing, { type: "queued" }>): Fault | null {
  if (belief.ticketId === null) {
    if (belief.matchId === null) return invented(`is queued with ticket ${ticketId} without having asked`);
    return doubled(`is queued with ticket ${ticketId}; ${known(belief)}`);
  }
  if (belief.ticketId === SOME) return null;
  if (belief.ticketId !== ticketId) return doubled(`has ticket ${ticketId}; ${known(belief)}`);
  if (belief.enqueuedAt === enqueuedAt) return null;
  return lost(`has a place from ${enqueuedAt} with ticket ${ticketId}, which had one from ${belief.enqueuedAt}`);
}

function judgeMatched(belief: Belief, { matchId, connection }: Extract<Standing, { type: "matched" }>): Fault | null {
  if (belief.matchId === null) return invented(`is in match ${matchId} without having queued`);
  if (belief.matchId !== SOME && belief.matchId !== matchId) return doubled(`is in match ${matchId}; ${known(belief)}`);
  if (belief.connection === null || connection === undefined || belief.connection === connection) return null;
  return lost(`is told of the server ${connection} in match ${matchId}, which had got ${belief.connection}`);
}

function queued({ ticketId, enqueuedAt }: Extract<Standing, { type: "queued" }>): Belief {
  return { mayBeIdle: false, ticketId, enqueuedAt, matchId: SOME, connection: null };
}

/** The server that a match was seen with is kept too. */
function matched(before: Belief, { matchId, connection }: Extract<Standing, { type: "matched" }>): Belief {
  const known = before.matchId === matchId ? before.connection : null;
  return { mayBeIdle: false, ticketId: null, enqueuedAt: null, matchId, connection: connection ?? known };
}

/** Who asks to queue while idle may get any ticket. */
function asking(belief: Belief): Belief {
  return belief.mayBeIdle && belief.ticketId !== SOME ? { ...belief, ticketId: SOME, enqueuedAt: null } : belief;
}

function maybeQueued(belief: Belief): Belief {
  if (!belief.mayBeIdle) return belief;
  return { ...belief, ticketId: SOME, enqueuedAt: null, matchId: SOME, connection: null };
}

function isMaybeQueued({ ticketId }: Belief): boolean {
  return ticketId !== null;
}

function known({ ticketId, matchId }: Belief): string {
  const names = [
    ...(typeof ticketId === "string" ? [`ticket ${ticketId}`] : []),
    ...(typeof matchId === "string" ? [`match ${matchId}`] : []),
  ];
  return names.length === 0 ? "they had queued" : `they had ${names.join(" or ")}`;
}

function fits(next: Belief): Verdict {
  return { fault: null, next };
}

function lost(text: string): Fault {
  return { kind: "lost", text };
}

function doubled(text: string): Fault {
  return { kind: "doubled", text };
}

function invented(text: string): Fault {
  return { kind: "invented", text };
}
