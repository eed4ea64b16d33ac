import type { World } from "../world.ts";

/** One thing that somebody does; who and to what is drawn from `world.choice`. */
export type Act = (world: World) => void;

export function anyOf<Value>(world: World, values: Iterable<Value>): Value | undefined {
  return world.choice.pick([...values]);
}

/** Counts what came of a call. */
export function outcomeOf(
  result: { readonly ok: true } | { readonly ok: false; readonly refusal: { readonly reason: string } },
) {
  return result.ok ? "done" : result.refusal.reason;
}
