import { runInDurableObject } from "cloudflare:test";
import { describe, expect, it } from "vitest";
import type { Region } from "../../src/region/region.ts";
import { aCall, alarmOf, eventually, queuedPlayers, regionObject, tick } from "./region-support.ts";
import { registerPlayers } from "./results-support.ts";

describe("an event that cannot be written", () => {
  it("fails for its caller and leaves memory as storage has it", async () => {
    const [waiting = ""] = await queuedPlayers("EUW", 1);
    const [newcomer = ""] = await registerPlayers(1, "EUW");
    await runInDurableObject(regionObject("EUW"), async (object: Region, state) => {
      refuseInserts(state, "tickets");
      await expect(object.enqueue(aCall(newcomer))).rejects.toThrow("no room");
      allowInserts(state);
    });
    expect(await regionObject("EUW").stateOf(newcomer)).toMatchObject({ type: "free" });
    expect(await regionObject("EUW").stateOf(waiting)).toMatchObject({ type: "queued" });
    expect(await regionObject("EUW").enqueue(aCall(newcomer))).toMatchObject({ ok: true });
  });
});

describe("a tick that cannot be written", () => {
  it("loses nobody, sets an alarm for another try, and matches once it can", async () => {
    const players = await queuedPlayers("NA", 3);
    await runInDurableObject(regionObject("NA"), (_, state) => refuseInserts(state, "matches"));
    players.push(...(await queuedPlayers("NA", 1)));
    await tick("NA");
    for (const playerId of players) {
      expect(await regionObject("NA").stateOf(playerId)).toMatchObject({ type: "queued" });
    }
    expect(await alarmOf("NA")).not.toBeNull();

    await runInDurableObject(regionObject("NA"), (_, state) => allowInserts(state));
    const matchIds = await eventually(async () => {
      await tick("NA");
      const states = await Promise.all(players.map((playerId) => regionObject("NA").stateOf(playerId)));
      const ids = states.flatMap((state) => (state.type === "matched" ? [state.match.matchId] : []));
      return ids.length === players.length ? ids : null;
    });
    expect(new Set(matchIds).size).toBe(1);
  });
});

/** Storage that takes no new row of a table, as when it is full. */
function refuseInserts(state: DurableObjectState, table: "tickets" | "matches"): void {
  state.storage.sql.exec(`CREATE TRIGGER full BEFORE INSERT ON ${table} BEGIN SELECT RAISE(ABORT, 'no room'); END`);
}

function allowInserts(state: DurableObjectState): void {
  state.storage.sql.exec("DROP TRIGGER full");
}
