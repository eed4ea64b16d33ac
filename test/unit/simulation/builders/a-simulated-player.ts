import type { Party } from "../../../../simulation/party.ts";
import type { Player } from "../../../../simulation/service.ts";

export function aSimulatedPlayer(playerId: string, overrides: Partial<Player> = {}): Player {
  return { playerId, username: playerId, region: "EUW", token: "token", latentSkill: 25, ...overrides };
}

/** The first leads. */
export function aSimulatedParty(memberIds: readonly string[], region = "EUW"): Party {
  const [leader, ...others] = memberIds.map((playerId) => aSimulatedPlayer(playerId, { region }));
  if (leader === undefined) throw new Error("a party has members");
  return { region, leader, others };
}
