import type { EnqueueRequest } from "../../../src/core/queue-calls.ts";
import { aMode } from "./a-mode.ts";
import { aPlayer } from "./a-player.ts";

/** A new player who asks for 2v2 with their own token. */
export function anEnqueueRequest(playerId: string, overrides: Partial<EnqueueRequest> = {}): EnqueueRequest {
  return {
    player: aPlayer(playerId),
    mode: aMode(),
    constraints: {},
    isSystem: false,
    release: false,
    ...overrides,
  };
}
