import type { Context } from "hono";
import type { Result } from "../core/result.ts";
import { accept, refuse } from "../core/result.ts";
import type { ProblemExtras } from "../wire/refusal-extras.ts";
import type { AppEnv } from "./app-env.ts";
import { mayActFor } from "./auth/caller.ts";

export interface NobodyActs {
  readonly reason: "not_your_player" | "invalid_input";
  readonly extras: ProblemExtras;
}

/** For whom a call is made: the one it names, else the holder of its token. The system has to name somebody. */
export function actingPlayer(c: Context<AppEnv>, named: string | null | undefined): Result<string, NobodyActs> {
  const caller = c.get("caller");
  const playerId = named ?? caller.player?.playerId;
  if (playerId === undefined) {
    const errors = [{ pointer: "/player_id", detail: "Required with the API key: it says which player is meant." }];
    return refuse({ reason: "invalid_input", extras: { errors } });
  }
  if (!mayActFor(caller, playerId)) return refuse({ reason: "not_your_player", extras: {} });
  return accept(playerId);
}
