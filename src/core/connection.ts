import { LIMITS } from "./limits.ts";
import type { Result } from "./result.ts";
import { accept, refuse } from "./result.ts";

/**
 * How to get to a game server, in whatever words the game has for it: the JSON of one object. Nothing here reads it, so
 * it is kept as text, in one form: members in order of their names, no spaces. Two that say the same are the same text.
 */
export type Connection = string;

const ENCODER = new TextEncoder();

/**
 * Brings what somebody said into that form.
 *
 * @returns refused, with what is wrong: no object, or past one of `LIMITS.connection…`
 */
export function connectionOfJson(value: unknown): Result<Connection, { reason: "unfit"; detail: string }> {
  const { connectionMembers: members, connectionDepth: depth, connectionBytes: bytes } = LIMITS;
  if (!isRecord(value)) return refuse({ reason: "unfit", detail: "Send one object." });
  if (Object.keys(value).length > members)
    return refuse({ reason: "unfit", detail: `Send at most ${members} members.` });
  // The depth comes first: it bounds the recursion, so that a hostile value cannot exhaust the stack.
  if (!isJson(value, depth)) {
    return refuse({ reason: "unfit", detail: `Send JSON only, at most ${depth} levels deep.` });
  }
  const text = canonical(value);
  if (ENCODER.encode(text).length > bytes) {
    return refuse({ reason: "unfit", detail: `Send at most ${bytes} bytes of JSON.` });
  }
  return accept(text);
}

/** @param depth levels of objects and lists that there may be */
function isJson(value: unknown, depth: number): boolean {
  if (value === null || typeof value === "string" || typeof value === "boolean") return true;
  if (typeof value === "number") return Number.isFinite(value);
  if (typeof value !== "object" || depth === 0) return false;
  return Object.values(value).every((member) => isJson(member, depth - 1));
}

function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  if (!isRecord(value)) return JSON.stringify(value);
  const members = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${members.map(([name, member]) => `${JSON.stringify(name)}:${canonical(member)}`).join(",")}}`;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
