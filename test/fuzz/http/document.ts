import { z } from "zod";
import type { JsonObject } from "../json.ts";

/** A schema as the document writes it: JSON Schema 2020-12. */
export type Schema = JsonObject;

const SchemaSchema = z.custom<Schema>((value) => typeof value === "object" && value !== null);

const ContentSchema = z.record(z.string(), z.object({ schema: SchemaSchema.optional() }));

const OperationSchema = z.object({
  security: z.array(z.record(z.string(), z.array(z.string()))).default([]),
  parameters: z
    .array(
      z.object({
        name: z.string(),
        in: z.enum(["path", "query", "header"]),
        required: z.boolean().default(false),
        schema: SchemaSchema,
      }),
    )
    .default([]),
  requestBody: z.object({ required: z.boolean().default(false), content: ContentSchema }).optional(),
  responses: z.record(
    z.string(),
    z.object({ headers: z.record(z.string(), z.unknown()).default({}), content: ContentSchema.default({}) }),
  ),
});

/** As much of an OpenAPI 3.1 document as it takes to call a service and to judge its answers. */
export const DocumentSchema = z.object({
  paths: z.record(z.string(), z.record(z.string(), OperationSchema)),
  components: z.object({ schemas: z.record(z.string(), SchemaSchema) }),
});

export type OpenApiDocument = z.infer<typeof DocumentSchema>;

export interface Operation extends z.infer<typeof OperationSchema> {
  /** Such as `POST /matchmaking/queue`. */
  readonly name: string;
  readonly method: string;
  /** With its parameters in braces. */
  readonly path: string;
}

/** Every operation of the document; the one that opens a socket is asked for by an upgrade. */
/** Whether an operation is asked for as a WebSocket is: with an upgrade, and the token among the subprotocols. */
export function opensSocket({ security }: Pick<Operation, "security">): boolean {
  return security.some((way) => "socketToken" in way);
}

export function operationsOf(document: OpenApiDocument): Operation[] {
  return Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({
      ...operation,
      name: `${method.toUpperCase()} ${path}`,
      method: method.toUpperCase(),
      path,
    })),
  );
}
