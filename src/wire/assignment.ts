import { z } from "zod";
import type { Connection } from "../core/connection.ts";
import { connectionOfJson } from "../core/connection.ts";
import { LIMITS } from "../core/limits.ts";
import type { ConnectionBody } from "./ready-check.ts";
import { ConnectionSchema } from "./ready-check.ts";

/** What an allocator or a game server says: read into the one form in which connections are kept. */
export const GivenConnectionSchema = z
  .record(z.string(), z.unknown())
  .meta({
    description:
      `Any JSON object: at most ${LIMITS.connectionBytes} bytes, ${LIMITS.connectionMembers} members and ` +
      `${LIMITS.connectionDepth} levels. The match's players get it as it is; nobody else does`,
    example: { host: "203.0.113.7", port: 7777 },
  })
  .transform((value, context): Connection => {
    const connection = connectionOfJson(value);
    if (connection.ok) return connection.value;
    context.issues.push({ code: "custom", message: connection.refusal.detail, input: value });
    return z.NEVER;
  });

export const AssignmentSchema = z.object({ connection: GivenConnectionSchema }).meta({ id: "Assignment" });

/** Null: there is none. */
export function connectionBody(connection: Connection | null): ConnectionBody | null {
  return connection === null ? null : ConnectionSchema.parse(JSON.parse(connection));
}
