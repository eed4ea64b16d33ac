import type { Failpoint, Fault, FaultPlan, SendFault } from "./fault-plan.ts";

/** Seldom: whoever gave up waiting has left a call that goes on to look, and in a long outage there are many. */
const LOOK_EVERY_MS = 200;

/** What is wrong right now, in the whole stack: the Worker, the consumer and the objects share one isolate. */
export class ActiveFaults {
  #plan: FaultPlan = {};
  #passed = 0;
  #isHalted = false;

  get plan(): FaultPlan {
    return this.#plan;
  }

  /** A failpoint was reached: nothing leaves the stack any more. */
  get isHalted(): boolean {
    return this.#isHalted;
  }

  replace(plan: FaultPlan): void {
    this.#plan = plan;
    this.#passed = 0;
  }

  /** Does the work as the plan lets it. @throws what the plan says */
  async around<Value>(
    fault: keyof FaultPlan & ("reads" | "writes" | "confirmations" | "consumer"),
    work: () => Promise<Value>,
  ): Promise<Value> {
    return this.under(this.#plan[fault], work);
  }

  async under<Value>(fault: Fault | undefined, work: () => Promise<Value>): Promise<Value> {
    switch (fault?.kind) {
      case undefined:
        return work();
      case "fail":
        throw new InjectedFault();
      case "hang":
        return this.#hang();
      case "slow":
        await scheduler.wait(fault.delayMs);
        return work();
      case "fail_after":
        await work();
        throw new InjectedFault();
    }
  }

  /** As `under`, of something that is sent. */
  async sending<Value>(fault: SendFault | undefined, nothing: Value, send: () => Promise<Value>): Promise<Value> {
    if (fault?.kind === "lost") return nothing;
    if (fault?.kind !== "doubled") return this.under(fault, send);
    await send();
    return send();
  }

  /**
   * Whether this place is where everything is to end now. If so, nothing leaves the stack any more from this moment on.
   *
   * @param statement what is being written there, where that is told apart
   */
  reaches(name: Failpoint, statement?: string): boolean {
    const { failpoint } = this.#plan;
    if (failpoint?.name !== name || this.#isHalted) return false;
    if (statement !== undefined && !statement.includes(failpoint.statement)) return false;
    this.#passed += 1;
    if (this.#passed <= failpoint.skip) return false;
    this.#isHalted = true;
    return true;
  }

  /** Tells the outside that it is time to kill. Never resolves. */
  async end(): Promise<never> {
    const { failpoint } = this.#plan;
    if (failpoint !== undefined) await fetch(failpoint.signalUrl, { method: "POST" });
    return this.halt();
  }

  /** Ends `work` at the failpoint if it is reached before it. */
  async endBefore<Value>(name: Failpoint, work: () => Promise<Value>): Promise<Value> {
    return this.reaches(name) ? this.end() : work();
  }

  /** Never resolves. A wait, because workerd ends a request that waits for nothing that could come. */
  async halt(): Promise<never> {
    for (;;) await scheduler.wait(1_000);
  }

  async #hang(): Promise<never> {
    const plan = this.#plan;
    while (this.#plan === plan) await scheduler.wait(LOOK_EVERY_MS);
    throw new InjectedFault();
  }
}

/** In the words of a lost connection, which is how D1 and the queue fail. */
class InjectedFault extends Error {
  constructor() {
    super("Network connection lost. (injected)");
  }
}
