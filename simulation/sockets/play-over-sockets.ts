import { setTimeout as sleep } from "node:timers/promises";
import type { PartySettings } from "../play-games.ts";
import type { Place } from "./place.ts";
import type { SocketParty } from "./socket-party.ts";
import type { SocketPlayer } from "./socket-player.ts";
import type { Tally } from "./tally.ts";

export interface SocketPartySettings extends PartySettings {
  readonly tally: Tally;
  /** Whoever is out of the queue for longer does not wait for it. */
  readonly longestCoolDownS: number;
}

/** Everybody on a ticket must be told what one of them was told. */
const TOLD_TOGETHER_WITHIN_MS = 10_000;

/**
 * One party's games over their sockets: queue, hear of the match, play, and again until the games or the opponents run
 * out. Prompts are answered by each player for themselves.
 */
export async function playOverSockets(party: SocketParty, settings: SocketPartySettings): Promise<void> {
  const { roster, signal } = settings;
  const { leader, region } = party.party;
  const closed = roster.closed(region);
  const untilOver = AbortSignal.any([closed, signal, party.gone]);
  while (roster.gamesLeft(leader.playerId) > 0 && !untilOver.aborted) {
    const enqueuedAtMs = await enterLine(party, untilOver, settings);
    if (enqueuedAtMs === null) break;
    const end = await awaitEnd(party, closed, untilOver, settings);
    if (end === null) break;
    if (end.type === "matched") await playMatch(party, end.matchId, enqueuedAtMs, settings);
    else await leaveTogether(party, settings);
    if (roster.gamesLeft(leader.playerId) > 0) await pause(settings.restMs, untilOver);
  }
  signal.throwIfAborted();
  if (!closed.aborted) roster.remove(party.party);
}

/**
 * Whoever is out of the queue hears so, waits until then, and must be let in. @returns null: they do not queue any more;
 * else since when they wait, by the service's clock
 */
async function enterLine(
  { members, leader }: SocketParty,
  untilOver: AbortSignal,
  { mode, bookings, tally, longestCoolDownS }: SocketPartySettings,
): Promise<number | null> {
  for (let attempt = 1; !untilOver.aborted; attempt += 1) {
    for (const { player, record } of members) {
      bookings.queued(player.playerId);
      record.enqueues();
    }
    const entry = await leader.enqueue(mode);
    if (entry.type === "queued") {
      for (const member of members) member.searches();
      return entry.enqueuedAtMs ?? Date.now();
    }
    if (entry.type === "nothing") return null;
    for (const { player, record } of members) {
      bookings.left(player.playerId, true);
      record.staysOut();
    }
    tally.keptOut += 1;
    if (attempt > 1) leader.record.fault("waited as long as they were told and is still kept out of the queue");
    if (entry.retryAfterS > longestCoolDownS) {
      tally.gaveUp += members.length;
      return null;
    }
    await pause(entry.retryAfterS * 1_000, untilOver);
  }
  return null;
}

type End = Extract<Place, { type: "matched" | "free" }>;

/** Waits for the end of a search. When the region closes they leave the line, unless they are being asked. */
async function awaitEnd(
  { leader, gone }: SocketParty,
  closed: AbortSignal,
  untilOver: AbortSignal,
  { signal }: SocketPartySettings,
): Promise<End | null> {
  const end = await leader.until(endOf, untilOver);
  if (end !== null) return end;
  const untilCut = AbortSignal.any([signal, gone]);
  while (closed.aborted && !untilCut.aborted) {
    const place = await leader.until((now) => (now.type === "asked" ? null : now), untilCut);
    if (place === null) return null;
    if (place.type !== "queued") return place;
    await leader.cancel();
    const { place: after } = leader.record;
    if (after.type !== "queued" || untilCut.aborted) continue;
    leader.record.fault("has cancelled and is still in line");
    return null;
  }
  return null;
}

function endOf(place: Place): End | null {
  return place.type === "matched" || place.type === "free" ? place : null;
}

/** The ticket has ended without a match. */
async function leaveTogether({ members }: SocketParty, { bookings, signal }: SocketPartySettings): Promise<void> {
  await Promise.all(
    members.map(async (member) => {
      const isFree = await member.until((place) => (place.type === "free" ? true : null), shortly(signal));
      if (isFree === null && !signal.aborted) member.record.fault("is not told that their party has left the line");
      bookings.left(member.player.playerId, true);
    }),
  );
}

async function playMatch(
  party: SocketParty,
  matchId: string,
  enqueuedAtMs: number,
  settings: SocketPartySettings,
): Promise<void> {
  const { bookings, gameServer, signal, waited } = settings;
  const join = async (member: SocketPlayer) => {
    const told = await member.until((place) => (place.type === "matched" ? place.matchId : null), shortly(signal));
    if (party.gone.aborted || signal.aborted) return null;
    bookings.toldWithLeader(member.player.playerId, matchId, told);
    const match = await gameServer.join(matchId, member.player);
    member.isFreed(matchId);
    return match;
  };
  const [match] = await Promise.all(party.members.map(join));
  if (match) waited(party.party, (Date.parse(match.created_at) - enqueuedAtMs) / 1_000);
}

function shortly(signal: AbortSignal): AbortSignal {
  return AbortSignal.any([signal, AbortSignal.timeout(TOLD_TOGETHER_WITHIN_MS)]);
}

async function pause(durationMs: number, interrupt: AbortSignal): Promise<void> {
  await sleep(durationMs, undefined, { signal: interrupt }).catch((error: unknown) => {
    if (!interrupt.aborted) throw error;
  });
}
