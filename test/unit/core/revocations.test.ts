import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Queue } from "../../../src/core/queue.ts";
import type { Revocation } from "../../../src/core/revocations.ts";
import { isVoid } from "../../../src/core/revocations.ts";
import { aMatchWithoutServer, passServerDeadline } from "../builders/a-match-without-server.ts";
import { aPartyIn, aPartyRequest } from "../builders/a-party.ts";
import { aQueue, aQueueWithMatch, changesOfType, enqueueAll } from "../builders/a-queue.ts";
import { acceptAll, anOpenReadyCheck, settle, wokenUp } from "../builders/a-ready-check.ts";
import { aStore } from "../builders/a-store.ts";
import { anEnqueueRequest } from "../builders/an-enqueue-request.ts";

function aRevocation(playerId: string, overrides: Partial<Revocation> = {}): Revocation {
  return { playerId, tokensFromMs: 6_000, isLockedOut: true, changedAtMs: 5_500, ...overrides };
}

/** Ann leads a party with Bob, and both wait. */
function aPartyInLine(): Queue {
  const queue = aQueue();
  aPartyIn(queue, 0, "ann", "bob");
  const party = queue.parties.of("ann", 0);
  const outcome = queue.enqueueParty(aPartyRequest(["ann", "bob"], { code: party?.code ?? "" }), 0);
  if (!outcome.ok) throw new Error(outcome.refusal.reason);
  queue.takeChanges();
  return queue;
}

describe("whoever is revoked", () => {
  it("is out of line, with all who are on the ticket, and out of the party", () => {
    const queue = aPartyInLine();
    queue.revocations.put(aRevocation("ann"), 6_000);
    expect(["ann", "bob"].map((playerId) => queue.stateOf(playerId).type)).toEqual(["free", "free"]);
    expect(queue.parties.of("ann", 6_000)).toBeUndefined();
    expect(queue.parties.of("bob", 6_000)?.members).toEqual([{ playerId: "bob" }]);
    expect(queue.takeChanges()).toMatchObject([
      { type: "revocation_changed", revocation: aRevocation("ann") },
      { type: "ticket_ended", ending: "cancelled", by: null },
      { type: "party_changed", event: "left", playerIds: ["ann", "bob"] },
    ]);
  });

  it("is out of a ready check, which goes on without them and costs nobody anything", () => {
    const check = anOpenReadyCheck();
    acceptAll(check, ["ann", "bob"], 2_000);
    check.queue.revocations.put(aRevocation("ann"), 6_000);
    const [ended] = changesOfType([...settle(check)], "ticket_ended");
    expect(ended).toMatchObject({ ending: "cancelled", by: null, matchId: check.matchId });
    expect(ended?.coolDowns).toBeUndefined();
    expect(check.queue.readyCheckOf("bob", 6_000)).not.toBeNull();
    const answer = { playerId: "ann", matchId: check.matchId, round: 1 };
    expect(check.queue.accept(answer, 6_000)).toMatchObject({ refusal: { reason: "unknown_ready_check" } });
  });

  it("plays on in a match that is on, and it can be reported", () => {
    const { queue, match } = aQueueWithMatch();
    queue.revocations.put(aRevocation("ann"), 6_000);
    expect(queue.stateOf("ann").type).toBe("matched");
    expect(queue.report(match.matchId, { winnerTeam: "teamA" }, 7_000)).toMatchObject({ ok: true });
  });

  it("does not come back into line when their match gets no server; the others do", () => {
    const { queue } = aMatchWithoutServer();
    queue.revocations.put(aRevocation("ann"), 6_000);
    const { cancelled } = passServerDeadline(queue);
    expect(cancelled).toMatchObject({ backInLine: ["bob", "cay", "dan"] });
    expect(queue.stateOf("ann")).toEqual({ type: "free" });
  });
});

