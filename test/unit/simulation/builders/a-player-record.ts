import type { AskingRules } from "../../../../simulation/sockets/player-record.ts";
import { PlayerRecord } from "../../../../simulation/sockets/player-record.ts";
import { aState, at } from "./a-server-message.ts";

export const ASKING: AskingRules = { accept_s: 12, repair_s: 10, cool_downs_s: [30, 120] };

/** Of ada, who has just connected, at noon. @param others who queue with her; her messages are hers alone */
export function aPlayerRecord(asking: AskingRules | null = null, others: readonly PlayerRecord[] = []): PlayerRecord {
  const record = new PlayerRecord({ playerId: "ada", asking, fellows: () => [record, ...others] });
  record.opens();
  record.hears(aState(at(0)));
  return record;
}
