import { runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import type { Learned } from "../../src/core/learned.ts";
import { NOTHING_LEARNED } from "../../src/core/learned.ts";
import { emptyBooks } from "../../src/core/ledger/books.ts";
import { Pools } from "../../src/core/pools.ts";
import type { Ticket } from "../../src/core/ticket.ts";
import { hubStub } from "../../src/metrics/hub-stub.ts";
import type { Region } from "../../src/region/region.ts";
import { RegionStore } from "../../src/region/store.ts";
import {
  aCall,
  eventually,
  exportedMatch,
  playersInMatch,
  queuedPlayers,
  regionObject,
  restart,
} from "./region-support.ts";
import { registerPlayers } from "./results-support.ts";

type Entries = Readonly<Record<string, number>>;

/** A gauge's or counter's values in a region, by one of its labels. */
async function valuesOf(name: string, region: string, label: string): Promise<Entries> {
  const page = await hubStub(env).scrape();
  const lines = page.split("\n").filter((line) => line.startsWith(`muster_${name}{`) && line.includes(`"${region}"`));
  return Object.fromEntries(
    lines.map((line) => [new RegExp(`${label}="([^"]*)"`).exec(line)?.[1] ?? "", Number(line.split(" ").at(-1))]),
  );
}

/** The region's books as `/metrics` shows them, once they are like this. */
async function books(region: string, expected: { tickets?: Entries; results?: Entries }) {
  return eventually(async () => {
    await regionObject(region).wake();
    const tickets = await valuesOf("ledger_tickets", region, "entry");
    const results = await valuesOf("ledger_results", region, "entry");
    const isLike = (shown: Entries, wanted: Entries = {}) => Object.entries(wanted).every(([k, v]) => shown[k] === v);
    return isLike(tickets, expected.tickets) && isLike(results, expected.results) ? { tickets, results } : null;
  });
}

function expectBalanced({ tickets, results }: { tickets: Entries; results: Entries }): void {
  const { accepted = 0, unbooked = 0, ...whereabouts } = tickets;
  expect(Object.values(whereabouts).reduce((sum, count) => sum + count, 0)).toBe(accepted + unbooked);
  const { rated = 0, failed = 0, on_their_way = 0 } = results;
  expect(rated + failed + on_their_way).toBe((results.reported ?? 0) + (results.unbooked ?? 0));
}

async function violationsIn(region: string): Promise<Entries> {
  return valuesOf("invariant_violations_total", region, "invariant");
}

const NOTHING_WRONG = {
  players_bound_once: 0,
  tickets_conserved: 0,
  matches_whole: 0,
  results_accounted: 0,
  event_failed: 0,
};

describe("a region's books in /metrics", () => {
  it("add up, and agree with what else is counted", async () => {
    const rated = await playersInMatch("EUW");
    const failed = await playersInMatch("EUW");
    await queuedPlayers("EUW", 2);
    const [leaving = ""] = await queuedPlayers("EUW", 1);
    await regionObject("EUW").cancel(leaving);
    await env.DB.prepare("DELETE FROM players WHERE player_id = ?").bind(failed.players[0]).run();
    await regionObject("EUW").report(rated.matchId, { winnerTeam: "teamA" });
    await regionObject("EUW").report(failed.matchId, { winnerTeam: "teamA" });
    await exportedMatch(rated.matchId, "finished");
    await exportedMatch(failed.matchId, "rating_failed");

    const shown = await books("EUW", {
      tickets: { accepted: 11, unbooked: 0, waiting: 2, asked: 0, matched: 8, cancelled: 1 },
      results: { reported: 2, unbooked: 0, rated: 1, failed: 1, on_their_way: 0 },
    });
    expectBalanced(shown);
    expect((await valuesOf("queue_depth_tickets", "EUW", "mode"))["2v2"]).toBe(shown.tickets.waiting);
    expect((await valuesOf("tickets_added_total", "EUW", "mode"))["2v2"]).toBe(shown.tickets.accepted);
    expect((await valuesOf("live_matches", "EUW", "status")).rating_failed).toBe(shown.results.failed);
    expect(await violationsIn("EUW")).toEqual(NOTHING_WRONG);
  });

  it("go on after a restart: as the last match saved them, and since then as a net sum", async () => {
    await playersInMatch("NA");
    await books("NA", { tickets: { accepted: 4, matched: 4 } });
    await queuedPlayers("NA", 2);
    const [leaving = ""] = await queuedPlayers("NA", 1);
    await regionObject("NA").cancel(leaving);
    const before = await books("NA", { tickets: { accepted: 7, matched: 4, cancelled: 1, waiting: 2 } });
    await restart("NA");
    const after = await books("NA", { tickets: { accepted: 4, matched: 4, waiting: 2, unbooked: 2 } });
    expectBalanced(before);
    // What ended since the last save and is not known any more must not stay on the page: it would not add up.
    expectBalanced(after);
    expect(await violationsIn("NA")).toEqual(NOTHING_WRONG);
  });

  it("cost no row: the row that a match's tick saves is one with them and without", async () => {
    const learned: Learned = { ...NOTHING_LEARNED, books: emptyBooks(0) };
    const rows = await runInDurableObject(regionObject("OCE"), (_, state) => {
      const store = new RegionStore(state.storage.sql);
      const save = (saved: Learned) => {
        store.takeRowsWritten();
        store.write([{ type: "learned_saved", learned: saved }], () => 0);
        return store.takeRowsWritten();
      };
      save(NOTHING_LEARNED);
      return [save(NOTHING_LEARNED), save(learned)];
    });
    expect(rows).toEqual([1, 1]);
  });
});

describe("a region that is not as it must be", () => {
  it("is noticed when a restart drops a ticket", async () => {
    const [lost = ""] = await queuedPlayers("KR", 2);
    const add = Pools.prototype.add;
    Pools.prototype.add = function (this: Pools, ticket: Ticket) {
      if (ticket.players[0]?.playerId !== lost) add.call(this, ticket);
    };
    try {
      await restart("KR");
      await regionObject("KR").wake();
    } finally {
      Pools.prototype.add = add;
    }
    const found = await eventually(async () => {
      const counted = await violationsIn("KR");
      return (counted.tickets_conserved ?? 0) > 0 ? counted : null;
    });
    expect(found).toMatchObject({ tickets_conserved: 1 });
  });

  it("is noticed when storage lost a ticket behind its back", async () => {
    await queuedPlayers("BR", 2);
    const [newcomer = ""] = await registerPlayers(1, "BR");
    await runInDurableObject(regionObject("BR"), async (object: Region, { storage: { sql } }) => {
      sql.exec("DELETE FROM tickets WHERE ticket_id = (SELECT min(ticket_id) FROM tickets)");
      sql.exec("CREATE TRIGGER full BEFORE INSERT ON tickets BEGIN SELECT RAISE(ABORT, 'no room'); END");
      await expect(object.enqueue(aCall(newcomer))).rejects.toThrow("no room");
      sql.exec("DROP TRIGGER full");
    });
    const found = await eventually(async () => {
      const counted = await violationsIn("BR");
      return (counted.tickets_conserved ?? 0) > 0 ? counted : null;
    });
    expect(found).toMatchObject({ tickets_conserved: 1, event_failed: 1 });
  });
});
