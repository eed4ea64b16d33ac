import fc from "fast-check";
import type { Json } from "./json.ts";
import { isJsonObject } from "./json.ts";
import { awkwardJson } from "./junk.ts";

type Damage = "replace" | "drop" | "add" | "wrap" | "repeat" | "rename";

export interface Mutation {
  /** Which of the value's nodes, counted depth first, modulo how many there are. */
  readonly at: number;
  readonly damage: Damage;
  readonly by: Json;
}

export const mutation: fc.Arbitrary<Mutation> = fc.record({
  at: fc.nat({ max: 30 }),
  damage: fc.constantFrom<Damage[]>("replace", "replace", "replace", "drop", "add", "wrap", "repeat", "rename"),
  by: awkwardJson,
});

/** The same value with one fault in one place: what most mistakes of a client look like. */
export function mutate(value: Json, mutation: Mutation): Json {
  let place = mutation.at % countNodes(value);
  const visit = (node: Json): Json => {
    if (place-- === 0) return damaged(node, mutation);
    if (Array.isArray(node)) return node.map(visit);
    if (!isJsonObject(node)) return node;
    return Object.fromEntries(Object.entries(node).map(([key, part]) => [key, visit(part)]));
  };
  return visit(value);
}

function countNodes(value: Json): number {
  const parts: readonly Json[] = Array.isArray(value) ? value : isJsonObject(value) ? Object.values(value) : [];
  return parts.reduce<number>((total, part) => total + countNodes(part), 1);
}

function damaged(node: Json, { damage, by }: Mutation): Json {
  switch (damage) {
    case "replace":
      return by;
    case "wrap":
      return [node];
    case "repeat":
      return Array<Json>(100).fill(node);
    case "drop":
      return isJsonObject(node) ? Object.fromEntries(Object.entries(node).slice(1)) : null;
    case "add":
      return isJsonObject(node) ? { ...node, [typeof by === "string" ? by : "unknown_key"]: by } : by;
    case "rename":
      return isJsonObject(node)
        ? Object.fromEntries(Object.entries(node).map(([key, part]) => [key.toUpperCase(), part]))
        : by;
  }
}
