import type { ModeDefinition } from "../../src/core/mode-definition.ts";
import { MODES as SHIPPED } from "../../src/modes.ts";
import { HUNT } from "../unit/builders/hunt-mode.ts";

/** What these tests play: the shipped modes, and one with every rule there is (see vitest.config.ts). */
export const MODES: readonly ModeDefinition[] = [...SHIPPED, HUNT];
