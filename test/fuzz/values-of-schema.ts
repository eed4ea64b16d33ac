import fc from "fast-check";
import type { Json } from "./json.ts";
import { isJsonObject } from "./json.ts";

type Schema = { readonly [key: string]: Json };

export interface ValueSettings {
  /** What a `$ref` leads to. */
  readonly resolve: (schema: Schema) => Schema;
  /** Better values for a field than its schema can tell: ids of somebody who exists. Null: nothing is known of it. */
  readonly hint: (name: string) => fc.Arbitrary<Json> | null;
  /** Keys that fit an object of any keys. */
  readonly keys: (name: string) => fc.Arbitrary<string>;
}

/** Of a schema that has no end, this many levels. */
const DEEPEST = 6;

/**
 * Values that a schema allows, as far as the keywords say that the document uses. Where it says nothing, anything.
 *
 * @param name of the field that the value is for; the elements of a list have the name of the list
 */
export function valuesOf(schema: Schema, settings: ValueSettings, name = "", depth = 0): fc.Arbitrary<Json> {
  const plain = settings.resolve(schema);
  const hint = settings.hint(name);
  if (hint !== null && !holdsOthers(plain)) return isNullable(plain) ? orNull(hint) : hint;
  if (depth > DEEPEST) return fc.constant(null);
  if (Array.isArray(plain.enum)) return fc.constantFrom<Json[]>(...plain.enum);
  if ("const" in plain) return fc.constant(plain.const ?? null);
  const alternatives = schemasOf(plain.anyOf ?? plain.oneOf);
  if (alternatives.length > 0) {
    return fc.oneof(...alternatives.map((part) => valuesOf(part, settings, name, depth + 1)));
  }
  const types = typesOf(plain);
  if (types.length === 0) return fc.constantFrom<Json[]>(1, "text", true, [], {});
  return fc.oneof(...types.map((type) => valuesOfType(type, plain, settings, name, depth)));
}

function valuesOfType(
  type: string,
  schema: Schema,
  settings: ValueSettings,
  name: string,
  depth: number,
): fc.Arbitrary<Json> {
  switch (type) {
    case "null":
      return fc.constant(null);
    case "boolean":
      return fc.boolean();
    case "integer":
      return fc.integer({
        min: numberOf(schema.minimum, -5),
        max: Math.max(numberOf(schema.minimum, -5), numberOf(schema.maximum, 100)),
      });
    case "number":
      return fc.double({ min: numberOf(schema.minimum, -100), max: numberOf(schema.maximum, 100_000), noNaN: true });
    case "string":
      return stringsOf(schema);
    case "array":
      return listsOf(schema, settings, name, depth);
    default:
      return objectsOf(schema, settings, name, depth);
  }
}

function stringsOf(schema: Schema): fc.Arbitrary<string> {
  // Random texts would never come upon one that a pattern such as that of an id takes, so those are made from it. Of
  // classes of Unicode fast-check makes none; what is asked for by them, random texts mostly have.
  if (typeof schema.pattern === "string" && !schema.pattern.includes("\\p{")) {
    return fc.stringMatching(new RegExp(schema.pattern));
  }
  const minLength = numberOf(schema.minLength, 0);
  const maxLength = Math.min(numberOf(schema.maxLength, 40), minLength + 60);
  const texts = fc.oneof(fc.string({ minLength, maxLength }), fc.string({ unit: "grapheme", minLength, maxLength }));
  if (typeof schema.pattern !== "string") return texts;
  const pattern = new RegExp(schema.pattern, "u");
  return texts.filter((text) => pattern.test(text));
}

function listsOf(schema: Schema, settings: ValueSettings, name: string, depth: number): fc.Arbitrary<Json> {
  const minLength = numberOf(schema.minItems, 0);
  const maxLength = Math.max(minLength, Math.min(numberOf(schema.maxItems, 5), 5));
  const items = isJsonObject(schema.items) ? valuesOf(schema.items, settings, name, depth + 1) : fc.constant<Json>("x");
  return schema.uniqueItems === true
    ? fc.uniqueArray(items, { minLength, maxLength, selector: (item) => JSON.stringify(item) })
    : fc.array(items, { minLength, maxLength });
}

function objectsOf(schema: Schema, settings: ValueSettings, name: string, depth: number): fc.Arbitrary<Json> {
  const properties = isJsonObject(schema.properties) ? Object.entries(schema.properties) : [];
  const required = Array.isArray(schema.required) ? schema.required : [];
  const fields = properties.flatMap(([key, part]): [string, fc.Arbitrary<Json>][] =>
    isJsonObject(part) ? [[key, valuesOf(part, settings, key, depth + 1)]] : [],
  );
  const named = fc
    .tuple(...fields.map(([key, values]) => (required.includes(key) ? values.map(present) : atTimes(values))))
    .map((drawn) => Object.fromEntries(drawn.flatMap((value, index) => entryOf(fields[index]?.[0], value))));
  if (!isJsonObject(schema.additionalProperties)) return named;
  const others = valuesOf(schema.additionalProperties, settings, `${name}/*`, depth + 1);
  const free = fc.dictionary(settings.keys(name), others, { maxKeys: 4, noNullPrototype: true });
  return fc.tuple(free, named).map(([more, object]) => ({ ...more, ...object }));
}

type Drawn = { readonly value: Json } | null;

function present(value: Json): Drawn {
  return { value };
}

/** Optional fields are mostly left out: a call that says all it could is refused for one of them. */
function atTimes(values: fc.Arbitrary<Json>): fc.Arbitrary<Drawn> {
  return fc.oneof({ arbitrary: fc.constant<Drawn>(null), weight: 2 }, { arbitrary: values.map(present), weight: 1 });
}

function entryOf(key: string | undefined, drawn: Drawn): [string, Json][] {
  return key === undefined || drawn === null ? [] : [[key, drawn.value]];
}

/** A hint is a value by itself: it does not stand for a list of them, nor for an object. */
function holdsOthers(schema: Schema): boolean {
  return (
    typesOf(schema).some((type) => type === "array" || type === "object") || "anyOf" in schema || "oneOf" in schema
  );
}

function isNullable(schema: Schema): boolean {
  return typesOf(schema).includes("null");
}

function orNull(values: fc.Arbitrary<Json>): fc.Arbitrary<Json> {
  return fc.oneof({ arbitrary: values, weight: 5 }, { arbitrary: fc.constant(null), weight: 1 });
}

function typesOf({ type }: Schema): string[] {
  return (Array.isArray(type) ? type : [type]).filter((one): one is string => typeof one === "string");
}

function schemasOf(value: Json | undefined): Schema[] {
  return Array.isArray(value) ? value.filter(isJsonObject) : [];
}

function numberOf(value: Json | undefined, otherwise: number): number {
  return typeof value === "number" ? value : otherwise;
}
