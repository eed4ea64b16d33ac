import { recordOf } from "../db/match-row.ts";
import { timestamp } from "../wire/common.ts";
import { constraintsOf } from "../wire/constraints.ts";
import { matchBody } from "../wire/match.ts";
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
    const { event, queue, region } = this.#settings;
    const outcome = event((inLine) => inLine.cancel(playerId));
    const receipt = { type: "cancel.receipt", ticket_id: null, match: null, cool_down: null, ...echoOf(ref) } as const;
    if (outcome.ok) return { ...receipt, outcome: "dequeued", ticket_id: outcome.value.ticketId };
    const state = queue().stateOf(playerId);
    if (state.type !== "matched") return { ...receipt, outcome: "not_queued" };
    return { ...receipt, outcome: "matched", match: matchBody(recordOf(state.match, region)) };
  }
}

function echoOf(ref: string | undefined): { readonly ref?: string } {
  return ref === undefined ? {} : { ref };
}
