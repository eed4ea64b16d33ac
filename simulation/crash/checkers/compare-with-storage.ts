import { isDeepStrictEqual } from "node:util";
import type { Backfill } from "../../../src/core/backfill.ts";
import { unreleasedPlayerIds } from "../../../src/core/match.ts";
import type { Proposal } from "../../../src/core/proposal.ts";
import type { Queue } from "../../../src/core/queue.ts";
import type { CoolDownRow, MatchRow, PartyRow, RevocationRow, TicketRow } from "../../../src/region/store-rows.ts";
import {
  clocksFromRow,
  coolDownFromRow,
  matchFromRow,
  partyFromRow,
  revocationFromRow,
  ticketFromRow,
} from "../../../src/region/store-rows.ts";
import type { DurableState } from "../durable-state.ts";
import type { ObjectStorage } from "../platform/object-storage.ts";
import type { Violations } from "./violations.ts";

/**
 * Whether a region's tables hold what was committed, no more and no less. For when nothing is unflushed; takes as long as
 * there are rows.
 */
export function compareStorage(storage: ObjectStorage, durable: DurableState, violations: Violations): void {
  // Before the first life there are no tables.
  if (storage.rows("SELECT name FROM sqlite_master WHERE name = 'tickets'").length === 0) return;
  const ticketRows = storage.rows("SELECT * FROM tickets") as TicketRow[];
  const tickets = ticketRows.map(ticketFromRow);
  const clocks = ticketRows.flatMap((row) => {
    const kept = clocksFromRow(row);
    return kept === undefined ? [] : [{ ticketId: row.ticket_id, clocks: kept }];
  });
  const matches = (storage.rows("SELECT * FROM matches") as MatchRow[]).map(matchFromRow);
  const parties = (storage.rows("SELECT * FROM parties") as PartyRow[]).map(partyFromRow);
  const proposals = (storage.rows("SELECT proposal FROM proposals") as { proposal: string }[]).map(
    ({ proposal }) => JSON.parse(proposal) as Proposal,
  );
  const backfills = (storage.rows("SELECT backfill FROM backfills") as { backfill: string }[]).map(
    ({ backfill }) => JSON.parse(backfill) as Backfill,
  );
  const coolDowns = (storage.rows("SELECT * FROM cool_downs") as CoolDownRow[]).map(coolDownFromRow);
  const revocations = (storage.rows("SELECT * FROM revocations") as RevocationRow[]).map(revocationFromRow);
  const compare = <Row>(
    table: string,
    rows: readonly Row[],
    known: ReadonlyMap<string, Row>,
    idOf: (row: Row) => string,
  ) => {
    const stored = new Map(rows.map((row) => [idOf(row), row]));
    for (const id of new Set([...stored.keys(), ...known.keys()])) {
      const isSame = isDeepStrictEqual(plain(stored.get(id)), plain(known.get(id)));
      violations.expect(isSame, "storage", () => {
        return `${durable.region}: ${table} ${id} is ${JSON.stringify(stored.get(id))}; committed: ${JSON.stringify(known.get(id))}`;
      });
    }
  };
  compare("tickets", tickets, durable.tickets, ({ ticketId }) => ticketId);
  compare("clocks", clocks, durable.clocks, ({ ticketId }) => ticketId);
  compare("matches", matches, durable.matches, ({ matchId }) => matchId);
  compare("parties", parties, durable.parties, ({ code }) => code);
  compare("proposals", proposals, durable.proposals, ({ matchId }) => matchId);
  compare("backfills", backfills, durable.backfills, ({ matchId }) => matchId);
  compare("cool_downs", coolDowns, durable.coolDowns, ({ playerId }) => playerId);
  compare("revocations", revocations, durable.revocations, ({ playerId }) => playerId);
}

/** Whether a region's memory is what its storage says. For when nothing is unflushed. */
export function compareMemory(
  queue: Queue,
  durable: DurableState,
  playerIds: readonly string[],
  violations: Violations,
): void {
  const holders = new Map<string, string>();
  for (const { ticketId, players } of durable.tickets.values())
    for (const { playerId } of players) holders.set(playerId, ticketId);
  for (const match of durable.matches.values())
    if (match.status === "pending")
      for (const playerId of unreleasedPlayerIds(match)) holders.set(playerId, match.matchId);
  for (const playerId of playerIds) {
    const state = queue.stateOf(playerId);
    const holder =
      state.type === "queued" ? state.ticket.ticketId : state.type === "matched" ? state.match.matchId : undefined;
    violations.expect(holder === holders.get(playerId), "memory", () => {
      return `${durable.region}: in memory ${playerId} is in ${holder}; in storage: ${holders.get(playerId)}`;
    });
  }
  for (const match of durable.matches.values()) {
    const isSame = isDeepStrictEqual(plain(queue.matches.find(match.matchId)), plain(match));
    violations.expect(isSame, "memory", () => `${durable.region}: match ${match.matchId} is not as in storage`);
  }
}

/** Without what JSON leaves out. */
function plain(value: unknown): unknown {
  return value === undefined ? undefined : JSON.parse(JSON.stringify(value));
}
