import fc from "fast-check";
import type { Operation } from "./document.ts";

/** What a request shows of who sends it. */
export type Credential =
  | "none"
  | "key"
  | "player"
  | "stranger"
  | "key and player"
  | "identity"
  | "metrics"
  | "wrong key"
  | "wrong token"
  | "tampered token"
  | "unsigned token"
  | "identity elsewhere"
  | "key and wrong token"
  | "wrong key and player"
  | "no bearer";

const FALSE: ReadonlySet<Credential> = new Set<Credential>([
  "wrong key",
  "wrong token",
  "tampered token",
  "unsigned token",
  "identity elsewhere",
  "key and wrong token",
  "wrong key and player",
  "no bearer",
]);

const SHOWS: Partial<Record<Credential, readonly string[]>> = {
  key: ["apiKey"],
  player: ["playerToken", "socketToken"],
  stranger: ["playerToken", "socketToken"],
  "key and player": ["apiKey", "playerToken", "socketToken"],
  identity: ["identityToken", "socketToken"],
  metrics: ["metricsToken"],
};

/** Mostly one that the operation takes, so that requests get past the door. */
export function credentialFor(operation: Operation | null): fc.Arbitrary<Credential> {
  const taken = (operation?.security ?? []).flatMap((way) => Object.keys(way));
  const fitting: Credential[] = taken.includes("apiKey") ? ["key", "key", "key and player"] : [];
  if (taken.includes("playerToken") || taken.includes("socketToken")) fitting.push("player", "player", "player");
  if (taken.includes("identityToken") || taken.includes("socketToken")) fitting.push("identity");
  if (taken.includes("metricsToken")) fitting.push("metrics");
  // Where nobody has to say who they are, or an operation takes what this program has not heard of.
  const isOpen = taken.length === 0 || operation?.security.some((way) => Object.keys(way).length === 0) === true;
  if (isOpen || fitting.length === 0) fitting.push("none", "none", "key", "player");
  const any: Credential[] = ["none", "key", "player", "stranger", "identity", "metrics", ...FALSE];
  return fc.oneof(
    { arbitrary: fc.constantFrom(...fitting), weight: 5 },
    { arbitrary: fc.constantFrom(...any), weight: 1 },
  );
}

/** Whether an operation may serve such a caller at all, as the document says: each false credential shuts the door. */
export function mayServe(operation: Operation, credential: Credential): boolean {
  if (FALSE.has(credential)) return false;
  const shown = SHOWS[credential] ?? [];
  const knows = (scheme: string) => shown.includes(scheme);
  const isForeign = credential === "metrics" && !operation.security.some((way) => "metricsToken" in way);
  if (isForeign) return false;
  return operation.security.length === 0 || operation.security.some((way) => Object.keys(way).every(knows));
}
