import { LIMITS } from "../../../src/core/limits.ts";
import { CLIENT_MESSAGE_TYPES, ClientMessageSchema } from "../../../src/region/protocol.ts";
import { isJsonObject, parseJson } from "../json.ts";

/** Why a frame is not read; each such frame is answered by one problem of that reason. */
export const UNREADABLE = [
  "binary_frame",
  "frame_too_large",
  "malformed_json",
  "unknown_message",
  "invalid_input",
] as const;
export type Unreadable = (typeof UNREADABLE)[number];

/** `answer`: one receipt or one problem. `perhaps`: a problem or nothing. */
export type Expected =
  | { readonly kind: "pong" | "answer" | "perhaps" }
  | { readonly kind: "problem"; readonly reason: Unreadable };

/** What the protocol says that a frame is answered by. */
export function expectedAnswer(frame: string | Uint8Array): Expected {
  if (typeof frame !== "string") return unreadable("binary_frame");
  if (Buffer.byteLength(frame) > LIMITS.frameBytes) return unreadable("frame_too_large");
  const parsed = parseJson(frame);
  if (parsed === undefined) return unreadable("malformed_json");
  const read = ClientMessageSchema.safeParse(parsed);
  if (!read.success) {
    const type = isJsonObject(parsed) ? parsed.type : undefined;
    const isKnown = typeof type === "string" && CLIENT_MESSAGE_TYPES.includes(type);
    return unreadable(isKnown ? "invalid_input" : "unknown_message");
  }
  if (read.data.type === "ping") return { kind: "pong" };
  return { kind: read.data.type === "ack" ? "perhaps" : "answer" };
}

function unreadable(reason: Unreadable): Expected {
  return { kind: "problem", reason };
}
