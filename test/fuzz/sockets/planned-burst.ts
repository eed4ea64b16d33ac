import type { Json } from "../json.ts";

/** One frame as it is planned: a message with references to whom there is, or bytes. */
export type PlannedFrame =
  | { readonly kind: "message"; readonly value: Json }
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "binary"; readonly bytes: Uint8Array };

/** What one socket of one player sends at once. */
export interface PlannedBurst {
  /** Whose socket; a number of the world's. */
  readonly actor: number;
  readonly frames: readonly PlannedFrame[];
}
