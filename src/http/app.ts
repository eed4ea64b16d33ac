import { OpenAPIHono } from "@hono/zod-openapi";
import type { Metrics } from "../metrics/metrics.ts";
import type { AppEnv } from "./app-env.ts";
import { answerInvalidInput } from "./invalid-input.ts";
import { authenticate } from "./middleware/authenticate.ts";
import { configure } from "./middleware/configure.ts";
import { crossOrigin } from "./middleware/cross-origin.ts";
import { limitBody } from "./middleware/limit-body.ts";
import { limitHead } from "./middleware/limit-head.ts";
import { observe } from "./middleware/observe.ts";
import { secureAnswers } from "./middleware/secure-answers.ts";
import { onError, onNotFound } from "./on-error.ts";
import { assignmentRoutes } from "./routes/assignments.ts";
import { auditLogRoutes } from "./routes/audit-log.ts";
import { backfillRoutes } from "./routes/backfills.ts";
import { addDocumentRoutes } from "./routes/document.ts";
import { failedMatchRoutes } from "./routes/failed-matches.ts";
import { healthRoutes } from "./routes/health.ts";
import { leaderboardRoutes } from "./routes/leaderboard.ts";
import { matchRoutes } from "./routes/matches.ts";
import { metricsRoutes } from "./routes/metrics.ts";
import { modeRoutes } from "./routes/modes.ts";
import { partyRoutes } from "./routes/parties.ts";
import { playerProfileRoutes } from "./routes/player-profile.ts";
import { playerTokenRoutes } from "./routes/player-tokens.ts";
import { queueRoutes } from "./routes/queue.ts";
import { readyCheckRoutes } from "./routes/ready-checks.ts";
import { registerRoutes } from "./routes/register.ts";
import { resultRoutes } from "./routes/results.ts";
import { revocationRoutes } from "./routes/revocations.ts";
import { socketRoutes } from "./routes/socket.ts";

/**
 * The HTTP API. The order is part of it:
 *
 * 1. `observe`, `secureAnswers`, `configure` and `limitHead` touch no answer after `next()`. The headers of a 101 that
 *    opens a socket cannot be changed, so that route is mounted right after them, and brings its own way of being told
 *    the token.
 * 2. `crossOrigin` and `limitBody` hold for everything that follows.
 * 3. `/metrics` has a credential of its own, so it stands before `authenticate`.
 */
export function createApp(metrics: Metrics): OpenAPIHono<AppEnv> {
  const app = new OpenAPIHono<AppEnv>({ defaultHook: answerInvalidInput });
  app.onError(onError);
  app.notFound(onNotFound);
  app.use(observe(metrics), secureAnswers, configure, limitHead);
  app.route("/", socketRoutes);
  app.use(crossOrigin, limitBody);
  app.route("/", metricsRoutes);
  app.use(authenticate);
  app.route("/", registerRoutes);
  app.route("/", playerTokenRoutes);
  app.route("/", revocationRoutes);
  app.route("/", playerProfileRoutes);
  app.route("/", leaderboardRoutes);
  app.route("/", queueRoutes);
  app.route("/", partyRoutes);
  app.route("/", failedMatchRoutes);
  app.route("/", matchRoutes);
  app.route("/", readyCheckRoutes);
  app.route("/", backfillRoutes);
  app.route("/", resultRoutes);
  app.route("/", assignmentRoutes);
  app.route("/", auditLogRoutes);
  app.route("/", modeRoutes);
  app.route("/", healthRoutes);
  addDocumentRoutes(app);
  return app;
}
