import { createServer } from "node:http";
import { afterEach, expect, it } from "vitest";
import { Cable } from "../../../../simulation/sockets/cable.ts";

const closing: (() => void)[] = [];
afterEach(() => {
  for (const close of closing.splice(0)) close();
});

/** Says where it serves; requests to /never are not answered. */
async function aServer(): Promise<string> {
  const server = createServer((request, response) => {
    if (request.url !== "/never") response.end("here");
  });
  closing.push(() => server.close().closeAllConnections());
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no port");
  return `http://127.0.0.1:${address.port}`;
}

function aCable(): Cable {
  return new Cable(
    () => {},
    () => {},
  );
}

it("breaks what is under way when it is cut, and opens nothing until it is mended", async () => {
  const url = await aServer();
  const cable = aCable();
  const before = await cable.fetch(url, {});
  expect(await before.text()).toBe("here");
  const broken = expect(cable.fetch(`${url}/never`, {})).rejects.toThrow();
  await cable.fetch(url, {});
  cable.cut(Number.POSITIVE_INFINITY);
  await broken;
  await expect(cable.fetch(url, {})).rejects.toThrow();
  cable.cut(0);
  expect(await (await cable.fetch(url, {})).text()).toBe("here");
});

it("is a player's own: another one's goes on", async () => {
  const url = await aServer();
  const [cut, whole] = [aCable(), aCable()];
  cut.cut(Number.POSITIVE_INFINITY);
  await expect(cut.fetch(url, {})).rejects.toThrow();
  expect(await (await whole.fetch(url, {})).text()).toBe("here");
});
