import type { PlayerState } from "./messages.ts";
import type { Match, Party, ReadyCheck, ServerMessage } from "./wire-types.ts";

/**
 * What the player's state is after one more message. A `state` replaces everything; every other message changes what it
 * is about and nothing else.
 *
 * @param state null: none so far, and none can come of an event alone
 * @param nowMs this machine's time, for how long a ticket that is in line again has waited
 */
export function nextState(state: PlayerState | null, message: ServerMessage, nowMs: number): PlayerState | null {
  if (message.type === "state") return message;
  if (state === null) return null;
  return { ...state, ...changed(state, message, nowMs), seq: message.seq };
}

type Event = Exclude<ServerMessage, { type: "state" }>;

function changed(state: PlayerState, event: Event, nowMs: number): Partial<PlayerState> {
  switch (event.type) {
    case "queue.joined":
      return { ...NOWHERE, cool_down: null, queued: queuedBy(event, nowMs) };
    case "queue.left":
      return { queued: null, proposed: null, cool_down: event.cool_down };
    case "match.proposed":
      return { proposed: askedBy(event) };
    case "match.repairing":
      return { proposed: ifSame(state.proposed, event, (proposed) => ({ ...proposed, repairing_until: event.until })) };
    case "accept.receipt":
      return { proposed: ifSame(state.proposed, event, (proposed) => ({ ...proposed, accepted: true })) };
    case "decline.receipt":
      return { proposed: ifSame(state.proposed, event, () => null), cool_down: event.cool_down };
    case "match.cancelled":
      return afterCancelled(state, event);
    case "match.found":
      return { ...NOWHERE, matched: event.match };
    case "match.assigned":
      return state.matched?.match_id === event.match_id ? { connection: event.connection } : {};
    case "match.finished":
      return { ...freedFrom(state, event.match), last_match: { match: event.match, rating: event.rating } };
    case "match.abandoned":
      return { ...freedFrom(state, event.match), last_match: { match: event.match, rating: null } };
    case "party.changed":
      return { party: isMember(event.party, state.player_id) ? event.party : null };
    case "party.ended":
      return state.party?.code === event.code ? { party: null } : {};
    default:
      // Other receipts and problems: what they tell of has been told as an event. And what a newer region says.
      return {};
  }
}

/** A player is in one place: in line, asked, or in a match. */
const NOWHERE = { queued: null, proposed: null, matched: null, connection: null } as const;

type Of<Type extends Event["type"]> = Extract<Event, { type: Type }>;

function queuedBy({ ticket_id, mode, enqueued_at, party }: Of<"queue.joined">, nowMs: number): PlayerState["queued"] {
  const waited_s = Math.max(0, nowMs - Date.parse(enqueued_at)) / 1_000;
  return { ticket_id, mode, enqueued_at, waited_s, party, estimated_wait_s: null, explain: null };
}

function askedBy({ type: _type, seq: _seq, ...prompt }: Of<"match.proposed">): ReadyCheck {
  return { ...prompt, accepted: false, repairing_until: null };
}

function ifSame(
  proposed: ReadyCheck | null,
  { match_id }: { readonly match_id: string },
  change: (proposed: ReadyCheck) => ReadyCheck | null,
): ReadyCheck | null {
  return proposed?.match_id === match_id ? change(proposed) : proposed;
}

/** Whoever is back in line and was not any more when the match was confirmed hears that by `queue.joined` too. */
function afterCancelled(state: PlayerState, event: Of<"match.cancelled">): Partial<PlayerState> {
  return {
    proposed: ifSame(state.proposed, event, () => null),
    ...(event.back_in_line ? {} : { queued: null }),
    ...(state.matched?.match_id === event.match_id && {
      matched: null,
      connection: null,
      last_match: { match: { ...state.matched, status: "cancelled" as const }, rating: null },
    }),
  };
}

function freedFrom({ matched }: PlayerState, match: Match): Partial<PlayerState> {
  return matched?.match_id === match.match_id ? { matched: null, connection: null } : {};
}

function isMember({ members }: Party, playerId: string): boolean {
  return members.some(({ player_id }) => player_id === playerId);
}
