/** Where a player stands, as the service says it. */
export type Standing =
  | { readonly type: "idle" }
  | { readonly type: "queued"; readonly ticketId: string; readonly enqueuedAt: string }
  /** `connection` absent: nothing was said of a server; null: there is none. */
  | { readonly type: "matched"; readonly matchId: string; readonly connection?: string | null };

/** The connection broke or no answer came: it may have happened or not. */
export interface Unknown {
  readonly type: "unknown";
}

/**
 * One thing that a player's side did, with its answer, or was told. A player does one thing after the other, so the steps of
 * one player are in order; a match's result and server are steps of all its players, who wait for them.
 */
export type Step =
  | { readonly did: "enqueue"; readonly answer: Exclude<Standing, { type: "idle" }> | Unknown }
  | {
      readonly did: "cancel";
      readonly answer: { readonly type: "dequeued" } | Exclude<Standing, { type: "queued" }> | Unknown;
    }
  | { readonly did: "look"; readonly answer: Standing }
  | { readonly did: "assign"; readonly matchId: string; readonly connection: string; readonly answer: Done | Unknown }
  | { readonly did: "report"; readonly matchId: string; readonly answer: Done | Unknown };

interface Done {
  readonly type: "done";
}

/** Who plays in which team of a match, by player id. */
export type Seats = Readonly<Record<string, string>>;

export interface ReportedMatch {
  readonly placements: Readonly<Record<string, number>>;
  readonly isAcknowledged: boolean;
}

export interface Registration {
  readonly username: string;
  readonly playerId: string;
}

/** All that was asked and heard from outside, over every kill. What it holds was true when it was told. */
export class History {
  readonly steps = new Map<string, Step[]>();
  readonly registrations: Registration[] = [];
  /** By match id: the players who were told of it, through whatever channel. */
  readonly told = new Map<string, Set<string>>();
  /** By match id: as the match was shown. */
  readonly shown = new Map<string, Seats>();
  /** By match id: results that were sent. */
  readonly reports = new Map<string, ReportedMatch>();
  /** By match id: told as rated. */
  readonly toldFinished = new Set<string>();
  /** What was seen that must not be and that no judge could find later, one sentence each. */
  readonly oddities: string[] = [];
  /** Answers that are neither a success nor a documented refusal of that call, by status. */
  readonly failures = new Map<string, number>();
  requests = 0;

  add(playerId: string, step: Step): void {
    const steps = this.steps.get(playerId);
    if (steps === undefined) this.steps.set(playerId, [step]);
    else steps.push(step);
    if ("answer" in step && step.answer.type === "matched") this.tell(step.answer.matchId, playerId);
  }

  tell(matchId: string, playerId: string): void {
    const players = this.told.get(matchId);
    if (players === undefined) this.told.set(matchId, new Set([playerId]));
    else players.add(playerId);
  }

  failed(label: string): void {
    this.failures.set(label, (this.failures.get(label) ?? 0) + 1);
  }

  /** Facts that the service has vouched for. */
  acknowledged(): Readonly<
    Record<"registrations" | "tickets" | "cancels" | "matches" | "assignments" | "results", number>
  > {
    const tickets = new Set<string>();
    const assigned = new Set<string>();
    let cancels = 0;
    for (const { did, answer, ...step } of [...this.steps.values()].flat()) {
      if (answer.type === "queued") tickets.add(answer.ticketId);
      if (answer.type === "dequeued") cancels += 1;
      if (did === "assign" && answer.type === "done" && "matchId" in step) assigned.add(step.matchId);
    }
    return {
      registrations: this.registrations.length,
      tickets: tickets.size,
      cancels,
      matches: this.told.size,
      assignments: assigned.size,
      results: [...this.reports.values()].filter(({ isAcknowledged }) => isAcknowledged).length,
    };
  }
}
