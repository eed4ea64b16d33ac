import { expect, it } from "vitest";
import { FrameTap } from "../../../../simulation/sockets/frame-tap.ts";
import { HearingTimes } from "../../../../simulation/sockets/hearing-times.ts";
import { emptyTally } from "../../../../simulation/sockets/tally.ts";
import { PONG } from "../../../../src/region/socket-constants.ts";
import { aPlayerRecord } from "../builders/a-player-record.ts";
import { aState, aTicketState, at, joined } from "../builders/a-server-message.ts";

function aTap() {
  const record = aPlayerRecord();
  const tally = emptyTally();
  return { record, tally, tap: new FrameTap(record, new HearingTimes(), tally) };
}

const IN_LINE = aState(at(1), { queued: aTicketState() });

it("is content with a client that passes every message on, and counts them without pongs", () => {
  const { record, tally, tap } = aTap();
  record.enqueues();
  tap.received(JSON.stringify(joined(at(1))));
  tap.delivered(at(1), IN_LINE);
  tap.received(PONG);
  expect(tally.messages).toBe(1);
  expect(record.place).toEqual({ type: "queued", ticketId: "t1" });
  expect(record.faults).toEqual([]);
});

it("finds a message that the client keeps to itself, passes on twice, or makes something else of", () => {
  const { record, tap } = aTap();
  record.enqueues();
  tap.received(JSON.stringify(joined(at(1))));
  record.opens();
  tap.received(JSON.stringify({ ...IN_LINE, seq: at(2) }));
  tap.delivered(at(2), IN_LINE);
  tap.delivered(at(2), IN_LINE);
  tap.delivered(at(2), aState(at(2)));
  expect(record.faults.map((fault) => fault.split(" ").slice(0, 6).join(" "))).toEqual([
    "player ada has a client that",
    "player ada has a client that",
    "player ada has a client that",
    "player ada has a client that",
  ]);
});

it.each(["not JSON", "{}", JSON.stringify({ ...joined(at(1)), ticket_id: 7 })])(
  "finds a frame that is no message: %s",
  (frame) => {
    const { record, tap } = aTap();
    tap.received(frame);
    expect(record.faults).toHaveLength(1);
    expect(record.faults[0]).toContain("another shape");
  },
);
