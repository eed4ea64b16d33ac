import { describe, expect, test } from "vitest";
import { BurstJudge } from "../../fuzz/sockets/burst-judge.ts";

const PING = '{"type":"ping"}';
const PONG = '{"type":"pong"}';
const CANCEL = '{"type":"cancel"}';
const ACK = '{"type":"ack","match_id":"x","round":1}';

let seq = 0;
function aMessage(type: string, fields: object = {}): string {
  seq += 1;
  return JSON.stringify({ type, seq, ...fields });
}
const state = () =>
  aMessage("state", {
    ...{ player_id: "p", region: "EUW", queued: null, proposed: null, cool_down: null, matched: null },
    ...{ connection: null, last_match: null, party: null },
  });
const problem = (reason: string, status = 400) => aMessage("problem", { title: "t", status, detail: "d", reason });
const receipt = (fields: object = {}) =>
  aMessage("cancel.receipt", { outcome: "not_queued", ticket_id: null, match: null, cool_down: null, ...fields });

interface Run {
  readonly sent: readonly (string | Uint8Array)[];
  readonly heard: readonly unknown[];
  readonly closed?: number;
}

function verdict({ sent, heard, closed }: Run): string[] {
  const judge = new BurstJudge(sent);
  for (const data of heard) judge.hears(data);
  if (closed !== undefined) judge.closed(closed);
  return judge.verdict();
}

describe("nothing is said against a region that", () => {
  test("answers each frame once", () => {
    const heard = [
      state(),
      PONG,
      receipt(),
      problem("binary_frame"),
      problem("malformed_json"),
      problem("unknown_message"),
    ];
    expect(verdict({ sent: [PING, CANCEL, new Uint8Array([1]), "{", "7"], heard })).toEqual([]);
  });
  test.each([
    ["says nothing to an ack", []],
    ["answers an ack with a problem", ["unknown_ready_check"]],
  ])("%s", (_, reasons) => {
    expect(verdict({ sent: [ACK], heard: [state(), ...reasons.map((reason) => problem(reason, 404))] })).toEqual([]);
  });
  test("closes a socket that floods it, with the code for that", () => {
    expect(verdict({ sent: Array<string>(21).fill(CANCEL), heard: [state(), receipt()], closed: 4003 })).toEqual([]);
  });
});

describe("a region is found out that", () => {
  test.each<[string, Run, RegExp]>([
    ["does not answer", { sent: [CANCEL], heard: [state()] }, /answers: 0 of 1/],
    ["answers twice", { sent: [CANCEL], heard: [state(), receipt(), receipt()] }, /answers: 2 came/],
    ["ignores a frame it cannot read", { sent: ["{"], heard: [state()] }, /malformed_json: 0 of 1/],
    ["gives another reason", { sent: ["{"], heard: [state(), problem("unknown_message")] }, /malformed_json: 0 of 1/],
    [
      "takes what is no message",
      { sent: ['{"type":"cancel","x":1}'], heard: [state(), receipt()] },
      /invalid_input: 0/,
    ],
    ["swallows a ping", { sent: [PING], heard: [state()] }, /pongs: 0 of 1/],
    ["answers before it says the state", { sent: [CANCEL], heard: [receipt(), state()] }, /out of place/],
    ["says the state again", { sent: [], heard: [state(), state()] }, /out of place/],
    ["fails inside", { sent: [CANCEL], heard: [state(), problem("internal_error", 500)] }, /status 500/],
    ["says what is no JSON", { sent: [], heard: [state(), "<html>"] }, /another shape/],
    ["says a message of another shape", { sent: [CANCEL], heard: [state(), receipt({ outcome: 7 })] }, /another shape/],
    ["says what nobody documented", { sent: [CANCEL], heard: [state(), receipt({ secret: 1 })] }, /nobody documented/],
    ["goes back in its numbers", { sent: [CANCEL], heard: [state(), receipt({ seq: 1 })] }, /number 1 comes after/],
    ["closes a socket for a bad frame", { sent: ["{"], heard: [state()], closed: 1011 }, /closed with 1011/],
    ["takes twenty for a flood", { sent: [CANCEL], heard: [state()], closed: 4003 }, /closed with 4003/],
    [
      "closes a flood without a code of ours",
      { sent: Array<string>(21).fill(CANCEL), heard: [state()], closed: 1006 },
      /closed with 1006/,
    ],
  ])("%s", (_, run, fault) => expect(verdict(run).join("\n")).toMatch(fault));
});
