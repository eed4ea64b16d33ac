import type { Party, PartyMember } from "../../../src/core/party.ts";
import { leaderOf, memberIds } from "../../../src/core/party.ts";
import type { Queue } from "../../../src/core/queue.ts";
import type { PartyRequest } from "../../../src/core/queue-calls.ts";
import { aMode } from "./a-mode.ts";
import { aPlayer } from "./a-player.ts";

/** A party that Ann leads and that the next four hours do not end. */
export function aParty(overrides: Partial<Party> = {}): Party {
  return { code: "EUW-AAAAAAAAAA", members: [{ playerId: "ann" }], expiresAtMs: 4 * 3_600_000, ...overrides };
}

/** A party in a queue, made and joined at the same time; the first leads. Its changes are taken already. */
export function aPartyIn(queue: Queue, nowMs: number, ...members: (string | PartyMember)[]): Party {
  const [leader, ...others] = members.map((member) => (typeof member === "string" ? { playerId: member } : member));
  if (leader === undefined) throw new Error("a party has members");
  const created = queue.parties.create(leader, nowMs);
  if (!created.ok) throw new Error(created.refusal.reason);
  let party = created.value;
  for (const member of others) {
    const joined = queue.parties.join(party.code, member, nowMs);
    if (!joined.ok) throw new Error(joined.refusal.reason);
    party = joined.value;
  }
  queue.takeChanges();
  return party;
}

/** New players whom the system puts together for 2v2. */
export function aPartyRequest(playerIds: readonly string[], overrides: Partial<PartyRequest> = {}): PartyRequest {
  return {
    players: playerIds.map((playerId) => aPlayer(playerId)),
    mode: aMode(),
    constraints: {},
    code: null,
    ...overrides,
  };
}

/** What the leader of a party asks for. */
export function aLeadersRequest(party: Party, overrides: Partial<PartyRequest> = {}): PartyRequest {
  const others = memberIds(party).filter((playerId) => playerId !== leaderOf(party));
  return aPartyRequest([leaderOf(party), ...others], { code: party.code, ...overrides });
}
