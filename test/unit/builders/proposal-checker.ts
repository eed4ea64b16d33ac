import { expect } from "vitest";
import type { Change } from "../../../src/core/changes.ts";
import { matchPlayers } from "../../../src/core/match.ts";
import type { Proposal, Seat } from "../../../src/core/proposal.ts";
import type { Store } from "./a-store.ts";
import { AnswersHeard, questionKey } from "./answers-heard.ts";
import { EVENT_MODES } from "./event-world.ts";
import { FaultChecker } from "./fault-checker.ts";
import type { TakenAnswer } from "./ready-check-events.ts";

type Of<Type extends Change["type"]> = Extract<Change, { readonly type: Type }>;

/** Watches ready checks against what was stored before, and against what players were asked and answered. */
export class ProposalChecker {
  readonly #store: Store;
  readonly #heard: AnswersHeard;
  readonly #faults: FaultChecker;
  readonly #askedTimes = new Map<string, number>();
  /** Of the event at hand. */
  readonly #confirmed = new Map<string, Proposal>();

  constructor(store: Store) {
    this.#store = store;
    this.#heard = new AnswersHeard(store);
    this.#faults = new FaultChecker(store, this.#heard);
  }

  restarted(): void {
    this.#heard.restarted();
  }

  hear(answers: readonly TakenAnswer[]): void {
    this.#heard.hear(answers);
  }

  /** What must hold between all the changes of one event. */
  checkAll(changes: readonly Change[], nowMs: number): void {
    this.#confirmed.clear();
    this.#faults.checkAll(changes, nowMs);
    const confirmed = changes.flatMap((change) =>
      change.type === "proposal_ended" && change.outcome === "confirmed" ? [change.proposal.matchId] : [],
    );
    const formed = changes.flatMap((change) =>
      change.type === "match_changed" && change.event === "formed" && rulesOf(change.match.mode) !== null
        ? [change.match.matchId]
        : [],
    );
    expect(formed).toEqual(confirmed);
    this.#checkTheReturned(changes);
  }

  check(change: Change, nowMs: number): void {
    switch (change.type) {
      case "proposal_changed":
        this.#checkChange(change, nowMs);
        this.#checkPrompts(change);
        return;
      case "proposal_ended":
        this.#checkEnd(change);
        return;
      case "ticket_ended":
        this.#faults.checkTicketEnd(change, nowMs);
        return;
      case "cool_down_started":
        this.#faults.checkCoolDown(change, nowMs);
        return;
      case "match_changed":
        if (change.event === "formed") this.#checkFormed(change);
    }
  }

