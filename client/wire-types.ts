import type * as protocol from "../src/region/protocol.ts";
import type { MatchBody } from "../src/wire/match.ts";
import type { PartyBody } from "../src/wire/party.ts";
import type { Problem as ProblemBody } from "../src/wire/problem.ts";
import type { ConnectionBody, CoolDownBody, PromptBody, ReadyCheckBody } from "../src/wire/ready-check.ts";

/**
 * The one place where the client takes types from the service. The build puts a file in its place that is written from
 * the same schemas and needs neither the service's sources nor zod: `scripts/client-package/wire-schemas.ts` says
 * which schema each type has, and a test holds both files against each other.
 */
export type ServerMessage = protocol.ServerMessage;
export type ClientMessage = protocol.ClientMessage;
export type Constraints = NonNullable<Extract<ClientMessage, { type: "enqueue" }>["constraints"]>;
export type Match = MatchBody;
export type Party = PartyBody;
export type Problem = ProblemBody;
export type InputError = NonNullable<Problem["errors"]>[number];
export type Prompt = PromptBody;
export type ReadyCheck = ReadyCheckBody;
export type CoolDown = CoolDownBody;
export type Connection = ConnectionBody;
export type Rating = NonNullable<Extract<ServerMessage, { type: "match.finished" }>["rating"]>;
type Search = NonNullable<Extract<ServerMessage, { type: "state" }>["queued"]>;
export type TicketParty = NonNullable<Search["party"]>;
export type EstimatedWait = NonNullable<Search["estimated_wait_s"]>;
export type Explanation = NonNullable<Search["explain"]>;
