import { Command, Option } from "commander";
import { wholeNumber } from "../../simulation/whole-number.ts";

export interface FuzzOptions {
  readonly requests: number;
  readonly frames: number;
  readonly seed: number;
  readonly rateLimits: "on" | "off";
}

/** @throws as commander does: prints what is wrong and ends the process */
export function parseOptions(args: readonly string[], randomSeed: number): FuzzOptions {
  const command = new Command("fuzz")
    .description(
      "Sends a local service what its OpenAPI document and its socket protocol allow, and much that they do not.",
    )
    .addOption(
      new Option("--requests <number>", "requests over HTTP; 0: none").argParser(wholeNumber()).default(10_000),
    )
    .addOption(new Option("--frames <number>", "frames over sockets; 0: none").argParser(wholeNumber()).default(10_000))
    .addOption(
      new Option("--seed <number>", "the same seed draws the same inputs")
        .argParser(wholeNumber())
        .default(randomSeed, "random"),
    )
    .addOption(new Option("--rate-limits <on|off>", "of the service").choices(["on", "off"]).default("off"));
  return command.parse(args, { from: "user" }).opts<FuzzOptions>();
}
