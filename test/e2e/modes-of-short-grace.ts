import type { ModeDefinition } from "../../src/core/mode-definition.ts";

/** A socket may be gone for four seconds. */
const BRIEF: ModeDefinition = { name: "2v2", teams: 2, teamSize: 2, socketGraceS: 4 };

/** Longer than the ten seconds for which the platform keeps an object that nothing happens to. */
const PATIENT: ModeDefinition = { name: "5v5", teams: 2, teamSize: 5, socketGraceS: 14, httpLeaseS: 14 };

/** In place of the shipped modes. */
export const MODES: readonly ModeDefinition[] = [BRIEF, PATIENT];
