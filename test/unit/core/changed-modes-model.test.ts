import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { ModeTable } from "../../../src/core/mode.ts";
import type { ModeDefinition } from "../../../src/core/mode-definition.ts";
import type { Queue } from "../../../src/core/queue.ts";
import { aModeTable } from "../builders/a-mode.ts";
import { aQueue, changesOfType } from "../builders/a-queue.ts";
import { aRegionRun } from "../builders/a-region-run.ts";
import { EVENT_DEFINITIONS, EVENT_PLAYERS } from "../builders/event-world.ts";
import { historiesWithPrompts } from "../builders/histories-with-prompts.ts";
import { holdersIn, holdersOf } from "../builders/holders.ts";

/** What a deploy may make of a mode; null: it is gone. */
const edit = fc.constantFrom<Partial<ModeDefinition> | null>(
  {},
  {},
  { teamSize: 1 },
  { teamSize: 2 },
  { teams: 3, teamSize: 1 },
  { teams: 2, teamSize: 1 },
  { teams: 2, teamSize: 2, partySizes: [1] },
  { maxRatingGap: 5 },
  { readyCheck: null },
  { readyCheck: { coolDownsS: [] } },
  { assignWithinS: null },
  { assignWithinS: 15 },
  null,
);

const changedModes: fc.Arbitrary<ModeTable> = fc
  .tuple(...EVENT_DEFINITIONS.map(() => edit))
  .map((edits) => EVENT_DEFINITIONS.flatMap((mode, index) => changed(mode, edits[index] ?? null) ?? []))
  .filter((definitions) => definitions.length > 0)
  .map((definitions) => aModeTable(...definitions));

function changed(mode: ModeDefinition, overrides: Partial<ModeDefinition> | null): ModeDefinition | null {
  return overrides === null ? null : { ...mode, ...overrides };
}

const awayMs = fc.constantFrom(0, 1_000, 30_000);

/** Everybody who is asked accepts. */
function acceptAll(queue: Queue, nowMs: number): void {
  for (const { playerId } of EVENT_PLAYERS) {
    const asked = queue.readyCheckOf(playerId, nowMs);
    if (asked !== null) queue.accept({ playerId, matchId: asked.matchId, round: asked.round }, nowMs);
  }
}

describe("a region that wakes up after any events under other modes", () => {
  it("strands nobody, whatever they were in the middle of, and whether they accept what they are asked or not", () => {
    const seen: Record<string, number> = {};
    fc.assert(
      fc.property(historiesWithPrompts, changedModes, fc.boolean(), awayMs, (events, modes, isWilling, laterMs) => {
        const run = aRegionRun();
        for (const event of events) {
          run.nowMs += event.afterMs;
          run.step(event);
        }
        const { store } = run;
        let nowMs = run.nowMs + laterMs;
        const connected = EVENT_PLAYERS.map(({ playerId }) => playerId);
        const queue = aQueue({ modes, state: store.read(), nowMs, lastId: 90_000, connected });
        const untilMs = nowMs + 10 * 60_000;
        for (;;) {
          const changes = queue.takeChanges();
          for (const { outcome } of changesOfType(changes, "proposal_ended")) seen[outcome] = (seen[outcome] ?? 0) + 1;
          store.write(changes);
          expect(holdersOf(queue)).toEqual(holdersIn(store));
          const asked = [...store.proposals.values()].flatMap(({ seats }) => seats).length;
          const inLine = [...modes.byName.keys()].reduce((sum, mode) => sum + queue.waitingTickets(mode), 0);
          expect(inLine + asked).toBe(store.tickets.size);
          const nextMs = queue.nextWakeMs();
          if (nextMs === null || nextMs > untilMs) break;
          nowMs = Math.max(nowMs, nextMs);
          if (isWilling) acceptAll(queue, nowMs);
          queue.tick(nowMs);
          expect(queue.nextWakeMs() ?? Number.POSITIVE_INFINITY).toBeGreaterThan(nowMs);
        }
        // Where servers are needed, the same players may be asked again and again; but nobody is asked for all that time.
        for (const { proposedAtMs } of store.proposals.values())
          expect(proposedAtMs).toBeGreaterThan(untilMs - 200_000);
      }),
      { numRuns: 600 },
    );
    for (const outcome of ["confirmed", "dissolved"]) expect(seen[outcome]).toBeGreaterThan(30);
  });
});
