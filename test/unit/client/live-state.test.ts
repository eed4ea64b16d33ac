import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { nextState } from "../../../client/live-state.ts";
import type { PlayerState } from "../../../client/messages.ts";
import type { Party, ServerMessage } from "../../../client/wire-types.ts";
import { ServerMessageSchema } from "../../../src/region/protocol.ts";
import { aMatchBody, aState } from "../builders/a-client.ts";

const MATCH = aMatchBody();
const ENQUEUED_AT = "2026-11-02T12:00:00.000Z";
const NOW_MS = Date.parse(ENQUEUED_AT) + 4_000;
const COOL_DOWN = { until: "2026-11-02T12:01:00.000Z", seconds: 30, offences: 1 };
const PARTY: Party = {
  code: "EUW-AAAAAAAAAA",
  leader_id: "bob",
  members: [
    { player_id: "bob", roles: null },
    { player_id: "ann", roles: null },
  ],
  region: "EUW",
  expires_at: "2026-11-02T16:00:00.000Z",
};
const PROMPT = {
  match_id: MATCH.match_id,
  round: 1,
  mode: "1v1",
  expires_at: "2026-11-02T12:00:12.000Z",
  accept_within_s: 12,
  cool_down_s: 30,
};
const CHECK = { ...PROMPT, accepted: false, repairing_until: null };
const LEFT = { type: "queue.left", ticket_id: "t", mode: "1v1", reason: "declined", by: "ann" } as const;

const JOINED = { type: "queue.joined", ticket_id: "t", mode: "1v1", enqueued_at: ENQUEUED_AT, party: null } as const;
const QUEUED = {
  ticket_id: "t",
  mode: "1v1",
  enqueued_at: ENQUEUED_AT,
  waited_s: 4,
  party: null,
  estimated_wait_s: null,
  explain: null,
};
const OF_MATCH = { match_id: MATCH.match_id, mode: "1v1" } as const;
const RATING = { mu: 27, sigma: 7, conservative_rating: 6 };

type Unnumbered<Message> = Message extends unknown ? Omit<Message, "seq"> : never;
type Event = Unnumbered<ServerMessage>;

/** The state after these events, each checked against the protocol, as is the state. */
function stateAfter(state: PlayerState | null, ...events: readonly Event[]): PlayerState | null {
  let seq = 1;
  return events.reduce((before, event) => {
    seq += 1;
    const message = ServerMessageSchema.parse({ ...event, seq });
    expect(message).toEqual({ ...event, seq });
    const next = nextState(before, message, NOW_MS);
    if (next !== null) expect(ServerMessageSchema.parse(next)).toEqual(next);
    return next;
  }, state);
}

