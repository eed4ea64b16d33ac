import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, afterEach, beforeAll, expect, it } from "vitest";
import { readRecords } from "../crash/read-records.ts";
import { eventually, Stack } from "./stack.ts";

/** Results on their way while the queue or its consumer is out, in the served Worker from the report to the ratings. */
let stack: Stack;
beforeAll(async () => {
  // A result is a dead letter within seconds; the shipped ten tries take the queue a quarter of a minute here.
  stack = await Stack.start({ faults: true, resultRetries: 2 });
});
afterEach(() => stack.setFaults({}));
afterAll(() => stack.stop());

interface Reported {
  readonly matchId: string;
  readonly players: readonly string[];
}

async function reportedMatch(region: string): Promise<Reported> {
  const players = await stack.registerPlayers(4, region);
  await stack.queue(players);
  const { match_id: matchId } = await stack.matchOf(players);
  await stack.post(`/matchmaking/match/${matchId}/result`, { winner_team: "teamA" });
  return { matchId, players };
}

function changesBy(matchId: string): string[] {
  const { changes } = readRecords(stack.stateDir);
  return changes.flatMap((change) => (change.matchId === matchId ? [change.playerId] : []));
}

async function expectRatedOnce({ matchId, players }: Reported): Promise<void> {
  await stack.matchWithStatus(matchId, "finished");
  expect(changesBy(matchId).toSorted()).toEqual([...players].toSorted());
}

it.each(["fail", "hang"] as const)("results wait in their region while the queue can only %s", async (kind) => {
  await stack.setFaults({ results: { kind } });
  const reported = await reportedMatch("NA");
  // Its players play on meanwhile.
  await stack.queue(reported.players);
  await eventually(async () => {
    const standing = await stack.get<{ match_id: string | null }>(`/matchmaking/queue/${reported.players[0]}`);
    return standing.match_id === null || standing.match_id === reported.matchId ? null : standing;
  });
  expect(await stack.get(`/matchmaking/match/${reported.matchId}`)).toMatchObject({ status: "reporting" });
  await stack.setFaults({});
  await expectRatedOnce(reported);
});

interface Failed {
  readonly match_id: string;
  readonly status: string;
  readonly failure: string;
}

it("results whose consumer keeps failing are listed, sent no more, redriven by key, and rated once", async () => {
  await stack.setFaults({ consumer: { kind: "fail" } });
  const reported = [await reportedMatch("EUW"), await reportedMatch("EUW"), await reportedMatch("KR")];
  const ids = reported.map(({ matchId }) => matchId).toSorted();
  const failed = await eventually(async () => {
    const listed = await stack.get<Failed[]>("/matchmaking/matches/rating-failed");
    return listed.length === ids.length ? listed : null;
  }, 60_000);
  expect(failed.map(({ match_id }) => match_id).toSorted()).toEqual(ids);
  for (const match of failed) expect(match).toMatchObject({ status: "rating_failed", failure: "retries_exhausted" });

  // Longer than any copy that is still on its way has left, and than the region's own pause: nothing comes back.
  await sleep(12_000);
  await stack.setFaults({});
  await sleep(6_000);
  expect(await stack.get<Failed[]>("/matchmaking/matches/rating-failed")).toHaveLength(ids.length);
  expect(ids.flatMap(changesBy)).toEqual([]);

  const [first] = reported;
  if (first === undefined) throw new Error("nothing was reported");
  const order = await stack.post(`/matchmaking/match/${first.matchId}/redrive`, {});
  expect(order).toEqual({ status: "queued", match_id: first.matchId });
  await expectRatedOnce(first);
  expect(await stack.get<Failed[]>("/matchmaking/matches/rating-failed")).toHaveLength(ids.length - 1);

  const orders = await Promise.all([1, 2].map(() => stack.post("/matchmaking/matches/rating-failed/redrive", {})));
  expect(orders).toContainEqual({ status: "queued", redriven: ids.length - 1, remaining: 0 });
  for (const match of reported) await expectRatedOnce(match);
  expect(await stack.get<Failed[]>("/matchmaking/matches/rating-failed")).toEqual([]);
});
