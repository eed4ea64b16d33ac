import type { ModeDefinition } from "../../src/core/mode-definition.ts";
import { MODES as SHIPPED } from "../../src/modes.ts";
import { HUNT } from "../unit/builders/hunt-mode.ts";

/** Small matches that ask first: one with the usual times, one that is over soon. */
const ASKING: ModeDefinition = { name: "asking", teams: 2, teamSize: 2, feel: "fast", readyCheck: {} };
const HASTY: ModeDefinition = { ...ASKING, name: "hasty", readyCheck: { acceptS: 3, repairS: 1 } };

/** A place in line is given up after seconds without a sign of life. */
const BRIEF: ModeDefinition = { name: "brief", teams: 2, teamSize: 2, socketGraceS: 2, httpLeaseS: 5 };

/** What these tests play: the shipped modes, one with every rule, two that ask, one of short times (see vitest.config.ts). */
export const MODES: readonly ModeDefinition[] = [...SHIPPED, HUNT, ASKING, HASTY, BRIEF];
