import { describe, expect, it } from "vitest";
import type { Answer, Call } from "../../integration/races/cancel-judge.ts";
import { falseAnswers } from "../../integration/races/cancel-judge.ts";
import type { JournalEntry } from "../../integration/races/race-journal.ts";
import { RaceRecord } from "../../integration/races/race-record.ts";

type Unplaced = JournalEntry extends infer Entry ? (Entry extends unknown ? Omit<Entry, "position"> : never) : never;

function recordOf(...entries: Unplaced[]): RaceRecord {
  const record = new RaceRecord();
  record.follow(entries.map((entry, index) => ({ ...entry, position: index + 1 })));
  return record;
}

function joined(ticketId: string, ...playerIds: string[]): Unplaced {
  return { what: "ticket_in", ticketId, mode: "1v1", playerIds };
}

function left(ticketId: string): Unplaced {
  return { what: "ticket_out", ticketId };
}

/** A duel of ann with ticket A and bob with ticket B. */
const DUEL = {
  what: "match",
  matchId: "M",
  mode: "1v1",
  status: "pending",
  teams: [[{ playerId: "ann", ticketId: "A", released: false }], [{ playerId: "bob", ticketId: "B", released: false }]],
} as const;
const ANN_AND_BOB_MATCHED = [joined("A", "ann"), joined("B", "bob"), left("A"), left("B"), DUEL];

/** Ann's cancel, and between which entries it was under way. */
function aCancel(answer: Answer, from: number, to: number): Call {
  return { what: "cancel", way: "direct", playerIds: ["ann"], from, to, answer };
}

const DEQUEUED: Answer = { type: "dequeued", ticketId: "A" };
const MATCHED: Answer = { type: "matched", matchId: "M" };
const NOT_QUEUED: Answer = { type: "not_queued" };

describe("the judge believes", () => {
  it("dequeued, when the ticket left meanwhile", () => {
    expect(falseAnswers([aCancel(DEQUEUED, 1, 2)], recordOf(joined("A", "ann"), left("A")))).toEqual([]);
  });

  it("dequeued of a party's member, when the whole party left", () => {
    expect(falseAnswers([aCancel(DEQUEUED, 1, 2)], recordOf(joined("A", "bob", "ann"), left("A")))).toEqual([]);
  });

  it("matched, once the match holds the player, and not queued, before there is a ticket", () => {
    const record = recordOf(...ANN_AND_BOB_MATCHED);
    expect(falseAnswers([aCancel(MATCHED, 5, 5), aCancel(NOT_QUEUED, 0, 0)], record)).toEqual([]);
  });

  it("not queued, after the match is over", () => {
    const record = recordOf(...ANN_AND_BOB_MATCHED, { ...DUEL, status: "reporting" });
    expect(falseAnswers([aCancel(NOT_QUEUED, 6, 6)], record)).toEqual([]);
  });
});

describe("the judge objects to", () => {
  const problem = (words: string) => [expect.stringContaining(words)];

  it("dequeued, when the ticket stayed", () => {
    expect(falseAnswers([aCancel(DEQUEUED, 1, 1)], recordOf(joined("A", "ann")))).toEqual(problem("did not leave"));
  });

  it("dequeued, when the ticket was matched", () => {
    const record = recordOf(...ANN_AND_BOB_MATCHED);
    expect(falseAnswers([aCancel(DEQUEUED, 2, 5)], record)).toEqual(problem("went into match M"));
  });

  it("dequeued, when the ticket left only after the answer", () => {
    const record = recordOf(joined("A", "ann"), joined("B", "bob"), left("A"));
    expect(falseAnswers([aCancel(DEQUEUED, 1, 2)], record)).toEqual(problem("left at another time"));
  });

  it("dequeued for two calls", () => {
    const record = recordOf(joined("A", "ann"), left("A"));
    const twice = [aCancel(DEQUEUED, 1, 2), aCancel(DEQUEUED, 1, 2)];
    expect(falseAnswers(twice, record)).toEqual(problem("another call"));
  });

  it("dequeued with somebody else's ticket", () => {
    expect(falseAnswers([aCancel(DEQUEUED, 1, 2)], recordOf(joined("A", "bob"), left("A")))).toEqual(
      problem("somebody else's"),
    );
  });

  it("matched, before the match was made", () => {
    const record = recordOf(...ANN_AND_BOB_MATCHED);
    expect(falseAnswers([aCancel(MATCHED, 1, 2)], record)).toEqual(problem("did not hold"));
  });

  it("not queued, while the ticket waits, and between its end and its match", () => {
    const record = recordOf(...ANN_AND_BOB_MATCHED);
    expect(falseAnswers([aCancel(NOT_QUEUED, 1, 2)], record)).toEqual(problem("something held"));
    expect(falseAnswers([aCancel(NOT_QUEUED, 3, 4)], record)).toEqual(problem("something held"));
  });

  it("a ticket that left though nobody cancelled it", () => {
    expect(falseAnswers([], recordOf(joined("A", "ann"), left("A")))).toEqual(problem("nobody was told"));
  });

  it("a call that failed", () => {
    expect(falseAnswers([aCancel({ type: "failed", error: "no room" }, 0, 0)], recordOf())).toEqual(
      problem("not answered"),
    );
  });
});

describe("the record finds a breach in", () => {
  it("nothing that is as it should be", () => {
    expect(recordOf(...ANN_AND_BOB_MATCHED).breaches).toEqual([]);
  });

  it.each<[string, Unplaced[], string]>([
    ["a second ticket of a player", [joined("A", "ann"), joined("B", "ann")], "still holds"],
    [
      "a match with a ticket that was cancelled before",
      [joined("A", "ann"), left("A"), joined("B", "bob"), left("B"), DUEL],
      "left some time before",
    ],
    ["a match of somebody who did not wait", [joined("A", "ann"), left("A"), DUEL], "ticket B"],
    [
      "a match without one of a party",
      [joined("A", "ann", "eve"), joined("B", "bob"), left("A"), left("B"), DUEL],
      "has not all of ticket A",
    ],
    ["a match of too few", [joined("A", "ann"), left("A"), { ...DUEL, teams: [DUEL.teams[0], []] }], "teams of 1,0"],
    ["a ticket that leaves twice", [joined("A", "ann"), left("A"), left("A")], "did not wait"],
  ])("%s", (_, entries, words) => {
    expect(recordOf(...entries).breaches).toContainEqual(expect.stringContaining(words));
  });
});
