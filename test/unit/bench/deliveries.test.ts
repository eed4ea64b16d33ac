import { describe, expect, it } from "vitest";
import type { Told } from "../../../bench/sockets/deliveries.ts";
import { knownMatchId, matchDeliveries, readFrames, repeatedNumbers } from "../../../bench/sockets/deliveries.ts";

/** A frame that came at 5,000 ms unless said otherwise; its number says when the region told it. */
function told(message: object, atMs = 5_000): Told {
  const [one] = readFrames([{ text: JSON.stringify({ seq: 1, ...message }), atMs }]);
  if (one === undefined) throw new Error("one frame, one message");
  return one;
}

function found(matchId: string, seq: number, atMs = 5_000): Told {
  return told({ type: "match.found", seq, match: { match_id: matchId } }, atMs);
}

function state(matchId: string | null): Told {
  return told({ type: "state", matched: matchId === null ? null : { match_id: matchId } });
}

describe("a match's delivery", () => {
  it("ends when the last of its players has heard, counted from the region's own number", () => {
    const all = [found("A", 4_900_000, 4_930), found("B", 4_900_001, 4_910), found("A", 4_900_000, 5_020)];
    expect(matchDeliveries(all)).toEqual([
      { matchId: "A", toldAtMs: 4_900, firstMs: 30, tookMs: 120, listeners: 2 },
      {
        matchId: "B",
        toldAtMs: 4_900.001,
        firstMs: expect.closeTo(10, 1),
        tookMs: expect.closeTo(10, 1),
        listeners: 1,
      },
    ]);
  });
});

describe("what a player knows", () => {
  it("is the last match that was told of, on whatever connection", () => {
    expect(knownMatchId([state(null), found("A", 1)])).toBe("A");
    expect(knownMatchId([state(null), state("A")])).toBe("A");
    expect(knownMatchId([found("A", 1), state("A")])).toBe("A");
  });

  it("is nothing when the news was lost", () => {
    expect(knownMatchId([state(null), told({ type: "queue.joined" })])).toBeNull();
  });
});

describe("running numbers", () => {
  it("that only grow are fine, over gaps too", () => {
    expect(repeatedNumbers([found("A", 1), found("B", 5), found("C", 6)])).toEqual([]);
  });

  it("that come again or too late are found", () => {
    expect(repeatedNumbers([found("A", 2), found("B", 2), found("C", 1), found("D", 3)])).toEqual([2, 1]);
  });
});
