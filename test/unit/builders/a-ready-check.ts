import type { Prompt } from "../../../src/core/changes.ts";
import type { ModeTable } from "../../../src/core/mode.ts";
import type { ModeDefinition } from "../../../src/core/mode-definition.ts";
import type { Queue } from "../../../src/core/queue.ts";
import { aModeDefinition, aModeTable } from "./a-mode.ts";
import { aQueue, changesOfType } from "./a-queue.ts";
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
}

/** Ann, Bob, Cay and Dan came at 0 and are asked at one second. Its changes are taken already. */
export function anOpenReadyCheck(overrides: Partial<ModeDefinition> = {}): OpenReadyCheck {
  const modes = askingModes(overrides);
  const queue = aQueue({ modes });
  queueUp(queue, modes, ["ann", "bob", "cay", "dan"], 0);
  queue.tick(1_000);
  const [proposed] = changesOfType(queue.takeChanges(), "proposal_changed");
  if (proposed === undefined) throw new Error("nobody was asked");
  return { queue, modes, matchId: proposed.proposal.matchId };
}

/** Whom the recorded changes ask, and in which round. Takes the changes. */
export function askedNow(queue: Queue): [playerId: string, round: number][] {
  const prompts: Prompt[] = changesOfType(queue.takeChanges(), "proposal_changed").flatMap((change) => change.prompts);
  return prompts.map(({ playerId, round }) => [playerId, round]);
}
