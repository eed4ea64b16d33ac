import { z } from "zod";

/** One line of the scrape. `metricName` is set for the parts of a histogram: `…_bucket`, `…_sum`, `…_count`. */
const sampleSchema = z.object({
  value: z.number(),
  labels: z.record(z.string().regex(/^[a-zA-Z_][a-zA-Z0-9_]*$/), z.union([z.string(), z.number()])),
  metricName: z.string().optional(),
});

const snapshotSchema = z
  .object({
    name: z.string().regex(/^[a-zA-Z_:][a-zA-Z0-9_:]*$/),
    help: z.string().min(1),
    type: z.enum(["counter", "gauge", "histogram"]),
    aggregator: z.enum(["sum", "first"]),
    values: z.array(sampleSchema),
  })
  .refine(hasFittingSamples);

/** One line of the scrape: a value and its labels. */
export type Sample = z.infer<typeof sampleSchema>;

/** One metric with its samples, in the form of prom-client's `getMetricsAsJSON()`. */
export type MetricSnapshot = z.infer<typeof snapshotSchema>;

/**
 * What a source counted since its last push: increments of counters and histograms, current values of gauges.
 * Plain data, so that it crosses RPC and fits into a row as JSON.
 */
export type MetricsDelta = readonly MetricSnapshot[];

/**
 * Reads what claims to be a delta: from prom-client, whose types leave half of it out, from another version of this
 * code during a deploy, or from a row. Names that are not known here are welcome.
 *
 * @returns the metrics that are well formed and not empty, and how many were not well formed
 */
export function parseDelta(input: unknown): { readonly delta: MetricsDelta; readonly refused: number } {
  if (!Array.isArray(input)) return { delta: [], refused: 1 };
  const results = input.map((metric) => snapshotSchema.safeParse(metric));
  const delta = results.flatMap(({ data }) => (data !== undefined && data.values.length > 0 ? [data] : []));
  return { delta, refused: results.filter(({ success }) => !success).length };
}

/** Counters only grow, and a histogram's samples are its own: else one bad push would spoil the whole page. */
function hasFittingSamples({ name, type, values }: { name: string; type: string; values: readonly Sample[] }): boolean {
  if (type === "histogram") return values.every((sample) => isHistogramPart(name, sample));
  return values.every(({ metricName, value }) => metricName === undefined && (type === "gauge" || value >= 0));
}

function isHistogramPart(name: string, { metricName, labels, value }: Sample): boolean {
  if (metricName === `${name}_bucket`) return labels.le !== undefined && value >= 0;
  if (metricName === `${name}_count`) return labels.le === undefined && value >= 0;
  return metricName === `${name}_sum` && labels.le === undefined;
}
