import { resolvePlatform } from "./resolve-platform.ts";

// Only then can the production code be loaded.
resolvePlatform();
const { runCommand } = await import("./run-command.ts");
process.exitCode = await runCommand(process.argv.slice(2));
