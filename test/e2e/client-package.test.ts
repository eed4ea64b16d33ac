import { execFile } from "node:child_process";
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runInNewContext } from "node:vm";
import type { Metafile } from "esbuild";
import { build } from "esbuild";
import { afterAll, beforeAll, expect, it } from "vitest";
import { bundleClient } from "../../scripts/client-package/bundle-client.ts";
import { declareClient } from "../../scripts/client-package/declare-client.ts";

const ROOT = join(import.meta.dirname, "..", "..");

/** A directory that knows nothing of this repository, with the client installed as a package. */
let consumerDir: string;
let packageDir: string;
let metafile: Metafile;

beforeAll(async () => {
  consumerDir = await mkdtemp(join(tmpdir(), "muster-consumer-"));
  packageDir = join(consumerDir, "node_modules", "muster");
  await mkdir(packageDir, { recursive: true });
  metafile = await bundleClient(join(packageDir, "dist", "client"));
  await declareClient(join(packageDir, "dist", "client"));
  await cp(join(ROOT, "package.json"), join(packageDir, "package.json"));
});
afterAll(() => rm(consumerDir, { recursive: true }));

it("the built client is made of its own sources and the constants of the protocol, and imports nothing", () => {
  const inputs = Object.keys(metafile.inputs);
  const foreign = inputs.filter((path) => !path.startsWith("client/"));
  expect(inputs).toContain("client/matchmaking-client.ts");
  expect(foreign).toEqual(["src/region/socket-constants.ts"]);
  expect(Object.values(metafile.outputs).flatMap(({ imports }) => imports)).toEqual([]);
});

it("the built client runs where there is nothing but what browsers have", async () => {
  const { outputFiles } = await build({
    stdin: { contents: await readFile(join(packageDir, "dist", "client", "index.js"), "utf8") },
    format: "iife",
    globalName: "muster",
    write: false,
  });
  const page = {
    ...{ URL, AbortController, queueMicrotask, setTimeout, clearTimeout },
    WebSocket: class extends EventTarget {
      constructor(url: string, protocols: string[]) {
        super();
        const state = { type: "state", seq: 1, url, protocols };
        queueMicrotask(() => this.dispatchEvent(new MessageEvent("message", { data: JSON.stringify(state) })));
      }
      close(): void {}
    },
  };
  const program = `${outputFiles[0]?.text}
    const client = new muster.MatchmakingClient({ url: "https://muster.example", token: "t" });
    client.connect().then((state) => { client.close(); return [state.url, state.protocols, client.status]; });`;
  const outcome = await runInNewContext(program, page);
  expect(outcome).toEqual(["wss://muster.example/matchmaking/ws", ["muster.v1", "bearer.t"], "closed"]);
});

const CONSUMER = `
import type { Match, ReadyCheck } from "muster/client";
import { HttpClient, MatchmakingClient, MatchmakingError } from "muster/client";
const { access_token: token } = await new HttpClient({ url: "http://127.0.0.1" }).register({ username: "ann" });
const client = new MatchmakingClient({ url: "http://127.0.0.1", token, WebSocket, fetch });
const check: ReadyCheck | null = (await client.connect()).proposed;
if (check !== null) await client.accept(check);
client.on("match.proposed", (prompt) => void client.decline(prompt).then(({ cool_down }) => cool_down?.seconds));
for await (const message of client.messages()) if (message.type === "match.found") play(message.match);
function play(match: Match): string | undefined { return match.players["teamA"]?.[0]?.player_id; }
export const reasons = (error: unknown) => (error instanceof MatchmakingError ? error.errors?.[0]?.pointer : null);
// @ts-expect-error there is no such message
client.on("match.lost", () => {});
// @ts-expect-error a gap is a number
await client.enqueue({ constraints: { max_rating_gap: "6" } });
`;

/** The README's examples, one after the other, in a game that has what they call. */
async function readmeExamples(): Promise<string> {
  const readme = await readFile(join(ROOT, "README.md"), "utf8");
  const section = /^### Client$(.*?)^##? /ms.exec(`${readme}\n# end`)?.[1] ?? "";
  const examples = [...section.matchAll(/^```ts$(.*?)^```$/gms)].map(([, code]) => code);
  expect(examples.length).toBe(2);
  const game = `
    declare const token: string;
    declare function join(match: import("muster/client").Match): void;
    declare function play(connection: import("muster/client").Connection): void;
    declare function show(text: string): void;
    declare function dialog(text: string, until: string): Promise<boolean>;`;
  return [...examples, game].join("");
}

it.each([
  ["NodeNext", "NodeNext"],
  ["ESNext", "Bundler"],
])("a program that uses it type-checks with neither zod nor these sources: %s", async (module, moduleResolution) => {
  const compilerOptions = {
    ...{ target: "ES2022", lib: ["ES2022", "DOM"], types: [], module, moduleResolution },
    ...{ strict: true, exactOptionalPropertyTypes: true, skipLibCheck: false, noEmit: true },
  };
  await writeFile(join(consumerDir, "tsconfig.json"), JSON.stringify({ compilerOptions }));
  await writeFile(join(consumerDir, "package.json"), '{"type": "module"}');
  await writeFile(join(consumerDir, "consumer.ts"), CONSUMER);
  await writeFile(join(consumerDir, "readme.ts"), await readmeExamples());
  expect(await compile(consumerDir)).toBe("");
});

it("the types that are built are the ones the sources were checked with", async () => {
  const source = join(ROOT, "client", "wire-types.ts");
  const names = [...(await readFile(source, "utf8")).matchAll(/^export type (\w+)/gm)].map(([, name]) => name);
  expect(names.length).toBeGreaterThan(10);
  const program = [
    `import type * as built from "${join(packageDir, "dist", "client", "wire-types.d.ts")}";`,
    `import type * as sources from "${source}";`,
    "type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends (<T>() => T extends B ? 1 : 2) ? true : false;",
    ...names.map((name) => `export const same${name}: Same<built.${name}, sources.${name}> = true;`),
    "// @ts-expect-error were they not found, everything would be the same",
    "export const different: Same<built.Match, sources.Party> = true;",
  ];
  const compilerOptions = { allowImportingTsExtensions: true, types: [] };
  const tsconfig = { extends: join(ROOT, "tsconfig.json"), compilerOptions, include: [], files: ["same-types.ts"] };
  await writeFile(join(consumerDir, "tsconfig.json"), JSON.stringify(tsconfig));
  await writeFile(join(consumerDir, "same-types.ts"), program.join("\n"));
  // The sources need generated types that are not there for this program; only what it says itself counts.
  const complaints = (await compile(consumerDir)).split("\n").filter((line) => line.includes("same-types.ts"));
  expect(complaints).toEqual([]);
});

/** What the compiler has to say. */
function compile(projectDir: string): Promise<string> {
  const tsc = join(ROOT, "node_modules", "typescript", "bin", "tsc");
  return new Promise((resolve, reject) => {
    execFile(process.execPath, [tsc, "-p", projectDir], { cwd: projectDir }, (error, stdout, stderr) => {
      if (error !== null && stdout === "") reject(new Error(stderr || error.message));
      else resolve(stdout);
    });
  });
}
