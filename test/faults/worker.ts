import type { Env } from "../../src/env.ts";
import worker, { MetricsHub, Region as ProductionRegion } from "../../src/index.ts";
import { ActiveFaults } from "./active-faults.ts";
import { FAULTS_PATH, FaultPlanSchema } from "./fault-plan.ts";
import { faultyBindings } from "./faulty-bindings.ts";
import { putFaultsBeforeSql } from "./faulty-storage.ts";

/**
 * The production Worker on bindings that fail when a test says so. Only tests serve it: production code has no failpoint
 * and no flag.
 */
export { MetricsHub };

const faults = new ActiveFaults();
const bindingsOf = new WeakMap<object, Env>();

/** Production code parses its configuration once for each `env`, so that must stay the same object. */
function faulty(env: Env): Env {
  const known = bindingsOf.get(env);
  if (known !== undefined) return known;
  const bindings = faultyBindings(env, faults);
  bindingsOf.set(env, bindings);
  return bindings;
}

export class Region extends ProductionRegion {
  constructor(ctx: DurableObjectState, env: Env) {
    putFaultsBeforeSql(ctx.storage, faults);
    super(ctx, faulty(env));
  }
}

const send = WebSocket.prototype.send;
WebSocket.prototype.send = function sendUnlessHalted(this: WebSocket, ...args: Parameters<WebSocket["send"]>): void {
  if (!faults.isHalted) send.apply(this, args);
};

export default {
  async fetch(request, env, ctx): Promise<Response> {
    if (new URL(request.url).pathname === FAULTS_PATH) return replacePlan(request);
    const response = await worker.fetch(request, faulty(env), ctx);
    return faults.isHalted ? faults.halt() : response;
  },

  async queue(batch, env): Promise<void> {
    const consume = () => worker.queue(batch, faulty(env));
    await (batch.queue.endsWith("-dead") ? consume() : faults.around("consumer", consume));
  },

  async scheduled(controller, env): Promise<void> {
    await worker.scheduled(controller, faulty(env));
  },
} satisfies ExportedHandler<Env>;

async function replacePlan(request: Request): Promise<Response> {
  const plan = FaultPlanSchema.safeParse(await request.json());
  if (!plan.success) return Response.json(plan.error.issues, { status: 400 });
  faults.replace(plan.data);
  return new Response(null, { status: 204 });
}
