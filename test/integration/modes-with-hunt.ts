import type { ModeDefinition } from "../../src/core/mode-definition.ts";
import { MODES as SHIPPED } from "../../src/modes.ts";
import { HUNT } from "../unit/builders/hunt-mode.ts";

/** Small matches that ask first: one with the usual times, one that is over soon. */
const ASKING: ModeDefinition = { name: "asking", teams: 2, teamSize: 2, feel: "fast", readyCheck: {} };
const HASTY: ModeDefinition = { ...ASKING, name: "hasty", readyCheck: { acceptS: 3, repairS: 1 } };

/** A place in line is given up after seconds without a sign of life. */
const BRIEF: ModeDefinition = { name: "brief", teams: 2, teamSize: 2, socketGraceS: 2, httpLeaseS: 5 };

/** Duels that need a game server: within a minute, or within a second. */
const HOSTED: ModeDefinition = { name: "hosted", teams: 2, teamSize: 1, assignWithinS: 60 };
const HOSTED_BRIEF: ModeDefinition = { ...HOSTED, name: "hosted-brief", assignWithinS: 1 };

/** A duel whose result must come within a second. */
const SPRINT: ModeDefinition = { name: "sprint", teams: 2, teamSize: 1, matchTimeoutMs: 1_000 };

/** What these tests play (see vitest.config.ts): the shipped modes, one with every rule, and those above. */
export const MODES: readonly ModeDefinition[] = [...SHIPPED, HUNT, ASKING, HASTY, BRIEF, HOSTED, HOSTED_BRIEF, SPRINT];
