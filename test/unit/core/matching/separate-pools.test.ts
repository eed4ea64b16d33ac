import { describe, expect, it } from "vitest";
import type { SameValue } from "../../../../src/core/attribute.ts";
import { sameValueOf, separatePools } from "../../../../src/core/matching/separate-pools.ts";
import type { Ticket } from "../../../../src/core/ticket.ts";
import { aMode } from "../../builders/a-mode.ts";
import { aSolo } from "../../builders/a-ticket.ts";

const mode = aMode({
  attributes: {
    build: { rule: "same" },
    crossplay: { rule: "same", default: true },
    map: { rule: "overlap", values: ["dust"] },
  },
});

function of(playerId: string, attributes: Record<string, SameValue>): Ticket {
  return aSolo(playerId, 25, { constraints: { attributes } });
}

function names(pools: readonly (readonly Ticket[])[]): string[][] {
  return pools.map((pool) => pool.map(({ players }) => players[0]?.playerId ?? ""));
}

describe("separatePools", () => {
  it("is one pool where nothing must be the same", () => {
    const tickets = [aSolo("ann", 25), aSolo("bob", 25)];
    expect(separatePools(tickets, aMode())).toEqual([tickets]);
  });

  it("puts tickets together that say the same of everything that must be the same", () => {
    const tickets = [
      of("ann", { build: "1", crossplay: true }),
      of("bob", { build: "2", crossplay: true }),
      of("cay", { build: "1", crossplay: false }),
      of("dan", { build: "1", crossplay: true }),
    ];
    expect(names(separatePools(tickets, mode)).sort()).toEqual([["ann", "dan"], ["bob"], ["cay"]]);
  });

  it("takes the mode's default of those who say nothing", () => {
    const tickets = [of("ann", { build: "1" }), of("bob", { build: "1", crossplay: true })];
    expect(names(separatePools(tickets, mode))).toEqual([["ann", "bob"]]);
  });

  it("keeps values apart that only look the same", () => {
    const tickets = [
      of("ann", { build: 1 }),
      of("bob", { build: "1" }),
      of("cay", { build: true }),
      of("dan", { build: "true" }),
    ];
    expect(separatePools(tickets, mode)).toHaveLength(4);
    const joined = [of("ann", { build: '1",true' }), of("bob", { build: "1" })];
    expect(separatePools(joined, mode)).toHaveLength(2);
  });

  it("gives the pools in the same order however the tickets come", () => {
    const tickets = [of("ann", { build: "1" }), of("bob", { build: "2" }), of("cay", { build: "3" })];
    expect(separatePools([...tickets].reverse(), mode)).toEqual(separatePools(tickets, mode));
  });

  it("loses nobody", () => {
    expect(separatePools([], mode).flat()).toEqual([]);
    const tickets = [of("ann", { build: "1" }), of("bob", { build: "2" }), of("cay", { build: "1" })];
    expect(new Set(separatePools(tickets, mode).flat())).toEqual(new Set(tickets));
  });
});

describe("sameValueOf", () => {
  it("is what the ticket says, else the default, else nothing", () => {
    expect(sameValueOf(of("ann", { crossplay: false }), mode, "crossplay")).toBe(false);
    expect(sameValueOf(of("ann", {}), mode, "crossplay")).toBe(true);
    expect(sameValueOf(of("ann", {}), mode, "build")).toBeNull();
  });
});
