import { createRoute, OpenAPIHono } from "@hono/zod-openapi";
import { memberOf } from "../../core/party.ts";
import { addressOfParty } from "../../region/party-code.ts";
import { PartySchema, partyBody } from "../../wire/party.ts";
import { actingPlayer } from "../acting-player.ts";
import type { AppEnv } from "../app-env.ts";
import { askAtHome } from "../ask-at-home.ts";
import { writeDown } from "../audit.ts";
import { callRegion } from "../call-region.ts";
import { documentedProblems } from "../documented-problems.ts";
import { homeRegionOf } from "../home-region.ts";
import { memberOfBody } from "../member-of-body.ts";
import { limitPlayer } from "../middleware/limit-rate.ts";
import { requireCaller } from "../middleware/require-caller.ts";
import { requireJson } from "../middleware/require-json.ts";
import { note } from "../note.ts";
import { problem } from "../problem.ts";
import { answerRefusal } from "../refusal.ts";
import { DisbandedSchema, LeaverSchema, LeftSchema, MemberSchema, PartyPathSchema } from "../schemas/parties.ts";
import { SYSTEM_OR_PLAYER } from "../security.ts";

const createPartyRoute = createRoute({
  method: "post",
  path: "/parties",
  tags: ["parties"],
  summary: "Make a party",
  description:
    "The player leads it and gives its code to others; it lasts until it is disbanded or nothing happened in it for four " +
    "hours. Nobody can be in two parties, or come into one while queued or in a match. Somebody who leads a party of one " +
    "gets that one again.",
  security: SYSTEM_OR_PLAYER,
  middleware: [requireCaller, limitPlayer, requireJson],
  request: { body: { required: false, content: { "application/json": { schema: MemberSchema } } } },
  responses: {
    200: { description: "The party", content: { "application/json": { schema: PartySchema } } },
    ...documentedProblems(400, 403, 404, 409, 415, 422, 429),
  },
});

const joinRoute = createRoute({
  method: "post",
  path: "/parties/{code}/join",
  tags: ["parties"],
  summary: "Join a party",
  description:
    "Whoever joins agrees to be queued by the leader, in the party's region. Refused while any member is queued or in a " +
    "match. Joining again changes the roles, or nothing if none are said.",
  security: SYSTEM_OR_PLAYER,
  middleware: [requireCaller, limitPlayer, requireJson],
  request: {
    params: PartyPathSchema,
    body: { required: false, content: { "application/json": { schema: MemberSchema } } },
  },
  responses: {
    200: { description: "The party", content: { "application/json": { schema: PartySchema } } },
    ...documentedProblems(400, 403, 404, 409, 415, 422, 429),
  },
});

const leaveRoute = createRoute({
  method: "post",
  path: "/parties/{code}/leave",
  tags: ["parties"],
  summary: "Leave a party",
  description:
    "If the party is queued, its ticket is cancelled for all. When the leader leaves, the longest-standing member leads; " +
    "when the last one leaves, the party is gone.",
  security: SYSTEM_OR_PLAYER,
  middleware: [requireCaller, limitPlayer, requireJson],
  request: {
    params: PartyPathSchema,
    body: { required: false, content: { "application/json": { schema: LeaverSchema } } },
  },
  responses: {
    200: { description: "No member any more", content: { "application/json": { schema: LeftSchema } } },
    ...documentedProblems(400, 403, 404, 415, 422, 429),
  },
});

const disbandRoute = createRoute({
  method: "delete",
  path: "/parties/{code}",
  tags: ["parties"],
  summary: "Disband a party",
  description: "By its leader or the system. If the party is queued, its ticket is cancelled.",
  security: SYSTEM_OR_PLAYER,
  middleware: [requireCaller, limitPlayer],
  request: { params: PartyPathSchema },
  responses: {
    200: { description: "Gone", content: { "application/json": { schema: DisbandedSchema } } },
    ...documentedProblems(403, 404, 429),
  },
});

