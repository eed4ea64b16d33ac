import type { Density } from "../../src/core/matching/density.ts";
import { findMatches } from "../../src/core/matching/find-matches.ts";
import type { Mode } from "../../src/core/mode.ts";
import type { Ticket } from "../../src/core/ticket.ts";
import type { Pool } from "./pool.ts";
import { densityOf, fillPool, NOW_MS } from "./pool.ts";
import { modeNamed } from "./shapes.ts";

interface Prepared {
  readonly mode: Mode;
  readonly tickets: readonly Ticket[];
  readonly density: Density;
}

let prepared: Prepared | null = null;

/**
 * A tick in workerd, to be timed from outside because no clock moves while code computes here: `POST /pool` fills a
 * pool, `GET /tick` matches it and changes nothing, `GET /nothing` is the call without the tick.
 */
export default {
  async fetch(request): Promise<Response> {
    const { pathname } = new URL(request.url);
    if (pathname === "/pool") {
      const pool = await request.json<Pool>();
      const mode = modeNamed(pool.shape);
      const tickets = fillPool(pool);
      prepared = { mode, tickets, density: densityOf(tickets) };
      return Response.json({ tickets: tickets.length });
    }
    if (pathname === "/nothing") return Response.json({ matched: 0 });
    if (prepared === null) return new Response("POST /pool first", { status: 409 });
    const { matches, unmatched } = findMatches(prepared.tickets, prepared.mode, prepared.density, NOW_MS);
    return Response.json({ matches: matches.length, unmatched: unmatched.length });
  },
} satisfies ExportedHandler;
