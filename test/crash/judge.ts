import type { ModeDefinition } from "../../src/core/mode-definition.ts";
import { resolveModes } from "../../src/core/mode-definition.ts";
import type { Fault } from "./fault.ts";
import type { History } from "./history.ts";
import { judgePlayer } from "./judge-player.ts";
import { judgeRatings } from "./judge-ratings.ts";
import { judgeRecords } from "./judge-records.ts";
import type { Records } from "./records.ts";

/** All judges: of the history by itself, and of what is on disk. @param definitions the modes that were served */
export function judge(history: History, records: Records, definitions: readonly ModeDefinition[]): Fault[] {
  const modes = resolveModes(definitions, 0);
  if (!modes.ok) throw new Error("the modes that were served are not valid");
  return [
    ...[...history.steps].flatMap(([playerId, steps]) => judgePlayer(playerId, steps)),
    ...judgeRecords(history, records),
    ...judgeRatings(records, modes.value),
  ];
}
