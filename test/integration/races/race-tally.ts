import type { Call } from "./cancel-judge.ts";
import type { RaceRecord } from "./race-record.ts";

/** How often what the races are for has come about: without it they would prove nothing. */
export class RaceTally {
  readonly counts = {
    cancels: 0,
    dequeued: 0,
    matched: 0,
    not_queued: 0,
    /** Took out a party, and who did it. */
    partiesOut: 0,
    bySocket: 0,
    /** Several calls cancelled the same player, and one of them took the ticket out. */
    contested: 0,
    /** Came while an enqueue of the player was waiting for D1. */
    beforeTheTicket: 0,
    /** Came in the race in which the ticket that it wanted to take out was matched. */
    afterTheMatch: 0,
  };

  take(calls: readonly Call[], record: RaceRecord): void {
    const cancels = calls.filter(({ what }) => what === "cancel");
    for (const cancel of cancels) this.#take(cancel, calls, record);
  }

  #take(cancel: Call, calls: readonly Call[], record: RaceRecord): void {
    const { counts } = this;
    const { answer, way, playerIds } = cancel;
    const [playerId = ""] = playerIds;
    counts.cancels += 1;
    if (way === "frame" || way === "socket") counts.bySocket += 1;
    switch (answer.type) {
      case "dequeued": {
        counts.dequeued += 1;
        if ((record.ends.get(answer.ticketId)?.playerIds.length ?? 0) > 1) counts.partiesOut += 1;
        const rivals = calls.filter(({ what, playerIds }) => what === "cancel" && playerIds.includes(playerId));
        if (rivals.length > 1) counts.contested += 1;
        break;
      }
      case "matched":
        counts.matched += 1;
        if ([...record.ends.values()].some(({ matchId }) => matchId === answer.matchId)) counts.afterTheMatch += 1;
        break;
      case "not_queued":
        counts.not_queued += 1;
        if (isDuringEnqueue(cancel, calls.slice(0, calls.indexOf(cancel)), record)) counts.beforeTheTicket += 1;
    }
  }
}

/** Whether an enqueue of the player had begun before a cancel, and got its ticket after it. */
function isDuringEnqueue(cancel: Call, begunBefore: readonly Call[], { arrivals }: RaceRecord): boolean {
  return begunBefore.some(({ answer, playerIds }) => {
    if (answer.type !== "queued" || !cancel.playerIds.every((playerId) => playerIds.includes(playerId))) return false;
    return (arrivals.get(answer.ticketId) ?? 0) > cancel.to;
  });
}
