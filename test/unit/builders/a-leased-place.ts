import type { Queue } from "../../../src/core/queue.ts";
import type { AskedLease } from "../../../src/core/queue-calls.ts";
import { aPlayer } from "./a-player.ts";
import { aQueue, changesOfType } from "./a-queue.ts";
import { anEnqueueRequest } from "./an-enqueue-request.ts";

export const SOCKET: AskedLease = { kind: "socket" };
export const HTTP: AskedLease = { kind: "http" };

export interface QueueWithSockets {
  readonly queue: Queue;
  /** Those who have one. Changing it tells the queue nothing: it is what the queue finds when it looks. */
  readonly sockets: string[];
}

/** The default mode (a grace of 30 s, a lease of 120 s). */
export function aQueueWithSockets(connected: readonly string[] = []): QueueWithSockets {
  const sockets = [...connected];
  return { sockets, queue: aQueue({ connected: sockets }) };
}

/** A refusal is a mistake in the test. @param lease null: the system's, which has none */
export function take(queue: Queue, playerId: string, lease: AskedLease | null, nowMs: number): void {
  const outcome = queue.enqueue(anEnqueueRequest(playerId, lease === null ? { isSystem: true } : { lease }), nowMs);
  if (!outcome.ok) throw new Error(outcome.refusal.reason);
}

/** Two players on one ticket, the first of whom took the place. */
export function takeTogether(
  queue: Queue,
  playerIds: readonly [string, string],
  lease: AskedLease,
  nowMs: number,
): void {
  const { mode, constraints } = anEnqueueRequest("");
  const players = playerIds.map((playerId) => aPlayer(playerId));
  const outcome = queue.enqueueParty({ players, mode, constraints, code: null, lease }, nowMs);
  if (!outcome.ok) throw new Error(outcome.refusal.reason);
}

/** Whose tickets ended because of their lease, by the changes so far. Takes the changes. */
export function expired(queue: Queue): string[][] {
  return changesOfType(queue.takeChanges(), "ticket_ended")
    .filter(({ ending }) => ending === "expired")
    .map(({ ticket }) => ticket.players.map(({ playerId }) => playerId));
}
