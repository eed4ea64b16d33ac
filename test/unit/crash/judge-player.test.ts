import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Standing, Step } from "../../crash/history.ts";
import { judgePlayer } from "../../crash/judge-player.ts";

type Queued = Extract<Standing, { type: "queued" }>;
type Matched = Extract<Standing, { type: "matched" }>;

const UNKNOWN = { type: "unknown" } as const;
const DONE = { type: "done" } as const;
const IDLE: Step = { did: "look", answer: { type: "idle" } };
const SERVER = '{"host":"203.0.113.7"}';

function ticket(ticketId: string, enqueuedAt = "12:00"): Queued {
  return { type: "queued", ticketId, enqueuedAt };
}

function match(matchId: string, connection: string | null = null): Matched {
  return { type: "matched", matchId, connection };
}

function enqueue(answer: Queued | Matched | typeof UNKNOWN = ticket("t1")): Step {
  return { did: "enqueue", answer };
}

function look(answer: Standing): Step {
  return { did: "look", answer };
}

function report(answer: typeof DONE | typeof UNKNOWN = DONE): Step {
  return { did: "report", matchId: "m1", answer };
}

function assign(answer: typeof DONE | typeof UNKNOWN = DONE): Step {
  return { did: "assign", matchId: "m1", connection: SERVER, answer };
}

const dequeued: Step = { did: "cancel", answer: { type: "dequeued" } };
const maybeCancelled: Step = { did: "cancel", answer: UNKNOWN };

describe("each planted bug is found", () => {
  it.each<[string, "lost" | "doubled" | "invented", Step[]]>([
    ["an acknowledged ticket is gone", "lost", [enqueue(), IDLE]],
    ["a ticket that was seen once is gone", "lost", [enqueue(UNKNOWN), look(ticket("t1")), IDLE]],
    ["leaving the line finds no ticket", "lost", [enqueue(), { did: "cancel", answer: { type: "idle" } }]],
    ["a place in line is younger than it was", "lost", [enqueue(), look(ticket("t1", "12:01"))]],
    ["a match is gone", "lost", [enqueue(), look(match("m1")), IDLE]],
    ["a match's server is gone", "lost", [enqueue(), look(match("m1")), assign(), look(match("m1", null))]],
    ["another ticket than the acknowledged one", "doubled", [enqueue(), look(ticket("t2"))]],
    ["a second ticket for who asks again", "doubled", [enqueue(), enqueue(ticket("t2"))]],
    ["another match than the one told of", "doubled", [enqueue(), look(match("m1")), look(match("m2"))]],
    ["back in line out of a match", "doubled", [enqueue(), look(match("m1")), look(ticket("t1"))]],
    ["an acknowledged cancel comes undone", "invented", [enqueue(), dequeued, look(ticket("t1"))]],
    ["matched after an acknowledged cancel", "invented", [enqueue(), dequeued, look(match("m1"))]],
    [
      "the match goes on after its acknowledged result",
      "invented",
      [enqueue(), look(match("m1")), report(), look(match("m1"))],
    ],
    ["in line without having asked", "invented", [look(ticket("t1"))]],
    ["taken out of a line they were not in", "invented", [dequeued]],
    ["a cancel that is acknowledged twice", "invented", [enqueue(), dequeued, dequeued]],
  ])("%s", (_, kind, steps) => {
    expect(judgePlayer("ada", steps).map((fault) => fault.kind)).toEqual([kind]);
  });

  it("and goes on from what was told, so that one bug is one fault", () => {
    const steps = [enqueue(), IDLE, IDLE, enqueue(ticket("t2")), look(match("m1")), report(), IDLE];
    expect(judgePlayer("ada", steps)).toEqual([
      { kind: "lost", text: "player ada, step 2: is neither queued nor in a match; they had ticket t1" },
    ]);
  });
});

describe("what may have happened without an answer is held against nobody", () => {
  it.each<[string, Step[]]>([
    ["a ticket that was not made", [enqueue(UNKNOWN), IDLE]],
    ["a ticket that was made", [enqueue(UNKNOWN), look(ticket("t1")), dequeued]],
    ["a ticket that is in a match already", [enqueue(UNKNOWN), look(match("m1"))]],
    ["a cancel that did nothing", [enqueue(), maybeCancelled, look(ticket("t1"))]],
    ["a cancel that came too late", [enqueue(), maybeCancelled, look(match("m1"))]],
    ["a cancel that was done, and a new ticket", [enqueue(), maybeCancelled, enqueue(ticket("t2"))]],
    ["a result that was taken in", [enqueue(), look(match("m1")), report(UNKNOWN), IDLE]],
    ["a result that was not", [enqueue(), look(match("m1")), report(UNKNOWN), look(match("m1")), report(), IDLE]],
    ["a server that was told", [enqueue(), look(match("m1")), assign(UNKNOWN), look(match("m1", SERVER))]],
    ["a server that was not", [enqueue(), look(match("m1")), assign(UNKNOWN), look(match("m1"))]],
  ])("%s", (_, steps) => {
    expect(judgePlayer("ada", steps)).toEqual([]);
  });
});

/** What is done, whether it happens, and whether its answer comes. */
const Deed = fc.record({
  does: fc.constantFrom("enqueue", "cancel", "look", "match", "report"),
  happens: fc.boolean(),
  isAnswered: fc.boolean(),
});

it("has nothing against a truthful service, whichever calls it was killed in", () => {
  fc.assert(
    fc.property(fc.array(Deed, { maxLength: 40 }), (deeds) => {
      let standing: Standing = { type: "idle" };
      const steps: Step[] = [];
      for (const [number, { does, happens, isAnswered }] of deeds.entries()) {
        const hasHappened = happens || isAnswered;
        const before: Standing = standing;
        if (does === "enqueue" && before.type !== "matched") {
          const asked: Queued = before.type === "idle" ? ticket(`t${number}`) : before;
          if (hasHappened) standing = asked;
          steps.push(enqueue(isAnswered ? asked : UNKNOWN));
        } else if (does === "cancel" && before.type === "queued") {
          if (hasHappened) standing = { type: "idle" };
          steps.push(isAnswered ? dequeued : maybeCancelled);
        } else if (does === "match" && before.type === "queued") {
          standing = match(`m${number}`);
        } else if (does === "report" && before.type === "matched") {
          if (steps.at(-1)?.did !== "report") steps.push(look(before));
          if (hasHappened) standing = { type: "idle" };
          steps.push(report(isAnswered ? DONE : UNKNOWN));
        } else if (does === "look") {
          steps.push(look(before));
        }
      }
      expect(judgePlayer("ada", steps)).toEqual([]);
    }),
    { numRuns: 2_000 },
  );
});
