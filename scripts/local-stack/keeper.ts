import { spawn } from "node:child_process";

/**
 * Runs `node <arguments>` in a process group of its own and keeps that group from outliving whoever started it.
 *
 * Its standard input is a pipe that nobody writes to. The pipe closes when the starter ends, in whatever way: also by
 * SIGKILL, which no handler sees. Then the whole group goes, this process included; workerd would otherwise run on
 * without its parents and hold the port.
 */
const child = spawn(process.execPath, process.argv.slice(2), { stdio: ["ignore", "inherit", "inherit"] });

child.on("error", (error) => {
  console.error(error.message);
  process.exitCode = 1;
});
child.on("exit", (code) => process.exit(code ?? 1));

process.on("SIGTERM", () => child.kill("SIGTERM"));
process.stdin.on("close", () => process.kill(-process.pid, "SIGKILL"));
process.stdin.resume();
