import type { Answer, AnswerRefusal } from "../core/ready-check-calls.ts";
import { recordOf } from "../db/match-row.ts";
import { timestamp } from "../wire/common.ts";
import { constraintsOf } from "../wire/constraints.ts";
import { matchBody } from "../wire/match.ts";
import { coolDownBody } from "../wire/ready-check.ts";
import { extrasOf } from "../wire/refusal-extras.ts";
import type { Entrance } from "./entrance.ts";
import type { ClientMessage, UnnumberedMessage } from "./protocol.ts";
import type { QueueAccess } from "./queue-access.ts";
import { socketProblem } from "./socket-problem.ts";

export interface SocketCallsSettings extends QueueAccess {
  readonly entrance: Entrance;
}

type Enqueue = Extract<ClientMessage, { type: "enqueue" }>;
type Cancel = Extract<ClientMessage, { type: "cancel" }>;
type AnswerMessage = Extract<ClientMessage, { type: "ack" | "accept" | "decline" }>;

/** What a player asks for through a socket: the same calls as over HTTP, each with one answer. */
export class SocketCalls {
  readonly #settings: SocketCallsSettings;

  constructor(settings: SocketCallsSettings) {
    this.#settings = settings;
  }

  /** @returns a receipt, a problem, or `moved`: the player belongs to another region by now */
  async enqueue(playerId: string, { mode, constraints, ref }: Enqueue): Promise<UnnumberedMessage | "moved"> {
    const outcome = await this.#settings.entrance.enqueue({
      playerId,
      ...(typeof mode === "string" && { mode }),
      constraints: constraintsOf(constraints),
      isSystem: false,
      release: false,
      lease: { kind: "socket" },
    });
    const echo = echoOf(ref);
    if (outcome.ok) {
      const { ticketId, mode: name, enqueuedAtMs } = outcome.value;
      const enqueued_at = timestamp(enqueuedAtMs);
      return { type: "enqueue.receipt", ticket_id: ticketId, mode: name, enqueued_at, ...echo };
    }
    if (outcome.refusal.reason === "elsewhere") return "moved";
    return socketProblem(outcome.refusal.reason, extrasOf(outcome.refusal), echo);
  }

  /**
   * Exactly one of three, and always true: the queue alone decides, and nothing comes between its word and the receipt.
   */
  cancel(playerId: string, { ref }: Cancel): UnnumberedMessage {
    const { event, queue, region, now } = this.#settings;
    const outcome = event((inLine, nowMs) => inLine.cancel(playerId, nowMs));
    const receipt = { type: "cancel.receipt", ticket_id: null, match: null, cool_down: null, ...echoOf(ref) } as const;
    if (outcome.ok) {
      const cool_down = coolDownBody(queue().coolDownOf(playerId, now()), now());
      return { ...receipt, outcome: "dequeued", ticket_id: outcome.value.ticketId, cool_down };
    }
    const state = queue().stateOf(playerId);
    if (state.type !== "matched") return { ...receipt, outcome: "not_queued" };
    return { ...receipt, outcome: "matched", match: matchBody(recordOf(state.match, region)) };
  }

  /** @returns null: it is noted, and nothing is said */
  acknowledge(playerId: string, message: AnswerMessage): UnnumberedMessage | null {
    const outcome = this.#settings.event((queue, nowMs) => queue.acknowledge(answerOf(playerId, message), nowMs));
    return outcome.ok ? null : refusalOf(outcome.refusal, message);
  }

  accept(playerId: string, message: AnswerMessage): UnnumberedMessage {
    const answer = answerOf(playerId, message);
    const outcome = this.#settings.event((queue, nowMs) => queue.accept(answer, nowMs));
    if (!outcome.ok) return refusalOf(outcome.refusal, message);
    return { type: "accept.receipt", match_id: message.match_id, round: message.round, ...echoOf(message.ref) };
  }

  decline(playerId: string, message: AnswerMessage): UnnumberedMessage {
    const { event, queue, now } = this.#settings;
    const answer = answerOf(playerId, message);
    const outcome = event((inLine, nowMs) => inLine.decline(answer, nowMs));
    if (!outcome.ok) return refusalOf(outcome.refusal, message);
    const cool_down = coolDownBody(queue().coolDownOf(playerId, now()), now());
    const { match_id, round, ref } = message;
    return { type: "decline.receipt", match_id, round, cool_down, ...echoOf(ref) };
  }
}

function answerOf(playerId: string, { match_id, round }: AnswerMessage): Answer {
  return { playerId, matchId: match_id, round };
}

function refusalOf(refusal: AnswerRefusal, { ref }: AnswerMessage): UnnumberedMessage {
  return socketProblem(refusal.reason, extrasOf(refusal), echoOf(ref));
}

/** What an answer repeats of the call. */
export function echoOf(ref: string | undefined): { readonly ref?: string } {
  return ref === undefined ? {} : { ref };
}