describe("the state", () => {
  it("comes only with a state, which replaces everything", () => {
    expect(stateAfter(null, JOINED)).toBeNull();
    expect(stateAfter(aState({ queued: QUEUED }), aState({ matched: MATCH }))).toEqual(
      aState({ seq: 2, matched: MATCH }),
    );
  });

  it("carries the number of the last message", () => {
    expect(stateAfter(aState(), JOINED, { ...LEFT, match_id: null, cool_down: null })?.seq).toBe(3);
  });

  it("has a ticket from queue.joined to queue.left", () => {
    const inLine = stateAfter(aState(), JOINED);
    expect(inLine).toEqual(aState({ seq: 2, queued: QUEUED }));
    const out = stateAfter(inLine, { ...LEFT, match_id: null, cool_down: COOL_DOWN });
    expect(out).toEqual(aState({ seq: 2, cool_down: COOL_DOWN }));
  });

  it("has a ready check from match.proposed on, and it changes as the check does", () => {
    const asked = stateAfter(aState({ queued: QUEUED }), { type: "match.proposed", ...PROMPT });
    expect(asked).toEqual(aState({ seq: 2, queued: QUEUED, proposed: CHECK }));
    const accepted = stateAfter(asked, { type: "accept.receipt", match_id: MATCH.match_id, round: 1 });
    expect(accepted?.proposed).toEqual({ ...CHECK, accepted: true });
    const until = "2026-11-02T12:00:20.000Z";
    const repairing = stateAfter(accepted, { type: "match.repairing", ...OF_MATCH, until });
    expect(repairing?.proposed).toEqual({ ...CHECK, accepted: true, repairing_until: until });
  });

  it("has no ready check any more after the player's own decline, which may cost", () => {
    const declined = stateAfter(aState({ proposed: CHECK }), {
      type: "decline.receipt",
      match_id: MATCH.match_id,
      round: 1,
      cool_down: COOL_DOWN,
    });
    expect(declined).toEqual(aState({ seq: 2, cool_down: COOL_DOWN }));
  });

  it.each([
    [true, QUEUED],
    [false, null],
  ])(
    "after a ready check that failed has the ticket only if the player is back in line (%s)",
    (back_in_line, queued) => {
      const event = { type: "match.cancelled", ...OF_MATCH, reason: "not_accepted", back_in_line } as const;
      expect(stateAfter(aState({ queued: QUEUED, proposed: CHECK }), event)).toEqual(aState({ seq: 2, queued }));
    },
  );

  it("is unmoved by what another ready check comes to", () => {
    const asked = aState({ queued: QUEUED, proposed: CHECK });
    const other = { match_id: "01Z-EUW", mode: "1v1" };
    const events: Event[] = [
      { type: "match.repairing", ...other, until: ENQUEUED_AT },
      { type: "accept.receipt", match_id: other.match_id, round: 1 },
      { type: "match.cancelled", ...other, reason: "not_accepted", back_in_line: true },
    ];
    expect(stateAfter(asked, ...events)).toEqual({ ...asked, seq: 4 });
  });

  it("has the match from match.found to its end, and its server as soon as there is one", () => {
    const found = stateAfter(aState({ queued: QUEUED, proposed: CHECK }), { type: "match.found", match: MATCH });
    expect(found).toEqual(aState({ seq: 2, matched: MATCH }));
    const connection = { host: "203.0.113.7", port: 7_777 };
    const assigned = stateAfter(found, { type: "match.assigned", match_id: MATCH.match_id, connection });
    expect(assigned).toEqual(aState({ seq: 2, matched: MATCH, connection }));
    const finished = stateAfter(assigned, { type: "match.finished", match: MATCH, rating: RATING });
    expect(finished).toEqual(aState({ seq: 2, last_match: { match: MATCH, rating: RATING } }));
    const abandoned = stateAfter(assigned, { type: "match.abandoned", match: MATCH });
    expect(abandoned).toEqual(aState({ seq: 2, last_match: { match: MATCH, rating: null } }));
  });

  it("has no match any more when no server was found for it", () => {
    const event = { type: "match.cancelled", ...OF_MATCH, reason: "no_server", back_in_line: true } as const;
    const last_match = { match: { ...MATCH, status: "cancelled" as const }, rating: null };
    expect(stateAfter(aState({ matched: MATCH }), event, JOINED)).toEqual(
      aState({ seq: 3, queued: QUEUED, last_match }),
    );
  });

  it("keeps the match that the player is in while an earlier one is rated", () => {
    const second = aMatchBody("02A-EUW");
    const state = stateAfter(aState({ matched: second }), { type: "match.finished", match: MATCH, rating: RATING });
    expect(state).toEqual(aState({ seq: 2, matched: second, last_match: { match: MATCH, rating: RATING } }));
    expect(
      stateAfter(state, { type: "match.assigned", match_id: MATCH.match_id, connection: {} })?.connection,
    ).toBeNull();
  });

  it("has the party while the player is in it", () => {
    const joined = stateAfter(aState(), { type: "party.changed", event: "joined", party: PARTY });
    expect(joined?.party).toEqual(PARTY);
    const without = { ...PARTY, members: PARTY.members.slice(0, 1) };
    expect(stateAfter(joined, { type: "party.changed", event: "left", party: without })?.party).toBeNull();
    expect(stateAfter(joined, { type: "party.ended", code: PARTY.code, reason: "disbanded" })?.party).toBeNull();
    expect(stateAfter(joined, { type: "party.ended", code: "EUW-B", reason: "disbanded" })?.party).toEqual(PARTY);
  });

  it("is unmoved by receipts whose events have come before, by problems, and by what this client does not know", () => {
    const state = aState({ queued: QUEUED, party: PARTY });
    const receipt = { type: "cancel.receipt", outcome: "not_queued", ticket_id: null, match: null } as const;
    const events: Event[] = [
      { ...receipt, cool_down: null },
      { type: "enqueue.receipt", ticket_id: "t", mode: "1v1", enqueued_at: ENQUEUED_AT },
      { type: "problem", reason: "rate_limited", status: 429, title: "Too many", detail: "Slow down." },
    ];
    expect(stateAfter(state, ...events)).toEqual({ ...state, seq: 4 });
    const fromTomorrow: ServerMessage = JSON.parse('{"type":"season.ended","seq":9}');
    expect(nextState(state, fromTomorrow, NOW_MS)).toEqual({ ...state, seq: 9 });
  });
});

it("a player is never in line and in a match, whatever comes in whatever order", () => {
  const events: Event[] = [
    JOINED,
    { ...LEFT, match_id: null, cool_down: null },
    { type: "match.proposed", ...PROMPT },
    { type: "match.found", match: MATCH },
    { type: "match.found", match: aMatchBody("02A-EUW") },
    { type: "match.finished", match: MATCH, rating: RATING },
    { type: "match.cancelled", ...OF_MATCH, reason: "no_server", back_in_line: true },
    { type: "match.cancelled", ...OF_MATCH, reason: "not_accepted", back_in_line: false },
    { type: "match.assigned", match_id: MATCH.match_id, connection: {} },
  ];
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...events), { maxLength: 12 }), (history) => {
      const state = stateAfter(aState(), ...history);
      expect([state?.queued, state?.matched]).toContain(null);
      if (state?.connection !== null) expect(state?.matched).not.toBeNull();
    }),
  );
});
