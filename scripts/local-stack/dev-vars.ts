import { randomBytes } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { parseEnv } from "node:util";

/** What a local Worker needs and wrangler.toml rightly does not hold. Production refuses every one of these secrets. */
export function developmentVars(randomHex: () => string): Readonly<Record<string, string>> {
  return {
    ENVIRONMENT: "development",
    API_KEY: "dev",
    JWT_SECRET: `dev-${randomHex()}`,
    METRICS_TOKEN: `dev-${randomHex()}`,
    RATE_LIMITS: "off",
  };
}

/** `text` with a line for each variable that it does not set yet; what it sets stays as it is, also when empty. */
export function completeVars(text: string, vars: Readonly<Record<string, string>>): string {
  const present = parseEnv(text);
  const missing = Object.entries(vars).filter(([name]) => !(name in present));
  if (missing.length === 0) return text;
  const separator = text === "" || text.endsWith("\n") ? "" : "\n";
  return text + separator + missing.map(([name, value]) => `${name}=${value}\n`).join("");
}

/** Completes the file, or makes it, and returns everything it sets. */
export function ensureDevVars(path: string): NodeJS.Dict<string> {
  const text = existsSync(path) ? readFileSync(path, "utf8") : "";
  const complete = completeVars(
    text,
    developmentVars(() => randomBytes(32).toString("hex")),
  );
  if (complete !== text) writeFileSync(path, complete, { mode: 0o600 });
  return parseEnv(complete);
}
