import fc from "fast-check";
import { expect, test } from "vitest";
import type { Match } from "../../../src/core/match.ts";
import { matchPlayers } from "../../../src/core/match.ts";
import type { Queue } from "../../../src/core/queue.ts";
import type { Ticket } from "../../../src/core/ticket.ts";
import { aModeTable } from "../builders/a-mode.ts";
import { aPlayer } from "../builders/a-player.ts";
import { aQueue, changesOfType } from "../builders/a-queue.ts";
import type { HuntWish } from "../builders/asked-constraints.ts";
import { huntWishes } from "../builders/asked-constraints.ts";
import { HUNT } from "../builders/hunt-mode.ts";

const modes = aModeTable(HUNT);

interface FormedMatch {
  readonly match: Match;
  readonly tickets: readonly Ticket[];
}

/** Enqueues tickets with these wishes, a second apart, and ticks every second until all are overdue. */
function play(wishes: readonly HuntWish[]): FormedMatch[] {
  const queue = aQueue({ modes });
  const formed: FormedMatch[] = [];
  for (let second = 0; second < wishes.length + 40; second += 1) {
    const wish = wishes[second];
    if (wish !== undefined) enqueue(queue, second, wish);
    queue.tick(second * 1_000);
    const changes = queue.takeChanges();
    const ended = changesOfType(changes, "ticket_ended").map(({ ticket }) => ticket);
    for (const { match } of changesOfType(changes, "match_changed")) {
      const ids = new Set(matchPlayers(match).map(({ ticketId }) => ticketId));
      formed.push({ match, tickets: ended.filter(({ ticketId }) => ids.has(ticketId)) });
    }
  }
  return formed;
}

/** A party that is further apart than it allows is refused, and not there. */
function enqueue(queue: Queue, second: number, { mus, ...asked }: HuntWish): void {
  const players = mus.map((mu, index) => aPlayer(`p${second}-${index}`, mu));
  const avoid = (asked.avoid ?? []).filter((avoided) => players.every(({ playerId }) => playerId !== avoided));
  const request = { players, mode: modes.defaultMode, constraints: { ...asked, avoid }, code: null };
  queue.enqueueParty(request, second * 1_000);
}

function spreadOf(match: Match): number {
  const mus = matchPlayers(match).map(({ mu }) => mu);
  return Math.max(...mus) - Math.min(...mus);
}

test("no match breaks a rule of its mode or of anybody in it, however long they have waited", () => {
  let matches = 0;
  fc.assert(
    fc.property(fc.array(huntWishes, { minLength: 20, maxLength: 50, size: "max" }), (wishes) => {
      for (const { match, tickets } of play(wishes)) {
        matches += 1;
        for (const { players } of match.teams) {
          expect(players.map(({ role }) => role ?? "any").sort()).toEqual(["any", "healer", "tank"]);
        }
        const ids = matchPlayers(match).map(({ playerId }) => playerId);
        for (const { ticketId, constraints, players } of tickets) {
          expect(teamsOf(match, ticketId)).toHaveLength(1);
          expect(spreadOf(match)).toBeLessThanOrEqual(constraints.maxRatingGap ?? 30);
          for (const avoided of constraints.avoid ?? []) expect(ids).not.toContain(avoided);
          expectAgreed(match, constraints);
          for (const { playerId, roles } of players) {
            const role = matchPlayers(match).find((player) => player.playerId === playerId)?.role ?? null;
            if (role !== null && roles !== undefined) expect(roles).toContain(role);
          }
        }
      }
    }),
    { numRuns: 150 },
  );

  expect(matches).toBeGreaterThan(100);
});

/** What the match agreed on is what this ticket said it accepts. */
function expectAgreed({ terms }: Match, { attributes, latencyMs }: Ticket["constraints"]): void {
  expect(terms?.attributes?.build).toBe(attributes?.build);
  if (attributes?.map !== undefined) expect(attributes.map).toEqual(expect.arrayContaining([...mapsOf(terms)]));
  if (latencyMs !== undefined) {
    expect(terms?.locations).not.toHaveLength(0);
    for (const location of terms?.locations ?? []) expect(latencyMs[location]).toBeLessThanOrEqual(80);
  }
}

function mapsOf(terms: Match["terms"]): readonly string[] {
  const maps = terms?.attributes?.map;
  if (!Array.isArray(maps) || maps.length === 0) throw new Error("a match has a map");
  return maps;
}

function teamsOf(match: Match, ticketId: string): string[] {
  return match.teams
    .filter((team) => team.players.some((player) => player.ticketId === ticketId))
    .map(({ name }) => name);
}
