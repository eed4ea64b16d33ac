/**
 * How the tickets of a match must agree in an attribute that a mode declares.
 *
 * - `overlap`: each ticket names some of `values` (maps, languages); all of them must have one in common. A ticket that
 *   names none takes any.
 * - `same`: all must be equal (build version, crossplay), so tickets that differ never meet: they wait in different
 *   pools. A ticket that says nothing has the default; without a default it must say.
 * - `range`: each ticket accepts numbers from one to another within `min` to `max` (stakes, map size); there must be a
 *   number that all accept. A ticket that says nothing takes any.
 */
export type AttributeRule =
  | { readonly rule: "overlap"; readonly values: readonly string[] }
  | { readonly rule: "same"; readonly default?: SameValue }
  | { readonly rule: "range"; readonly min: number; readonly max: number };

export type SameValue = string | number | boolean;

/** Both ends are included. */
export interface NumberRange {
  readonly min: number;
  readonly max: number;
}

/** What a ticket says, in the one form that its attribute's rule compares: a list, a value, or a range. */
export type AttributeValue = readonly string[] | SameValue | NumberRange;

export type Attributes = Readonly<Record<string, AttributeValue>>;

export function isValueList(value: AttributeValue): value is readonly string[] {
  return Array.isArray(value);
}

export function isNumberRange(value: AttributeValue): value is NumberRange {
  return typeof value === "object" && !isValueList(value);
}

/** Whether whoever says `outer` is content with everything that `inner` leaves open; both in normal form. */
export function covers(outer: AttributeValue, inner: AttributeValue): boolean {
  if (isValueList(outer)) return isValueList(inner) && inner.every((value) => outer.includes(value));
  if (isNumberRange(outer)) return isNumberRange(inner) && outer.min <= inner.min && inner.max <= outer.max;
  return outer === inner;
}
