import { assert } from "../../../src/core/assert.ts";
import type { Change } from "../../../src/core/changes.ts";
import type { Mode } from "../../../src/core/mode.ts";
import type { Proposal } from "../../../src/core/proposal.ts";
import { Queue } from "../../../src/core/queue.ts";
import { EMPTY_QUEUE_STATE } from "../../../src/core/queue-state.ts";
import type { Answer } from "../../../src/core/ready-check-calls.ts";
import type { Ticket } from "../../../src/core/ticket.ts";
import type { Trace } from "../trace.ts";
import { Agenda } from "./agenda.ts";
import type { PlannedAnswers } from "./answer-habits.ts";
import { ACK_AFTER_MS } from "./answer-habits.ts";
import type { EndedProposal, ReadyCheckRun, Search } from "./ready-check-run.ts";
import { ReadyCheckWatch } from "./ready-check-watch.ts";

interface Message {
  readonly type: "ack" | "accept" | "decline";
  readonly answer: Answer;
}

/**
 * Lets the service's own queue serve a trace in a mode with a ready check, on a virtual clock.
 *
 * 1. Tickets come as the trace says; the queue ticks exactly when it asks to be woken.
 * 2. Each player who is asked answers as planned for the question that this is for them: their first, their second …
 *    Messages come in at their time; of several at one time first arrivals, then answers, then the tick.
 * 3. Whoever is put out, for their own answer or a party member's, does not come back.
 * 4. What is under way when the trace ends stays open.
 */
export function playReadyChecks(trace: Trace, mode: Mode, answers: PlannedAnswers): ReadyCheckRun {
  return new ReadyCheckPlay(trace, mode, answers).run();
}

class ReadyCheckPlay {
  readonly #trace: Trace;
  readonly #mode: Mode;
  readonly #answers: PlannedAnswers;
  readonly #queue: Queue;
  readonly #watch = new ReadyCheckWatch();
  readonly #agenda = new Agenda<Message>();
  readonly #searches = new Map<string, Search>();
  readonly #proposals: EndedProposal[] = [];
  #coolDowns = 0;

  constructor(trace: Trace, mode: Mode, answers: PlannedAnswers) {
    this.#trace = trace;
    this.#mode = mode;
    this.#answers = answers;
    let lastId = 0;
    const newId = () => {
      lastId += 1;
      return String(lastId).padStart(8, "0");
    };
    const modes = { defaultMode: mode, byName: new Map([[mode.name, mode]]) };
    const settings = { region: "LAB", modes, locations: ["LAB"], newId, newSecret: newId };
    this.#queue = new Queue(settings, EMPTY_QUEUE_STATE, 0, () => true);
  }

  run(): ReadyCheckRun {
    const { arrivals, durationMs } = this.#trace;
    let next = 0;
    for (;;) {
      const arrival = arrivals[next];
      const arrivesAtMs = arrival?.ticket.enqueuedAtMs ?? Number.POSITIVE_INFINITY;
      const wakesAtMs = this.#queue.nextWakeMs() ?? Number.POSITIVE_INFINITY;
      const nowMs = Math.min(arrivesAtMs, this.#agenda.nextMs, wakesAtMs);
      if (nowMs > durationMs) break;
      if (arrival !== undefined && arrivesAtMs === nowMs) {
        this.#enqueue(arrival.ticket, nowMs);
        next += 1;
      } else if (this.#agenda.nextMs === nowMs) this.#deliver(nowMs);
      else this.#queue.tick(nowMs);
      this.#follow(this.#queue.takeChanges(), nowMs);
    }
    return {
      trace: this.#trace,
      searches: [...this.#searches.values()],
      proposals: this.#proposals,
      coolDowns: this.#coolDowns,
      violations: this.#watch.violations(this.#queue),
    };
  }

  #enqueue({ players, constraints }: Ticket, nowMs: number): void {
    const [player, ...others] = players;
    assert(player !== undefined, "a ticket has a player");
    const asked = { mode: this.#mode, constraints };
    const outcome =
      others.length === 0
        ? this.#queue.enqueue({ player, ...asked, isSystem: false, release: false }, nowMs)
        : this.#queue.enqueueParty({ players, ...asked, code: null }, nowMs);
    assert(outcome.ok, `a ticket of the trace is let in: ${outcome.ok ? "" : outcome.refusal.reason}`);
  }

  #deliver(nowMs: number): void {
    const message = this.#agenda.take();
    assert(message !== undefined, "something is to happen now");
    const { type, answer } = message;
    if (type === "ack") {
      this.#watch.sawAck(answer);
      this.#queue.acknowledge(answer, nowMs);
    } else if (type === "accept") {
      this.#watch.sawAccept(answer);
      this.#queue.accept(answer, nowMs);
    } else this.#queue.decline(answer, nowMs);
  }

  #follow(changes: readonly Change[], nowMs: number): void {
    this.#watch.take(changes);
    for (const change of changes) {
      switch (change.type) {
        case "ticket_added":
          this.#searches.set(change.ticket.ticketId, {
            ticket: change.ticket,
            firstAskedAtMs: null,
            timesAsked: 0,
            ending: null,
          });
          break;
        case "ticket_ended":
          this.#search(change.ticket.ticketId).ending = change.ending;
          break;
        case "proposal_changed":
          if (change.prompts.length > 0) this.#asked(change.proposal, nowMs);
          for (const { playerId, round } of change.prompts) {
            this.#plan({ playerId, matchId: change.proposal.matchId, round }, nowMs);
          }
          break;
        case "proposal_ended":
          this.#ended(change.proposal, change.outcome === "confirmed", nowMs);
          break;
        case "cool_down_started":
          this.#coolDowns += 1;
          break;
        default:
      }
    }
  }

  #asked({ seats, round }: Proposal, nowMs: number): void {
    for (const seat of seats.filter((asked) => asked.round === round)) {
      const search = this.#search(seat.ticketId);
      search.firstAskedAtMs ??= nowMs;
      search.timesAsked += 1;
    }
  }

  #plan(answer: Answer, nowMs: number): void {
    const planned = this.#answers.next(answer.playerId);
    if (planned.isShown) this.#agenda.put(nowMs + ACK_AFTER_MS, { type: "ack", answer });
    if (planned.answer !== null) this.#agenda.put(nowMs + planned.afterMs, { type: planned.answer, answer });
  }

  #ended(proposal: Proposal, isConfirmed: boolean, endedAtMs: number): void {
    const teams = Array.from({ length: this.#mode.teams }, (_, team) =>
      proposal.seats.filter((seat) => seat.team === team).map(({ ticketId }) => this.#search(ticketId)),
    );
    this.#proposals.push({ proposal, isConfirmed, endedAtMs, teams });
  }

  #search(ticketId: string): Search {
    const search = this.#searches.get(ticketId);
    assert(search !== undefined, "the queue tells of a ticket before anything happens to it");
    return search;
  }
}
