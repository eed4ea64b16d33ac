import type { ModeDefinition } from "../../src/core/mode-definition.ts";
import { MODES as SHIPPED } from "../../src/modes.ts";
import { HUNT } from "../unit/builders/hunt-mode.ts";

/** Duels that need a game server: one is there in a minute or so, the other within a second or not at all. */
const HOSTED: ModeDefinition = { name: "hosted", teams: 2, teamSize: 1, assignWithinS: 60 };
const HASTY: ModeDefinition = { name: "hasty", teams: 2, teamSize: 1, assignWithinS: 1 };

/** What these tests play: the shipped modes, one with every rule there is, and some that need servers. */
export const MODES: readonly ModeDefinition[] = [...SHIPPED, HUNT, HOSTED, HASTY];
