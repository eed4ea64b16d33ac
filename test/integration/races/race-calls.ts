import { env } from "cloudflare:workers";
import type { CancelRefusal } from "../../../src/core/queue-calls.ts";
import type { Result } from "../../../src/core/result.ts";
import type { ClientMessage, ServerMessage } from "../../../src/region/protocol.ts";
import type { EnqueueCallRefusal, TicketReceipt } from "../../../src/region/rpc.ts";
import { aCall } from "../region-support.ts";
import type { Answer, Call } from "./cancel-judge.ts";
import type { Pause, RaceEvent } from "./draw-race.ts";
import type { Entry } from "./race-entries.ts";

/** A call that is over, but for the answer that comes by a socket under its `ref`. */
export interface MadeCall {
  readonly call: Omit<Call, "answer">;
  readonly answer: Answer | { readonly ref: string };
}

/** Begins every event in its order, without waiting for any of them before the next. @returns when all are over */
export async function makeCalls(events: readonly RaceEvent[], entry: Entry, race: string): Promise<MadeCall[]> {
  const calls: Promise<MadeCall>[] = [];
  for (const [index, event] of events.entries()) {
    if (event.pause !== "nothing") await pause(event.pause);
    calls.push(make(event, entry, `${race}-${event.way}-${index}`));
  }
  return Promise.all(calls);
}

/** Lets others in: those whose turn has come, those who wait for the next, and those who come while D1 is asked. */
async function pause(kind: Exclude<Pause, "nothing">): Promise<void> {
  if (kind === "microtask") await Promise.resolve();
  if (kind === "turn") await scheduler.wait(0);
  if (kind === "read") await env.DB.prepare("SELECT 1").run();
}

async function make(event: RaceEvent, entry: Entry, ref: string): Promise<MadeCall> {
  const from = entry.began();
  const answer = await answerTo(event, entry, ref).catch((error: unknown): Answer => {
    return { type: "failed", error: String(error) };
  });
  const { do: what, way } = event;
  return { call: { what, way, playerIds: playerIdsOf(event), from, to: entry.ended() }, answer };
}

function playerIdsOf(event: RaceEvent): readonly string[] {
  if ("playerIds" in event) return event.playerIds;
  return "playerId" in event ? [event.playerId] : [];
}

async function answerTo(event: RaceEvent, entry: Entry, ref: string): Promise<MadeCall["answer"]> {
  const isBySocket = event.way === "frame" || event.way === "socket";
  switch (event.do) {
    case "enqueue": {
      const { playerId, mode, release } = event;
      if (isBySocket) return said(entry, playerId, { type: "enqueue", mode, ref });
      return enqueueAnswer(await entry.rpc.enqueue(aCall(playerId, { mode, release, isSystem: release })));
    }
    case "enqueue_party": {
      const { playerIds, mode } = event;
      return enqueueAnswer(await entry.rpc.enqueueParty({ playerIds, mode, constraints: {} }));
    }
    case "cancel":
      if (isBySocket) return said(entry, event.playerId, { type: "cancel", ref });
      return cancelAnswer(await entry.rpc.cancel(event.playerId, event.isSystem));
    case "tick":
      await entry.tick();
      return { type: "done" };
    case "report":
      await entry.rpc.report(event.matchId, { winnerTeam: "teamA" });
      return { type: "done" };
    case "look":
      await entry.rpc.stateOf(event.playerId);
      return { type: "done" };
  }
}

type Frame = Extract<ClientMessage, { type: "enqueue" | "cancel" }> & { readonly ref: string };

async function said(entry: Entry, playerId: string, frame: Frame): Promise<{ readonly ref: string }> {
  await entry.say(playerId, JSON.stringify(frame));
  return { ref: frame.ref };
}

function enqueueAnswer(outcome: Result<TicketReceipt, EnqueueCallRefusal>): Answer {
  if (outcome.ok) return { type: "queued", ticketId: outcome.value.ticketId };
  return { type: "refused", reason: outcome.refusal.reason };
}

function cancelAnswer(outcome: Result<TicketReceipt, CancelRefusal>): Answer {
  if (outcome.ok) return { type: "dequeued", ticketId: outcome.value.ticketId };
  const { refusal } = outcome;
  return refusal.reason === "in_match" ? { type: "matched", matchId: refusal.matchId } : { type: "not_queued" };
}

/** What a socket was told, in the same words. */
export function socketAnswer(message: ServerMessage): Answer {
  switch (message.type) {
    case "enqueue.receipt":
      return { type: "queued", ticketId: message.ticket_id };
    case "cancel.receipt":
      if (message.outcome === "dequeued") return { type: "dequeued", ticketId: message.ticket_id ?? "none" };
      if (message.outcome === "matched") return { type: "matched", matchId: message.match?.match_id ?? "none" };
      return { type: "not_queued" };
    case "problem":
      return { type: "refused", reason: message.reason };
    default:
      return { type: "failed", error: `answered by ${message.type}` };
  }
}
