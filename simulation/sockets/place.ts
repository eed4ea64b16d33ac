import type { MessageOf, PromptId } from "../../client/messages.ts";

/** Where a player is, as far as they were told. */
export type Place =
  | { readonly type: "free" }
  | { readonly type: "queued"; readonly ticketId: string }
  | AskedPlace
  | { readonly type: "matched"; readonly matchId: string };

/** In line, and asked whether they want this match. */
export interface AskedPlace {
  readonly type: "asked";
  readonly ticketId: string;
  readonly matchId: string;
  readonly round: number;
  /** By the service's clock. */
  readonly deadlineMs: number;
}

export const FREE: Place = { type: "free" };

export function placeOf({ queued, proposed, matched }: MessageOf<"state">): Place {
  if (matched !== null) return { type: "matched", matchId: matched.match_id };
  if (queued === null) return FREE;
  if (proposed === null) return { type: "queued", ticketId: queued.ticket_id };
  const { match_id: matchId, round, expires_at } = proposed;
  return { type: "asked", ticketId: queued.ticket_id, matchId, round, deadlineMs: Date.parse(expires_at) };
}

export function describePlace(place: Place): string {
  switch (place.type) {
    case "free":
      return "free";
    case "queued":
      return `in line with ticket ${place.ticketId}`;
    case "asked":
      return `asked about match ${place.matchId} in round ${place.round}`;
    case "matched":
      return `in match ${place.matchId}`;
  }
}

export function hasTicket(place: Place): place is Extract<Place, { readonly ticketId: string }> {
  return place.type === "queued" || place.type === "asked";
}

/** What the player is asked; elsewhere a prompt that there is not. */
export function promptOf(place: Place): PromptId {
  return place.type === "asked" ? { match_id: place.matchId, round: place.round } : { match_id: "", round: 0 };
}

export function isSamePlace(one: Place, other: Place): boolean {
  return describePlace(one) === describePlace(other);
}
