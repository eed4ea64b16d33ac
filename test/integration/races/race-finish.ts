import { runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { hubStub } from "../../../src/metrics/hub-stub.ts";
import { PUSH_PERIOD_MS } from "../../../src/metrics/metrics-source.ts";
import type { Region } from "../../../src/region/region.ts";
import { eventually, regionObject } from "../region-support.ts";
import { falseTellings } from "./false-tellings.ts";
import type { RaceClock } from "./race-clock.ts";
import type { RaceRegion } from "./race-region.ts";
import { holderIn } from "./race-region.ts";

/** Who waits and which matches there are, by the tables as they are now. */
export async function storedState({ name }: RaceRegion) {
  return runInDurableObject(regionObject(name), (_, { storage: { sql } }) => ({
    tickets: sql.exec<{ ticket_id: string }>("SELECT ticket_id FROM tickets ORDER BY ticket_id").toArray(),
    matches: sql
      .exec<{ match_id: string; status: string }>("SELECT match_id, status FROM matches ORDER BY match_id")
      .toArray(),
  }));
}

/** The same as the record of all races has it. */
export function recordedState({ record }: RaceRegion): Awaited<ReturnType<typeof storedState>> {
  const matches = [...record.matches.values()].map(({ matchId, status }) => ({ match_id: matchId, status }));
  return {
    tickets: [...record.waiting.keys()].sort().map((ticket_id) => ({ ticket_id })),
    matches: matches.sort((a, b) => (a.match_id < b.match_id ? -1 : 1)),
  };
}

/** Everybody who ever raced, and who holds them by the region's memory. */
export async function heldInMemory({ name, record }: RaceRegion): Promise<Record<string, string>> {
  return runInDurableObject(regionObject(name), async (region: Region) => {
    const holders: Record<string, string> = {};
    for (const playerId of record.histories.keys()) holders[playerId] = holderIn(await region.stateOf(playerId));
    return holders;
  });
}

/** The same as the record has it. */
export function heldInRecord({ record }: RaceRegion): Record<string, string> {
  return Object.fromEntries([...record.histories.keys()].map((playerId) => [playerId, record.holderOf(playerId)]));
}

/** What sockets heard that is not so. */
export async function falselyHeard({ racers, record }: RaceRegion): Promise<string[]> {
  const problems: string[] = [];
  for (const [playerId, listener] of racers.listeners) {
    // An answer comes behind everything that was said before.
    listener.say({ type: "decline", match_id: "none", round: 1, ref: "the last" });
    await listener.answerTo("the last");
    problems.push(...falseTellings(listener.heard, record.histories.get(playerId) ?? []));
  }
  return problems;
}

/** How many tickets and how many of its own failures the region counted, when it has pushed what it counted last. */
export async function countedTickets({ name, record }: RaceRegion, clock: RaceClock) {
  const look = async () => {
    const page = await hubStub(env).scrape();
    const added = sumOf(page, "muster_tickets_added_total", `region="${name}"`);
    const ended = (ending: string) => sumOf(page, "muster_tickets_ended_total", `region="${name}".*ending="${ending}"`);
    const failures = sumOf(page, "muster_invariant_violations_total", `region="${name}"`);
    return { added, cancelled: ended("cancelled"), matched: ended("matched"), failures };
  };
  clock.putForward(PUSH_PERIOD_MS);
  await regionObject(name).wake();
  return eventually(async () => {
    const counts = await look();
    return counts.added >= record.counts.added ? counts : null;
  });
}

function sumOf(page: string, metric: string, labels: string): number {
  const lines = page.matchAll(new RegExp(`^${metric}\\{.*${labels}.*\\} (\\d+)$`, "gm"));
  return [...lines].reduce((sum, [, value]) => sum + Number(value), 0);
}
