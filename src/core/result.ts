/** A value, or a refusal tagged by `reason`. Refusals are data: they cross Durable Object RPC unharmed, exceptions do not. */
export type Result<Value, Refusal extends { readonly reason: string }> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly refusal: Refusal };

export function accept<Value>(value: Value): { readonly ok: true; readonly value: Value } {
  return { ok: true, value };
}

export function refuse<Refusal extends { readonly reason: string }>(
  refusal: Refusal,
): { readonly ok: false; readonly refusal: Refusal } {
  return { ok: false, refusal };
}
