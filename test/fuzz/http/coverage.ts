import type { Operation } from "./document.ts";

/** Nothing that a caller sends may lead to these; they come from outages, which a fuzzed service has none of. */
const OF_OUTAGES = ["500", "503"];

/**
 * How much of the document a run has reached: which operations, which of their documented statuses, and how many answers
 * were successes. What was not reached is named, so that a generator which has gone blind is seen.
 *
 * @param statuses answers by operation and status, as `Tally` counts them
 */
export function coverageLines(
  operations: readonly Operation[],
  statuses: ReadonlyMap<string, ReadonlyMap<string, number>>,
): string[] {
  let documented = 0;
  let reached = 0;
  const missed: string[] = [];
  for (const { name, method, responses } of operations) {
    const expected = Object.keys(responses).filter(
      // The platform's own proxy refuses a GET with a body before we see it.
      (status) => !OF_OUTAGES.includes(status) && !(method === "GET" && status === "413"),
    );
    const missing = expected.filter((status) => !statuses.get(name)?.has(status));
    documented += expected.length;
    reached += expected.length - missing.length;
    if (missing.length > 0) missed.push(`  ${name.padEnd(52)} ${missing.join("  ")}`);
  }
  const isServed = ({ name }: Operation) => countOf(statuses.get(name), isSuccess) > 0;
  const answers = [...statuses.values()].reduce((sum, one) => sum + countOf(one), 0);
  const successes = [...statuses.values()].reduce((sum, one) => sum + countOf(one, isSuccess), 0);
  return [
    `  ${operations.filter(({ name }) => statuses.has(name)).length} of ${operations.length} operations asked, ` +
      `${operations.filter(isServed).length} served`,
    `  ${reached} of ${documented} documented statuses reached, without ${OF_OUTAGES.join(" and ")}`,
    `  ${answers === 0 ? 0 : Math.round((100 * successes) / answers)} % of ${answers} answers were successes`,
    ...(missed.length === 0 ? [] : ["  not reached:", ...missed.map((line) => `  ${line}`)]),
  ];
}

function isSuccess(status: string): boolean {
  return Number(status) < 300;
}

function countOf(
  statuses: ReadonlyMap<string, number> | undefined,
  isCounted: (status: string) => boolean = () => true,
): number {
  return [...(statuses ?? [])].reduce((sum, [status, count]) => sum + (isCounted(status) ? count : 0), 0);
}
