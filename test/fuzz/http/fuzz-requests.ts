import fc from "fast-check";
import pLimit from "p-limit";
import { World } from "../world.ts";
import type { Answer, Fault } from "./answer.ts";
import { Connection } from "./connection.ts";
import { coverageLines } from "./coverage.ts";
import { curlLine } from "./curl-line.ts";
import type { Operation } from "./document.ts";
import { DocumentSchema, operationsOf } from "./document.ts";
import { DocumentedSchemas } from "./documented-schemas.ts";
import { requestsFor } from "./draw-request.ts";
import { faultsOf } from "./judge.ts";
import type { PlannedRequest } from "./planned-request.ts";
import type { Secrets, SentRequest } from "./request-of.ts";
import { requestOf } from "./request-of.ts";
import { Stirrer } from "./stir.ts";
import { Tally } from "./tally.ts";

export interface RequestFuzzSettings {
  readonly url: string;
  readonly secrets: Secrets;
  readonly seed: number;
  readonly requests: number;
  readonly progress: (done: number) => void;
}

export interface RequestFuzzReport {
  readonly tally: Tally;
  /** What of the document was reached; see `coverageLines`. */
  readonly coverage: readonly string[];
  /** One paragraph for each distinct fault, with its smallest request. */
  readonly findings: readonly string[];
}

interface Attempt {
  readonly sent: SentRequest;
  /** Null: none came. */
  readonly answer: Answer | null;
  readonly faults: readonly Fault[];
}

const IN_FLIGHT = 8;
/** How many requests between two calls that bring new matches about. */
const STIR_EVERY = 250;
/** Distinct faults that are made smaller, and requests that one may take. */
const SHRUNK_FAULTS = 8;
const SHRINK_REQUESTS = 150;

/** Sends requests drawn from the service's own document, judges each answer, and makes the first of each fault smaller. */
export async function fuzzRequests(settings: RequestFuzzSettings): Promise<RequestFuzzReport> {
  const run = await RequestFuzz.start(settings);
  try {
    return await run.play();
  } finally {
    await run.close();
  }
}

class RequestFuzz {
  readonly #settings: RequestFuzzSettings;
  readonly #connection: Connection;
  readonly #operations: readonly Operation[];
  readonly #schemas: DocumentedSchemas;
  readonly #requests: fc.Arbitrary<PlannedRequest>;
  readonly #world = new World();
  readonly #stirrer: Stirrer;
  readonly #tally = new Tally();

  private constructor(settings: RequestFuzzSettings, connection: Connection, document: unknown) {
    const parsed = DocumentSchema.parse(document);
    this.#settings = settings;
    this.#connection = connection;
    this.#schemas = new DocumentedSchemas(parsed);
    this.#operations = operationsOf(parsed);
    this.#requests = requestsFor(this.#operations, this.#schemas);
    this.#stirrer = new Stirrer(this.#world, connection, settings.secrets);
  }

  static async start(settings: RequestFuzzSettings): Promise<RequestFuzz> {
    const connection = new Connection(settings.url, IN_FLIGHT);
    const document: unknown = await (await fetch(`${settings.url}/openapi.json`)).json();
    return new RequestFuzz(settings, connection, document);
  }

  async play(): Promise<RequestFuzzReport> {
    const { seed, requests, progress } = this.#settings;
    await this.#stirrer.register();
    const planned = fc.sample(this.#requests, { seed, numRuns: requests });
    const limit = pLimit(IN_FLIGHT);
    for (let start = 0; start < planned.length; start += STIR_EVERY) {
      await this.#stirrer.stir();
      const part = planned.slice(start, start + STIR_EVERY);
      await Promise.all(part.map((request, index) => limit(() => this.#send(request, start + index))));
      progress(start + part.length);
    }
    const coverage = coverageLines(this.#operations, this.#tally.statuses);
    return { tally: this.#tally, coverage, findings: await this.#findings() };
  }

  close(): Promise<void> {
    return this.#connection.close();
  }

  async #send(request: PlannedRequest, run: number): Promise<void> {
    const { faults, answer } = await this.#attempt(request);
    this.#tally.count(request, run, answer, faults);
  }

  async #attempt(request: PlannedRequest): Promise<Attempt> {
    const sent = requestOf(request, this.#world, this.#settings.secrets);
    try {
      const answer = await this.#connection.send(sent);
      const faults = faultsOf(request, sent, answer, this.#schemas);
      if (answer.status < 300) this.#world.learn(answer.body);
      return { sent, answer, faults };
    } catch (error) {
      const fault: Fault = { kind: "no answer", detail: error instanceof Error ? error.message : String(error) };
      return { sent, answer: null, faults: [fault] };
    }
  }

  async #findings(): Promise<string[]> {
    const findings: string[] = [];
    for (const { fault, run, request } of this.#tally.distinct) {
      const isShrunk = findings.length < SHRUNK_FAULTS;
      const smallest = isShrunk ? await this.#smallest(fault, run, request) : null;
      const sent = smallest ?? requestOf(request, this.#world, this.#settings.secrets);
      const how = smallest === null ? "as it was sent; it did not happen again" : "the smallest that does it";
      findings.push(
        `${fault.kind}: ${fault.detail}\n  request ${run} of seed ${this.#settings.seed}, ${isShrunk ? how : "as it was sent"}:\n  ${curlLine(this.#settings.url, sent)}`,
      );
    }
    return findings;
  }

  /**
   * Sends the request again, as long as ever smaller ones bring the same kind of fault. The service has moved on since:
   * a fault that depends on its state may not come back. @returns null then
   */
  async #smallest({ kind }: Fault, run: number, { operation }: PlannedRequest): Promise<SentRequest | null> {
    let smallest: SentRequest | null = null;
    let left = SHRINK_REQUESTS;
    const property = fc.asyncProperty(this.#requests, async (request) => {
      left -= 1;
      if (left < 0 || request.operation?.name !== operation?.name) return true;
      const { sent, faults } = await this.#attempt(request);
      const isSame = faults.some((fault) => fault.kind === kind);
      if (isSame) smallest = sent;
      return !isSame;
    });
    await fc.check(property, { seed: this.#settings.seed, path: String(run), numRuns: 1 });
    return smallest;
  }
}
