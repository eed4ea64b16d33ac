import type { ClientMessage, ServerMessage } from "./wire-types.ts";

export type MessageType = ServerMessage["type"];

/** A message of the region, by its `type`. */
export type MessageOf<Type extends MessageType> = Extract<ServerMessage, { type: Type }>;

/** Everything that concerns the player: what the region says first on every connect. */
export type PlayerState = MessageOf<"state">;

/** What can be asked for and has an answer. */
export type CallType = Extract<ClientMessage["type"], "enqueue" | "cancel" | "accept" | "decline">;
export type Call<Type extends CallType = CallType> = Extract<ClientMessage, { type: Type }>;

/** The answer of one that was served; the others get a `problem`. */
export type ReceiptOf<Type extends CallType> = MessageOf<`${Type}.receipt`>;

/** What to repeat of a prompt when answering it. A `match.proposed` and a `ReadyCheck` are such. */
export interface PromptId {
  readonly match_id: string;
  readonly round: number;
}

/**
 * A frame as a message; null: it is none. Only the frame of it is looked at: the region and this file come from one
 * protocol, and what a newer region adds must not break an older client.
 */
export function readMessage(frame: unknown): ServerMessage | null {
  if (typeof frame !== "string") return null;
  try {
    const message: unknown = JSON.parse(frame);
    return isMessage(message) ? message : null;
  } catch {
    return null;
  }
}

function isMessage(value: unknown): value is ServerMessage {
  if (typeof value !== "object" || value === null) return false;
  return "type" in value && typeof value.type === "string" && "seq" in value && typeof value.seq === "number";
}
