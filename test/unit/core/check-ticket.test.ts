import { describe, expect, it, test } from "vitest";
import type { CheckedTicket } from "../../../src/core/check-ticket.ts";
import { checkTicket } from "../../../src/core/check-ticket.ts";
import type { Mode } from "../../../src/core/mode.ts";
import type { AskedConstraints, TicketPlayer } from "../../../src/core/ticket.ts";
import type { TicketProblem } from "../../../src/core/ticket-problems.ts";
import { aMode } from "../builders/a-mode.ts";
import { aPlayer } from "../builders/a-player.ts";
import { aHunt } from "../builders/hunt-mode.ts";

const LOCATIONS = ["EUW", "EUNE", "NA"];
const ann = aPlayer("ann");
const hunt = aHunt();

function problemsOf(
  asked: AskedConstraints,
  players: readonly TicketPlayer[] = [ann],
  mode: Mode = hunt,
): readonly TicketProblem[] {
  const checked = checkTicket(players, asked, mode, LOCATIONS);
  return checked.ok ? [] : checked.refusal.problems;
}

function normalOf(
  asked: AskedConstraints,
  players: readonly TicketPlayer[] = [ann],
  mode: Mode = hunt,
): CheckedTicket | readonly TicketProblem[] {
  const checked = checkTicket(players, asked, mode, LOCATIONS);
  return checked.ok ? checked.value : checked.refusal.problems;
}

/** A ticket for the hunt must say its build. */
function ofBuild(asked: AskedConstraints): AskedConstraints {
  return { ...asked, attributes: { build: "1.4.2", ...asked.attributes } };
}

describe("a ticket without wishes", () => {
  it("stays as it is in a mode without rules", () => {
    expect(normalOf({}, [ann], aMode())).toEqual({ players: [ann], constraints: {} });
  });

  it("gets the defaults of the mode's attributes", () => {
    expect(normalOf({ attributes: { build: "1.4.2" } })).toEqual({
      players: [ann],
      constraints: { attributes: { build: "1.4.2", crossplay: true } },
    });
  });
});

describe("the normal form", () => {
  it("sorts lists and drops repeats", () => {
    const asked = ofBuild({ avoid: ["zed", "bob", "zed"], attributes: { map: ["mirage", "dust", "mirage"] } });
    expect(normalOf(asked)).toMatchObject({
      constraints: { avoid: ["bob", "zed"], attributes: { map: ["dust", "mirage"] } },
    });
  });

  it("takes a bare number for the range from it to itself", () => {
    expect(normalOf(ofBuild({ attributes: { stakes: 20 } }))).toMatchObject({
      constraints: { attributes: { stakes: { min: 20, max: 20 } } },
    });
  });

  it("leaves out an avoid-list that names nobody", () => {
    expect(normalOf({ avoid: [] }, [ann], aMode())).toEqual({ players: [ann], constraints: {} });
  });

  it("keeps a rating gap and latencies as they are said", () => {
    const constraints = { maxRatingGap: 0, latencyMs: { NA: 200, EUW: 30 } };
    expect(normalOf(constraints, [ann], aMode({ maxLatencyMs: 80 }))).toEqual({ players: [ann], constraints });
  });
});

describe("roles", () => {
  const bob = aPlayer("bob");

  function rolesOf(asked: AskedConstraints["roles"], players: readonly TicketPlayer[] = [ann, bob]) {
    const normal = normalOf(ofBuild(asked === undefined ? {} : { roles: asked }), players);
    return "players" in normal ? normal.players.map(({ roles }) => roles) : normal;
  }

  it("said as a list hold for every player of the ticket", () => {
    expect(rolesOf(["tank", "healer", "tank"])).toEqual([
      ["healer", "tank"],
      ["healer", "tank"],
    ]);
  });

  it("said by player hold for those players; the others offer any", () => {
    expect(rolesOf({ bob: ["healer"] })).toEqual([undefined, ["healer"]]);
  });

  it("that a player said on joining come before the ticket's list, and behind what the ticket says of them by id", () => {
    const tank = { ...bob, roles: ["tank"] };
    expect(rolesOf(["healer"], [ann, tank])).toEqual([["healer"], ["tank"]]);
    expect(rolesOf({ bob: ["healer"] }, [ann, tank])).toEqual([undefined, ["healer"]]);
  });

  it("that a player said on joining mean nothing in a mode without roles", () => {
    const tank = { ...bob, roles: ["tank"] };
    expect(normalOf({}, [ann, tank], aMode())).toEqual({ players: [ann, bob], constraints: {} });
  });

  it("may leave one place of the team to somebody who needs no role", () => {
    expect(rolesOf({ ann: ["tank"], bob: ["tank"] })).toEqual([["tank"], ["tank"]]);
  });
});

const party = [aPlayer("ann", 25), aPlayer("bob", 31.5)];
const trio = [...party, aPlayer("cay", 25)];
const bigHunt = aHunt({ maxRatingGap: 5 });
const pairs = aMode({ partySizes: [2] });

