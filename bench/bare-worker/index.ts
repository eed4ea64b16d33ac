import { DurableObject } from "cloudflare:workers";

/** The least that a durable enqueue could be: one object call that writes one row. What Muster is measured against. */
export class Row extends DurableObject {
  constructor(ctx: DurableObjectState, env: Cloudflare.Env) {
    super(ctx, env);
    ctx.storage.sql.exec("CREATE TABLE IF NOT EXISTS entries (id TEXT PRIMARY KEY, at_ms INTEGER) WITHOUT ROWID");
  }

  async add(id: string): Promise<{ id: string; atMs: number }> {
    const atMs = Date.now();
    this.ctx.storage.sql.exec("INSERT INTO entries VALUES (?, ?)", id, atMs);
    return { id, atMs };
  }

  async clear(): Promise<void> {
    this.ctx.storage.sql.exec("DELETE FROM entries");
  }
}

interface Env {
  readonly ROW: DurableObjectNamespace<Row>;
}

export default {
  async fetch(request, env): Promise<Response> {
    const object = env.ROW.getByName("EUW");
    if (request.method === "DELETE") {
      await object.clear();
      return new Response(null, { status: 204 });
    }
    const { player_id } = await request.json<{ player_id: string }>();
    return Response.json(await object.add(player_id));
  },
} satisfies ExportedHandler<Env>;
