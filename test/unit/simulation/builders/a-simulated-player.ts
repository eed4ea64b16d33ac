import type { Player } from "../../../../simulation/service.ts";

export function aSimulatedPlayer(playerId: string, overrides: Partial<Player> = {}): Player {
  return { playerId, username: playerId, region: "EUW", token: "token", latentSkill: 25, ...overrides };
}
