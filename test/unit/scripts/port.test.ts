import { createServer } from "node:net";
import { expect, it } from "vitest";
import { findFreePort, isPortFree, parsePort } from "../../../scripts/local-stack/port.ts";

it.each(["0", "65536", "80.5", "http", ""])("refuses %j for a port", (text) => {
  expect(() => parsePort(text)).toThrow("from 1 to 65535");
});

it("takes a port in digits", () => {
  expect(parsePort("8787")).toBe(8787);
});

it("finds a port that is free", async () => {
  expect(await isPortFree(await findFreePort(), 0)).toBe(true);
});

it("sees that a port is taken", async () => {
  const server = createServer();
  const port = await findFreePort();
  await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
  expect(await isPortFree(port, 0)).toBe(false);
  server.close();
});

it("waits for a predecessor that is just ending", async () => {
  const server = createServer();
  const port = await findFreePort();
  await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
  const isFree = isPortFree(port, 10_000);
  server.close();
  expect(await isFree).toBe(true);
});
