import type { ResultMessage } from "../../../src/core/result-message.ts";
import type { Faults } from "../faults.ts";
import { InjectedFailure } from "../injected-failure.ts";
import type { StepRandom } from "../step-random.ts";
import type { Tally } from "../tally.ts";
import { Crashed, currentLife, inLife, Life } from "./life.ts";
import type { VirtualTime } from "./virtual-time.ts";

interface Stored {
  readonly id: string;
  readonly body: ResultMessage;
  attempts: number;
}

/** What a consumer is given, as far as the production code looks at it. */
export interface Delivered extends Stored {
  readonly timestamp: Date;
  ack(): void;
  retry(options?: { delaySeconds?: number }): void;
}

export interface ResultsQueueSettings {
  readonly time: VirtualTime;
  readonly random: StepRandom;
  readonly faults: Faults;
  readonly tally: Tally;
  /** Consumes a batch; called several times side by side. */
  readonly consume: (messages: readonly Delivered[], isDead: boolean) => Promise<void>;
  readonly consumerFailed: (error: unknown) => void;
}

/** As in wrangler.toml, but that several consumers run at once. */
const MOST_ATTEMPTS = 11;
const MOST_CONSUMERS = 3;
const BATCH = 10;
/** A consumer that does not end is given up after so long: its messages come again while it may still be at work. */
const GIVE_UP_AFTER_MS = 120_000;

/**
 * The queue `match-results` and its dead-letter queue: messages are doubled, delayed and come in any order, and a
 * consumer may end before it has acknowledged what it did.
 */
export class ResultsQueue {
  readonly #settings: ResultsQueueSettings;
  readonly #ready: Stored[] = [];
  readonly #dead: Stored[] = [];
  #consumers = 0;
  #lastId = 0;
  #underWay = 0;

  constructor(settings: ResultsQueueSettings) {
    this.#settings = settings;
  }

  /** Messages that are somewhere. */
  get size(): number {
    return this.#ready.length + this.#dead.length + this.#underWay;
  }

  sendBatch(batch: readonly { readonly body: ResultMessage }[]): Promise<void> {
    const { time, faults } = this.#settings;
    const life = currentLife();
    life?.called("sending to the queue");
    const bodies = batch.map(({ body }) => JSON.parse(JSON.stringify(body)));
    return new Promise((resolve, reject) => {
      const gate = life?.gate ?? ((act: () => void) => act());
      gate(() => {
        const { fate, thereMs, backMs } = faults.fateOf("queue", 20);
        if (fate === "lost") return;
        time.after(thereMs, () => {
          if (fate !== "failed") for (const body of bodies) this.#take(body);
          if (fate === "silent") return;
          time.after(backMs, () => {
            if (life?.isDead === true) return;
            if (fate === "fine") resolve();
            else reject(new InjectedFailure("the queue cannot be reached"));
          });
        });
      });
    });
  }

  #take(body: ResultMessage): void {
    const { faults, time, random } = this.#settings;
    if (faults.happens("message lost", 0.02)) return;
    const copies = faults.happens("message doubled", 0.05) ? 2 : 1;
    for (let copy = 0; copy < copies; copy += 1) {
      const message = { id: `m${++this.#lastId}`, body, attempts: 0 };
      const isLate = faults.happens("message late", 0.03);
      this.#later(message, isLate ? random.between(0, 900_000) : random.between(0, 1_000));
    }
    // So that there is something to be consumed by then.
    time.after(1_000, () => this.#consume());
  }

  #later(message: Stored, delayMs: number): void {
    this.#underWay += 1;
    this.#settings.time.after(delayMs, () => {
      this.#underWay -= 1;
      if (message.attempts >= MOST_ATTEMPTS) {
        this.#settings.tally.count("message dead");
        this.#dead.push({ ...message, attempts: 0 });
        this.#settings.time.after(5_000, () => this.#consumeDead());
        return;
      }
      this.#ready.push(message);
      this.#consume();
    });
  }

  #consume(): void {
    const { random, faults, tally } = this.#settings;
    const most = faults.isOn ? MOST_CONSUMERS : 1;
    if (this.#ready.length === 0 || this.#consumers >= most) return;
    const batch: Stored[] = [];
    while (batch.length < BATCH && this.#ready.length > 0) {
      const place = random.below(this.#ready.length);
      if (place > 0) tally.count("message out of order");
      batch.push(...this.#ready.splice(place, 1));
    }
    void this.#run(batch, false);
  }

  #consumeDead(): void {
    if (this.#dead.length > 0) void this.#run(this.#dead.splice(0, BATCH), true);
  }

  async #run(batch: readonly Stored[], isDead: boolean): Promise<void> {
    const { time, faults, tally, random, consume, consumerFailed } = this.#settings;
    if (!isDead) this.#consumers += 1;
    if (this.#consumers > 1) tally.count("consumers side by side");
    const life = new Life("consumer");
    if (faults.happens("consumer crash planned", 0.03)) life.callsLeft = random.below(12);
    const verdicts = new Map<string, number | null>();
    const messages = batch.map((message) => {
      message.attempts += 1;
      return {
        ...message,
        timestamp: new Date(time.nowMs),
        ack: () => void verdicts.set(message.id, null),
        retry: ({ delaySeconds = 0 } = {}) => void verdicts.set(message.id, delaySeconds * 1_000),
      };
    });
    const work = inLife(life, () => consume(messages, isDead));
    const end = await Promise.race([
      work.then(
        () => "done" as const,
        (error: unknown) => {
          if (!(error instanceof Crashed)) consumerFailed(error);
          return "failed" as const;
        },
      ),
      new Promise<"given up">((giveUp) => time.after(GIVE_UP_AFTER_MS, () => giveUp("given up"))),
    ]);
    if (life.diedAt !== null) tally.count("consumer crashed");
    const areVerdictsLost = life.isDead || end === "given up" || faults.happens("verdicts lost", 0.02);
    for (const message of batch) {
      const verdict = areVerdictsLost ? 1_000 : verdicts.get(message.id);
      if (verdict === undefined && end === "done") continue;
      if (verdict !== null) this.#back(message, verdict ?? 1_000, isDead);
    }
    if (!isDead) this.#consumers -= 1;
    this.#consume();
  }

  #back(message: Stored, delayMs: number, isDead: boolean): void {
    if (!isDead) {
      this.#later(message, delayMs);
      return;
    }
    // The dead-letter queue drops what it could not hand over often enough, as the real one.
    if (message.attempts >= MOST_ATTEMPTS) return;
    this.#underWay += 1;
    this.#settings.time.after(delayMs, () => {
      this.#underWay -= 1;
      this.#dead.push(message);
      this.#consumeDead();
    });
  }
}
