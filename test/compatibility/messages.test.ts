import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import type { ResultMessage } from "../../src/core/result-message.ts";
import { resultMessageOf } from "../../src/core/result-message.ts";
import { playAllocator } from "../integration/allocator-support.ts";
import { regionObject } from "../integration/region-support.ts";
import { consume, ToldRegion } from "../integration/results-support.ts";
import { differences } from "./as-recorded.ts";
import { ageOf, LAST_RELEASE } from "./last-release.ts";
import { restoreDatabase, wakeOnOldTables } from "./restore.ts";

const messages = LAST_RELEASE.messages as readonly ResultMessage[];
const matchIds = messages.map(({ matchId }) => matchId).sort();

describe("results that the last release sent", () => {
  beforeEach(() => restoreDatabase(ageOf()));

  it("are of every kind there is", () => {
    expect(messages.some(({ terms }) => terms !== undefined)).toBe(true);
    expect(messages.some(({ filledIn }) => filledIn !== undefined)).toBe(true);
    const players = messages.flatMap(({ teams }) => teams.flatMap((team) => team.players));
    expect(players.some(({ left }) => left === true)).toBe(true);
    expect(players.some(({ role }) => typeof role === "string")).toBe(true);
  });

  it("are rated by this one", async () => {
    const forget = ["matches", "ratings", "rating_changes"].map((table) => env.DB.prepare(`DELETE FROM ${table}`));
    await env.DB.batch(forget);
    const region = new ToldRegion();
    const { explicitAcks } = await consume(messages, { region });
    expect(explicitAcks).toHaveLength(messages.length);
    expect(region.failures).toEqual([]);
    expect(region.outcomes.map(({ matchId }) => matchId).sort()).toEqual(matchIds);
    const { results } = await env.DB.prepare("SELECT match_id FROM matches WHERE rated = 1 ORDER BY match_id").all();
    expect(results.map(({ match_id }) => match_id)).toEqual(matchIds);
  });

  it("and were rated by it are confirmed from what it stored, and not rated again", async () => {
    const before = await env.DB.prepare("SELECT * FROM rating_changes").all();
    const region = new ToldRegion();
    await consume(messages, { region });
    expect(region.outcomes.map(({ matchId }) => matchId).sort()).toEqual(matchIds);
    expect((await env.DB.prepare("SELECT * FROM rating_changes").all()).results).toEqual(before.results);
  });
});

it("results that this release sends say all that the last one's consumer reads", async () => {
  await restoreDatabase(ageOf());
  const { region, scene } = LAST_RELEASE;
  playAllocator(region, () => new Response(null, { status: 503 }));
  await wakeOnOldTables(ageOf());
  const [recorded] = messages;
  const outcome = await regionObject(region).report(scene.pending.matchId, { winnerTeam: "teamA" });
  if (!outcome.ok) throw new Error(outcome.refusal.reason);
  const sent = resultMessageOf(outcome.value, region);
  expect(membersOf(sent)).toEqual(expect.arrayContaining(membersOf(recorded)));
  expect(differences(recorded?.version, sent?.version)).toEqual([]);
});

/** The paths of all members; those of a list's items once. */
function membersOf(value: unknown, path = ""): string[] {
  if (typeof value !== "object" || value === null) return [path];
  const members = Object.entries(value).flatMap(([name, member]) =>
    membersOf(member, Array.isArray(value) ? `${path}[]` : `${path}.${name}`),
  );
  return [...new Set(members)];
}
