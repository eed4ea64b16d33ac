import type { AttributeRule, Attributes, AttributeValue, NumberRange, SameValue } from "./attribute.ts";
import { isNumberRange, isValueList } from "./attribute.ts";
import type { Mode } from "./mode.ts";
import type { TicketProblems } from "./ticket-problems.ts";

const ATTRIBUTES = ["constraints", "attributes"];

/**
 * Brings what a ticket says of its mode's attributes into the form that their rules compare: a sorted list without
 * repeats, the value (the default where nothing is said), a range. A bare number says the range from it to itself.
 *
 * Refuses unknown attributes, values of the wrong type or outside what the mode knows, and what nobody could ever
 * match: an empty list, a range whose ends are the wrong way round.
 */
export function checkAttributes(asked: Attributes, rules: Mode["attributes"], problems: TicketProblems): Attributes {
  for (const name of Object.keys(asked)) {
    if (Object.hasOwn(rules, name)) continue;
    problems.add([...ATTRIBUTES, name], `Known attributes: ${Object.keys(rules).join(", ") || "none"}.`);
  }
  const normal: [string, AttributeValue][] = [];
  for (const [name, rule] of Object.entries(rules)) {
    const value = checkAttribute(name, Object.hasOwn(asked, name) ? asked[name] : undefined, rule, problems);
    if (value !== undefined) normal.push([name, value]);
  }
  return Object.fromEntries(normal);
}

/** Undefined: the ticket takes any value, or what it says is refused. */
function checkAttribute(
  name: string,
  value: AttributeValue | undefined,
  rule: AttributeRule,
  problems: TicketProblems,
): AttributeValue | undefined {
  switch (rule.rule) {
    case "overlap":
      return value === undefined ? undefined : checkList(name, value, rule.values, problems);
    case "same":
      return checkSame(name, value, rule.default, problems);
    case "range":
      return value === undefined ? undefined : checkRange(name, value, rule, problems);
  }
}

function checkList(
  name: string,
  value: AttributeValue,
  known: readonly string[],
  problems: TicketProblems,
): readonly string[] {
  if (!isValueList(value)) {
    problems.add([...ATTRIBUTES, name], `A list of some of ${known.join(", ")}.`);
    return [];
  }
  if (value.length === 0) {
    problems.add([...ATTRIBUTES, name], "An empty list fits no match; leave it out to take any value.");
  }
  value.forEach((one, index) => {
    if (!known.includes(one)) problems.add([...ATTRIBUTES, name, index], `One of ${known.join(", ")}.`);
  });
  return [...new Set(value)].sort();
}

/** A default also says of what type a value must be: `"true"` would silently wait in a pool of its own. */
function checkSame(
  name: string,
  value: AttributeValue | undefined,
  usual: SameValue | undefined,
  problems: TicketProblems,
): SameValue | undefined {
  if (value === undefined) {
    if (usual === undefined)
      problems.add([...ATTRIBUTES, name], "This mode needs it: all players of a match share it.");
    return usual;
  }
  const isRight = usual === undefined ? isSameValue(value) : typeof value === typeof usual;
  if (isRight && isSameValue(value)) return value;
  problems.add([...ATTRIBUTES, name], `A ${usual === undefined ? "string, number or boolean" : typeof usual}.`);
  return undefined;
}

function isSameValue(value: AttributeValue): value is SameValue {
  return typeof value === "string" || typeof value === "boolean" || Number.isFinite(value);
}

function checkRange(
  name: string,
  value: AttributeValue,
  allowed: NumberRange,
  problems: TicketProblems,
): NumberRange | undefined {
  const steps = [...ATTRIBUTES, name];
  const range = rangeOf(value);
  if (range === null) {
    problems.add(steps, "A number, or a range of numbers with min and max.");
    return undefined;
  }
  const where =
    typeof value === "number" ? { min: steps, max: steps } : { min: [...steps, "min"], max: [...steps, "max"] };
  const outside = `From ${allowed.min} to ${allowed.max}.`;
  if (range.min > range.max) problems.add(steps, "The range is empty: min is above max.");
  else if (range.min < allowed.min || range.min > allowed.max) problems.add(where.min, outside);
  else if (range.max > allowed.max) problems.add(where.max, outside);
  return range;
}

function rangeOf(value: AttributeValue): NumberRange | null {
  if (typeof value === "number") return Number.isFinite(value) ? { min: value, max: value } : null;
  if (!isNumberRange(value)) return null;
  const { min, max } = value;
  return Number.isFinite(min) && Number.isFinite(max) ? { min, max } : null;
}
