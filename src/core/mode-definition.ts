import type { Mode, ModeTable, Overdue, RatingEnvironment, ReadyCheckRules } from "./mode.ts";
import { DEFAULT_RATING } from "./mode.ts";
import type { ModeProblem } from "./mode-problems.ts";
import { problemsOfMode } from "./mode-problems.ts";
import type { Result } from "./result.ts";
import { accept, refuse } from "./result.ts";

/**
 * What a search feels like to a player:
 *
 * - `strict`: "I would rather wait than lose to somebody I had no chance against." Close matches; a search may take
 *   minutes.
 * - `balanced`: "A good game soon." A second of waiting is worth half a rating point; nobody waits beyond a minute
 *   while there are enough players.
 * - `fast`: "Just let me play." Looser matches, half the wait, half a minute at most.
 */
export type Feel = "strict" | "balanced" | "fast";

const FEELS: Readonly<Record<Feel, Pick<Mode, "pointsPerSecond" | "overdue">>> = {
  strict: { pointsPerSecond: 0.1, overdue: { naturalWaits: 6, leastS: 120, mostS: 300 } },
  balanced: { pointsPerSecond: 0.5, overdue: { naturalWaits: 6, leastS: 30, mostS: 60 } },
  fast: { pointsPerSecond: 2, overdue: { naturalWaits: 6, leastS: 15, mostS: 30 } },
};

/** What a ready check is like unless its mode says otherwise. */
const DEFAULT_READY_CHECK: ReadyCheckRules = {
  acceptS: 12,
  ackS: null,
  repairS: 10,
  coolDownsS: [30, 120, 600, 1_800],
  forgivenAfterS: 86_400,
};

/** What `src/modes.ts` says of a mode: the shape, and whatever differs from its feel and the defaults below. */
export type ModeDefinition = Pick<Mode, "name" | "teams" | "teamSize"> &
  Partial<Omit<Mode, "name" | "teams" | "teamSize" | "rating" | "overdue" | "readyCheck">> & {
    /** Balanced if absent. */
    readonly feel?: Feel;
    readonly overdue?: Partial<Overdue>;
    /** `{}`: with all defaults. Absent or null: no ready check. */
    readonly readyCheck?: Partial<ReadyCheckRules> | null;
    readonly rating?: Partial<RatingEnvironment>;
  };

/**
 * Fills in defaults and checks every field.
 *
 * @param defaultSigmaWeight `MATCH_BETA`, for modes that name none
 * @returns the table, or every problem found, each with the path of its field
 */
export function resolveModes(
  definitions: readonly ModeDefinition[],
  defaultSigmaWeight: number,
): Result<ModeTable, { reason: "impossible_modes"; problems: readonly ModeProblem[] }> {
  const problems: ModeProblem[] = [];
  const byName = new Map<string, Mode>();
  definitions.forEach((definition, index) => {
    const path = `modes[${index}]`;
    const { feel = "balanced" } = definition;
    if (!Object.hasOwn(FEELS, feel)) {
      problems.push({ path: `${path}.feel`, detail: `one of ${Object.keys(FEELS).join(", ")}` });
      return;
    }
    const mode = withDefaults(definition, feel, defaultSigmaWeight);
    problems.push(...problemsOfMode(mode, path));
    if (byName.has(mode.name)) problems.push({ path: `${path}.name`, detail: "another mode has this name" });
    byName.set(mode.name, mode);
  });
  const [defaultMode] = byName.values();
  if (definitions.length === 0) problems.push({ path: "modes", detail: "at least one mode is needed" });
  if (problems.length > 0 || defaultMode === undefined) return refuse({ reason: "impossible_modes", problems });
  return accept({ defaultMode, byName });
}

function withDefaults({ feel: _, ...definition }: ModeDefinition, feel: Feel, defaultSigmaWeight: number): Mode {
  return {
    partySizes: Array.from({ length: Math.max(0, Math.min(definition.teamSize, 64)) }, (_, index) => index + 1),
    targetWaitS: null,
    equity: 0.8,
    // In teams of one the range of a group is its imbalance: counted twice it would cost more waiting than it gains.
    balanceWeight: definition.teamSize === 1 ? 0 : 4,
    isSigmaAware: true,
    sigmaWeight: defaultSigmaWeight,
    partyParityWeight: 0.5,
    maxRatingGap: null,
    roles: {},
    attributes: {},
    maxLatencyMs: null,
    tickPeriodMs: 1_000,
    socketGraceS: 30,
    httpLeaseS: 120,
    assignWithinS: null,
    isBackfillPreferred: true,
    matchTimeoutMs: 3_600_000,
    ...FEELS[feel],
    ...definition,
    overdue: withOverdue(FEELS[feel].overdue, definition.overdue ?? {}),
    readyCheck: withReadyCheck(definition.readyCheck ?? null),
    rating: { ...DEFAULT_RATING, ...definition.rating },
  };
}

function withReadyCheck(own: Partial<ReadyCheckRules> | null): ReadyCheckRules | null {
  return own === null ? null : { ...DEFAULT_READY_CHECK, ...own };
}

/** A cap below what its feel takes for the least moves that too: who names one must not have to name the other. */
function withOverdue(usual: Overdue, own: Partial<Overdue>): Overdue {
  const mostS = own.mostS ?? usual.mostS;
  return { ...usual, leastS: Math.min(usual.leastS, mostS), ...own };
}
