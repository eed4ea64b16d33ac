import { z } from "zod";
import { LIMITS } from "../core/limits.ts";
import type { Result } from "../core/result.ts";
import { accept, refuse } from "../core/result.ts";
import { inputErrorsOf } from "../wire/input-errors.ts";
import type { ProblemExtras } from "../wire/refusal-extras.ts";
import type { ClientMessage } from "./protocol.ts";
import { CLIENT_MESSAGE_TYPES, ClientMessageSchema, RefSchema } from "./protocol.ts";

export interface UnreadableFrame {
  readonly reason: "binary_frame" | "frame_too_large" | "malformed_json" | "unknown_message" | "invalid_input";
  readonly extras: ProblemExtras;
  /** Of a message that is otherwise not valid, so that its sender knows which one is meant. */
  readonly ref?: string;
}

/** What a client says, or why that cannot be known. */
export function readFrame(frame: string | ArrayBuffer): Result<ClientMessage, UnreadableFrame> {
  if (typeof frame !== "string") return refuse({ reason: "binary_frame", extras: {} });
  if (isTooLarge(frame)) return refuse({ reason: "frame_too_large", extras: {} });
  const parsed = parseJson(frame);
  if (parsed === undefined) return refuse({ reason: "malformed_json", extras: {} });
  const read = ClientMessageSchema.safeParse(parsed);
  if (read.success) return accept(read.data);
  const ref = refOf(parsed);
  if (hasKnownType(parsed)) {
    return refuse({ reason: "invalid_input", extras: { errors: inputErrorsOf(read.error.issues) }, ...ref });
  }
  const detail = `Send one JSON object whose type is one of ${CLIENT_MESSAGE_TYPES.join(", ")}.`;
  return refuse({ reason: "unknown_message", extras: { detail }, ...ref });
}

/** A character has at least one byte, so most frames that are too large are not even encoded. */
function isTooLarge(frame: string): boolean {
  return frame.length > LIMITS.frameBytes || new TextEncoder().encode(frame).length > LIMITS.frameBytes;
}

/** Undefined for what is no JSON; JSON itself has no such value. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function hasKnownType(parsed: unknown): boolean {
  if (typeof parsed !== "object" || parsed === null || !("type" in parsed)) return false;
  return typeof parsed.type === "string" && CLIENT_MESSAGE_TYPES.includes(parsed.type);
}

function refOf(parsed: unknown): { readonly ref?: string } {
  const read = z.object({ ref: RefSchema }).safeParse(parsed);
  return read.success && read.data.ref !== undefined ? { ref: read.data.ref } : {};
}
