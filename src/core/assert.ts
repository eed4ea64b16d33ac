/** Throws on a programmer's error. Never for bad input (a `Result`) or an outside failure (an exception of its own). */
export function assert(condition: boolean, message: string): asserts condition {
  if (!condition) throw new Error(`Assertion failed: ${message}`);
}
