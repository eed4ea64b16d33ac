import { expect } from "vitest";
import type { Change } from "../../../src/core/changes.ts";
import type { Store } from "./a-store.ts";

/** Clocks belong to a ticket's players, leased tickets come with theirs, and no row is paid for that says nothing new. */
export function expectClocksFollow(store: Store, change: Change): void {
  if (change.type === "ticket_added") expect(change.clocks !== undefined).toBe(change.ticket.lease !== undefined);
  if (change.type !== "lease_changed") return;
  const { ticketId, clocks } = change;
  const players = store.tickets.get(ticketId)?.players.map(({ playerId }) => playerId) ?? [];
  const held = clocks.map(({ playerId }) => playerId);
  expect(players).toEqual(expect.arrayContaining(held));
  expect(new Set(held).size).toBe(held.length);
  expect(clocks).not.toEqual(store.clocks.get(ticketId) ?? []);
}
