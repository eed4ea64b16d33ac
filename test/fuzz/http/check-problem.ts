import { PROBLEMS, problemType } from "../../../src/wire/problem-kinds.ts";
import type { Json } from "../json.ts";
import { isJsonObject } from "../json.ts";
import type { Answer } from "./answer.ts";

const KNOWN = new Map<string, number>(
  Object.entries(PROBLEMS).map(([reason, { status }]) => [`urn:muster:problem:${reason}`, status]),
);
const INVALID_INPUT = problemType("invalid_input");

/** What is missing in a problem document or contradicts the answer it came with. @returns empty: nothing */
export function problemFaults({ status, headers }: Answer, body: Json | undefined): string[] {
  if (!isJsonObject(body)) return ["the body is no JSON object"];
  const faults: string[] = [];
  for (const member of ["type", "title", "detail", "instance"]) {
    const value = body[member];
    if (typeof value !== "string" || value === "") faults.push(`${member} is missing or empty`);
  }
  if (body.status !== status) faults.push(`status says ${body.status}, the answer ${status}`);
  if (body.instance !== headers["x-request-id"]) faults.push("instance is not the x-request-id");
  const documented = typeof body.type === "string" ? KNOWN.get(body.type) : undefined;
  if (documented === undefined) faults.push(`type ${body.type} is not known`);
  else if (documented !== status) faults.push(`type ${body.type} belongs to ${documented}`);
  if (body.type === INVALID_INPUT && !isNonEmptyList(body.errors)) faults.push("errors names no fault");
  return faults;
}

function isNonEmptyList(value: Json | undefined): boolean {
  return Array.isArray(value) && value.length > 0;
}
