/** A JSON pointer (RFC 6901): `/constraints/avoid/0`, with `~` and `/` inside a step escaped; empty for the whole. */
export function jsonPointer(steps: readonly PropertyKey[]): string {
  return steps.map((step) => `/${String(step).replaceAll("~", "~0").replaceAll("/", "~1")}`).join("");
}
