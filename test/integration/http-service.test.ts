import { env } from "cloudflare:workers";
import { expect, test } from "vitest";
import { createApp } from "../../src/http/app.ts";
import { Metrics } from "../../src/metrics/metrics.ts";
import { CLIENT_MESSAGE_TYPES, ServerMessageSchema } from "../../src/region/protocol.ts";
import { bearer, brokenDatabase, expectProblem, fetchWith, get, KEY } from "./http-support.ts";

const METRICS_TOKEN = "dev-metrics-token-0123456789";

test("health says ok", async () => {
  expect((await get("/healthz")).body).toEqual({ status: "ok", environment: "development" });
});

test("health needs neither the database nor a region", async () => {
  const noRegion = new Proxy(env.REGION, {
    get: () => {
      throw new Error("a region was asked for");
    },
  });
  expect((await fetchWith({ DB: brokenDatabase(), REGION: noRegion }, "/healthz")).status).toBe(200);
});

test("the modes are listed with their rules, the default first", async () => {
  const { body } = await get<{ name: string }[]>("/modes");
  expect(body[0]).toMatchObject({ name: "2v2", is_default: true, teams: ["teamA", "teamB"], team_size: 2 });
  expect(body.map(({ name }) => name)).toEqual([
    "2v2",
    "1v1",
    "5v5",
    "5v5-ranked",
    "hunt",
    "asking",
    "hasty",
    "brief",
    "hosted",
    "hosted-brief",
    "sprint",
  ]);
});

test("an unknown path and an unknown method are problem documents", async () => {
  expectProblem(await get("/nowhere"), 404, "unknown_route");
  expectProblem(await get("/players/register"), 404, "unknown_route");
});

test("metrics open to the metrics token and to the API key", async () => {
  const scraped = await get("/metrics", bearer(METRICS_TOKEN));
  expect(scraped.status).toBe(200);
  expect(scraped.headers.get("content-type")).toBe("text/plain; version=0.0.4; charset=utf-8");
  expect((await get("/metrics", KEY)).status).toBe(200);
});

test("metrics stay closed without a credential, and with a wrong one beside a right one", async () => {
  expectProblem(await get("/metrics"), 401, "credentials_needed");
  expectProblem(await get("/metrics", bearer("wrong")), 401, "invalid_credentials");
  expectProblem(await get("/metrics", { ...KEY, ...bearer("wrong") }), 401, "invalid_credentials");
  expectProblem(await get("/metrics", { "x-api-key": "wrong", ...bearer(METRICS_TOKEN) }), 401, "invalid_credentials");
});

test("a faulty configuration answers 503 everywhere and names what is wrong, never a secret", async () => {
  const changes = { ENVIRONMENT: "production", API_KEY: "short-secret", RATE_LIMITS: "off" };
  for (const path of ["/healthz", "/players/leaderboard", "/metrics", "/nowhere"]) {
    const answer = await fetchWith(changes, path);
    expectProblem(answer, 503, "misconfigured");
    expect(answer.headers.get("retry-after")).toBe("60");
    for (const name of ["API_KEY", "JWT_SECRET", "RATE_LIMITS"]) expect(answer.body.detail).toContain(name);
    expect(answer.body.detail).not.toContain("short-secret");
    expect(answer.body.detail).not.toContain("dev-integration-tests-only");
  }
});

test("without configured origins no answer speaks of origins", async () => {
  const { headers } = await get("/healthz", { origin: "https://game.example" });
  expect(headers.get("access-control-allow-origin")).toBeNull();
  expect(headers.get("vary")).toBeNull();
});

test("a configured origin may call, another may not", async () => {
  const changes = { CORS_ORIGINS: "https://game.example" };
  const ours = await fetchWith(changes, "/healthz", { headers: { origin: "https://game.example" } });
  expect(ours.headers.get("access-control-allow-origin")).toBe("https://game.example");
  const theirs = await fetchWith(changes, "/healthz", { headers: { origin: "https://evil.example" } });
  expect(theirs.headers.get("access-control-allow-origin")).toBeNull();
});

test("a preflight of a configured origin is answered before any credential is asked for", async () => {
  const preflight = await fetchWith({ CORS_ORIGINS: "https://game.example" }, "/matchmaking/queue", {
    method: "OPTIONS",
    headers: { origin: "https://game.example", "access-control-request-method": "POST" },
  });
  expect(preflight.status).toBe(204);
  expect(preflight.headers.get("access-control-allow-headers")).toContain("x-api-key");
});

test("the document describes every route with its security and its problems", async () => {
  interface Operation {
    readonly summary?: string;
    readonly security?: readonly object[];
    readonly responses: Record<string, { content: Record<string, object> }>;
  }
  interface Document {
    readonly openapi: string;
    readonly paths: Record<string, Record<string, Operation>>;
    readonly components: { readonly securitySchemes: object };
  }
  const { body } = await get<Document>("/openapi.json");
  expect(body.openapi).toBe("3.1.0");
  expect(Object.keys(body.components.securitySchemes)).toEqual([
    "apiKey",
    "playerToken",
    "socketToken",
    "identityToken",
    "metricsToken",
  ]);

  const described = Object.entries(body.paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
  );
  const routed = createApp(new Metrics())
    .routes.filter(({ method }) => method !== "ALL")
    .map(({ method, path }) => `${method} ${path.replaceAll(/:([a-z_]+)/g, "{$1}")}`);
  expect(described.toSorted()).toEqual([...new Set(routed)].toSorted());

  for (const operation of Object.values(body.paths).flatMap((methods) => Object.values(methods))) {
    expect(operation.summary).not.toBeUndefined();
    const { 200: success, 101: switched, ...problems } = operation.responses;
    expect(success ?? switched).toBeDefined();
    expect(Object.keys(problems)).toEqual(expect.arrayContaining(["401", "413", "500", "503"]));
    for (const { content } of Object.values(problems))
      expect(Object.keys(content)).toEqual(["application/problem+json"]);
  }
});

test("what may be left out of an enqueue may be null, and the document says so", async () => {
  interface Document {
    readonly components: {
      readonly schemas: {
        readonly Enqueue: { readonly required: string[]; readonly properties: Record<string, object> };
        readonly Constraints: object;
      };
    };
  }
  const { body } = await get<Document>("/openapi.json");
  const { Enqueue, Constraints } = body.components.schemas;
  const properties = Object.entries({ ...Enqueue.properties, constraints: Constraints });
  const optional = properties.filter(([name]) => !Enqueue.required.includes(name));
  expect(optional.filter(([, schema]) => !JSON.stringify(schema).includes('"null"'))).toEqual([]);
});

test("the description of the socket names every message that goes through one", async () => {
  const { body } = await get<{ paths: Record<string, { get: { description: string } }> }>("/openapi.json");
  const description = body.paths["/matchmaking/ws"]?.get.description ?? "";
  const types = [...ServerMessageSchema.options.map(({ shape }) => shape.type.value), ...CLIENT_MESSAGE_TYPES];
  expect(types.filter((type) => !description.includes(`\`${type}\``))).toEqual([]);
});
