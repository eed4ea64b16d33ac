import { describe, expect, it } from "vitest";
import { LIMITS } from "../../../src/core/limits.ts";
import { aMatchWithoutServer } from "../builders/a-match-without-server.ts";
import { aQueue, aQueueWithMatch, changesOfType } from "../builders/a-queue.ts";
import { aSolo } from "../builders/a-ticket.ts";

/** Four players' match gets no server while so many others wait. */
function aMatchGivenUpBeside(waiting: number) {
  const { match, modes } = aMatchWithoutServer();
  const others = Array.from({ length: waiting }, (_, index) => ({
    ...aSolo(`p${index}`, 25),
    mode: modes.defaultMode.name,
  }));
  const queue = aQueue({ modes, state: { tickets: others, matches: [match] } });
  queue.assignments.refuse(match.matchId, 2_000);
  const [cancelled] = changesOfType(queue.takeChanges(), "match_changed");
  if (cancelled?.event !== "cancelled") throw new Error("no match was cancelled");
  return cancelled;
}

describe("players whose match got no server", () => {
  it("come back into line up to the last place in the region", () => {
    const cancelled = aMatchGivenUpBeside(LIMITS.waitingPlayers - 4);
    expect(cancelled.backInLine).toHaveLength(4);
  });

  it("do not beyond it, and hear so", () => {
    const cancelled = aMatchGivenUpBeside(LIMITS.waitingPlayers - 3);
    expect(cancelled.backInLine).toHaveLength(3);
    expect(cancelled.playerIds).toHaveLength(4);
  });
});

describe("running matches that ask for players", () => {
  function aRegionWithBackfills(count: number) {
    const { match } = aQueueWithMatch();
    const matches = Array.from({ length: count + 1 }, (_, index) => ({
      ...match,
      matchId: `m${index}`,
      rev: index + 1,
      teams: match.teams.map((team, side) => ({
        ...team,
        players: team.players.map((player, place) => ({ ...player, playerId: `p${index}-${side}-${place}` })),
      })),
    }));
    const backfills = matches.slice(0, count).map(({ matchId, mode }) => ({
      ticketId: `t-${matchId}`,
      matchId,
      mode,
      places: {},
      enqueuedAtMs: 0,
    }));
    return { queue: aQueue({ state: { matches, backfills } }), count };
  }

  it("are taken up to the limit", () => {
    const { queue, count } = aRegionWithBackfills(LIMITS.backfillsPerRegion - 1);
    const outcome = queue.backfills.ask(`m${count}`, { replaces: [`p${count}-0-0`] }, 2_000);
    expect(outcome).toMatchObject({ ok: true });
    expect(queue.backfills.count).toBe(LIMITS.backfillsPerRegion);
  });

  it("are refused beyond it, and nothing changes; one that asks already may change its wish", () => {
    const { queue, count } = aRegionWithBackfills(LIMITS.backfillsPerRegion);
    queue.takeChanges();
    const outcome = queue.backfills.ask(`m${count}`, { replaces: [`p${count}-0-0`] }, 2_000);
    expect(outcome).toEqual({ ok: false, refusal: { reason: "too_many_backfills" } });
    expect(queue.takeChanges()).toEqual([]);
    expect(queue.backfills.ask("m0", { replaces: ["p0-0-0"] }, 2_000)).toMatchObject({ ok: true });
  });
});
