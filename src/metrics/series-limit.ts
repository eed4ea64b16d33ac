import type { MetricSnapshot, Sample } from "./delta.ts";

/**
 * How much the hub keeps, in bytes of JSON. A metric must fit into a row, which may have 2 MB; the scrape has about as
 * many bytes as all rows together. 5 MB are some 40,000 lines; ten regions with three modes make about 3,000.
 */
export const SERIES_LIMITS = { bytesPerMetric: 1_000_000, bytes: 5_000_000 } as const;

/** Room for the digits of a value that grows after its series was let in. */
const GROWTH_BYTES = 20;

/**
 * Bounds what a label with too many values (a bug) can do to the hub: series that are known stay and are counted on,
 * new ones are let in while there is room. A series here is a label set; a histogram's buckets come and go together.
 */
export class SeriesLimit {
  readonly #limits: { readonly bytesPerMetric: number; readonly bytes: number };
  readonly #known = new Map<string, { readonly series: Set<string>; bytes: number }>();
  #bytes = 0;

  constructor(limits: { readonly bytesPerMetric: number; readonly bytes: number } = SERIES_LIMITS) {
    this.#limits = limits;
  }

  /** @returns the metric with the series that are let in (null: none), and how many were not */
  admit(metric: MetricSnapshot): { readonly metric: MetricSnapshot | null; readonly refused: number } {
    const bySeries = Map.groupBy(metric.values, seriesOf);
    const admitted = [...bySeries].filter(([series, samples]) => this.#admitSeries(metric.name, series, samples));
    const values = admitted.flatMap(([, samples]) => samples);
    return { metric: values.length > 0 ? { ...metric, values } : null, refused: bySeries.size - admitted.length };
  }

  #admitSeries(name: string, series: string, samples: readonly Sample[]): boolean {
    const known = this.#known.get(name) ?? { series: new Set<string>(), bytes: 0 };
    if (known.series.has(series)) return true;
    const bytes = new TextEncoder().encode(JSON.stringify(samples)).byteLength + samples.length * GROWTH_BYTES;
    if (known.bytes + bytes > this.#limits.bytesPerMetric || this.#bytes + bytes > this.#limits.bytes) return false;
    known.series.add(series);
    known.bytes += bytes;
    this.#bytes += bytes;
    this.#known.set(name, known);
    return true;
  }
}

/** The label set without a bucket's bound, written the same way whatever the order of the labels. */
function seriesOf({ labels }: Sample): string {
  return JSON.stringify(
    Object.entries(labels)
      .filter(([label]) => label !== "le")
      .sort(([one], [other]) => (one < other ? -1 : 1)),
  );
}
