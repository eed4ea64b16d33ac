import { runInDurableObject } from "cloudflare:test";
import { expect, test } from "vitest";
import type { PlayerState } from "../../src/core/queue-calls.ts";
import { queuedPlayers, regionObject, restart } from "./region-support.ts";

test("a region whose tables are those of the first release keeps its tickets and learns the new ones", async () => {
  const region = regionObject("NA");
  const [playerId = ""] = await queuedPlayers("NA", 1);
  const ticketOf = (state: PlayerState) => (state.type === "queued" ? state.ticket : state);
  const before = ticketOf(await region.stateOf(playerId));
  await runInDurableObject(region, (_, { storage: { sql } }) => {
    for (const table of ["parties", "proposals", "cool_downs", "backfills"]) sql.exec(`DROP TABLE ${table}`);
    for (const column of ["party", "priority_ms", "lease", "clocks"])
      sql.exec(`ALTER TABLE tickets DROP COLUMN ${column}`);
    for (const column of ["terms", "limits", "assignment"]) sql.exec(`ALTER TABLE matches DROP COLUMN ${column}`);
    sql.exec("UPDATE meta SET value = '1' WHERE key = 'schema_steps'");
  });
  await restart("NA");
  expect(before).toMatchObject({ players: [{ playerId }] });
  expect(ticketOf(await region.stateOf(playerId))).toEqual(before);
  await region.cancel(playerId);
  expect(await region.createParty({ playerId })).toMatchObject({ ok: true });
});
