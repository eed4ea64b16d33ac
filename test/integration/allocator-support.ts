import { vi } from "vitest";
import { AllocationSchema } from "../../src/wire/allocation.ts";
import { enqueue } from "./http-support.ts";
import { eventually, tick } from "./region-support.ts";
import type { ListeningPlayer } from "./socket-support.ts";
import { listeningPlayers } from "./socket-support.ts";

export interface AllocatorCall {
  readonly id: string | null;
  readonly signature: string | null;
  readonly redirect: string | undefined;
  readonly matchId: string;
}

/**
 * Answers a region in place of the game's allocator, and notes what it asks: regions run in the tests' own isolate. To
 * the end of the file, because their alarms go on after a test; other regions are asked to come back later.
 */
export function playAllocator(region: string, answer: (attempt: number) => Response): AllocatorCall[] {
  const calls: AllocatorCall[] = [];
  vi.spyOn(globalThis, "fetch").mockImplementation(async (input, init) => {
    const request = new Request(input, init);
    if (request.url !== "https://allocator.test/servers") throw new Error(`nobody is at ${request.url}`);
    const { match_id: matchId } = AllocationSchema.parse(await request.json());
    if (!matchId.endsWith(`-${region}`)) return new Response(null, { status: 503 });
    const { headers } = request;
    calls.push({
      id: headers.get("webhook-id"),
      signature: headers.get("webhook-signature"),
      redirect: init?.redirect,
      matchId,
    });
    return answer(calls.length);
  });
  return calls;
}

export interface HostedMatch {
  readonly matchId: string;
  readonly players: readonly ListeningPlayer[];
}

/** Two players with sockets in a match of a mode that needs servers. */
export async function aHostedMatch(region: string, mode: "hosted" | "hosted-brief" = "hosted"): Promise<HostedMatch> {
  const players = await listeningPlayers(region, 2);
  for (const { player_id } of players) await enqueue(player_id, { mode });
  // It may be cancelled before anybody could look at a player's state.
  const matchId = await eventually(async () => {
    await tick(region);
    return players[0]?.listener.all("match.found")[0]?.match.match_id ?? null;
  });
  return { matchId, players };
}
