import { expect, it } from "vitest";
import type { MessageOf } from "../../../../client/messages.ts";
import type { BeforeReconnect } from "../../../../simulation/sockets/after-reconnect.ts";
import { implausibleState } from "../../../../simulation/sockets/after-reconnect.ts";
import { AnswersGiven } from "../../../../simulation/sockets/answers-given.ts";
import type { Place } from "../../../../simulation/sockets/place.ts";
import { FREE } from "../../../../simulation/sockets/place.ts";
import { aState, aTicketState, aToldMatch, at, proposed } from "../builders/a-server-message.ts";

const QUEUED: Place = { type: "queued", ticketId: "t1" };
const ASKED: Place = { type: "asked", ticketId: "t1", matchId: "m1", round: 1, deadlineMs: at(14) / 1_000 };
const MATCHED: Place = { type: "matched", matchId: "m1" };
const SILENT = new AnswersGiven().to({ match_id: "m1", round: 1 });
const ACCEPTED = { ...SILENT, hasAccepted: true, isAcceptTaken: true };

function before(place: Place, overrides: Partial<BeforeReconnect> = {}): BeforeReconnect {
  const fixed = { awaySeconds: 3, wantsIn: false, wantsOut: false, isInParty: false, acceptSeconds: 12 };
  return { place, answer: SILENT, ...fixed, ...overrides };
}

/** The state five seconds past noon of a player who is asked. */
function askedState(accepted: boolean, round = 1): MessageOf<"state"> {
  const { type: _type, seq: _seq, ...prompt } = proposed(at(2), { round });
  return aState(at(5), { queued: aTicketState(), proposed: { ...prompt, accepted, repairing_until: null } });
}

const waits = aState(at(5), { queued: aTicketState() });
const free = aState(at(5));
const matched = aState(at(5), { matched: aToldMatch() });
const played = aState(at(5), { last_match: { match: aToldMatch(), rating: null } });

it.each([
  ["free and still so", before(FREE), free],
  ["in line by their own wish", before(FREE, { wantsIn: true }), waits],
  ["still in line", before(QUEUED), waits],
  ["asked meanwhile", before(QUEUED), askedState(false)],
  ["matched meanwhile where nobody is asked", before(QUEUED, { acceptSeconds: null }), matched],
  ["out of line by their own wish", before(QUEUED, { wantsOut: true }), free],
  ["out of line by their party's", before(QUEUED, { isInParty: true }), free],
  ["asked and lapsed in a long absence", before(QUEUED, { awaySeconds: 13 }), free],
  ["still asked", before(ASKED), askedState(false)],
  ["still asked with the answer they gave", before(ASKED, { answer: ACCEPTED }), askedState(true)],
  ["back in line because others declined", before(ASKED, { answer: ACCEPTED }), waits],
  ["in the match that they accepted", before(ASKED, { answer: ACCEPTED }), matched],
  ["past the match that they accepted", before(ASKED, { answer: ACCEPTED }), played],
  ["lapsed", before(ASKED), aState(at(14))],
  ["still in the match", before(MATCHED), matched],
  ["past the match", before(MATCHED), played],
  ["queued again after the match", before(MATCHED, { wantsIn: true }), { ...played, queued: aTicketState() }],
])("can be %s", (_, known, state) => {
  expect(implausibleState(known, state)).toBeNull();
});

it.each([
  ["in line unasked", before(FREE), waits],
  ["in line with another ticket", before(QUEUED), aState(at(5), { queued: aTicketState("t2") })],
  ["out of line for no reason", before(QUEUED), free],
  ["matched without being asked", before(QUEUED), matched],
  ["matched without having accepted", before(ASKED), matched],
  [
    "in another match than the one they accepted",
    before(ASKED, { answer: ACCEPTED }),
    aState(at(5), { matched: aToldMatch("m2") }),
  ],
  ["asked as if they had not accepted", before(ASKED, { answer: ACCEPTED }), askedState(false)],
  ["asked as if they had accepted", before(ASKED), askedState(true)],
  ["asked in another round with the same ticket", before(ASKED), askedState(false, 2)],
  ["lapsed before the time", before(ASKED), aState(at(13.9))],
  ["lapsed after the accept was taken", before(ASKED, { answer: ACCEPTED }), aState(at(14))],
  ["out of the match as if it had never been", before(MATCHED), free],
  ["in two places", before(MATCHED), { ...matched, queued: aTicketState() }],
  ["asked without being in line", before(ASKED), { ...askedState(false), queued: null }],
])("cannot be %s", (_, known, state) => {
  expect(implausibleState(known, state)).not.toBeNull();
});
