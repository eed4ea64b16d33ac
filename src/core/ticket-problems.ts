import { jsonPointer } from "./json-pointer.ts";

export interface TicketProblem {
  /** Where in the body of the call that queues, as a JSON pointer: `/constraints/attributes/map`. */
  readonly pointer: string;
  /** A sentence that says what is allowed there. */
  readonly detail: string;
}

/** Everything that is wrong with a ticket, in the order in which it was found. */
export class TicketProblems {
  readonly found: TicketProblem[] = [];

  add(steps: readonly PropertyKey[], detail: string): void {
    this.found.push({ pointer: jsonPointer(steps), detail });
  }
}
