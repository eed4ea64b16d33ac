import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Change } from "../../../src/core/changes.ts";
import type { Queue } from "../../../src/core/queue.ts";
import { Log } from "../../../src/log.ts";
import { Entrance } from "../../../src/region/entrance.ts";
import { Profiles } from "../../../src/region/profiles.ts";
import { aQueue, changesOfType } from "../builders/a-queue.ts";
import { EVENT_MODES, EVENT_PLAYERS } from "../builders/event-world.ts";
import { historiesWithPrompts } from "../builders/histories-with-prompts.ts";
import { idOf } from "../builders/party-events.ts";
import type { QueueEvent } from "../builders/queue-events.ts";
import { happen, partyEvents, queueEvents } from "../builders/queue-events.ts";

type Known = Record<"matchIds" | "proposedIds" | "partyCodes", string[]>;

/** A region as its callers see it: whoever comes goes through the entrance, all else goes to the queue. */
class Region {
  readonly queue: Queue = aQueue({ modes: EVENT_MODES, nowMs: 1_000_000 });
  readonly known: Known = { matchIds: [], proposedIds: [], partyCodes: [] };
  nowMs = 1_000_000;
  isShedding = false;
  #changes: Change[] = [];
  readonly #entrance = new Entrance({
    region: "EUW",
    log: new Log("off"),
    now: () => this.nowMs,
    queue: () => this.queue,
    event: (act) => this.#event(act),
    modes: EVENT_MODES,
    profiles: new Profiles(async (ids) => ids.map(profileOf), 100),
    guard: { refusalOf: () => (this.isShedding ? { reason: "overloaded", untilMs: this.nowMs + 5_000 } : null) },
  });

  async happen(event: QueueEvent): Promise<{ readonly answer: unknown; readonly changes: readonly Change[] }> {
    const answer = await this.#answerTo(event);
    const changes = this.#changes;
    this.#changes = [];
    return { answer, changes };
  }

  async #answerTo(event: QueueEvent): Promise<unknown> {
    const constraints = {};
    switch (event.type) {
      case "enqueue": {
        const { mode, isSystem, release, lease } = event;
        const call = { playerId: idOf(event.player), mode, isSystem, release, ...(lease !== undefined && { lease }) };
        return this.#entrance.enqueue({ ...call, constraints });
      }
      case "enqueue_list":
        return this.#entrance.enqueueParty({ playerIds: event.players.map(idOf), mode: event.mode, constraints });
      case "create_party":
        return this.#entrance.createParty({ playerId: idOf(event.player) });
      case "join_party": {
        const code = this.known.partyCodes.at(-1 - event.party) ?? "EUW-NEVERMADE";
        return this.#entrance.joinParty(code, { playerId: idOf(event.player) });
      }
      default:
        return this.#event((queue, nowMs) => happen(queue, event, this.known, nowMs));
    }
  }

  #event<Outcome>(act: (queue: Queue, nowMs: number) => Outcome): Outcome {
    const outcome = act(this.queue, this.nowMs);
    for (const change of this.queue.takeChanges()) {
      this.#changes.push(change);
      if (change.type === "proposal_changed" && change.event === "proposed")
        this.known.proposedIds.push(change.proposal.matchId);
      if (change.type === "match_changed" && change.event === "formed") this.known.matchIds.push(change.match.matchId);
      if (change.type === "party_changed" && change.event === "created") this.known.partyCodes.push(change.party.code);
    }
    return outcome;
  }
}

const DOORS: readonly QueueEvent["type"][] = ["enqueue", "enqueue_list", "create_party"];

describe("a region that sheds load at any times of any history", () => {
  it("differs from one that does not in nothing but the newcomers whom it turned away", async () => {
    const seen = { turnedAway: 0, served: new Set<string>() };
    const anyEvents = fc.oneof(historiesWithPrompts, partyEvents, queueEvents);
    const isShedding = fc.constantFrom(true, false, false);
    const history = anyEvents.chain((events) =>
      fc.tuple(...events.map((event) => fc.tuple(fc.constant(event), isShedding))),
    );
    await fc.assert(
      fc.asyncProperty(history, async (steps) => {
        const [shedding, calm] = [new Region(), new Region()];
        for (const [event, isShedding] of steps) {
          if (event.type === "restart") continue;
          shedding.isShedding = isShedding;
          shedding.nowMs += event.afterMs;
          calm.nowMs = shedding.nowMs;
          const isIn = askersOf(event).some((id) => shedding.queue.stateOf(id).type === "queued");
          const { answer, changes } = await shedding.happen(event);
          if (isTurnedAway(answer)) {
            expect({ isShedding, isIn, changes }).toEqual({ isShedding: true, isIn: false, changes: [] });
            expect(DOORS).toContain(event.type);
            seen.turnedAway += 1;
            continue;
          }
          if (isShedding && DOORS.includes(event.type)) expect(newcomersIn(changes)).toEqual([]);
          if (isShedding && changes.length > 0) seen.served.add(event.type);
          expect({ event, answer, changes }).toEqual({ event, ...(await calm.happen(event)) });
        }
      }),
      // One set of histories, so that what they bring about can be counted.
      { numRuns: 600, seed: 3 },
    );
    expect(seen.turnedAway).toBeGreaterThan(500);
    expect([...seen.served]).toEqual(expect.arrayContaining(SERVED));
  });
});

/** What must go on while nobody new is let in, and was seen to change something. */
const SERVED = ["answer", "cancel", "join_party", "leave_party", "report", "seen", "tick"];

function askersOf(event: QueueEvent): string[] {
  if (event.type === "enqueue_list") return event.players.slice(0, 1).map(idOf);
  return event.type === "enqueue" ? [idOf(event.player)] : [];
}

/** Tickets that came into line, and parties that were made, by the call of somebody who wanted in. */
function newcomersIn(changes: readonly Change[]): unknown[] {
  const parties = changesOfType(changes, "party_changed").filter(({ event }) => event === "created");
  return [...changesOfType(changes, "ticket_added"), ...parties];
}

function isTurnedAway(answer: unknown): boolean {
  return JSON.stringify(answer)?.startsWith('{"ok":false,"refusal":{"reason":"overloaded"') ?? false;
}

function profileOf(playerId: string) {
  const { mu, sigma } = EVENT_PLAYERS.find((player) => player.playerId === playerId) ?? { mu: 25, sigma: 8 };
  const ratings = new Map([...EVENT_MODES.byName.keys()].map((mode) => [mode, { mu, sigma, seq: 0 }]));
  return { playerId, region: "EUW", ratings };
}
