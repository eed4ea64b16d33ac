import type { Context } from "hono";
import type { AppEnv } from "./app-env.ts";

/** The caller's, set by Cloudflare, so nobody can claim another's; absent only where no proxy stands in front. */
export function addressOf(c: Context<AppEnv>): string {
  return callerOfAddress(c.req.header("cf-connecting-ip") ?? "unknown");
}

/**
 * What counts as one caller where it matters from which address a call comes.
 *
 * 1. An IPv4 address is one, also when it is written as IPv6 (`::ffff:192.0.2.1`).
 * 2. Of IPv6 it is the /64: a household gets at least that, and so everybody has 2^64 addresses to send from (RFC 6177,
 *    RFC 7934).
 * 3. Anything else is taken as it is; Cloudflare sets the header, so nothing else comes.
 */
export function callerOfAddress(address: string): string {
  if (!address.includes(":")) return address;
  const [withoutZone = ""] = address.toLowerCase().split("%");
  const mapped = /^(?:0*:)*:?(?:0*:)*ffff:(\d+\.\d+\.\d+\.\d+)$/.exec(withoutZone);
  if (mapped?.[1] !== undefined) return mapped[1];
  const [head = "", tail] = withoutZone.split("::");
  const before = groupsOf(head);
  const after = tail === undefined ? [] : groupsOf(tail);
  const gap = Math.max(0, 8 - before.length - after.length);
  const groups = [...before, ...Array.from({ length: gap }, () => "0"), ...after];
  return `${groups.slice(0, 4).join(":")}::/64`;
}

/** Without leading zeros, so that every way to write an address counts as the same. */
function groupsOf(text: string): string[] {
  if (text === "") return [];
  return text.split(":").map((group) => group.replace(/^0+(?=.)/, ""));
}