const partyRoute = createRoute({
  method: "get",
  path: "/parties/{code}",
  tags: ["parties"],
  summary: "A party",
  description: "For its members and the system; to others it is unknown.",
  security: SYSTEM_OR_PLAYER,
  middleware: [requireCaller, limitPlayer],
  request: { params: PartyPathSchema },
  responses: {
    200: { description: "The party", content: { "application/json": { schema: PartySchema } } },
    ...documentedProblems(403, 404, 429),
  },
});

/** A party's code is as good as an invitation, so no log line holds one. */
export const partyRoutes = new OpenAPIHono<AppEnv>()
  .openapi(createPartyRoute, async (c) => {
    const body = c.req.valid("json");
    const actor = actingPlayer(c, body.player_id);
    if (!actor.ok) return problem(c, actor.refusal.reason, actor.refusal.extras);
    const member = memberOfBody(actor.value, body.roles, c.get("config").modes);
    if (!member.ok) return problem(c, member.refusal.reason, member.refusal.extras);
    const home = await homeRegionOf(c, actor.value);
    if (!home.ok) return answerRefusal(c, home.refusal);
    const { region, outcome } = await askAtHome(c, home.value, actor.value, (stub) => stub.createParty(member.value));
    if (!outcome.ok) return answerRefusal(c, outcome.refusal);
    note(c, "party_created", { player_id: actor.value, region });
    return c.json(partyBody(outcome.value, region), 200);
  })
  .openapi(joinRoute, async (c) => {
    const body = c.req.valid("json");
    const { regions, modes } = c.get("config");
    const actor = actingPlayer(c, body.player_id);
    if (!actor.ok) return problem(c, actor.refusal.reason, actor.refusal.extras);
    const member = memberOfBody(actor.value, body.roles, modes);
    if (!member.ok) return problem(c, member.refusal.reason, member.refusal.extras);
    const address = addressOfParty(c.req.valid("param").code, regions);
    if (address === null) return problem(c, "unknown_party");
    const { region, code } = address;
    const outcome = await callRegion(c.env, region, (stub) => stub.joinParty(code, member.value));
    if (!outcome.ok) return answerRefusal(c, outcome.refusal);
    note(c, "party_joined", { player_id: actor.value, region });
    return c.json(partyBody(outcome.value, region), 200);
  })
  .openapi(leaveRoute, async (c) => {
    const actor = actingPlayer(c, c.req.valid("json").player_id);
    if (!actor.ok) return problem(c, actor.refusal.reason, actor.refusal.extras);
    const address = addressOfParty(c.req.valid("param").code, c.get("config").regions);
    if (address === null) return problem(c, "unknown_party");
    const { region, code } = address;
    const outcome = await callRegion(c.env, region, (stub) => stub.leaveParty(code, actor.value));
    if (!outcome.ok) return answerRefusal(c, outcome.refusal);
    note(c, "party_left", { player_id: actor.value, region });
    return c.json({ status: "left" as const, code, player_id: actor.value }, 200);
  })
  .openapi(disbandRoute, async (c) => {
    const { isSystem, player } = c.get("caller");
    const address = addressOfParty(c.req.valid("param").code, c.get("config").regions);
    if (address === null) return problem(c, "unknown_party");
    const { region, code } = address;
    const playerId = isSystem ? null : (player?.playerId ?? "");
    if (isSystem) await writeDown(c, "party_disbanded", code);
    const outcome = await callRegion(c.env, region, (stub) => stub.disbandParty(code, playerId));
    if (!outcome.ok) return answerRefusal(c, outcome.refusal);
    note(c, "party_disbanded", { region });
    return c.json({ status: "disbanded" as const, code }, 200);
  })
  .openapi(partyRoute, async (c) => {
    const { isSystem, player } = c.get("caller");
    const address = addressOfParty(c.req.valid("param").code, c.get("config").regions);
    if (address === null) return problem(c, "unknown_party");
    const { region, code } = address;
    const party = await callRegion(c.env, region, (stub) => stub.party(code));
    const isShown = party !== null && (isSystem || memberOf(party, player?.playerId ?? "") !== undefined);
    return isShown ? c.json(partyBody(party, region), 200) : problem(c, "unknown_party");
  });