  #checkChange({ proposal, event, playerIds }: Of<"proposal_changed">, nowMs: number): void {
    const before = this.#store.proposals.get(proposal.matchId);
    const kept = proposal.seats.filter(({ ticketId }) => seatsOf(before).some((seat) => seat.ticketId === ticketId));
    const fresh = proposal.seats.filter((seat) => !kept.includes(seat));
    const isBroken = proposal.repairUntilMs !== null;
    expect({ ...proposal, seats: [], round: 0, repairUntilMs: 0 }).toEqual(
      before === undefined ? expect.anything() : { ...before, seats: [], round: 0, repairUntilMs: 0 },
    );
    for (const { ticketId } of proposal.seats) {
      expect(this.#store.tickets.get(ticketId)?.mode).toBe(proposal.mode);
      expect(this.#proposalsWith(ticketId).filter((matchId) => matchId !== proposal.matchId)).toEqual([]);
    }
    for (const seat of fresh)
      expect(seat).toMatchObject({ round: proposal.round, askedAtMs: nowMs, acked: [], accepted: [] });
    this.#checkAnswers(proposal);
    switch (event) {
      case "proposed":
        expect([before, proposal.round, isBroken]).toEqual([undefined, 1, false]);
        this.#checkWhole(proposal);
        break;
      case "answered":
        expect([fresh, kept.length, proposal.round]).toEqual([[], seatsOf(before).length, before?.round]);
        expect(acceptedBy(proposal)).toBe(acceptedBy(before) + 1);
        break;
      case "repairing":
        expect([fresh, isBroken, proposal.round]).toEqual([[], true, before?.round]);
        expect(playerIds).toEqual(proposal.seats.flatMap(({ accepted }) => accepted));
        break;
      case "repaired":
        expect([before?.repairUntilMs, isBroken, proposal.round]).toEqual([
          expect.any(Number),
          false,
          (before?.round ?? 0) + 1,
        ]);
        expect([kept.length, fresh.length > 0]).toEqual([seatsOf(before).length, true]);
        this.#checkWhole(proposal);
        break;
      case "extended":
        expect([fresh, kept.length, proposal.round]).toEqual([[], seatsOf(before).length, before?.round]);
    }
  }

  /** What is stored of answers is what was said, and nobody's answer is ever taken back. */
  #checkAnswers({ matchId, seats }: Proposal): void {
    const before = new Map(seatsOf(this.#store.proposals.get(matchId)).map((seat) => [seat.ticketId, seat]));
    for (const { ticketId, round, acked, accepted, deadlineMs, isExtended } of seats) {
      for (const playerId of accepted)
        expect(this.#heard.wasAccepted(questionKey(playerId, matchId, round))).toBe(true);
      for (const playerId of acked) expect(this.#heard.wasShown(questionKey(playerId, matchId, round))).toBe(true);
      const old = before.get(ticketId);
      if (old === undefined) continue;
      expect(round).toBe(old.round);
      expect(accepted).toEqual(expect.arrayContaining([...old.accepted]));
      if (isExtended === old.isExtended) expect(deadlineMs).toBe(old.deadlineMs);
      else expect([isExtended, deadlineMs >= old.deadlineMs]).toEqual([true, true]);
    }
  }

  /** Only who is new is asked; in a round nobody twice, but once more after the region was away. */
  #checkPrompts({ proposal, event, prompts }: Of<"proposal_changed">): void {
    const { matchId, seats } = proposal;
    const before = seatsOf(this.#store.proposals.get(matchId));
    const isAsked = (seat: Seat) => {
      const old = before.find(({ ticketId }) => ticketId === seat.ticketId);
      return old === undefined || old.isExtended !== seat.isExtended;
    };
    const expected = seats.filter(isAsked).flatMap((seat) =>
      this.#playersOn(seat)
        .filter((playerId) => !seat.accepted.includes(playerId))
        .map((playerId) => ({ playerId, round: seat.round, deadlineMs: seat.deadlineMs })),
    );
    expect(prompts.map(({ coolDownS: _, ...prompt }) => prompt)).toEqual(expected);
    for (const prompt of prompts) {
      const asked = questionKey(prompt.playerId, matchId, prompt.round);
      const times = (this.#askedTimes.get(asked) ?? 0) + 1;
      expect(times).toBeLessThanOrEqual(event === "extended" ? 2 : 1);
      this.#askedTimes.set(asked, times);
      this.#faults.told(prompt, matchId);
    }
  }

  #checkEnd({ proposal, outcome }: Of<"proposal_ended">): void {
    const { matchId, seats, repairUntilMs } = proposal;
    expect(this.#store.proposals.has(matchId)).toBe(true);
    if (outcome === "dissolved") return;
    this.#checkWhole(proposal);
    expect(repairUntilMs).toBeNull();
    for (const seat of seats) {
      for (const playerId of this.#playersOn(seat)) {
        expect(this.#heard.wasAccepted(questionKey(playerId, matchId, seat.round))).toBe(true);
      }
    }
    this.#confirmed.set(matchId, proposal);
  }

  /** The match that everybody accepted is the one that is made. */
  #checkFormed({ match }: Of<"match_changed">): void {
    const proposal = this.#confirmed.get(match.matchId);
    if (proposal === undefined) return;
    const seated = match.teams.flatMap(({ players }, team) => players.map(({ ticketId }) => `${ticketId} ${team}`));
    expect(new Set(seated)).toEqual(new Set(proposal.seats.map(({ ticketId, team }) => `${ticketId} ${team}`)));
    expect(matchPlayers(match).length).toBe(new Set(matchPlayers(match).map(({ playerId }) => playerId)).size);
  }

  /** Exactly the tickets that a dissolved ready check still had come back into line, with the old place and more priority. */
  #checkTheReturned(changes: readonly Change[]): void {
    // Whoever is back may be let into a running match in the same tick: only those who ended before are not expected.
    const ended = new Set<string>();
    const expected: string[] = [];
    for (const change of changes) {
      if (change.type === "ticket_ended") ended.add(change.ticket.ticketId);
      if (change.type !== "proposal_ended" || change.outcome !== "dissolved") continue;
      expected.push(...seatsOf(change.proposal).flatMap(({ ticketId }) => (ended.has(ticketId) ? [] : [ticketId])));
    }
    const returned = changes.flatMap((change) => (change.type === "ticket_changed" ? [change.ticket] : []));
    expect(returned.map(({ ticketId }) => ticketId)).toEqual(expected);
    for (const { priorityMs, ...ticket } of returned) {
      const { priorityMs: owedBefore = 0, ...before } = this.#store.tickets.get(ticket.ticketId) ?? {};
      expect(ticket).toEqual(before);
      expect(priorityMs).toBeGreaterThanOrEqual(owedBefore);
    }
  }

  #checkWhole({ mode, seats }: Proposal): void {
    const rules = EVENT_MODES.byName.get(mode);
    const sizes = Array.from(
      { length: rules?.teams ?? 0 },
      (_, team) => seats.filter((seat) => seat.team === team).flatMap((seat) => this.#playersOn(seat)).length,
    );
    expect(sizes).toEqual(sizes.map(() => rules?.teamSize));
  }

  #proposalsWith(ticketId: string): string[] {
    return [...this.#store.proposals.values()].flatMap((proposal) =>
      proposal.seats.some((seat) => seat.ticketId === ticketId) ? [proposal.matchId] : [],
    );
  }

  #playersOn({ ticketId }: Seat): string[] {
    return (this.#store.tickets.get(ticketId)?.players ?? []).map(({ playerId }) => playerId);
  }
}

function seatsOf(proposal: Proposal | undefined): readonly Seat[] {
  return proposal?.seats ?? [];
}

function acceptedBy(proposal: Proposal | undefined): number {
  return seatsOf(proposal).flatMap(({ accepted }) => accepted).length;
}

function rulesOf(mode: string) {
  return EVENT_MODES.byName.get(mode)?.readyCheck ?? null;
}
