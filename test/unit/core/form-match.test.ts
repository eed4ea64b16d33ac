import { describe, expect, it } from "vitest";
import { formMatch } from "../../../src/core/form-match.ts";
import { aMode } from "../builders/a-mode.ts";
import { aPlayer } from "../builders/a-player.ts";
import { aTicket } from "../builders/a-ticket.ts";

const duo = aTicket({ players: [aPlayer("ann", 30, 2), aPlayer("bob", 20, 3)] });
const cay = aTicket({ players: [aPlayer("cay", 26, 4)] });
const dan = aTicket({ players: [aPlayer("dan", 24, 5)] });

describe("formMatch", () => {
  it("names the teams and seats each ticket's players with their rating and ticket", () => {
    const match = formMatch({ teams: [[duo], [cay, dan]] }, aMode(), "match-1", 7, 1_000);
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
    const match = formMatch({ teams: [[duo], [cay, dan]] }, aMode({ matchTimeoutMs: 60_000 }), "match-1", 7, 1_000);
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
});
