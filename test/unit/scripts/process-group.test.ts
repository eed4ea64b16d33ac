import { spawn } from "node:child_process";
import { once } from "node:events";
import { connect } from "node:net";
import { join } from "node:path";
import { expect, it } from "vitest";
import { startProcessGroup } from "../../../scripts/local-stack/process-group.ts";

/** Starts a child that listens on a port and prints it; then both go on for ever. */
const WITH_CHILD = `
  const listen = "const s = require('node:net').createServer().listen(0, '127.0.0.1', () => console.log(s.address().port))";
  require("node:child_process").spawn(process.execPath, ["-e", listen], { stdio: "inherit" });
  setInterval(() => {}, 1000);
`;

interface Grandchild {
  /** The connection to it is gone, and so is the process. Its id may stay on as a zombie. */
  readonly ended: Promise<void>;
}

/** Resolves when it is connected. */
async function connectTo(port: string): Promise<Grandchild> {
  const socket = connect(Number(port), "127.0.0.1");
  await once(socket, "connect");
  // A killed process closes its connections or resets them. Both are its end, but `once` would fail at the reset.
  const ended = new Promise<void>((resolve) => socket.on("error", () => {}).on("close", () => resolve()));
  return { ended };
}

async function aRunningGroup() {
  const { promise: port, resolve } = Promise.withResolvers<string>();
  const group = startProcessGroup(["-e", WITH_CHILD], process.env, resolve);
  return { group, grandchild: await connectTo(await port) };
}

it("gives each line of output and the exit code", async () => {
  const lines: string[] = [];
  const script = 'console.log("one"); console.error("two"); process.exitCode = 3';
  const group = startProcessGroup(["-e", script], process.env, (line) => lines.push(line));
  expect(await group.ended).toBe(3);
  expect(lines.sort()).toEqual(["one", "two"]);
});

it("ends everything that the process has started when it is stopped", async () => {
  const { group, grandchild } = await aRunningGroup();
  await Promise.all([group.stop(), grandchild.ended]);
});

it("ends everything at once when it is killed", async () => {
  const { group, grandchild } = await aRunningGroup();
  group.kill();
  await Promise.all([group.ended, grandchild.ended]);
});

it("does not outlive its starter, even when that is killed", async () => {
  const source = join(import.meta.dirname, "..", "..", "..", "scripts", "local-stack", "process-group.ts");
  const script = `
    const { startProcessGroup } = await import(${JSON.stringify(source)});
    startProcessGroup(["-e", ${JSON.stringify(WITH_CHILD)}], process.env, (line) => console.log(line));
  `;
  const starter = spawn(process.execPath, ["--input-type=module", "-e", script], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const [line] = await once(starter.stdout, "data");
  const grandchild = await connectTo(String(line));
  starter.kill("SIGKILL");
  await grandchild.ended;
});
