/** What a judge found: an acknowledged fact is gone, is there twice, or something is there that nobody asked for. */
export interface Fault {
  readonly kind: "lost" | "doubled" | "invented";
  readonly text: string;
}
