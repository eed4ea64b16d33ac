import type { ChangeLog } from "./change-log.ts";
import type { Prompt, ProposalEvent, ProposalOutcome } from "./changes.ts";
import type { Proposal } from "./proposal.ts";

interface Kept {
  readonly proposal: Proposal;
  /** When it is looked at: time changes it, or it is to be saved. */
  readonly deadlineMs: number;
  /** Infinity: storage has it as it is. */
  readonly saveByMs: number;
}

/** Whom a change of a proposal concerns; see `Change`. */
export interface Concerned {
  readonly prompts?: readonly Prompt[];
  readonly playerIds?: readonly string[];
}

/** The proposals of a region by match and by ticket, with the next deadline among them. */
export class OpenProposals {
  readonly #changes: ChangeLog;
  readonly #deadlineOf: (proposal: Proposal) => number;
  /** In the order in which they were made. */
  readonly #byMatch = new Map<string, Kept>();
  readonly #matchOfTicket = new Map<string, string>();
  /** By mode: matches with empty places. */
  readonly #broken = new Map<string, Set<string>>();
  /** No proposal has an earlier deadline. May be too early after one was answered: the wake is then for nothing. */
  #earliestMs = Number.POSITIVE_INFINITY;

  /** @param deadlineOf when time alone changes a proposal */
  constructor(changes: ChangeLog, deadlineOf: (proposal: Proposal) => number) {
    this.#changes = changes;
    this.#deadlineOf = deadlineOf;
  }

  get count(): number {
    return this.#byMatch.size;
  }

  /** In all of them. */
  get ticketCount(): number {
    return this.#matchOfTicket.size;
  }

  /** Infinity when there is none. */
  get earliestMs(): number {
    return this.#earliestMs;
  }

  find(matchId: string): Proposal | undefined {
    return this.#byMatch.get(matchId)?.proposal;
  }

  ofTicket(ticketId: string): Proposal | undefined {
    const matchId = this.#matchOfTicket.get(ticketId);
    return matchId === undefined ? undefined : this.find(matchId);
  }

  /** In memory only. @param saveByMs when storage needs it; if something else saves it before, so much the better */
  put(proposal: Proposal, saveByMs = Number.POSITIVE_INFINITY): void {
    const { matchId, mode, seats, repairUntilMs } = proposal;
    const deadlineMs = Math.min(this.#deadlineOf(proposal), saveByMs);
    this.#forgetTickets(matchId);
    for (const { ticketId } of seats) this.#matchOfTicket.set(ticketId, matchId);
    this.#byMatch.set(matchId, { proposal, deadlineMs, saveByMs });
    this.#earliestMs = Math.min(this.#earliestMs, deadlineMs);
    const broken = this.#broken.get(mode) ?? new Set();
    this.#broken.set(mode, broken);
    if (repairUntilMs === null) broken.delete(matchId);
    else broken.add(matchId);
  }

  /** In memory, and saved together with whatever else comes until then; see `put`. */
  saveLater(proposal: Proposal, saveByMs: number): void {
    this.put(proposal, Math.min(this.#byMatch.get(proposal.matchId)?.saveByMs ?? saveByMs, saveByMs));
  }

  save(proposal: Proposal, event: ProposalEvent, { prompts = [], playerIds = [] }: Concerned = {}): void {
    this.put(proposal);
    this.#changes.record({ type: "proposal_changed", proposal, event, prompts, playerIds });
  }

  /** @param playerIds those who are back in line */
  end(proposal: Proposal, outcome: ProposalOutcome, playerIds: readonly string[] = []): void {
    const { matchId, mode } = proposal;
    this.#forgetTickets(matchId);
    this.#byMatch.delete(matchId);
    this.#broken.get(mode)?.delete(matchId);
    this.#changes.record({ type: "proposal_ended", proposal, outcome, playerIds });
  }

  /** Those past their deadline, or to be saved. Afterwards `earliestMs` is exact again for those that remain. */
  due(nowMs: number): Proposal[] {
    if (nowMs < this.#earliestMs) return [];
    const due: Proposal[] = [];
    this.#earliestMs = Number.POSITIVE_INFINITY;
    for (const { proposal, deadlineMs } of this.#byMatch.values()) {
      if (deadlineMs <= nowMs) due.push(proposal);
      else this.#earliestMs = Math.min(this.#earliestMs, deadlineMs);
    }
    return due;
  }

  hasEmptyPlaces(mode: string): boolean {
    return (this.#broken.get(mode)?.size ?? 0) > 0;
  }

  /** Those of a mode with empty places, the oldest first: ids sort by time. */
  withEmptyPlaces(mode: string): Proposal[] {
    const matchIds = [...(this.#broken.get(mode) ?? [])].sort();
    return matchIds.flatMap((matchId) => this.find(matchId) ?? []);
  }

  #forgetTickets(matchId: string): void {
    for (const { ticketId } of this.find(matchId)?.seats ?? []) this.#matchOfTicket.delete(ticketId);
  }
}
