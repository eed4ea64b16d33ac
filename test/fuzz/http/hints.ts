import fc from "fast-check";
import type { Json } from "../json.ts";

const player = weighted("@actor", ["@player:1", "@player:2", "@player:17", "@player:40", "@player:59"]);
const match = weighted("@own-match", ["@match:0", "@match:1", "@match:2", "@match:9", "@match:30"]);
const party = weighted("@own-party", ["@party:0", "@party:1", "@party:2", "@party:7"]);
const team = fc.constantFrom("teamA", "teamB", "teamA", "teamB", "teamC");
const mode = fc.constantFrom("2v2", "1v1", "5v5", "5v5-ranked", "9v9");
const region = fc.constantFrom("EUW", "NA", "EUW", "KR", "ATLANTIS", "euw");

const HINTS: Readonly<Record<string, fc.Arbitrary<Json>>> = {
  player_id: player,
  avoid: player,
  party: player,
  replaces: player,
  match_id: fc.oneof(
    { arbitrary: match, weight: 8 },
    {
      arbitrary: fc.constantFrom("01JBZ8M3T2X4V6C8B0N2M4K6H8-EUW", "01JBZ8M3T2X4V6C8B0N2M4K6H8-ATLANTIS", "@actor"),
      weight: 1,
    },
  ),
  code: fc.oneof(
    { arbitrary: party, weight: 8 },
    { arbitrary: fc.constantFrom("EUW-7K3M9XQ2TD", "ATLANTIS-7K3M9XQ2TD", "EUW-"), weight: 1 },
  ),
  mode,
  region,
  locations: region,
  winner_team: team,
  round: fc.constantFrom(1, 1, 1, 2, 3, 2 ** 31),
};

/** Values of a field that exist, by the field's name: a random id would only ever be unknown. */
export function hintFor(name: string): fc.Arbitrary<Json> | null {
  return Object.hasOwn(HINTS, name) ? (HINTS[name] ?? null) : null;
}

/** Keys for an object that takes any, by the object's name. */
export function keysFor(name: string): fc.Arbitrary<string> {
  if (name === "placements" || name === "places") return team;
  if (name === "latency_ms") return region;
  if (name === "roles") return player;
  return fc.constantFrom("map", "build", "host", "port", "__proto__", "constructor", "", "a/b~c", "👾");
}

function weighted(usual: string, others: readonly string[]): fc.Arbitrary<string> {
  return fc.oneof({ arbitrary: fc.constant(usual), weight: 2 }, { arbitrary: fc.constantFrom(...others), weight: 1 });
}
