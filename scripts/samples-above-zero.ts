/** Metrics that must read 0; see "What must read 0" in docs/operations.md. */
export const MUST_READ_0 = [
  "muster_invariant_violations_total",
  "muster_audit_violations_total",
  "muster_audit_violations_standing",
  "muster_metrics_dropped_total",
] as const;

/**
 * Finds what is wrong by a service's own word.
 *
 * @param page in the Prometheus text format
 * @returns the lines of these metrics whose value is not 0
 */
export function samplesAboveZero(page: string, names: readonly string[]): string[] {
  return page.split("\n").filter((line) => {
    const [name = ""] = line.split(/[{ ]/, 1);
    return names.includes(name) && Number(line.slice(line.lastIndexOf(" ") + 1)) !== 0;
  });
}
