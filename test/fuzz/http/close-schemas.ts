import type { Json } from "../json.ts";
import { isJsonObject } from "../json.ts";
import type { Schema } from "./document.ts";

/**
 * The same schemas, which now refuse what they do not name: an answer with a field that nobody documented is an
 * undocumented answer.
 *
 * 1. Wherever a value stands (a field, an element, a body) its schema gets `unevaluatedProperties: false`.
 * 2. Not so a part of an `allOf`, `anyOf` or `oneOf`, nor what a `$ref` leads to: it would refuse the fields of the other
 *    parts. The place where they are put together is closed instead, which sees the fields of all.
 * 3. A schema that says what other fields may be stays as it is, and so does an object of which nothing is said.
 */
export function closedSchema(schema: Schema): Schema {
  return closeParts(schema, true);
}

/** For what a `$ref` leads to: it is closed where it is used. */
export function closedInside(schema: Schema): Schema {
  return closeParts(schema, false);
}

const ALTERNATIVES = ["allOf", "anyOf", "oneOf"];

function closeParts(schema: Schema, isPlace: boolean): Schema {
  const entries = Object.entries(schema).map(([keyword, value]): [string, Json] => [
    keyword,
    closeKeyword(keyword, value),
  ]);
  const says = (keyword: string) => keyword in schema;
  const names = says("properties") || says("$ref") || ALTERNATIVES.some(says);
  const isOpen = isPlace && names && !says("additionalProperties");
  return { ...Object.fromEntries(entries), ...(isOpen && { unevaluatedProperties: false }) };
}

function closeKeyword(keyword: string, value: Json): Json {
  if (keyword === "properties" && isJsonObject(value)) {
    return Object.fromEntries(
      Object.entries(value).map(([name, part]) => [name, isJsonObject(part) ? closedSchema(part) : part]),
    );
  }
  if ((keyword === "items" || keyword === "additionalProperties") && isJsonObject(value)) return closedSchema(value);
  if (ALTERNATIVES.includes(keyword) && Array.isArray(value)) {
    return value.map((part: Json) => (isJsonObject(part) ? closedInside(part) : part));
  }
  return value;
}
