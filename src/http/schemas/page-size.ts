import { z } from "@hono/zod-openapi";

/** A page size: a whole number from 1 to `most`. */
export function limitSchema(most: number, usual: number) {
  return z.coerce
    .number()
    .int()
    .min(1)
    .max(most)
    .default(usual)
    .openapi({ type: "integer", minimum: 1, maximum: most, default: usual });
}
