import type { AuditEntry } from "../../../src/db/audit-log.ts";
import type { WrittenRevocation } from "../../../src/db/revocations.ts";
import { writeLetIn, writeRevocation } from "../../../src/db/revocations.ts";
import type { RegionSeat, World } from "../world.ts";
import type { Act } from "./act.ts";
import { anyOf } from "./act.ts";
import { anySeat } from "./queue-acts.ts";

/** A player is locked out, or only their tokens are taken back. */
export const revoke: Act = (world) => {
  const { choice, time } = world;
  const seat = anySeat(world);
  const isLockedOut = choice.chance(0.7);
  // Rather somebody who waits than anybody: there is more to go wrong.
  const waiting = anyOf(world, seat.durable.tickets.values())?.players[0]?.playerId;
  const playerId = (choice.chance(0.6) ? waiting : undefined) ?? choice.pick(seat.playerIds) ?? "";
  const nowMs = time.nowMs;
  const revocation = {
    playerId,
    tokensFromMs: (Math.floor(nowMs / 1_000) + 1) * 1_000,
    isLockedOut,
    changedAtMs: nowMs,
  };
  world.mention(`${playerId}${isLockedOut ? "" : ", tokens only"}`);
  const entry = entryOf(world, playerId, isLockedOut ? "player_revoked" : "player_tokens_voided");
  void tell(world, seat, writeRevocation(world.database, revocation, entry));
};

/** Most who were locked out come in again soon, or nobody would be left to play. */
export const letIn: Act = (world) => {
  const { choice, time } = world;
  const seat = anySeat(world);
  const lockedOut = [...seat.durable.revocations.values()].filter(({ isLockedOut }) => isLockedOut);
  const playerId = choice.pick(lockedOut)?.playerId;
  if (playerId === undefined) return;
  world.mention(playerId);
  void tell(world, seat, writeLetIn(world.database, playerId, time.nowMs, entryOf(world, playerId, "player_let_in")));
};

/** A deploy closes a region or lacks a mode; the next one has everything again. */
export const deploy: Act = (world) => {
  const { choice, tally } = world;
  const { host } = anySeat(world);
  const other = choice.weighted([
    ["whole", 2],
    ["closed", 1],
    ["without duels", 1],
  ]);
  const release = host.release === "whole" ? other : "whole";
  tally.count(`deploy: ${release}`);
  world.mention(`${host.name}, ${release}`);
  host.deploy(release);
};

/** D1 first, it is the truth; then the player's region. Whoever hears of a failure sends the same call again later. */
async function tell(
  { tally, checkers }: World,
  { host, durable }: RegionSeat,
  written: Promise<WrittenRevocation>,
): Promise<void> {
  const { revocation } = await written.catch(() => ({ revocation: null }));
  if (revocation === null) return tally.count("revoke: not written");
  host.call(
    (region) => region.revoke(revocation),
    (heard) => {
      if (heard.type === "unknown") return tally.count("revoke: unknown");
      tally.count(revocation.isLockedOut ? "revoke: locked out" : "revoke: let in");
      checkers.acknowledged.revoked(durable, revocation);
    },
  );
}

function entryOf({ choice, time }: World, target: string, action: AuditEntry["action"]): AuditEntry {
  const entryId = `entry-${time.nowMs}-${choice.below(1e9)}`;
  return { entryId, atMs: time.nowMs, keyId: "key", action, target, requestId: entryId };
}
