import { z } from "zod";
import { ClientMessageSchema, ServerMessageSchema } from "../../src/region/protocol.ts";
import { ConstraintsSchema } from "../../src/wire/constraints.ts";
import { MatchSchema } from "../../src/wire/match.ts";
import { PartySchema } from "../../src/wire/party.ts";
import { InputErrorSchema, ProblemSchema } from "../../src/wire/problem.ts";
import { RatingSchema } from "../../src/wire/rating.ts";
import { ConnectionSchema, CoolDownSchema, PromptSchema, ReadyCheckSchema } from "../../src/wire/ready-check.ts";
import { EstimatedWaitSchema, ExplanationSchema, TicketPartySchema } from "../../src/wire/search.ts";

/** The schema of each type in `client/wire-types.ts`. */
const SCHEMAS = {
  ServerMessage: ServerMessageSchema,
  ClientMessage: ClientMessageSchema,
  Constraints: ConstraintsSchema,
  Match: MatchSchema,
  Party: PartySchema,
  Problem: ProblemSchema,
  InputError: InputErrorSchema,
  Prompt: PromptSchema,
  ReadyCheck: ReadyCheckSchema,
  CoolDown: CoolDownSchema,
  Connection: ConnectionSchema,
  Rating: RatingSchema,
  TicketParty: TicketPartySchema.unwrap(),
  EstimatedWait: EstimatedWaitSchema,
  Explanation: ExplanationSchema,
} as const;

export type JsonSchema = z.core.JSONSchema.BaseSchema;

/** Each of them as a JSON schema that refers to the others by name. */
export function wireSchemas(): ReadonlyMap<string, JsonSchema> {
  const names = z.registry<{ id: string }>();
  for (const [id, schema] of Object.entries(SCHEMAS)) names.add(schema, { id });
  const { schemas } = z.toJSONSchema(names, { uri: (id) => id });
  return new Map(Object.entries(schemas));
}
