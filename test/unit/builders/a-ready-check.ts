import type { Change, Prompt } from "../../../src/core/changes.ts";
import type { ModeTable } from "../../../src/core/mode.ts";
import type { ModeDefinition } from "../../../src/core/mode-definition.ts";
import type { Queue } from "../../../src/core/queue.ts";
import { aModeDefinition, aModeTable } from "./a-mode.ts";
import { aQueue, changesOfType } from "./a-queue.ts";
import type { Store } from "./a-store.ts";
import { aStore } from "./a-store.ts";
import { anEnqueueRequest } from "./an-enqueue-request.ts";

/** 2v2 with a ready check: 12 s to accept, 10 s to repair, and cool-downs of 30 s and 120 s. */
export function askingModes(overrides: Partial<ModeDefinition> = {}): ModeTable {
  return aModeTable(aModeDefinition({ readyCheck: { coolDownsS: [30, 120] }, ...overrides }));
}

/** Enqueues new players of the mode. */
export function queueUp(queue: Queue, modes: ModeTable, playerIds: readonly string[], nowMs: number): void {
  for (const playerId of playerIds) {
    const outcome = queue.enqueue(anEnqueueRequest(playerId, { mode: modes.defaultMode }), nowMs);
    if (!outcome.ok) throw new Error(`${playerId}: ${outcome.refusal.reason}`);
  }
}

export interface OpenReadyCheck {
  readonly queue: Queue;
  readonly modes: ModeTable;
  readonly matchId: string;
  /** What the region wrote so far; see `settle`. */
  readonly store: Store;
}

/** Ann, Bob, Cay and Dan came at 0 and are asked at one second. Its changes are taken and stored already. */
export function anOpenReadyCheck(overrides: Partial<ModeDefinition> = {}): OpenReadyCheck {
  const modes = askingModes(overrides);
  const queue = aQueue({ modes });
  queueUp(queue, modes, ["ann", "bob", "cay", "dan"], 0);
  return askedAt(queue, modes, 1_000);
}

/** The ready check that a tick opens. */
export function askedAt(queue: Queue, modes: ModeTable, nowMs: number): OpenReadyCheck {
  queue.tick(nowMs);
  const changes = queue.takeChanges();
  const [proposed] = changesOfType(changes, "proposal_changed");
  if (proposed === undefined) throw new Error("nobody was asked");
  return { queue, modes, matchId: proposed.proposal.matchId, store: aStore(changes) };
}

/** Takes what changed and stores it. */
export function settle({ queue, store }: OpenReadyCheck): readonly Change[] {
  const changes = queue.takeChanges();
  store.write(changes);
  return changes;
}

/** The region as it comes back from its storage, with the same modes unless others are given. */
export function wokenUp(
  { store, modes }: OpenReadyCheck,
  nowMs: number,
  options: { readonly modes?: ModeTable; readonly connected?: readonly string[] } = {},
): Queue {
  return aQueue({ state: store.read(), modes, nowMs, lastId: 1_000, ...options });
}

/** These accept in their round, one after the other; a refusal is a mistake in the test. */
export function acceptAll({ queue, matchId }: OpenReadyCheck, playerIds: readonly string[], nowMs: number): void {
  for (const playerId of playerIds) {
    const round = queue.readyCheckOf(playerId, nowMs)?.round ?? 0;
    const outcome = queue.accept({ playerId, matchId, round }, nowMs);
    if (!outcome.ok) throw new Error(`${playerId}: ${outcome.refusal.reason}`);
  }
}

/** Whom the recorded changes ask, and in which round. Takes the changes. */
export function askedNow(queue: Queue): [playerId: string, round: number][] {
  const prompts: Prompt[] = changesOfType(queue.takeChanges(), "proposal_changed").flatMap((change) => change.prompts);
  return prompts.map(({ playerId, round }) => [playerId, round]);
}
