import { beforeAll, describe, expect, it } from "vitest";
import { playAllocator } from "../integration/allocator-support.ts";
import { regionObject } from "../integration/region-support.ts";
import { differences } from "./as-recorded.ts";
import { ageOf, LAST_RELEASE, movedBy } from "./last-release.ts";
import { restoreDatabase, wakeOnOldTables } from "./restore.ts";

/** What the Worker of the last release asked of its region, one after the other. */
const CALLS = LAST_RELEASE.exchanges.flatMap(({ request, calls }) =>
  calls.map((call) => ({ ...call, line: `${call.method} for ${request.method} ${request.path}` })),
);

describe("a region with a Worker and a consumer of the last release", () => {
  beforeAll(async () => {
    playAllocator(LAST_RELEASE.region, () => new Response(null, { status: 503 }));
    await restoreDatabase(ageOf());
    await wakeOnOldTables(ageOf());
  });

  it("answers every call of the Worker as the last release's region did", async () => {
    const seen = new Set<string>();
    for (const { line, region, method, args, answer } of CALLS) {
      const said = await ask(region, method, args);
      expect({ line, differences: differences(answer, said) }).toEqual({ line, differences: [] });
      seen.add(method);
    }
    expect([...seen].sort()).toEqual(METHODS);
  });

  it("takes the consumer's confirmations, of matches that it knows and of others", async () => {
    for (const { region, method, args } of LAST_RELEASE.confirmations) await ask(region, method, args);
    const failed = await regionObject(LAST_RELEASE.region).failedMatches();
    expect(failed).toMatchObject([{ matchId: LAST_RELEASE.scene.failed.matchId, failure: "unknown_player" }]);
  });
});

const METHODS = [
  "accept",
  "askBackfill",
  "assign",
  "backfillOf",
  "cancel",
  "cancelBackfill",
  "createParty",
  "decline",
  "disbandParty",
  "enqueue",
  "enqueueParty",
  "failedMatches",
  "joinParty",
  "leaveParty",
  "match",
  "party",
  "redrive",
  "report",
  "stateOf",
];

/** As it would come from a Worker that was built against another `RegionRpc`. */
async function ask(region: string, method: string, args: readonly unknown[]): Promise<unknown> {
  const stub = regionObject(region);
  const member: unknown = Reflect.get(stub, method);
  if (typeof member !== "function") throw new Error(`a region has no ${method}`);
  return await Reflect.apply(member, stub, movedBy(args, ageOf()));
}
