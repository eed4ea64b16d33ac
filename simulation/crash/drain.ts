import { playersPerMatch } from "../../src/core/mode.ts";
import { assign, redrive } from "./acts/match-acts.ts";
import { acceptAll } from "./acts/queue-acts.ts";
import type { RegionSeat, World } from "./world.ts";

/** So long everything may take to come to rest once nothing goes wrong any more. */
const LONGEST_S = 4 * 3_600;
const STEP_MS = 1_000;
const REDRIVE_EVERY_S = 300;

/**
 * Liveness: nothing goes wrong any more and nobody new comes; then whoever can be matched is, every result is rated,
 * and D1 knows every match as it is.
 *
 * @param lastStep the number after which the sequences of chance begin
 * @returns what never came to rest; empty: all did
 */
export async function drain(world: World, lastStep: number): Promise<readonly string[]> {
  world.faults.isOn = false;
  for (const { host } of world.seats) if (host.release !== "whole") host.deploy("whole");
  for (let second = 0; second < LONGEST_S; second += 1) {
    if (world.violations.found.length > 0) return [];
    world.random.begin(lastStep + second);
    world.choice.begin(lastStep + second, 2);
    if (second % REDRIVE_EVERY_S === 0) redrive(world);
    for (const _ of world.seats) acceptAll(world);
    for (const _ of world.seats) assign(world);
    await world.advance(STEP_MS);
    if (second % 60 === 0 && unfinished(world).length === 0) return [];
  }
  return unfinished(world);
}

function unfinished(world: World): string[] {
  return [
    ...world.seats.flatMap((seat) => [...waiting(world, seat), ...unrated(seat), ...unexported(world, seat)]),
    ...(world.queue.size === 0 ? [] : [`${world.queue.size} messages in the queue`]),
  ];
}

/** Enough players for a match, all of whom could play each other. */
function waiting({ modes }: World, { durable }: RegionSeat): string[] {
  const stuck: string[] = [];
  for (const mode of modes.byName.values()) {
    const tickets = [...durable.tickets.values()].filter((ticket) => ticket.mode === mode.name);
    const players = tickets.reduce((sum, ticket) => sum + ticket.players.length, 0);
    if (players >= playersPerMatch(mode)) stuck.push(`${durable.region}: ${players} players wait for ${mode.name}`);
  }
  return stuck;
}

function unrated({ durable }: RegionSeat): string[] {
  return [...durable.matches.values()]
    .filter(({ status }) => status === "reporting" || status === "rating_failed")
    .map(({ matchId, status }) => `${matchId} is ${status}`);
}

/** A plain report need not show in D1, its rating does. */
function unexported({ d1, checkers }: World, { durable }: RegionSeat): string[] {
  const stuck: string[] = [];
  for (const { matchId, status } of durable.matches.values()) {
    const [row] = d1.read("SELECT status FROM matches WHERE match_id = ?", matchId);
    if (row?.status !== status) stuck.push(`${matchId} is ${status}, in D1 ${row?.status}`);
  }
  for (const [matchId, result] of durable.results) {
    if (result !== null && !checkers.ratedOnce.has(matchId)) stuck.push(`${matchId} was reported and is not rated`);
  }
  return stuck;
}
