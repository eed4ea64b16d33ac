import type { Env } from "../../../src/env.ts";
import worker, { MetricsHub as ProductionHub, Region as ProductionRegion } from "../../../src/index.ts";
import { Recorder } from "./recorder.ts";
import type { RecordedSocket, RecordedTables } from "./recording.ts";
import { HOLD_PATH, RECORDING_PATH, TABLES_PATH } from "./recording.ts";
import { recordingBindings } from "./recording-bindings.ts";

/** The service of this checkout, with somebody who writes down what passes between its parts. Only `main.ts` serves it. */
const recorder = new Recorder();
const bindingsOf = new WeakMap<object, Env>();
let isHolding = false;

/** The service parses its configuration once for each `env`, so that must stay the same object. */
function recording(env: Env): Env {
  const known = bindingsOf.get(env);
  if (known !== undefined) return known;
  const bindings = recordingBindings(env, recorder);
  bindingsOf.set(env, bindings);
  return bindings;
}

export class Region extends ProductionRegion {
  constructor(ctx: DurableObjectState, env: Env) {
    const { sql } = ctx.storage;
    const exec = sql.exec.bind(sql);
    const recordingExec = <Row extends Record<string, SqlStorageValue>>(
      query: string,
      ...bindings: SqlStorageValue[]
    ) => {
      recorder.ran("region", query, bindings);
      return exec<Row>(query, ...bindings);
    };
    Object.defineProperty(sql, "exec", { value: recordingExec });
    super(ctx, recording(env));
  }

  override async fetch(request: Request): Promise<Response> {
    if (new URL(request.url).pathname === TABLES_PATH) return Response.json(this.#recorded());
    const headers = [...request.headers].filter(([name]) => name.startsWith("x-muster-"));
    recorder.upgraded(Object.fromEntries(headers));
    return super.fetch(request);
  }

  override async webSocketMessage(socket: WebSocket, frame: string | ArrayBuffer): Promise<void> {
    if (typeof frame === "string") recorder.heard(frame);
    await super.webSocketMessage(socket, frame);
  }

  #recorded(): { readonly tables: RecordedTables; readonly sockets: readonly RecordedSocket[] } {
    const { sql } = this.ctx.storage;
    const made = sql
      .exec<{ name: string; type: string; sql: string }>(
        "SELECT name, type, sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE '\\_cf%' ESCAPE '\\'",
      )
      .toArray();
    const tables = made.filter(({ type }) => type === "table").map(({ name }) => name);
    const rows = Object.fromEntries(tables.map((name) => [name, sql.exec(`SELECT * FROM "${name}"`).toArray()]));
    const sockets = this.ctx.getWebSockets().map((socket) => ({
      tags: this.ctx.getTags(socket),
      attachment: socket.deserializeAttachment(),
    }));
    return { tables: { create: made.map((one) => one.sql), rows }, sockets };
  }
}

export class MetricsHub extends ProductionHub {
  override async push(delta: Parameters<ProductionHub["push"]>[0]): Promise<void> {
    recorder.pushed(delta);
    await super.push(delta);
  }
}

const send = WebSocket.prototype.send;
WebSocket.prototype.send = function sendAndRecord(this: WebSocket, ...args: Parameters<WebSocket["send"]>): void {
  const [frame] = args;
  if (typeof frame === "string") recorder.told(frame);
  send.apply(this, args);
};

export default {
  async fetch(request, env, ctx): Promise<Response> {
    const { pathname, searchParams } = new URL(request.url);
    if (pathname === RECORDING_PATH) return Response.json(recorder.recording);
    if (pathname === HOLD_PATH) {
      isHolding = searchParams.get("on") === "true";
      return new Response(null, { status: 204 });
    }
    if (pathname === TABLES_PATH) {
      return env.REGION.getByName(searchParams.get("region") ?? "").fetch(new Request(request.url));
    }
    return worker.fetch(request, recording(env), ctx);
  },

  /** While results are held back they stay in their region, as if the queue had lost them. */
  async queue(batch, env): Promise<void> {
    if (isHolding) batch.ackAll();
    else await worker.queue(batch, recording(env));
  },

  async scheduled(controller, env): Promise<void> {
    await worker.scheduled(controller, recording(env));
  },
} satisfies ExportedHandler<Env>;
