import { describe, expect, it } from "vitest";
import type { Change } from "../../../src/core/changes.ts";
import { LIMITS } from "../../../src/core/limits.ts";
import type { LastMatch } from "../../../src/db/last-matches.ts";
import { recordOf } from "../../../src/db/match-row.ts";
import { Log } from "../../../src/log.ts";
import { LastMatches, SHOWN_FOR_MS } from "../../../src/region/last-matches.ts";
import { aMatch } from "../builders/a-match.ts";

/** A region's last matches over a D1 that counts how often it is asked. */
class World {
  nowMs = 1_000_000_000;
  stored: readonly LastMatch[] | Error = [];
  reads = 0;
  readonly last = new LastMatches({
    region: "EUW",
    log: new Log("off"),
    now: () => this.nowMs,
    read: async () => {
      this.reads += 1;
      if (this.stored instanceof Error) throw this.stored;
      return this.stored;
    },
  });

  finish(matchId: string, ...playerIds: readonly string[]): void {
    const match = aMatch({ matchId, status: "finished", changedAtMs: this.nowMs });
    const ratings = playerIds.map((playerId) => ({ playerId, mu: 30, sigma: 7, seq: 1 }));
    const change: Change = { type: "match_finished", match, ratings, playerIds };
    this.last.committed([change]);
  }

  inD1(matchId: string, playerId: string, finishedAtMs: number): LastMatch {
    const match = { ...recordOf(aMatch({ matchId, status: "finished" }), "EUW"), finishedAtMs };
    return { playerId, match, rating: { mu: 20, sigma: 6 } };
  }

  async matchOf(playerId: string): Promise<string | null> {
    return (await this.last.find(playerId))?.match.matchId ?? null;
  }
}

describe("the last match of a player", () => {
  it("is the newest that was rated, with the rating it led to", async () => {
    const world = new World();
    world.finish("one", "ann", "bob");
    world.nowMs += 1_000;
    world.finish("two", "ann");
    expect(await world.last.find("ann")).toMatchObject({ match: { matchId: "two" }, rating: { mu: 30, sigma: 7 } });
    expect(await world.matchOf("bob")).toBe("one");
    expect(await world.matchOf("cay")).toBeNull();
  });

  it("is told without a rating to somebody who came into it while it was running", async () => {
    const world = new World();
    const match = aMatch({ matchId: "one", status: "finished", changedAtMs: world.nowMs });
    const ratings = [{ playerId: "ann", mu: 30, sigma: 7, seq: 1 }];
    world.last.committed([{ type: "match_finished", match, ratings, playerIds: ["ann", "eve"] }]);
    expect(await world.last.find("ann")).toMatchObject({ rating: { mu: 30 } });
    expect(await world.last.find("eve")).toMatchObject({ match: { matchId: "one" }, rating: null });
  });

  it("is shown for an hour", async () => {
    const world = new World();
    world.finish("one", "ann");
    world.nowMs += SHOWN_FOR_MS - 1;
    expect(await world.matchOf("ann")).toBe("one");
    world.nowMs += 1;
    expect(await world.matchOf("ann")).toBeNull();
  });

  it("comes from D1 while memory does not reach an hour back, and then from memory alone", async () => {
    const world = new World();
    world.stored = [world.inD1("before the wake", "ann", world.nowMs - 1_000)];
    expect(await world.matchOf("ann")).toBe("before the wake");
    world.nowMs += SHOWN_FOR_MS;
    expect(await world.matchOf("ann")).toBeNull();
    expect(world.reads).toBe(1);
  });

  it("is the newer of memory's and D1's, of several modes the newest", async () => {
    const world = new World();
    const old = [world.inD1("older", "ann", world.nowMs - 2_000), world.inD1("old", "ann", world.nowMs - 1_000)];
    world.stored = old.toReversed();
    expect(await world.matchOf("ann")).toBe("old");
    world.finish("new", "ann");
    expect(await world.matchOf("ann")).toBe("new");
  });

  it("is what memory has while D1 is away", async () => {
    const world = new World();
    world.stored = new Error("away");
    world.finish("one", "ann");
    expect(await world.matchOf("ann")).toBe("one");
    expect(await world.matchOf("bob")).toBeNull();
  });

  it("is looked up in D1 again when memory had to forget", async () => {
    const world = new World();
    world.nowMs += SHOWN_FOR_MS;
    world.finish("one", "ann");
    world.nowMs += 1;
    for (let count = 0; count < LIMITS.lastMatches; count += 1) world.finish("two", `player ${count}`);
    world.stored = [world.inD1("one", "ann", world.nowMs - 1)];
    expect(await world.matchOf("ann")).toBe("one");
    expect(world.reads).toBe(1);
    world.nowMs += SHOWN_FOR_MS;
    world.finish("three", "ann");
    await world.matchOf("ann");
    expect(world.reads).toBe(1);
  });
});
