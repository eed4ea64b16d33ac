import { createServer, type Server, type ServerResponse } from "node:http";
import { afterEach, expect, test } from "vitest";
import { fuzzRequests } from "../../fuzz/http/fuzz-requests.ts";

const problemSchema = { type: "object", required: ["type", "title", "status", "detail", "instance"] };
const problemContent = { "application/problem+json": { schema: problemSchema } };
const DOCUMENT = {
  paths: {
    "/pets": {
      post: {
        security: [{ apiKey: [] }],
        requestBody: {
          content: {
            "application/json": {
              schema: {
                type: "object",
                properties: { name: { type: "string", minLength: 1, maxLength: 9 }, age: { type: "integer" } },
                required: ["name"],
              },
            },
          },
        },
        responses: {
          200: {
            content: {
              "application/json": {
                schema: { type: "object", properties: { ok: { type: "boolean" } }, required: ["ok"] },
              },
            },
          },
          401: { headers: { "www-authenticate": {} }, content: problemContent },
          422: { content: problemContent },
        },
      },
    },
  },
  components: { schemas: {} },
};

interface Call {
  readonly path: string;
  readonly hasKey: boolean;
  readonly body: unknown;
}
type Reply = (call: Call, response: ServerResponse) => void;

let server: Server | undefined;
afterEach(() => server?.close());

function json(response: ServerResponse, status: number, body: object, headers: Readonly<Record<string, string>> = {}) {
  const type = status < 400 ? "application/json" : "application/problem+json";
  response.writeHead(status, { "content-type": type, "x-request-id": "r1", ...headers }).end(JSON.stringify(body));
}

function refuse(response: ServerResponse, status: number, reason: string) {
  const body = { type: `urn:muster:problem:${reason}`, title: "t", status, detail: "d", instance: "r1", errors: [{}] };
  json(response, status, body, { "www-authenticate": "Bearer" });
}

/** A service of which nothing can be said, but for what `reply` makes of a call to it. */
async function findingsOf(reply: Reply): Promise<string> {
  server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const [pathname = ""] = (request.url ?? "").split("?");
      const path = pathname === "/pets" && request.method !== "POST" ? "nobody's" : pathname;
      if (path === "/openapi.json") return json(response, 200, DOCUMENT);
      if (path === "/players/register") {
        return json(response, 200, { player_id: `p${chunks.length}`, access_token: "a.b.c" });
      }
      const hasKey = request.headers["x-api-key"] === "dev" && request.headers.authorization === undefined;
      return reply({ path, hasKey, body: parsed(Buffer.concat(chunks).toString()) }, response);
    });
  });
  await new Promise<void>((resolve) => server?.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the fake service has no port");
  const url = `http://127.0.0.1:${address.port}`;
  const identity = { playerId: "p9", token: "d.e.f" };
  const secrets = { apiKey: "dev", metricsToken: "metrics", identity, identityElsewhere: "g.h.i" };
  const { findings } = await fuzzRequests({ url, secrets, seed: 1, requests: 300, progress: () => undefined });
  return findings.join("\n");
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function nameIn(body: unknown): unknown {
  return typeof body === "object" && body !== null && "name" in body ? body.name : undefined;
}

function ageIn(body: unknown): unknown {
  return typeof body === "object" && body !== null && "age" in body ? body.age : 0;
}

const honest: Reply = ({ path, hasKey, body }, response) => {
  if (path !== "/pets") return refuse(response, 404, "unknown_route");
  if (!hasKey) return refuse(response, 401, "credentials_needed");
  const name = nameIn(body);
  const isName = typeof name === "string" && name.length > 0 && [...name].length < 10;
  const isSound = isName && Number.isInteger(ageIn(body));
  return isSound ? json(response, 200, { ok: true }) : refuse(response, 422, "invalid_input");
};

test("an honest service is left in peace", async () => {
  expect(await findingsOf(honest)).toBe("");
});

test.each<[string, string, Reply]>([
  [
    "fails at a long name",
    "server error",
    (call, response) => {
      if (String(nameIn(call.body)).length > 1_000) return refuse(response, 500, "internal_error");
      return honest(call, response);
    },
  ],
  [
    "answers with a status of its own",
    "undocumented status",
    (call, response) => {
      if (!Number.isInteger(ageIn(call.body))) return refuse(response, 409, "in_match");
      return honest(call, response);
    },
  ],
  [
    "has another shape",
    "wrong shape",
    ({ path, hasKey }, response) => {
      if (path === "/pets" && hasKey) return json(response, 200, { ok: "yes" });
      return honest({ path, hasKey, body: undefined }, response);
    },
  ],
  [
    "shows a page where nothing is",
    "leak",
    (call, response) => {
      if (call.path === "/pets") return honest(call, response);
      return response.writeHead(404, { "content-type": "text/html", "x-request-id": "r1" }).end("<html>nothing</html>");
    },
  ],
  ["serves whoever asks", "let in", (call, response) => honest({ ...call, hasKey: true }, response)],
  [
    "takes a name that is too long",
    "took what the document refuses",
    (call, response) => {
      if (call.path === "/pets" && call.hasKey && typeof nameIn(call.body) === "string")
        return json(response, 200, { ok: true });
      return honest(call, response);
    },
  ],
  [
    "hangs up",
    "no answer",
    (call, response) => {
      if (nameIn(call.body) === "") return response.destroy();
      return honest(call, response);
    },
  ],
])("a service that %s is found out: %s", async (_, kind, reply) => {
  const findings = await findingsOf(reply);
  expect(findings).toContain(`${kind}: `);
  expect(findings).toContain("curl -i -X");
});

test("what is shown of a fault is the smallest request that brings it", async () => {
  const findings = await findingsOf((call, response) => {
    if (typeof ageIn(call.body) === "string") return refuse(response, 500, "internal_error");
    return honest(call, response);
  });
  expect(findings).toMatch(/the smallest that does it/);
  expect(findings).not.toMatch(/cf-connecting-ip|accept:/);
});
