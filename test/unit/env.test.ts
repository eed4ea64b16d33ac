import { describe, expect, test } from "vitest";
import type { ModeDefinition } from "../../src/core/mode-definition.ts";
import type { Variables } from "../../src/env.ts";
import { ConfigError, parseConfig } from "../../src/env.ts";
import { aModeDefinition } from "./builders/a-mode.ts";

const RIGHT: Variables = {
  API_KEY: "k-0123456789abcdef",
  JWT_SECRET: "s-0123456789abcdef0123456789abcdef",
};

function parse(changes: Variables = {}) {
  return parseConfig({ ...RIGHT, ...changes });
}

const NO_MAPS = { rule: "overlap", values: [] } as const;

function problemsOf(variables: Variables, modes?: readonly ModeDefinition[]): readonly string[] {
  try {
    parseConfig(variables, modes);
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
  return [];
}

test("secrets alone make a production configuration with the original's regions", () => {
  const config = parse();
  expect(config).toMatchObject({
    isDevelopment: false,
    metricsToken: null,
    jwtSecretPrevious: null,
    jwtTtlSeconds: 86_400,
    areRateLimitsOn: true,
    corsOrigins: [],
    logLevel: "info",
  });
  expect(config.regions).toEqual(["EUW", "EUNE", "NA", "CHN", "JPN", "KR", "OCE", "BR", "LAS", "LAN"]);
  expect(config.modes.defaultMode.name).toBe("2v2");
});

test("every problem is named, not only the first", () => {
  const problems = problemsOf({ REGIONS: "euw", MATCH_BETA: "much" }).join("\n");
  for (const name of ["API_KEY", "JWT_SECRET", "REGIONS", "MATCH_BETA"]) expect(problems).toContain(name);
});

describe("regions", () => {
  test("are separated by spaces or commas", () => {
    expect(parse({ REGIONS: "NORTH, SOUTH  EAST_2" }).regions).toEqual(["NORTH", "SOUTH", "EAST_2"]);
  });

  test.each(["", "north", "NORTH NORTH", "NORTH/SOUTH", "2NORTH", "A".repeat(17)])("may not be %j", (regions) => {
    expect(problemsOf({ ...RIGHT, REGIONS: regions }).join()).toContain("REGIONS");
  });
});

describe("closed regions", () => {
  test("are known and take nobody in", () => {
    const { regions, knownRegions } = parse({ REGIONS: "NORTH SOUTH", CLOSED_REGIONS: "EAST" });
    expect(regions).toEqual(["NORTH", "SOUTH"]);
    expect(knownRegions).toEqual(["NORTH", "SOUTH", "EAST"]);
  });

  test("are none unless said", () => {
    const { regions, knownRegions } = parse({});
    expect(knownRegions).toEqual(regions);
  });

  test.each(["east", "EAST EAST", "NORTH", "EAST/WEST"])("may not be %j while NORTH is open", (closed) => {
    expect(problemsOf({ ...RIGHT, REGIONS: "NORTH", CLOSED_REGIONS: closed }).join()).toContain("CLOSED_REGIONS");
  });
});

describe("API keys", () => {
  test("may be several, separated by commas", () => {
    expect(parse({ API_KEY: "first-key-01234567, second-key-0123456" }).apiKeys).toEqual([
      "first-key-01234567",
      "second-key-0123456",
    ]);
  });

  test.each(["", "short", "first-key-01234567,", ",", "first-key-01234567,short"])("may not be %j", (keys) => {
    expect(problemsOf({ ...RIGHT, API_KEY: keys }).join()).toContain("API_KEY");
  });

  test("may be the development key in development only", () => {
    expect(parse({ API_KEY: "dev", ENVIRONMENT: "development" }).apiKeys).toEqual(["dev"]);
    expect(problemsOf({ ...RIGHT, API_KEY: "dev" }).join()).toContain("API_KEY");
  });
});

describe("an allocator", () => {
  const url = "https://allocator.game.example/servers";
  const secret = "s-fedcba9876543210fedcba9876543210";

  test("is asked by nobody unless it has an address", () => {
    expect(parse().allocator).toBeNull();
    expect(parse({ ALLOCATOR_SECRET: secret }).allocator).toBeNull();
  });

  test("has an address and a key", () => {
    const { allocator } = parse({ ALLOCATOR_URL: url, ALLOCATOR_SECRET: secret });
    expect(allocator?.url).toBe(url);
    expect(new TextDecoder().decode(allocator?.key)).toBe(secret);
  });

  test("may have its key as base64", () => {
    const { allocator } = parse({ ALLOCATOR_URL: url, ALLOCATOR_SECRET: `whsec_${btoa(secret)}` });
    expect(new TextDecoder().decode(allocator?.key)).toBe(secret);
  });

  test("has no address without a secret", () => {
    expect(problemsOf({ ...RIGHT, ALLOCATOR_URL: url }).join()).toContain("ALLOCATOR_SECRET");
  });

  test.each(["not an address", "ftp://game.example/", "https://user:pass@game.example/", "http://game.example/"])(
    "may not be at %s",
    (address) => {
      const problems = problemsOf({ ...RIGHT, ALLOCATOR_URL: address, ALLOCATOR_SECRET: secret });
      expect(problems.join()).toContain("ALLOCATOR_URL");
      expect(problems.join()).not.toContain("pass");
    },
  );

  test("may be without TLS in development only", () => {
    const local = { ALLOCATOR_URL: "http://127.0.0.1:8790/", ALLOCATOR_SECRET: secret };
    expect(parse({ ...local, ENVIRONMENT: "development" }).allocator?.url).toBe("http://127.0.0.1:8790/");
  });

  test("has no secret that only says it is base64", () => {
    const faulty = `whsec_${"?".repeat(40)}`;
    const problems = problemsOf({ ...RIGHT, ALLOCATOR_URL: url, ALLOCATOR_SECRET: faulty }).join();
    expect(problems).toContain("ALLOCATOR_SECRET");
    expect(problems).not.toContain(faulty);
  });
});

test.each(["API_KEY", "JWT_SECRET", "JWT_SECRET_PREVIOUS", "METRICS_TOKEN", "ALLOCATOR_SECRET"])(
  "production refuses a development %s",
  (name) => {
    const secret = "dev-0123456789abcdef0123456789abcdef";
    expect(problemsOf({ ...RIGHT, [name]: secret }).join()).toContain(name);
    expect(problemsOf({ ...RIGHT, [name]: secret, ENVIRONMENT: "development" })).toEqual([]);
  },
);

test.each(["API_KEY", "JWT_SECRET", "JWT_SECRET_PREVIOUS", "METRICS_TOKEN", "ALLOCATOR_SECRET"])(
  "a %s that is too short is refused without being repeated",
  (name) => {
    const problems = problemsOf({ ...RIGHT, [name]: "tooshort" }).join();
    expect(problems).toContain(name);
    expect(problems).not.toContain("tooshort");
  },
);

test("rate limits are off in development only", () => {
  expect(parse({ RATE_LIMITS: "off", ENVIRONMENT: "development" }).areRateLimitsOn).toBe(false);
  expect(problemsOf({ ...RIGHT, RATE_LIMITS: "off" }).join()).toContain("RATE_LIMITS");
});

test.each([
  ["ENVIRONMENT", "staging"],
  ["MATCH_BETA", "-1"],
  ["MATCH_BETA", "NaN"],
  ["JWT_TTL_SECONDS", "59"],
  ["JWT_TTL_SECONDS", "a day"],
  ["RATE_LIMITS", "maybe"],
  ["CORS_ORIGINS", "*"],
  ["CORS_ORIGINS", "https://game.example/path"],
  ["CORS_ORIGINS", "null"],
  ["CORS_ORIGINS", "https://*.game.example"],
  ["CORS_ORIGINS", "http://game.example"],
  ["LOG_LEVEL", "loud"],
])("%s may not be %j", (name, value) => {
  expect(problemsOf({ ...RIGHT, [name]: value }).join()).toContain(name);
});

test("a page without TLS may call from this machine, and in development from anywhere", () => {
  expect(parse({ CORS_ORIGINS: "http://localhost:3000" }).corsOrigins).toEqual(["http://localhost:3000"]);
  const lan = { CORS_ORIGINS: "http://192.168.1.7:3000", ENVIRONMENT: "development" };
  expect(parse(lan).corsOrigins).toEqual(["http://192.168.1.7:3000"]);
});

describe("impossible modes stop the start", () => {
  test.each<[problem: string, ModeDefinition]>([
    ["modes[1].partySizes[1]: a whole number from 1 to the team's 2", aModeDefinition({ partySizes: [1, 3] })],
    ["modes[1].roles: together at most the team's 2 places; they ask for 3", aModeDefinition({ roles: { tank: 3 } })],
    ["modes[1].teamSize: a whole number of at least 1", aModeDefinition({ teamSize: -2 })],
    ["modes[1].attributes.map.values: 1 to 31 values", aModeDefinition({ attributes: { map: NO_MAPS } })],
    ["modes[1].name: another mode has this name", aModeDefinition({ name: "fine" })],
  ])("src/modes.ts: %s", (problem, definition) => {
    expect(problemsOf(RIGHT, [aModeDefinition({ name: "fine" }), definition])).toContain(`src/modes.ts: ${problem}`);
  });

  test("beside whatever else is wrong", () => {
    const problems = problemsOf({ ...RIGHT, REGIONS: "euw" }, []).join("\n");
    expect(problems).toContain("REGIONS");
    expect(problems).toContain("src/modes.ts: modes: at least one mode is needed");
  });
});

test("MATCH_BETA is the weight of modes that name none", () => {
  expect(parse({ MATCH_BETA: "0.4" }).modes.byName.get("1v1")?.sigmaWeight).toBe(0.4);
});
