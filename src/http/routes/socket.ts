import { createRoute, OpenAPIHono } from "@hono/zod-openapi";
import { connectSocket } from "../../region/directory.ts";
import { socketRefusalOf } from "../../region/socket-refusal.ts";
import { withTimeout } from "../../with-timeout.ts";
import type { AppEnv } from "../app-env.ts";
import { documentedProblems } from "../documented-problems.ts";
import { homeRegionOf } from "../home-region.ts";
import { authenticateSocket } from "../middleware/authenticate-socket.ts";
import { checkOrigin } from "../middleware/check-origin.ts";
import { limitConnects } from "../middleware/limit-rate.ts";
import { note } from "../note.ts";
import { RegionUnavailable, UnknownRefusal } from "../outside-failures.ts";
import { problem } from "../problem.ts";
import { answerRefusal } from "../refusal.ts";
import { SOCKET_TOKEN } from "../security.ts";

/** As for a call; see `callRegion`. A socket that opens after this is one that nobody holds: its region closes it. */
const TIMEOUT_MS = 10_000;

const socketRoute = createRoute({
  method: "get",
  path: "/matchmaking/ws",
  tags: ["queue"],
  summary: "Hear at once",
  description:
    "A WebSocket: `new WebSocket(url, ['muster.v1', 'bearer.' + token])`. Each frame is one JSON object with a " +
    "`type`. The first one is `state`: everything that concerns the player now, so that a reconnect misses " +
    "nothing. Then come `queue.joined`, `queue.left`, `match.found`, `match.finished`, `match.abandoned`, " +
    "`match.assigned` (how to get to the game server), `party.changed` and `party.ended`, and in modes with a ready " +
    "check `match.proposed`, `match.repairing` and `match.cancelled`, each with a `seq` that grows. A client may send " +
    "`enqueue` (`mode`, `constraints`), `cancel`, and with the `match_id` and `round` of a question `ack` (it is on " +
    "the screen), `accept` and `decline`. They are answered by `enqueue.receipt`, `cancel.receipt`, `accept.receipt`, " +
    "`decline.receipt` or `problem`, which repeat the optional `ref`; an `ack` only by a `problem`, if at all, and " +
    "`ping` by `pong`. Closed by the service with 4001 (the token has expired), 4002 " +
    "(too many sockets of the player), 4003 (too many messages), 4004 (the player moved to another region), " +
    "4005 (no ping for a long time), 4006 (the region was closed) or 4007 (the player's tokens were taken back).",
  security: SOCKET_TOKEN,
  middleware: [checkOrigin, authenticateSocket, limitConnects],
  responses: {
    101: { description: "Open; the subprotocol is `muster.v1`" },
    ...documentedProblems(400, 403, 404, 409, 426, 429),
  },
});

export const socketRoutes = new OpenAPIHono<AppEnv>().openapi(socketRoute, async (c) => {
  const { player } = c.get("caller");
  if (player === null) return problem(c, "credentials_needed");
  const { playerId, expiresAtMs, issuedAtMs } = player;
  const home = await homeRegionOf(c, playerId);
  if (!home.ok) return answerRefusal(c, home.refusal);
  let response: Response;
  try {
    const opened = connectSocket(c.env, home.value, { playerId, expiresAtMs, issuedAtMs });
    response = await withTimeout(opened, TIMEOUT_MS, "The object");
  } catch (error) {
    throw new RegionUnavailable(home.value, error);
  }
  if (response.status === 503) {
    const refusal = await socketRefusalOf(response);
    if (refusal === null) throw new UnknownRefusal("a reason to open no socket");
    return answerRefusal(c, refusal);
  }
  note(c, "socket_opened", { player_id: playerId, region: home.value });
  return response;
});
