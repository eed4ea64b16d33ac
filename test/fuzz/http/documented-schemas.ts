import type { ValidateFunction } from "ajv/dist/2020.js";
import { Ajv2020 } from "ajv/dist/2020.js";
import type { Json } from "../json.ts";
import { isJsonObject } from "../json.ts";
import { closedInside, closedSchema } from "./close-schemas.ts";
import type { OpenApiDocument, Operation, Schema } from "./document.ts";

/** The service speaks of times in UTC only. */
const DATE_TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?Z$/;

/** Holds values against the schemas of one OpenAPI document. */
export class DocumentedSchemas {
  readonly #ajv = new Ajv2020({ strict: false, allErrors: true, formats: { "date-time": DATE_TIME } });
  readonly #compiled = new Map<Schema, ValidateFunction>();
  readonly #components: Readonly<Record<string, Schema>>;

  constructor({ components }: OpenApiDocument) {
    this.#components = components.schemas;
    const closed = Object.entries(components.schemas).map(([name, schema]) => [name, closedInside(schema)]);
    this.#ajv.addSchema({ $id: "sent:", components });
    this.#ajv.addSchema({ $id: "answered:", components: { schemas: Object.fromEntries(closed) } });
  }

  /** What is wrong with an answer's body, fields that the schema does not name included. @returns empty: nothing */
  faultsOfAnswer(schema: Schema, value: Json): string[] {
    return this.#faults(schema, "answered:", () => closedSchema(schema), value);
  }

  /** What is wrong with a request's body. @returns empty: nothing */
  faultsOfBody(operation: Operation, value: Json): string[] {
    const schema = bodySchemaOf(operation);
    return schema === null ? [] : this.#faults(schema, "sent:", () => schema, value);
  }

  /** What a reference leads to; the schema itself if it is none. */
  resolve(schema: Schema): Schema {
    const { $ref } = schema;
    if (typeof $ref !== "string") return schema;
    const found = this.#components[$ref.slice("#/components/schemas/".length)];
    if (found === undefined) throw new Error(`the document has no ${$ref}`);
    return this.resolve(found);
  }

  #faults(schema: Schema, base: string, prepare: () => Schema, value: Json): string[] {
    const validate = this.#compiled.get(schema) ?? this.#compile(schema, base, prepare());
    if (validate(value)) return [];
    return (validate.errors ?? []).map(({ instancePath, message, params }) => {
      const named = isJsonObject(params) ? Object.values(params).join(" ") : "";
      return `${instancePath === "" ? "the body" : instancePath} ${message ?? "is not valid"} (${named})`;
    });
  }

  #compile(schema: Schema, base: string, prepared: Schema): ValidateFunction {
    // References are to components; an id of its own makes them lead into the right set.
    const validate = this.#ajv.compile(withReferencesInto(base, prepared));
    this.#compiled.set(schema, validate);
    return validate;
  }
}

/** Null: the operation takes no JSON. */
export function bodySchemaOf({ requestBody }: Operation): Schema | null {
  return requestBody?.content["application/json"]?.schema ?? null;
}

function withReferencesInto(base: string, schema: Schema): Schema {
  const rewrite = (value: Json): Json => {
    if (Array.isArray(value)) return value.map(rewrite);
    if (!isJsonObject(value)) return value;
    return Object.fromEntries(
      Object.entries(value).map(([key, part]) => [
        key,
        key === "$ref" && typeof part === "string" ? base + part : rewrite(part),
      ]),
    );
  };
  const rewritten = rewrite(schema);
  return isJsonObject(rewritten) ? rewritten : schema;
}
