import type { ModeTable } from "../core/mode.ts";
import type { PartyMember } from "../core/party.ts";
import type { Result } from "../core/result.ts";
import { accept, refuse } from "../core/result.ts";
import type { ProblemExtras } from "../wire/refusal-extras.ts";

export interface UnknownRoles {
  readonly reason: "invalid_input";
  readonly extras: ProblemExtras;
}

/** A player who comes into a party. Some mode must know the roles; which one the party will play is not known yet. */
export function memberOfBody(
  playerId: string,
  roles: readonly string[] | null | undefined,
  modes: ModeTable,
): Result<PartyMember, UnknownRoles> {
  if (roles === null || roles === undefined) return accept({ playerId });
  const known = new Set([...modes.byName.values()].flatMap((mode) => Object.keys(mode.roles)));
  const detail =
    known.size === 0 ? "No mode of this game has roles; leave them out." : `One of ${[...known].join(", ")}.`;
  const errors = roles.flatMap((role, index) => (known.has(role) ? [] : [{ pointer: `/roles/${index}`, detail }]));
  if (errors.length > 0) return refuse({ reason: "invalid_input", extras: { errors } });
  return accept({ playerId, roles: [...new Set(roles)].sort() });
}
