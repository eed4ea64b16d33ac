import { createServer } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";

const HOST = "127.0.0.1";

/** The port in `text`, or an error that says what is allowed. */
export function parsePort(text: string): number {
  const port = Number(text);
  if (!Number.isInteger(port) || port < 1 || port > 65_535) {
    throw new Error(`PORT is "${text}"; allowed: a whole number from 1 to 65535`);
  }
  return port;
}

/** A port that nobody listens on now. Somebody else may take it before it is used: fine for a test or a demo. */
export function findFreePort(): Promise<number> {
  return listenOnce(0);
}

/** Waits a moment for a predecessor that is just ending. @returns whether nobody listens on the port */
export async function isPortFree(port: number, patienceMs: number): Promise<boolean> {
  const deadlineMs = Date.now() + patienceMs;
  for (;;) {
    const isFree = await listenOnce(port).then(
      () => true,
      () => false,
    );
    if (isFree || Date.now() >= deadlineMs) return isFree;
    await sleep(100);
  }
}

function listenOnce(port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(port, HOST, () => {
      const address = server.address();
      const taken = typeof address === "object" && address !== null ? address.port : port;
      server.close(() => resolve(taken));
    });
  });
}
