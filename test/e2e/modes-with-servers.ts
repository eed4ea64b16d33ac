import type { ModeDefinition } from "../../src/core/mode-definition.ts";

/** In place of the shipped modes: a duel that needs a game server within three seconds. */
export const MODES: readonly ModeDefinition[] = [{ name: "duel", teams: 2, teamSize: 1, assignWithinS: 3 }];
