import { describe, expect, it } from "vitest";
import { formMatch } from "../../../src/core/form-match.ts";
import { aMode } from "../builders/a-mode.ts";
import { aPlayer } from "../builders/a-player.ts";
import { aTicket } from "../builders/a-ticket.ts";
import { aHunt } from "../builders/hunt-mode.ts";

const duo = aTicket({ players: [aPlayer("ann", 30, 2), aPlayer("bob", 20, 3)] });
const cay = aTicket({ players: [aPlayer("cay", 26, 4)] });
const dan = aTicket({ players: [aPlayer("dan", 24, 5)] });

describe("formMatch", () => {
  it("names the teams and seats each ticket's players with their rating and ticket", () => {
    const match = formMatch({ pass: "exact", teams: [[duo], [cay, dan]] }, aMode(), "match-1", 7, 1_000);
    expect(match.teams).toEqual([
      {
        name: "teamA",
        players: [
          { playerId: "ann", mu: 30, sigma: 2, ticketId: "ticket-of-ann", released: false },
          { playerId: "bob", mu: 20, sigma: 3, ticketId: "ticket-of-ann", released: false },
        ],
      },
      {
        name: "teamB",
        players: [
          { playerId: "cay", mu: 26, sigma: 4, ticketId: "ticket-of-cay", released: false },
          { playerId: "dan", mu: 24, sigma: 5, ticketId: "ticket-of-dan", released: false },
        ],
      },
    ]);
  });

  it("is pending with the revision that it was given, until its mode's timeout", () => {
    const match = formMatch(
      { pass: "exact", teams: [[duo], [cay, dan]] },
      aMode({ matchTimeoutMs: 60_000 }),
      "match-1",
      7,
      1_000,
    );
    expect(match).toMatchObject({
      matchId: "match-1",
      rev: 7,
      mode: "2v2",
      status: "pending",
      createdAtMs: 1_000,
      changedAtMs: 1_000,
      deadlineMs: 61_000,
      result: null,
      failure: null,
    });
  });

  it("says how likely a draw is: 0.447 for four new players", () => {
    const [a, b, c, d] = ["ann", "bob", "cay", "dan"].map((playerId) => aTicket({ players: [aPlayer(playerId)] }));
    if (!a || !b || !c || !d) throw new Error("four tickets");
    expect(
      formMatch(
        {
          pass: "leftover",
          teams: [
            [a, b],
            [c, d],
          ],
        },
        aMode(),
        "match-1",
        1,
        0,
      ).quality,
    ).toBeCloseTo(0.447, 3);
  });

  it("says nothing of roles and terms in a mode without rules", () => {
    const match = formMatch({ pass: "exact", teams: [[duo], [cay, dan]] }, aMode(), "match-1", 7, 1_000);
    expect(match).not.toHaveProperty("terms");
    for (const player of match.teams.flatMap(({ players }) => players)) expect(player).not.toHaveProperty("role");
  });
});

describe("a match of a mode with rules", () => {
  const hunt = aHunt();
  const attributes = { build: "1.4.2", crossplay: true };
  const teams = ["red", "blue"].map((colour) => [
    aTicket({
      players: [{ ...aPlayer(`${colour}-1`), roles: ["healer", "tank"] }, aPlayer(`${colour}-2`)],
      constraints: { attributes: { ...attributes, map: ["dust", "mirage"] }, latencyMs: { EUW: 20, NA: 70 } },
    }),
    aTicket({
      players: [{ ...aPlayer(`${colour}-3`), roles: ["tank"] }],
      constraints: { attributes: { ...attributes, map: ["mirage"] }, latencyMs: { NA: 30, EUW: 40 } },
    }),
  ]);
  const match = formMatch({ pass: "exact", teams }, hunt, "match-1", 1, 0);

  it("says who plays which role on each team, and no longer what they offered", () => {
    const roles = match.teams.map(({ players }) => players.map(({ role }) => role));
    expect(roles).toEqual([
      ["healer", null, "tank"],
      ["healer", null, "tank"],
    ]);
    expect(match.teams[0]?.players[0]).not.toHaveProperty("roles");
  });

  it("says what its tickets agreed on", () => {
    expect(match.terms).toEqual({
      attributes: { map: ["mirage"], build: "1.4.2", crossplay: true, stakes: { min: 0, max: 100 } },
      locations: ["EUW", "NA"],
    });
  });

  it("takes a team that cannot fill its roles for a mistake of the matcher", () => {
    const tanks = aTicket({
      players: ["a", "b", "c"].map((playerId) => ({ ...aPlayer(playerId), roles: ["tank"] })),
      constraints: { attributes },
    });
    expect(() => formMatch({ pass: "exact", teams: [[tanks], teams[1] ?? []] }, hunt, "match-1", 1, 0)).toThrow("role");
  });
});
