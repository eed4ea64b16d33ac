import { expect, it } from "vitest";
import { matchesPerSecond } from "../outage/phases.ts";
import { refusedPlayers } from "../outage/print-summary.ts";
import { runOutageTest } from "../outage/run-outage-test.ts";

/** A small run of `npm run test:outage`, judged by facts: how fast matches are made is for the full one to say. */
it("while D1 hangs known players go on to be matched, others are asked to come back, and D1 holds it all later", async () => {
  const summary = await runOutageTest({
    kind: "hang",
    rounds: 1,
    outageSeconds: 7,
    normalSeconds: 3,
    warmUpSeconds: 1,
    players: 24,
    restSeconds: 1,
    seed: 1,
    onPhase: () => {},
    onLine: () => {},
  });
  const { faults, oddities, phases, probes, acknowledged } = summary;
  expect({ faults, oddities, refused: refusedPlayers(summary) }).toEqual({ faults: [], oddities: [], refused: 0 });
  expect(matchesPerSecond(phases, ["outage"])).toBeGreaterThan(0);
  expect(probes.map(({ asked }) => asked)).toContain("POST /matchmaking/queue, of a stranger");
  expect(acknowledged.results).toBe(acknowledged.matches);
});
