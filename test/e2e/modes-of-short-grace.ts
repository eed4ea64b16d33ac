import type { ModeDefinition } from "../../src/core/mode-definition.ts";

/** In place of the shipped modes: a socket may be gone for four seconds. */
export const MODES: readonly ModeDefinition[] = [{ name: "2v2", teams: 2, teamSize: 2, socketGraceS: 4 }];
