import { runInDurableObject } from "cloudflare:test";
import { expect, it } from "vitest";
import { aHostedMatch, playAllocator } from "./allocator-support.ts";
import { eventually, regionObject, tick } from "./region-support.ts";

const CONNECTION = { host: "203.0.113.7", port: 7_777 };

it("an allocator whose answer cannot be written is left in peace for a while, and then asked again", async () => {
  const calls = playAllocator("EUW", () => Response.json({ connection: CONNECTION }));
  await runInDurableObject(regionObject("EUW"), (_, { storage }) =>
    storage.sql.exec(
      "CREATE TRIGGER full BEFORE UPDATE OF assignment ON matches BEGIN SELECT RAISE(ABORT, 'no room'); END",
    ),
  );
  const { matchId, players } = await aHostedMatch("EUW");
  await eventually(async () => (calls.length > 0 ? true : null));
  for (let count = 0; count < 10; count += 1) await tick("EUW");
  expect(calls).toHaveLength(1);

  await runInDurableObject(regionObject("EUW"), (_, { storage }) => storage.sql.exec("DROP TRIGGER full"));
  expect(await players[0]?.listener.hear("match.assigned")).toMatchObject({ match_id: matchId });
  expect(calls.map(({ id }) => id)).toEqual([matchId, matchId]);
});