const refused: [pointer: string, detail: string, AskedConstraints, (readonly TicketPlayer[])?, Mode?][] = [
  ["/constraints/attributes/site", "Known attributes: map, build, crossplay, stakes.", { attributes: { site: "a" } }],
  ["/constraints/attributes/site", "Known attributes: none.", { attributes: { site: "a" } }, [ann], aMode()],
  ["/constraints/attributes/a~1b", "Known attributes: none.", { attributes: { "a/b": "a" } }, [ann], aMode()],
  [
    "/constraints/attributes/constructor",
    "Known attributes: none.",
    { attributes: { constructor: 1 } },
    [ann],
    aMode(),
  ],
  ["/constraints/attributes/map", "A list of some of dust, mirage, inferno.", { attributes: { map: "dust" } }],
  [
    "/constraints/attributes/map",
    "A list of some of dust, mirage, inferno.",
    { attributes: { map: { min: 1, max: 2 } } },
  ],
  [
    "/constraints/attributes/map",
    "An empty list fits no match; leave it out to take any value.",
    { attributes: { map: [] } },
  ],
  ["/constraints/attributes/map/1", "One of dust, mirage, inferno.", { attributes: { map: ["dust", "moon"] } }],
  ["/constraints/attributes/build", "A string, number or boolean.", { attributes: { build: ["1.4.2"] } }],
  ["/constraints/attributes/build", "A string, number or boolean.", { attributes: { build: Number.NaN } }],
  ["/constraints/attributes/crossplay", "A boolean.", { attributes: { crossplay: "true" } }],
  [
    "/constraints/attributes/stakes",
    "A number, or a range of numbers with min and max.",
    { attributes: { stakes: "high" } },
  ],
  [
    "/constraints/attributes/stakes",
    "A number, or a range of numbers with min and max.",
    { attributes: { stakes: ["20"] } },
  ],
  [
    "/constraints/attributes/stakes",
    "The range is empty: min is above max.",
    { attributes: { stakes: { min: 3, max: 2 } } },
  ],
  ["/constraints/attributes/stakes", "From 0 to 100.", { attributes: { stakes: 101 } }],
  ["/constraints/attributes/stakes/min", "From 0 to 100.", { attributes: { stakes: { min: -1, max: 2 } } }],
  ["/constraints/attributes/stakes/max", "From 0 to 100.", { attributes: { stakes: { min: 1, max: 102 } } }],
  ["/constraints/roles", "This mode has no roles; leave it out.", { roles: ["tank"] }, [ann], aMode()],
  ["/constraints/roles", "An empty list offers nothing; leave it out to play any role.", { roles: [] }],
  ["/constraints/roles/0", "One of tank, healer.", { roles: ["mage"] }],
  ["/constraints/roles/ann/1", "One of tank, healer.", { roles: { ann: ["tank", "mage"] } }],
  ["/constraints/roles/ann", "An empty list offers nothing; leave it out to play any role.", { roles: { ann: [] } }],
  ["/constraints/roles/zed", "No player of this ticket has this id.", { roles: { zed: ["tank"] } }],
  [
    "/constraints/roles",
    "The party does not fit into a team, whose places are 1 tank, 1 healer, 1 open.",
    { roles: ["tank"] },
    trio,
  ],
  [
    "/constraints/latency_ms",
    "This mode looks at no latencies; leave it out.",
    { latencyMs: { EUW: 3 } },
    [ann],
    aMode(),
  ],
  ["/constraints/latency_ms", "Without a location nobody can match; leave it out to take any.", { latencyMs: {} }],
  ["/constraints/latency_ms/MOON", "Known locations: EUW, EUNE, NA.", { latencyMs: { EUW: 3, MOON: 1_300 } }],
  ["/constraints/latency_ms/EUW", "Milliseconds, 0 or more.", { latencyMs: { EUW: -1, NA: 3 } }],
  [
    "/constraints/latency_ms",
    "No location is within the mode's 80 ms; name at least one that is.",
    { latencyMs: { EUW: 81, NA: 90 } },
  ],
  ["/constraints/avoid/1", "A ticket cannot avoid one of its own players.", { avoid: ["zed", "bob"] }, party],
  ["/constraints/max_rating_gap", "The party's own ratings are 6.50 points apart.", { maxRatingGap: 6 }, party],
  ["/party", "Its ratings are 6.50 points apart; this mode allows 5.", {}, party, bigHunt],
  ["/party", "This mode takes tickets of 1, 2, 3 players; this one has 4.", {}, [...trio, aPlayer("dan")]],
  ["/party", "This mode takes tickets of 2 players; this one has 1.", {}, [ann], pairs],
];

test.each(
  refused.map(([pointer, detail, asked, players = [ann], mode = hunt]) => ({ pointer, detail, asked, players, mode })),
)("$pointer: $detail", ({ pointer, detail, asked, players, mode }) => {
  const complete = Object.hasOwn(mode.attributes, "build") ? ofBuild(asked) : asked;
  expect(problemsOf(complete, players, mode)).toEqual([{ pointer, detail }]);
});

test("a ticket must say what all players of a match share, unless there is a default", () => {
  expect(problemsOf({})).toEqual([
    { pointer: "/constraints/attributes/build", detail: "This mode needs it: all players of a match share it." },
  ]);
});

test("everything that is wrong is named at once", () => {
  const asked: AskedConstraints = {
    avoid: ["ann"],
    roles: ["mage"],
    latencyMs: { MOON: 1 },
    attributes: { site: "a", map: [] },
  };
  expect(problemsOf(asked).map(({ pointer }) => pointer)).toEqual([
    "/constraints/avoid/0",
    "/constraints/roles/0",
    "/constraints/latency_ms/MOON",
    "/constraints/attributes/site",
    "/constraints/attributes/map",
    "/constraints/attributes/build",
  ]);
});

test("locations that are too far are fine beside one that is near enough", () => {
  expect(problemsOf(ofBuild({ latencyMs: { EUW: 80, NA: 200 } }))).toEqual([]);
});

test("a rating gap may be exactly the party's own range", () => {
  expect(problemsOf(ofBuild({ maxRatingGap: 6.5 }), party)).toEqual([]);
});
