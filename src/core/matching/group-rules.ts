import type { NumberRange } from "../attribute.ts";
import type { Mode } from "../mode.ts";
import type { Ticket } from "../ticket.ts";

/**
 * What a ticket, or a group of them, asks of everybody in its match, in a form that two of can be joined quickly.
 * Hard rules: what cannot be joined is no match at all, not an expensive one.
 */
export interface GroupRules {
  /** Rating points; infinite without a limit. */
  readonly maxRatingGap: number;
  /** By `overlap` attribute of the mode: the acceptable values as bits. Empty: says nothing of any. */
  readonly acceptable: readonly number[];
  /** By `range` attribute of the mode: the acceptable numbers. Empty: says nothing of any. */
  readonly ranges: readonly NumberRange[];
  /** By server location; locations that are not named are out of reach. Null: any will do. */
  readonly latencyMs: Readonly<Record<string, number>> | null;
}

export const NO_RULES: GroupRules = {
  maxRatingGap: Number.POSITIVE_INFINITY,
  acceptable: [],
  ranges: [],
  latencyMs: null,
};

const ANY_VALUE = -1;
const ANY_NUMBER: NumberRange = { min: Number.NEGATIVE_INFINITY, max: Number.POSITIVE_INFINITY };

/** A rule by the name under which players know it: an attribute's, or one of those that every mode has. */
export type RuleName = string;

/** The rules of a mode, and how tickets' rules join. Without attributes and constraints it all is one comparison. */
export class RuleBook {
  readonly #maxLatencyMs: number;
  readonly #overlaps: readonly { readonly name: string; readonly bits: ReadonlyMap<string, number> }[];
  readonly #ranges: readonly string[];

  constructor({ attributes, maxLatencyMs }: Mode) {
    this.#maxLatencyMs = maxLatencyMs ?? Number.POSITIVE_INFINITY;
    const rules = Object.entries(attributes);
    this.#overlaps = rules.flatMap(([name, rule]) =>
      rule.rule === "overlap" ? [{ name, bits: new Map(rule.values.map((value, bit) => [value, 1 << bit])) }] : [],
    );
    this.#ranges = rules.flatMap(([name, rule]) => (rule.rule === "range" ? [name] : []));
  }

  /** `same` attributes are not among them: tickets that differ in one are in different pools. */
  rulesOf({ constraints }: Ticket): GroupRules {
    const { maxRatingGap, latencyMs, attributes } = constraints;
    if (maxRatingGap === undefined && latencyMs === undefined && attributes === undefined) return NO_RULES;
    const saysSomething = attributes !== undefined;
    return {
      maxRatingGap: maxRatingGap ?? NO_RULES.maxRatingGap,
      acceptable: saysSomething ? this.#overlaps.map(({ name, bits }) => bitsOf(attributes[name], bits)) : [],
      ranges: saysSomething ? this.#ranges.map((name) => rangeOf(attributes[name])) : [],
      latencyMs: latencyMs ?? null,
    };
  }

  /**
   * What both together ask, or the name of the first rule that keeps them apart. The rating gap is joined, not
   * compared: that takes the ratings.
   */
  join(one: GroupRules, other: GroupRules): GroupRules | RuleName {
    if (one === NO_RULES) return other;
    if (other === NO_RULES) return one;
    const acceptable = joinLists(one.acceptable, other.acceptable, (a, b) => a & b);
    const blockedValue = acceptable.indexOf(0);
    if (blockedValue >= 0) return this.#overlaps[blockedValue]?.name ?? "attributes";
    const ranges = joinLists(one.ranges, other.ranges, joinRanges);
    const blockedRange = ranges.findIndex(({ min, max }) => min > max);
    if (blockedRange >= 0) return this.#ranges[blockedRange] ?? "attributes";
    const latencyMs = joinLatencies(one.latencyMs, other.latencyMs);
    if (latencyMs !== null && !Object.values(latencyMs).some((ms) => ms <= this.#maxLatencyMs)) return "latency_ms";
    return { maxRatingGap: Math.min(one.maxRatingGap, other.maxRatingGap), acceptable, ranges, latencyMs };
  }
}

function bitsOf(value: unknown, bits: ReadonlyMap<string, number>): number {
  if (!Array.isArray(value)) return ANY_VALUE;
  return value.reduce((mask: number, name) => mask | (bits.get(name) ?? 0), 0);
}

function rangeOf(value: unknown): NumberRange {
  if (typeof value !== "object" || value === null || !("min" in value) || !("max" in value)) return ANY_NUMBER;
  return typeof value.min === "number" && typeof value.max === "number"
    ? { min: value.min, max: value.max }
    : ANY_NUMBER;
}

/** An empty list says nothing; otherwise both have an entry for each attribute. */
function joinLists<Entry>(
  one: readonly Entry[],
  other: readonly Entry[],
  join: (a: Entry, b: Entry) => Entry,
): readonly Entry[] {
  if (one.length === 0) return other;
  if (other.length === 0) return one;
  return one.map((entry, index) => {
    const theirs = other[index];
    return theirs === undefined ? entry : join(entry, theirs);
  });
}

function joinRanges(one: NumberRange, other: NumberRange): NumberRange {
  return { min: Math.max(one.min, other.min), max: Math.min(one.max, other.max) };
}

/** The locations that both reach, each with the higher latency. */
function joinLatencies(one: GroupRules["latencyMs"], other: GroupRules["latencyMs"]): GroupRules["latencyMs"] {
  if (one === null) return other;
  if (other === null) return one;
  const joined: Record<string, number> = {};
  for (const [location, ms] of Object.entries(one)) {
    const theirs = other[location];
    if (theirs !== undefined) joined[location] = Math.max(ms, theirs);
  }
  return joined;
}
