import { runInDurableObject } from "cloudflare:test";
import { expect, it } from "vitest";
import { eventually, playersInMatch, queuedPlayers, regionObject, restart, tick } from "./region-support.ts";

function bookmarkOf(region: string): Promise<Record<string, unknown>> {
  return runInDurableObject(regionObject(region), (_, state) => {
    const { value } = state.storage.sql.exec<{ value: string }>("SELECT value FROM meta WHERE key = 'bookmark'").one();
    return JSON.parse(value) as Record<string, unknown>;
  });
}

it("a tick that makes a match saves what was learned in one row, where the release before finds its densities", async () => {
  await playersInMatch("EUW");
  const bookmark = await bookmarkOf("EUW");
  expect(bookmark).toMatchObject({
    exportedThroughRev: expect.any(Number),
    densities: { "2v2": { counts: expect.any(Array), elapsedS: expect.any(Number), updatedAtMs: expect.any(Number) } },
    knobs: {},
  });
  expect(bookmark.waits).toMatchObject({ "2v2": new Array(4).fill([25, 1, expect.any(Number)]) });
});

it("a region wakes on a bookmark of the release before, and goes on to learn", async () => {
  await playersInMatch("NA");
  await runInDurableObject(regionObject("NA"), (_, state) => {
    state.storage.sql.exec("UPDATE meta SET value = json_remove(value, '$.waits', '$.knobs') WHERE key = 'bookmark'");
  });
  await restart("NA");
  const [playerId = ""] = await queuedPlayers("NA", 4);
  await eventually(async () => {
    await tick("NA");
    const state = await regionObject("NA").stateOf(playerId);
    return state.type === "matched" ? state : null;
  });
  const { waits } = await bookmarkOf("NA");
  expect(waits).toMatchObject({ "2v2": new Array(4).fill([25, 1, expect.any(Number)]) });
});
