import type { AuditCheck, Finding } from "./finding.ts";
import { AUDIT_CHECKS } from "./finding.ts";

/**
 * What is wrong as far as is known: when each thing was last seen, by check and subject. What is wrong in the database stays
 * wrong until somebody repairs it, and every pass finds it again; it is told of once.
 */
export type Standing = Readonly<Record<string, number>>;

/** So many are kept. More are told of each time that they are found: then nobody needs to know them one by one. */
const MOST_KEPT = 500;

/** Takes in what was found. @returns also what of it was not known before */
export function note(
  standing: Standing,
  findings: readonly Finding[],
  nowMs: number,
): { readonly standing: Standing; readonly fresh: readonly Finding[] } {
  if (findings.length === 0) return { standing, fresh: [] };
  const noted: Record<string, number> = { ...standing };
  const fresh: Finding[] = [];
  let kept = Object.keys(noted).length;
  for (const finding of findings) {
    const key = keyOf(finding);
    const isKnown = noted[key] !== undefined;
    if (!isKnown) fresh.push(finding);
    if (!isKnown && kept >= MOST_KEPT) continue;
    if (!isKnown) kept += 1;
    noted[key] = nowMs;
  }
  return { standing: noted, fresh };
}

/**
 * After everything was looked at from `sinceMs` on: what was not seen again has been repaired.
 *
 * @param checks those that were made
 */
export function settle(standing: Standing, checks: readonly AuditCheck[], sinceMs: number): Standing {
  const settled = Object.entries(standing).filter(
    ([key, seenMs]) => seenMs >= sinceMs || !checks.some((check) => isOf(key, check)),
  );
  return Object.fromEntries(settled);
}

export function standingOf(standing: Standing): ReadonlyMap<AuditCheck, number> {
  const keys = Object.keys(standing);
  return new Map(AUDIT_CHECKS.map((check) => [check, keys.filter((key) => isOf(key, check)).length]));
}

function keyOf({ check, subject }: Finding): string {
  return `${check} ${subject}`;
}

function isOf(key: string, check: AuditCheck): boolean {
  return key.startsWith(`${check} `);
}
