import { assert } from "./assert.ts";
import type { AttributeRule, Attributes, AttributeValue } from "./attribute.ts";
import { isNumberRange, isValueList } from "./attribute.ts";
import type { Mode } from "./mode.ts";
import type { Ticket } from "./ticket.ts";

/** What the tickets of a match agreed on, for whoever sets the game up. */
export interface MatchTerms {
  /** Each attribute of the mode: the values that everybody accepts, the value that all share, or the common range. */
  readonly attributes?: Attributes;
  /**
   * Server locations within reach of everybody, best first: by the highest latency, then by name. Absent where nobody
   * said latencies: any location will do.
   */
  readonly locations?: readonly string[];
}

/**
 * What tickets that were put into one match agree on, by the rules by which they were. That they do agree is the
 * matcher's business.
 *
 * @param tickets of one match, in normal form
 * @returns null where there was nothing to agree on
 */
export function agreeOnTerms(tickets: readonly Ticket[], mode: Mode): MatchTerms | null {
  const attributes: [string, AttributeValue][] = [];
  for (const [name, rule] of Object.entries(mode.attributes)) {
    const said = tickets
      .map(({ constraints }) => saidOf(constraints.attributes ?? {}, name))
      .filter((value) => value !== undefined);
    const agreed = agreeOn(said, rule);
    assert(agreed !== null, `the tickets of a match agree on ${name}`);
    attributes.push([name, agreed]);
  }
  const locations = mode.maxLatencyMs === null ? null : commonLocations(tickets, mode.maxLatencyMs);
  if (attributes.length === 0 && locations === null) return null;
  return {
    ...(attributes.length > 0 && { attributes: Object.fromEntries(attributes) }),
    ...(locations !== null && { locations }),
  };
}

/** A name is free: `constructor` must not find what every object inherits. */
function saidOf<Value>(said: Readonly<Record<string, Value>>, name: string): Value | undefined {
  return Object.hasOwn(said, name) ? said[name] : undefined;
}

/** @param said by the tickets that say something; null: nothing would suit them all */
function agreeOn(said: readonly AttributeValue[], rule: AttributeRule): AttributeValue | null {
  switch (rule.rule) {
    case "overlap": {
      const common = rule.values.filter((value) =>
        said.every((accepted) => isValueList(accepted) && accepted.includes(value)),
      );
      return common.length > 0 ? common : null;
    }
    case "same": {
      const [first] = said;
      return first !== undefined && said.every((value) => value === first) ? first : null;
    }
    case "range": {
      const ranges = said.filter(isNumberRange);
      const min = Math.max(rule.min, ...ranges.map((range) => range.min));
      const max = Math.min(rule.max, ...ranges.map((range) => range.max));
      return min <= max ? { min, max } : null;
    }
  }
}

/** Null: nobody says latencies. */
function commonLocations(tickets: readonly Ticket[], maxLatencyMs: number): readonly string[] | null {
  const said = tickets.map(({ constraints }) => constraints.latencyMs).filter((latencyMs) => latencyMs !== undefined);
  const [first] = said;
  if (first === undefined) return null;
  const common = Object.keys(first)
    .map((location) => ({
      location,
      worstMs: Math.max(...said.map((latencyMs) => saidOf(latencyMs, location) ?? Number.POSITIVE_INFINITY)),
    }))
    .filter(({ worstMs }) => worstMs <= maxLatencyMs)
    .sort((a, b) => a.worstMs - b.worstMs || (a.location < b.location ? -1 : 1));
  assert(common.length > 0, "the tickets of a match have a location in common");
  return common.map(({ location }) => location);
}
