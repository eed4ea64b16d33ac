import { DurableObject } from "cloudflare:workers";

export class Region extends DurableObject {}
export class MetricsHub extends DurableObject {}

export default {
  async fetch(): Promise<Response> {
    return new Response("not built yet", { status: 503 });
  },
};
