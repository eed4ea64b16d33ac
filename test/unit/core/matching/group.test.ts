import { describe, expect, it } from "vitest";
import type { ModeDefinition } from "../../../../src/core/mode-definition.ts";
import type { Ticket } from "../../../../src/core/ticket.ts";
import { aMatchingPool } from "../../builders/a-matching-pool.ts";
import { aMode } from "../../builders/a-mode.ts";
import { aPlayer } from "../../builders/a-player.ts";
import { aSolo, aTicket } from "../../builders/a-ticket.ts";

/** A group of nobody; the tickets are at their positions if they come in the order of rating. */
function groupOf(tickets: readonly Ticket[], mode: Partial<ModeDefinition> = {}) {
  return aMatchingPool(tickets, aMode(mode)).group;
}

const ann = aSolo("ann", 20);
const bob = aSolo("bob", 22);
const cay = aSolo("cay", 24);
const dan = aSolo("dan", 29);
const duo = aTicket({ players: [aPlayer("eve", 30), aPlayer("fay", 34)] });

describe("Group", () => {
  it("is complete with the players of a match, and takes nobody more", () => {
    const group = groupOf([ann, bob, cay, duo]);
    expect(group.take([0, 1])).toBe(true);
    expect(group.isComplete).toBe(false);
    expect(group.add(3)).toBe(true);
    expect(group.isComplete).toBe(true);
    expect(group.add(2)).toBe(false);
    expect(group.members).toEqual([0, 1, 3]);
  });

  it("is as it was before when the last is taken back", () => {
    const group = groupOf([ann, bob, cay, dan], { maxRatingGap: 5 });
    group.take([0, 1]);
    expect(group.add(3)).toBe(false);
    expect(group.add(2)).toBe(true);
    group.removeLast();
    expect([group.members, group.isComplete]).toEqual([[0, 1], false]);
    group.removeLast();
    group.removeLast();
    expect(group.take([3, 2])).toBe(true);
    expect(group.members).toEqual([3, 2]);
  });

  it("starts again when it takes others", () => {
    const group = groupOf([ann, bob, cay, dan]);
    group.take([0, 1, 2]);
    group.take([3]);
    expect(group.members).toEqual([3]);
  });

  it("binds everybody to the mode's rating gap and to each member's, over players", () => {
    const strict = groupOf([ann, bob, cay, duo], { maxRatingGap: 9 });
    expect(strict.take([2, 3])).toBe(false);
    const careful = groupOf([ann, aSolo("bob", 22, { constraints: { maxRatingGap: 3 } }), cay, dan]);
    expect(careful.take([0, 1])).toBe(true);
    expect(careful.conflictWith(2)).toBe("max_rating_gap");
    expect(careful.take([0, 2])).toBe(true);
    expect(careful.conflictWith(1)).toBe("max_rating_gap");
  });

  it("keeps out whom a member avoids, and who avoids a member", () => {
    const shy = groupOf([ann, aSolo("bob", 22, { constraints: { avoid: ["ann", "fay"] } }), cay, duo]);
    for (const [one, other] of [
      [0, 1],
      [1, 0],
      [1, 3],
      [3, 1],
    ] as const) {
      shy.take([one]);
      expect(shy.conflictWith(other)).toBe("avoid");
      expect(shy.add(other)).toBe(false);
    }
    expect(shy.take([1, 2])).toBe(true);
  });

  it("keeps out parties that do not fit on the teams with those who are in", () => {
    const duos = ["a", "b", "c"].map((name) =>
      aTicket({ players: [aPlayer(name, 25), aPlayer(`${name}${name}`, 25)] }),
    );
    const group = groupOf(duos, { teamSize: 3 });
    expect(group.take([0, 1])).toBe(true);
    expect(group.conflictWith(2)).toBe("party_size");
  });

  it("keeps out players whose role no team has a place for any more", () => {
    const tank = (name: string) => aTicket({ players: [{ ...aPlayer(name), roles: ["tank"] }] });
    const group = groupOf(["a", "b", "c"].map(tank), { roles: { tank: 1, healer: 1 } });
    expect(group.take([0, 1])).toBe(true);
    expect(group.conflictWith(2)).toBe("roles");
  });

  it("names no conflict with those who may join", () => {
    const group = groupOf([ann, bob, cay, dan]);
    group.take([0]);
    expect(group.conflictWith(1)).toBeNull();
    group.take([0, 1, 2, 3]);
    expect(groupOf([ann, bob, cay, dan, duo]).conflictWith(4)).toBeNull();
  });
});
