import type { Json } from "../json.ts";
import type { Credential } from "./credential.ts";
import type { Operation } from "./document.ts";

/**
 * A request before it is known who exists: ids stand in it as references such as `@player:3` (see `World`), so that it can
 * be drawn from a seed, printed, made smaller, and sent again.
 */
export interface PlannedRequest {
  /** Null: the path, or the method on it, is nobody's. */
  readonly operation: Operation | null;
  readonly method: string;
  /** In order: text that is sent as it is, and values that are encoded. */
  readonly path: readonly PathPart[];
  readonly query: readonly (readonly [name: string, value: string])[];
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly credential: Credential;
  /** Who sends it, and who is meant by `@actor`; a number of the world's. */
  readonly actor: number;
  readonly body: PlannedBody | null;
}

export type PathPart = { readonly text: string } | { readonly value: string };

export interface PlannedBody {
  readonly value: Json;
  readonly contentType: string | null;
  readonly encoding: BodyEncoding;
}

export type BodyEncoding =
  | "plain"
  | "truncated"
  | "empty"
  | "invalid UTF-8"
  | "byte order mark"
  | "twice"
  | "padded"
  | "too large"
  | "chunked";
