import { expect, it } from "vitest";
import { serviceUrl, socketUrl } from "../../../client/service-url.ts";

it.each([
  ["http://127.0.0.1:8787", "ws://127.0.0.1:8787/matchmaking/ws"],
  ["https://muster.example/", "wss://muster.example/matchmaking/ws"],
  ["https://example.org/games/muster?x=1#top", "wss://example.org/games/muster/matchmaking/ws"],
])("sockets of %s are opened at %s", (address, url) => {
  expect(socketUrl(address)).toBe(url);
});

it("an address is a whole one, of http or https", () => {
  expect(() => serviceUrl("muster.example", "/modes")).toThrow(TypeError);
  expect(() => serviceUrl("ws://muster.example", "/modes")).toThrow("http:// or https://");
});
