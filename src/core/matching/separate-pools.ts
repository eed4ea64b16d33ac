import type { SameValue } from "../attribute.ts";
import type { Mode } from "../mode.ts";
import type { Ticket } from "../ticket.ts";

/**
 * Tickets that must not differ in an attribute, by what they say there: one pool for each combination. So a rare build
 * costs the common one nothing and finds its own kind at once, which joining rules ticket by ticket would not.
 *
 * @returns the pools in the order of their values, so that the order of tickets does not matter
 */
export function separatePools(tickets: readonly Ticket[], mode: Mode): readonly (readonly Ticket[])[] {
  const names = sameAttributes(mode);
  if (names.length === 0) return [tickets];
  const pools = new Map<string, Ticket[]>();
  for (const ticket of tickets) {
    const key = JSON.stringify(names.map((name) => sameValueOf(ticket, mode, name)));
    const pool = pools.get(key);
    if (pool === undefined) pools.set(key, [ticket]);
    else pool.push(ticket);
  }
  return [...pools.keys()].sort().map((key) => pools.get(key) ?? []);
}

/** The attributes of a mode in which all tickets of a match must be the same. */
export function sameAttributes({ attributes }: Mode): string[] {
  return Object.keys(attributes).filter((name) => attributes[name]?.rule === "same");
}

/** Says of tickets whether they are of the same pool as this one. */
export function sameValuesAs(ticket: Ticket, mode: Mode): (other: Ticket) => boolean {
  const values = sameAttributes(mode).map((name) => ({ name, value: sameValueOf(ticket, mode, name) }));
  return (other) => values.every(({ name, value }) => sameValueOf(other, mode, name) === value);
}

/** What a ticket says there, or the mode's default for those who say nothing; null: neither. */
export function sameValueOf(ticket: Ticket, { attributes }: Mode, name: string): SameValue | null {
  const said = ticket.constraints.attributes?.[name];
  if (typeof said === "string" || typeof said === "number" || typeof said === "boolean") return said;
  const rule = attributes[name];
  return rule?.rule === "same" ? (rule.default ?? null) : null;
}
