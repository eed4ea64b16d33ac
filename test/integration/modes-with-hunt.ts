import type { ModeDefinition } from "../../src/core/mode-definition.ts";
import { MODES as SHIPPED } from "../../src/modes.ts";
import { HUNT } from "../unit/builders/hunt-mode.ts";

/** Small matches that ask first: one with the usual times, one that is over soon. */
const ASKING: ModeDefinition = { name: "asking", teams: 2, teamSize: 2, feel: "fast", readyCheck: {} };
const HASTY: ModeDefinition = { ...ASKING, name: "hasty", readyCheck: { acceptS: 3, repairS: 1 } };

/** What these tests play: the shipped modes, one with every rule there is, two that ask (see vitest.config.ts). */
export const MODES: readonly ModeDefinition[] = [...SHIPPED, HUNT, ASKING, HASTY];
