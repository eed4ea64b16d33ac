import { Pool } from "undici";

export interface Call {
  readonly method: "GET" | "POST" | "DELETE";
  readonly path: string;
  readonly headers?: Record<string, string>;
  readonly body?: unknown;
}

export interface LoadReport {
  readonly elapsedS: number;
  /** Share of one core that the generator itself needed; near 1 it would measure itself. */
  readonly generatorLoad: number;
  readonly bodies: readonly unknown[];
}

/** Sends every call once, `concurrency` at a time over kept-alive connections. @throws at the first answer above 299 */
export async function sendAll(url: URL, calls: readonly Call[], concurrency: number): Promise<LoadReport> {
  const pool = new Pool(url.origin, { connections: concurrency, pipelining: 1 });
  const bodies: unknown[] = new Array(calls.length);
  let next = 0;
  const worker = async () => {
    for (let index = next++; index < calls.length; index = next++) {
      const call = calls[index];
      if (call === undefined) return;
      const { statusCode, body } = await pool.request({
        method: call.method,
        path: call.path,
        headers: { ...call.headers, "content-type": "application/json" },
        body: call.body === undefined ? null : JSON.stringify(call.body),
      });
      const text = await body.text();
      if (statusCode > 299) throw new Error(`${call.method} ${call.path} answered ${statusCode}: ${text}`);
      bodies[index] = text === "" ? null : JSON.parse(text);
    }
  };
  const startedMs = performance.now();
  const startedCpu = process.cpuUsage();
  await Promise.all(Array.from({ length: concurrency }, worker));
  const elapsedS = (performance.now() - startedMs) / 1_000;
  const { user, system } = process.cpuUsage(startedCpu);
  await pool.close();
  return {
    elapsedS,
    generatorLoad: (user + system) / 1e6 / elapsedS,
    bodies,
  };
}
