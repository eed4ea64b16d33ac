import type { AttributeValue } from "./attribute.ts";
import { covers, isNumberRange, isValueList } from "./attribute.ts";
import type { BackfillAsk } from "./backfill-calls.ts";
import type { MatchTerms } from "./match-terms.ts";
import type { TicketProblems } from "./ticket-problems.ts";

/**
 * A match's terms after the game has said what it is played by. They only ever narrow: what was agreed on binds
 * everybody who is there.
 *
 * @param locations where it may be run so far; null: its mode looks at no latencies
 * @returns the terms as they are from now on; what does not lie within them is added to `problems`
 */
export function settleTerms(
  terms: MatchTerms | undefined,
  said: Pick<BackfillAsk, "attributes" | "locations">,
  locations: readonly string[] | null,
  problems: TicketProblems,
): MatchTerms | undefined {
  const attributes = Object.entries(said.attributes ?? {}).flatMap(([name, value]): [string, AttributeValue][] => {
    const agreed = agreedOn(terms, name);
    const settled = agreed === undefined ? undefined : settledOn(value, agreed);
    if (settled !== undefined) return [[name, settled]];
    problems.add(
      ["attributes", name],
      agreed === undefined ? "The match agreed on nothing of this name." : `Some of ${JSON.stringify(agreed)}.`,
    );
    return [];
  });
  if (said.locations !== undefined) checkLocations(said.locations, locations, problems);
  if (attributes.length === 0 && said.locations === undefined) return terms;
  return {
    ...terms,
    ...(attributes.length > 0 && { attributes: { ...terms?.attributes, ...Object.fromEntries(attributes) } }),
    ...(said.locations !== undefined && { locations: [...new Set(said.locations)] }),
  };
}

function agreedOn(terms: MatchTerms | undefined, name: string): AttributeValue | undefined {
  const { attributes = {} } = terms ?? {};
  return Object.hasOwn(attributes, name) ? attributes[name] : undefined;
}

/** In the form of what was agreed on: one map stands for a list of it, a number for a range. Undefined: not within. */
function settledOn(said: AttributeValue, agreed: AttributeValue): AttributeValue | undefined {
  let value = said;
  if (isValueList(agreed)) value = isValueList(said) ? agreed.filter((one) => said.includes(one)) : [String(said)];
  if (isNumberRange(agreed) && typeof said === "number") value = { min: said, max: said };
  const isEmpty = isValueList(value) ? value.length === 0 : isNumberRange(value) && value.min > value.max;
  return isEmpty || !covers(agreed, value) || (isValueList(said) && !covers(agreed, said)) ? undefined : value;
}

function checkLocations(said: readonly string[], locations: readonly string[] | null, problems: TicketProblems): void {
  if (locations === null) problems.add(["locations"], "This mode looks at no latencies; leave it out.");
  else if (said.length === 0 || !covers(locations, said))
    problems.add(["locations"], `Some of ${locations.join(", ")}.`);
}
