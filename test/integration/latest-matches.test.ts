import { env } from "cloudflare:workers";
import { expect, test } from "vitest";
import { readLatestMatches } from "../../src/db/matches.ts";

/** As many matches as asked for, with ids from `first` on. */
async function storeMatches(status: string, first: number, count: number): Promise<void> {
  await env.DB.prepare(
    `INSERT INTO matches (match_id, rev, rated, region, mode, status, quality, teams, created_at_ms)
     SELECT printf('%026d-EUW', value), 1, 0, 'EUW', '2v2', ?1, 0.5, '[]', 0 FROM json_each(?2)`,
  )
    .bind(status, JSON.stringify(Array.from({ length: count }, (_, index) => first + index)))
    .run();
}

test("the latest matches are those of the newest 2,000: hours without game servers cost nobody a long search", async () => {
  await storeMatches("pending", 1, 1);
  await storeMatches("cancelled", 2, 1_999);
  const found = async (mode: string | null) => (await readLatestMatches(env.DB, 5, mode)).map(({ status }) => status);
  expect(await found(null)).toEqual(["pending"]);
  expect(await found("2v2")).toEqual(["pending"]);
  await storeMatches("cancelled", 2_001, 1);
  expect(await found(null)).toEqual([]);
  expect(await found("2v2")).toEqual([]);
  await storeMatches("pending", 2_002, 7);
  expect(await found(null)).toHaveLength(5);
});
