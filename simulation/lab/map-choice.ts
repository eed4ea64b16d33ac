import type { AttributeRule } from "../../src/core/attribute.ts";
import type { Ticket } from "../../src/core/ticket.ts";
import type { Random } from "../random.ts";

/** The attribute that tickets of the trace `rules` speak of, and the maps there are. */
const ATTRIBUTE = "maps";
const MAPS = ["arena", "bridge", "canyon", "docks", "estate"];

/** As a mode of the lab declares it: everybody in a match must have a map in common. */
export const MAP_ATTRIBUTES: Readonly<Record<string, AttributeRule>> = {
  [ATTRIBUTE]: { rule: "overlap", values: MAPS },
};

/** Two maps that somebody insists on, any two alike. */
export function drawMapChoice(random: Random): Ticket["constraints"] {
  const first = Math.floor(random.between(0, MAPS.length));
  const second = (first + 1 + Math.floor(random.between(0, MAPS.length - 1))) % MAPS.length;
  return { attributes: { [ATTRIBUTE]: MAPS.filter((_, index) => index === first || index === second) } };
}

/** The maps that a ticket would play; who names none plays any. */
export function mapsOf({ constraints }: Ticket): readonly string[] {
  const choice = constraints.attributes?.[ATTRIBUTE];
  return Array.isArray(choice) ? choice : MAPS;
}

/** Whether there is a map that all of them would play. */
export function haveMapInCommon(tickets: readonly Ticket[]): boolean {
  const choices = tickets.map(mapsOf);
  return MAPS.some((map) => choices.every((choice) => choice.includes(map)));
}
