import { expect } from "vitest";
import type { Change, Prompt } from "../../../src/core/changes.ts";
import type { Seat } from "../../../src/core/proposal.ts";
import type { Store } from "./a-store.ts";
import type { AnswersHeard } from "./answers-heard.ts";
import { questionKey } from "./answers-heard.ts";

type Of<Type extends Change["type"]> = Extract<Change, { readonly type: Type }>;

/** Watches who leaves ready checks, and that those pay whose fault it is, and nobody else. */
export class FaultChecker {
  readonly #store: Store;
  readonly #heard: AnswersHeard;
  /** What each question was said to cost. */
  readonly #toldS = new Map<string, number>();
  /** The question that each player left unanswered or declined in the event at hand. */
  readonly #lost = new Map<string, string>();

  constructor(store: Store, heard: AnswersHeard) {
    this.#store = store;
    this.#heard = heard;
  }

  told({ playerId, round, coolDownS }: Prompt, matchId: string): void {
    this.#toldS.set(questionKey(playerId, matchId, round), coolDownS);
  }

  /** Of all the changes of one event: exactly the guilty are punished. */
  checkAll(changes: readonly Change[], nowMs: number): void {
    this.#lost.clear();
    const ended = changes.filter((change) => change.type === "ticket_ended");
    for (const change of ended) this.#noteLost(change);
    const punished = changes.flatMap((change) =>
      change.type === "cool_down_started" ? [change.coolDown.playerId] : [],
    );
    expect(punished.toSorted()).toEqual(ended.flatMap((change) => this.#guiltyOf(change, nowMs)).toSorted());
  }

  checkTicketEnd({ ticket, ending, matchId, by }: Of<"ticket_ended">, nowMs: number): void {
    const { ticketId, players } = ticket;
    const holders = [...this.#store.proposals.values()].filter(({ seats }) =>
      seats.some((seat) => seat.ticketId === ticketId),
    );
    if (ending !== "matched") expect(holders.map((one) => one.matchId)).toEqual(matchId === undefined ? [] : [matchId]);
    if (ending === "declined") expect(players.map(({ playerId }) => playerId)).toContain(by);
    if (ending !== "lapsed") return;
    const seat = this.#seatOf(ticketId, matchId);
    expect(seat && this.#heard.lapsesAtMs(seat, matchId ?? "")).toBeLessThanOrEqual(nowMs);
    expect(seat?.accepted.length).toBeLessThan(players.length);
  }

  /** Whoever is punished pays what they were told. */
  checkCoolDown({ coolDown }: Of<"cool_down_started">, nowMs: number): void {
    const toldS = this.#toldS.get(this.#lost.get(coolDown.playerId) ?? "");
    const costS = (coolDown.untilMs - nowMs) / 1_000;
    if (costS === toldS) return;
    // Only what was forgiven meanwhile may make it less.
    expect(costS).toBeLessThan(toldS ?? 0);
    expect(coolDown.offences).toBe(1);
  }

  #noteLost({ ticket, matchId, ending }: Of<"ticket_ended">): void {
    const seat = this.#seatOf(ticket.ticketId, matchId);
    if (matchId === undefined || seat === undefined) return;
    expect(["declined", "lapsed", "cancelled"]).toContain(ending);
    for (const { playerId } of ticket.players) this.#lost.set(playerId, questionKey(playerId, matchId, seat.round));
  }

  /** Whose fault it is that a ticket left a ready check, if they were shown the question and their time was up. */
  #guiltyOf({ ticket, ending, by = null, matchId }: Of<"ticket_ended">, nowMs: number): string[] {
    const seat = this.#seatOf(ticket.ticketId, matchId);
    const playerIds = ticket.players.map(({ playerId }) => playerId);
    if (ending === "lapsed" && nowMs < (seat?.deadlineMs ?? 0)) return [];
    const guilty = ending === "lapsed" ? playerIds.filter((playerId) => !seat?.accepted.includes(playerId)) : [by];
    return guilty.flatMap((playerId) =>
      playerId !== null && this.#heard.wasShown(this.#lost.get(playerId) ?? "") ? [playerId] : [],
    );
  }

  #seatOf(ticketId: string, matchId: string | undefined): Seat | undefined {
    return this.#store.proposals.get(matchId ?? "")?.seats.find((seat) => seat.ticketId === ticketId);
  }
}
