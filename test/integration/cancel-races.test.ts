import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { RaceClock } from "./races/race-clock.ts";
import {
  countedTickets,
  falselyHeard,
  heldInMemory,
  heldInRecord,
  recordedState,
  storedState,
} from "./races/race-finish.ts";
import { RaceRegion } from "./races/race-region.ts";
import { RaceTally } from "./races/race-tally.ts";
import { restart } from "./region-support.ts";

const SEED = 20_261;
const REGIONS = ["EUW", "NA", "KR", "BR"];
const CANCELS_PER_REGION = 2_500;

const clock = new RaceClock();
const tally = new RaceTally();
beforeAll(() => clock.start());
afterAll(() => clock.stop());

describe.each(REGIONS)("2,500 cancels raced against ticks in %s", (name) => {
  const seed = SEED + REGIONS.indexOf(name);
  const region = new RaceRegion(name, seed, clock);

  it("each get a receipt that agrees with what happened", { timeout: 180_000 }, async () => {
    await region.open();
    const aim = tally.counts.cancels + CANCELS_PER_REGION;
    for (let race = 1; tally.counts.cancels < aim; race += 1) {
      const { calls, problems } = await region.race();
      expect(problems, `race ${race} of seed ${seed}`).toEqual([]);
      tally.take(calls, region.record);
    }
  });

  it("were told to sockets just as they happened", async () => {
    expect(await falselyHeard(region)).toEqual([]);
  });

  it("lost no ticket and failed nowhere: as many were counted in as out and waiting", async () => {
    const { counts, waiting } = region.record;
    expect(await countedTickets(region, clock)).toEqual({ ...counts, failures: 0 });
    expect(counts.added).toBe(counts.cancelled + counts.matched + waiting.size);
  });

  it("left memory and storage of one mind, also after a restart, and others where they were", async () => {
    expect(await storedState(region)).toEqual(recordedState(region));
    expect(await heldInMemory(region)).toEqual(heldInRecord(region));
    await restart(name);
    expect(await heldInMemory(region)).toEqual(heldInRecord(region));
    const held = region.bystanders.map((playerId) => region.record.holderOf(playerId));
    expect(held).toEqual(region.bystanders.map(() => expect.stringMatching(/^ticket /)));
  });
});

describe("the races", () => {
  it("had all that they are for in them, often", () => {
    const { cancels, ...kinds } = tally.counts;
    expect(cancels).toBeGreaterThanOrEqual(REGIONS.length * CANCELS_PER_REGION);
    // Where this was written, the rarest came about 350 times.
    for (const [kind, count] of Object.entries(kinds)) expect(count, kind).toBeGreaterThan(cancels / 200);
  });
});
