import type { MetricSnapshot, MetricsDelta, Sample } from "../../../src/metrics/delta.ts";

export function aCounter(name: string, ...values: Sample[]): MetricSnapshot {
  return { name, help: "A counter.", type: "counter", aggregator: "sum", values };
}

export function aGauge(name: string, ...values: Sample[]): MetricSnapshot {
  return { name, help: "A gauge.", type: "gauge", aggregator: "first", values };
}

/** @param counts how many observations each bucket holds, itself and all below */
export function aHistogram(name: string, counts: Readonly<Record<string, number>>): MetricSnapshot {
  const all = Math.max(...Object.values(counts));
  const buckets = Object.entries({ ...counts, "+Inf": all });
  return {
    name,
    help: "A histogram.",
    type: "histogram",
    aggregator: "sum",
    values: [
      ...buckets.map(([le, value]) => ({ value, labels: { le }, metricName: `${name}_bucket` })),
      { value: all, labels: {}, metricName: `${name}_sum` },
      { value: all, labels: {}, metricName: `${name}_count` },
    ],
  };
}

/** The samples as the scrape names them: `name{label="value"}` to value. */
export function samplesOf(delta: MetricsDelta): Record<string, number> {
  return Object.fromEntries(
    delta.flatMap(({ name, values }) =>
      values.map(({ labels, metricName, value }) => {
        const pairs = Object.entries(labels).map(([label, text]) => `${label}="${text}"`);
        return [`${metricName ?? name}{${pairs.sort().join(",")}}`, value];
      }),
    ),
  );
}
