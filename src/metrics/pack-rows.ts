import type { MetricSnapshot } from "./delta.ts";

/**
 * Puts metrics into as few JSON texts as fit: rows written are what storage costs, and one row for everything costs a
 * twentieth of a row for each metric.
 *
 * @param rowBytes most characters of a text, unless a single metric is longer
 * @returns JSON arrays of metrics, in order
 */
export function packRows(metrics: Iterable<MetricSnapshot>, rowBytes: number): string[] {
  const rows: string[][] = [];
  let bytes = Number.POSITIVE_INFINITY;
  for (const metric of metrics) {
    const json = JSON.stringify(metric);
    bytes += json.length + 1;
    if (bytes > rowBytes) {
      rows.push([]);
      bytes = json.length + 1;
    }
    rows.at(-1)?.push(json);
  }
  return rows.map((row) => `[${row.join(",")}]`);
}
