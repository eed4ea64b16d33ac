import type { Match } from "../../../src/core/match.ts";
import type { ModeTable } from "../../../src/core/mode.ts";
import type { ModeDefinition } from "../../../src/core/mode-definition.ts";
import type { Queue } from "../../../src/core/queue.ts";
import { aModeDefinition, aModeTable } from "./a-mode.ts";
import { aQueue, changesOfType } from "./a-queue.ts";
import { queueUp } from "./a-ready-check.ts";

/** 2v2 whose matches need a game server within 20 s. */
export function hostedModes(overrides: Partial<ModeDefinition> = {}): ModeTable {
  return aModeTable(aModeDefinition({ assignWithinS: 20, ...overrides }));
}

/** When a match that is made at one second is cancelled. */
export const NO_SERVER_AT_MS = 21_000;

export interface MatchWithoutServer {
  readonly queue: Queue;
  readonly modes: ModeTable;
  readonly match: Match;
}

/** Ann, Bob, Cay and Dan came at 0 and are in a match made at one second. Its changes are taken already. */
export function aMatchWithoutServer(overrides: Partial<ModeDefinition> = {}): MatchWithoutServer {
  const modes = hostedModes(overrides);
  const queue = aQueue({ modes });
  queueUp(queue, modes, ["ann", "bob", "cay", "dan"], 0);
  queue.tick(1_000);
  const [formed] = changesOfType(queue.takeChanges(), "match_changed");
  if (formed === undefined) throw new Error("no match was formed");
  return { queue, modes, match: formed.match };
}

/** Lets the time for a server pass: what changed, and the match's end. */
export function passServerDeadline(queue: Queue) {
  queue.tick(NO_SERVER_AT_MS);
  const changes = queue.takeChanges();
  const [cancelled] = changesOfType(changes, "match_changed");
  if (cancelled?.event !== "cancelled") throw new Error("no match was cancelled");
  return { changes, cancelled };
}
