import type { JsonSchema } from "./wire-schemas.ts";

/** The schemas as a TypeScript declaration file: one type each, with what the schemas say about their fields. */
export function printTypes(schemas: ReadonlyMap<string, JsonSchema>): string {
  const types = [...schemas].map(([name, schema]) => `${comment(schema)}export type ${name} = ${printType(schema)};\n`);
  return types.join("\n");
}

/**
 * A JSON schema as the type that zod infers from the same schema.
 *
 * @throws for what none of the protocol's schemas says so far, rather than print a type that is too wide
 */
function printType(schema: JsonSchema): string {
  const { $ref, const: value, enum: values, anyOf, oneOf, type, items, properties, additionalProperties } = schema;
  if ($ref !== undefined) return $ref;
  if (value !== undefined) return JSON.stringify(value);
  if (values !== undefined) return union(values.map((each) => JSON.stringify(each)));
  const choices = anyOf ?? oneOf;
  if (choices !== undefined) return union(choices.map(printType));
  if (properties !== undefined) return printObject(properties, schema.required ?? []);
  if (type === "array" && isSchema(items)) return `Array<${printType(items)}>`;
  // Not `Record`, through which a type may not refer to itself.
  if (type === "object" && isSchema(additionalProperties))
    return `{ [key: string]: ${printType(additionalProperties)} }`;
  // A schema that says nothing takes anything; one that says something else must not pass for it.
  if (Object.keys(schema).length === 0) return "unknown";
  const names = [type ?? []].flat().map((each) => PRIMITIVES.get(each));
  const known = names.filter((name) => name !== undefined);
  if (known.length === 0 || known.length < names.length) throw new Error(`no type for ${JSON.stringify(schema)}`);
  return union(known);
}

const PRIMITIVES: ReadonlyMap<string, string> = new Map([
  ["string", "string"],
  ["number", "number"],
  ["integer", "number"],
  ["boolean", "boolean"],
  ["null", "null"],
]);

function printObject(properties: Readonly<Record<string, JsonSchema | boolean>>, required: readonly string[]): string {
  const fields = Object.entries(properties).map(([name, schema]) => {
    if (!isSchema(schema)) throw new Error(`no type for ${name}`);
    const field = required.includes(name) ? "" : "?";
    const orUndefined = required.includes(name) ? "" : " | undefined";
    return `${comment(schema)}${printName(name)}${field}: ${printType(schema)}${orUndefined};\n`;
  });
  return `{\n${indent(fields.join(""))}}`;
}

function printName(name: string): string {
  return /^[a-z_]\w*$/i.test(name) ? name : JSON.stringify(name);
}

function isSchema(value: unknown): value is JsonSchema {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function union(types: readonly string[]): string {
  return types.join(" | ");
}

function comment({ description }: JsonSchema): string {
  return description === undefined ? "" : `/** ${description.replaceAll("*/", "*\\/")} */\n`;
}

function indent(lines: string): string {
  return lines.replace(/^(?=.)/gm, "  ");
}