describe("whoever is locked out", () => {
  it("is refused in line, whoever asks, and so are those who would come along", () => {
    const queue = aQueue();
    queue.revocations.put(aRevocation("ann"), 6_000);
    const refused = { ok: false, refusal: { reason: "player_revoked", playerIds: ["ann"] } };
    expect(queue.enqueue(anEnqueueRequest("ann", { isSystem: true }), 7_000)).toEqual(refused);
    expect(queue.enqueueParty(aPartyRequest(["bob", "ann"]), 7_000)).toEqual(refused);
    expect(queue.stateOf("bob")).toEqual({ type: "free" });
  });

  it("is not released from a match by an enqueue that is refused", () => {
    const { queue } = aQueueWithMatch();
    queue.revocations.put(aRevocation("ann"), 6_000);
    queue.enqueue(anEnqueueRequest("ann", { isSystem: true, release: true }), 60_000);
    expect(queue.stateOf("ann").type).toBe("matched");
  });

  it("comes into no party", () => {
    const queue = aQueue();
    queue.revocations.put(aRevocation("ann"), 6_000);
    const refused = { ok: false, refusal: { reason: "player_revoked", playerIds: ["ann"] } };
    expect(queue.parties.create({ playerId: "ann" }, 7_000)).toEqual(refused);
    const { code } = aPartyIn(queue, 7_000, "bob");
    expect(queue.parties.join(code, { playerId: "ann" }, 7_000)).toEqual(refused);
  });

  it("stays so after the region was away", () => {
    const check = anOpenReadyCheck();
    check.queue.revocations.put(aRevocation("eve"), 6_000);
    settle(check);
    const queue = wokenUp(check, 9_000);
    expect(queue.enqueue(anEnqueueRequest("eve"), 9_000)).toMatchObject({ refusal: { reason: "player_revoked" } });
    expect(queue.revocations.isVoid("eve", 999_000)).toBe(true);
  });

  it("is let in again by a newer word, and keeps what they have since", () => {
    const queue = aQueue();
    queue.revocations.put(aRevocation("ann"), 6_000);
    const letIn = aRevocation("ann", { isLockedOut: false, changedAtMs: 7_000 });
    queue.revocations.put(letIn, 7_000);
    enqueueAll(queue, ["ann"], 8_000);
    queue.takeChanges();
    queue.revocations.put(letIn, 9_000);
    expect(queue.takeChanges()).toEqual([]);
    expect(queue.stateOf("ann").type).toBe("queued");
  });
});

it("a token is void if it was issued before the second after the revocation, or its player is locked out", () => {
  const revocation = { tokensFromMs: 6_000, isLockedOut: false };
  expect([0, 5_000, 6_000, 7_000].map((issuedAtMs) => isVoid(revocation, issuedAtMs))).toEqual([
    true,
    true,
    false,
    false,
  ]);
  expect(isVoid({ ...revocation, isLockedOut: true }, 7_000)).toBe(true);
});

const PLAYERS = ["ann", "bob", "cay", "dan", "eve"] as const;
const player = fc.constantFrom(...PLAYERS);
const step = fc.oneof(
  fc.record({ type: fc.constant("enqueue" as const), playerId: player, isSystem: fc.boolean() }),
  fc.record({ type: fc.constant("party" as const), playerId: player, mate: player }),
  fc.record({ type: fc.constant("revoke" as const), playerId: player, isLockedOut: fc.boolean(), at: fc.nat(40) }),
  fc.record({ type: fc.constant("tick" as const) }),
  fc.record({ type: fc.constant("restart" as const) }),
);

it("nobody who is locked out ever waits or is in a party, whatever happens in whatever order, across restarts", () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      const store = aStore();
      const latest = new Map<string, Revocation>();
      let queue = aQueue();
      steps.forEach((next, index) => {
        const nowMs = index * 1_000;
        if (next.type === "restart") queue = aQueue({ state: store.read(), nowMs, lastId: (index + 1) * 100 });
        if (next.type === "enqueue") {
          queue.enqueue(anEnqueueRequest(next.playerId, { isSystem: next.isSystem, release: true }), nowMs);
        }
        if (next.type === "party") {
          const party = queue.parties.create({ playerId: next.playerId }, nowMs);
          if (party.ok) queue.parties.join(party.value.code, { playerId: next.mate }, nowMs);
        }
        if (next.type === "revoke") {
          const { playerId, isLockedOut, at } = next;
          const told = { playerId, isLockedOut, tokensFromMs: at * 1_000, changedAtMs: at };
          if ((latest.get(playerId)?.changedAtMs ?? -1) < at) latest.set(playerId, told);
          queue.revocations.put(told, nowMs);
        }
        if (next.type === "tick") queue.tick(nowMs);
        store.write(queue.takeChanges());
        for (const [playerId, { isLockedOut }] of latest) {
          if (!isLockedOut) continue;
          expect(queue.stateOf(playerId).type).not.toBe("queued");
          expect(queue.parties.of(playerId, nowMs)).toBeUndefined();
        }
      });
    }),
    { numRuns: 500 },
  );
});
