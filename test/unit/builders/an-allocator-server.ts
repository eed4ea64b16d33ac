import { createHmac } from "node:crypto";
import type { IncomingHttpHeaders, ServerResponse } from "node:http";
import { createServer } from "node:http";
import { text } from "node:stream/consumers";
import type { AllocatorConfig } from "../../../src/env.ts";

export interface ReceivedCall {
  readonly path: string | undefined;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

export interface AllocatorServer {
  readonly config: AllocatorConfig;
  readonly received: readonly ReceivedCall[];
  close(): Promise<void>;
}

const SECRET = "only-for-this-test-0123456789abcdef";

/** A game's allocator on a port of this machine that answers as the test says. */
export async function anAllocatorServer(answer: (response: ServerResponse) => void): Promise<AllocatorServer> {
  const received: ReceivedCall[] = [];
  const server = createServer(async (request, response) => {
    received.push({ path: request.url, headers: request.headers, body: await text(request) });
    answer(response);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the server listens on a port");
  return {
    config: { url: `http://127.0.0.1:${address.port}/servers`, key: new Uint8Array(Buffer.from(SECRET)) },
    received,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** What the header must say, by other code than what wrote it. */
export function expectedSignature({ headers, body }: ReceivedCall): string {
  const content = `${headers["webhook-id"]}.${headers["webhook-timestamp"]}.${body}`;
  return `v1,${createHmac("sha256", SECRET).update(content).digest("base64")}`;
}
