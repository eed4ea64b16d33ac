import { expect, it } from "vitest";
import { MUST_READ_0, samplesAboveZero } from "../../../scripts/samples-above-zero.ts";
import { Metrics } from "../../../src/metrics/metrics.ts";

const PAGE = `# HELP muster_invariant_violations_total States that must never be. 1
# TYPE muster_invariant_violations_total counter
muster_invariant_violations_total{region="EUW",invariant="a {b} c"} 0
muster_invariant_violations_total{region="NA",invariant="tickets_conserved"} 2
muster_metrics_dropped_total 1
muster_sockets_open{region="EUW"} 7
`;

it("names each sample that must read 0 and does not, and nothing else", () => {
  expect(samplesAboveZero(PAGE, MUST_READ_0)).toEqual([
    'muster_invariant_violations_total{region="NA",invariant="tickets_conserved"} 2',
    "muster_metrics_dropped_total 1",
  ]);
});

it("knows no metric that the code does not have", async () => {
  const page = await new Metrics().registry.metrics();
  for (const name of MUST_READ_0) expect(page).toContain(`# TYPE ${name} `);
});
