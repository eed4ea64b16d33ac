import { afterEach, expect, it, vi } from "vitest";
import { parseOptions } from "../../../simulation/options.ts";

afterEach(() => vi.unstubAllEnvs());

it("plays against the local service when nothing is said", () => {
  expect(parseOptions([])).toMatchObject({ url: "http://127.0.0.1:8787", apiKey: "dev", players: 200, games: 5 });
});

it("reads the original's environment variables", () => {
  vi.stubEnv("API_URL", "http://127.0.0.1:9999");
  vi.stubEnv("N_PLAYERS", "12");
  vi.stubEnv("GAMES_PER_PLAYER", "3");
  vi.stubEnv("REGIONS", "EUW,NA");
  expect(parseOptions([])).toMatchObject({
    url: "http://127.0.0.1:9999",
    players: 12,
    games: 3,
    regions: ["EUW", "NA"],
  });
});

it("lets a flag win over its variable", () => {
  vi.stubEnv("N_PLAYERS", "12");
  expect(parseOptions(["--players", "8"]).players).toBe(8);
});

it("names the players of two runs differently", () => {
  expect(parseOptions([]).nameOf(0)).not.toBe(parseOptions([]).nameOf(0));
});

it("lets everybody play alone unless a mix of parties is named", () => {
  expect(parseOptions([]).partyMix).toEqual([1]);
  expect(parseOptions(["--party-mix", "p5"]).partyMix).toHaveLength(5);
});

it("asks over HTTP unless sockets are asked for, and then behaves well unless rates are named", () => {
  expect(parseOptions([]).sockets).toBeNull();
  expect(parseOptions(["--transport", "ws"]).sockets).toEqual({
    rates: { declines: 0, lapses: 0, ghosts: 0, disconnects: 0 },
    longestCoolDownSeconds: 60,
  });
  expect(parseOptions(["--transport", "ws", "--declines", ".1", "--ghosts", "1e-2"]).sockets?.rates).toMatchObject({
    declines: 0.1,
    ghosts: 0.01,
  });
});

it.each([
  [["--declines", "0.1"]],
  [["--transport", "ws", "--declines", "0.6", "--lapses", "0.5"]],
  [["--transport", "ws", "--disconnects", "1.1"]],
  [["--transport", "carrier-pigeon"]],
])("refuses %j", (args) => {
  const exit = vi.spyOn(process, "exit").mockImplementation(() => {
    throw new Error("refused");
  });
  const write = vi.spyOn(process.stderr, "write").mockReturnValue(true);
  expect(() => parseOptions(args)).toThrow("refused");
  exit.mockRestore();
  write.mockRestore();
});
