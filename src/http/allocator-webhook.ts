import type { OpenAPIHono } from "@hono/zod-openapi";
import { z } from "@hono/zod-openapi";
import { AllocationSchema } from "../wire/allocation.ts";
import { AssignmentSchema } from "../wire/assignment.ts";
import type { AppEnv } from "./app-env.ts";

const HeadersSchema = z.object({
  "webhook-id": z.string().openapi({ description: "The match id; the same at every try" }),
  "webhook-timestamp": z.string().openapi({ description: "Of this try, in Unix seconds", example: "1793577600" }),
  "webhook-signature": z.string().openapi({
    description: "`v1,` and the base64 of HMAC-SHA256 over `id.timestamp.body`, as Standard Webhooks has it",
    example: "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
  }),
});

/** Describes the one call that goes the other way: to the game's allocator. */
export function addAllocatorWebhook({ openAPIRegistry }: OpenAPIHono<AppEnv>): void {
  openAPIRegistry.registerWebhook({
    method: "post",
    path: "match.server_needed",
    tags: ["matches"],
    summary: "A match needs a game server",
    description:
      "Sent to `ALLOCATOR_URL` for every match of a mode with `assign_within_s`, and again with growing pauses (1 s to 30 s) " +
      "until it is answered with success or the match has a server. A redirect is not followed.",
    request: {
      headers: HeadersSchema,
      body: { required: true, content: { "application/json": { schema: AllocationSchema } } },
    },
    responses: {
      200: { description: "A server is ready", content: { "application/json": { schema: AssignmentSchema } } },
      202: { description: "A server will claim the match, with `POST /matchmaking/match/{match_id}/assignment`" },
      410: {
        description:
          "There will be no server, or with 422: as a problem document, it cancels the match at once. Anything else is tried again",
        content: { "application/problem+json": { schema: z.object({}).loose() } },
      },
      503: { description: "Not now; `Retry-After` up to 60 s is respected" },
    },
  });
}
