import type { ModeTable } from "./core/mode.ts";
import type { ModeDefinition } from "./core/mode-definition.ts";
import { resolveModes } from "./core/mode-definition.ts";
import type { IdentityProviderConfig } from "./identity-provider.ts";
import { parseIdentityProvider } from "./identity-provider.ts";
import type { LogLevel } from "./log.ts";
import { MODES } from "./modes.ts";
import { webhookKey } from "./webhook-signature.ts";

/** Bindings and variables as wrangler.toml declares them; secrets and optional variables are not in that file. */
export interface Env extends Omit<Cloudflare.Env, OptionalVariable>, Variables {}

/** What the configuration is read from; anything may be missing. */
export type Variables = Partial<Record<OptionalVariable, string>>;

type OptionalVariable =
  | "ENVIRONMENT"
  | "REGIONS"
  | "MATCH_BETA"
  | "RATE_LIMITS"
  | "LOG_LEVEL"
  | "API_KEY"
  | "JWT_SECRET"
  | "JWT_SECRET_PREVIOUS"
  | "JWT_TTL_SECONDS"
  | "METRICS_TOKEN"
  | "JWKS_URL"
  | "JWKS_ISSUER"
  | "JWKS_AUDIENCE"
  | "ALLOCATOR_URL"
  | "ALLOCATOR_SECRET"
  | "CORS_ORIGINS";

export interface Config {
  readonly isDevelopment: boolean;
  /** Names of the configured regions; the first is where new players go. */
  readonly regions: readonly string[];
  readonly modes: ModeTable;
  readonly apiKeys: readonly string[];
  readonly jwtSecret: string;
  readonly jwtSecretPrevious: string | null;
  readonly jwtTtlSeconds: number;
  /** Null: only our own tokens are taken. */
  readonly identityProvider: IdentityProviderConfig | null;
  /** Null: only the API key opens /metrics. */
  readonly metricsToken: string | null;
  readonly areRateLimitsOn: boolean;
  readonly corsOrigins: readonly string[];
  /** Null: nobody is asked for game servers. */
  readonly allocator: AllocatorConfig | null;
  readonly logLevel: LogLevel;
}

/** Who is asked for game servers, and what signs the calls. */
export interface AllocatorConfig {
  readonly url: string;
  readonly key: Uint8Array<ArrayBuffer>;
}

/** What is wrong with the variables, one sentence each, naming the variable and what is allowed. */
export class ConfigError extends Error {
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(`Configuration: ${problems.join("; ")}`);
    this.problems = problems;
  }
}

export const DEFAULT_REGIONS = "EUW EUNE NA CHN JPN KR OCE BR LAS LAN";
export const DEVELOPMENT_API_KEY = "dev";
/** Every secret that `npm run dev` makes starts so; production refuses it. */
export const DEVELOPMENT_SECRET_PREFIX = "dev-";
const SHORTEST_KEY = 16;
const SHORTEST_SECRET = 32;
const LOG_LEVELS: readonly LogLevel[] = ["debug", "info", "warn", "error", "off"];

const parsed = new WeakMap<object, Config>();

/** Parses the variables once per isolate. @throws {ConfigError} with everything that is wrong. */
export function configOf(env: Env): Config {
  const known = parsed.get(env);
  if (known !== undefined) return known;
  const config = parseConfig(env);
  parsed.set(env, config);
  return config;
}

/**
 * @param definitions the game's modes
 * @throws {ConfigError} with everything that is wrong, not only the first
 */
export function parseConfig(env: Variables, definitions: readonly ModeDefinition[] = MODES): Config {
  const problems: string[] = [];
  const environment = env.ENVIRONMENT ?? "production";
  if (environment !== "production" && environment !== "development") {
    problems.push(`ENVIRONMENT is "${environment}"; allowed: production, development`);
  }
  const isDevelopment = environment === "development";
  const modes = parseModes(definitions, env.MATCH_BETA, problems);
  const others: Omit<Config, "modes"> = {
    isDevelopment,
    regions: parseRegions(env.REGIONS, problems),
    apiKeys: parseApiKeys(env.API_KEY, isDevelopment, problems),
    jwtSecret: parseSecret("JWT_SECRET", env.JWT_SECRET, isDevelopment, problems) ?? missing("JWT_SECRET", problems),
    jwtSecretPrevious: parseSecret("JWT_SECRET_PREVIOUS", env.JWT_SECRET_PREVIOUS, isDevelopment, problems),
    jwtTtlSeconds: parseTtl(env.JWT_TTL_SECONDS, problems),
    identityProvider: parseIdentityProvider(env, isDevelopment, problems),
    metricsToken: parseMetricsToken(env.METRICS_TOKEN, isDevelopment, problems),
    areRateLimitsOn: parseRateLimits(env.RATE_LIMITS, isDevelopment, problems),
    corsOrigins: parseOrigins(env.CORS_ORIGINS, problems),
    allocator: parseAllocator(env, isDevelopment, problems),
    logLevel: parseLogLevel(env.LOG_LEVEL, problems),
  };
  if (problems.length > 0 || modes === null) throw new ConfigError(problems);
  return { ...others, modes };
}

function missing(name: string, problems: string[]): string {
  problems.push(`${name} is not set; set it with "wrangler secret put ${name}"`);
  return "";
}

function words(text: string): string[] {
  return text.split(/[\s,]+/).filter((word) => word !== "");
}

function parseRegions(text: string | undefined, problems: string[]): string[] {
  const regions = words(text ?? DEFAULT_REGIONS);
  if (regions.length === 0) problems.push("REGIONS is empty; name at least one, separated by spaces");
  for (const region of regions) {
    if (!/^[A-Z][A-Z0-9_]{0,15}$/.test(region)) {
      problems.push(`REGIONS has "${region}"; allowed: 1 to 16 of A-Z, 0-9 and _, a letter first`);
    }
  }
  if (new Set(regions).size < regions.length) problems.push("REGIONS names a region twice");
  return regions;
}

function parseModes(
  definitions: readonly ModeDefinition[],
  beta: string | undefined,
  problems: string[],
): ModeTable | null {
  const weight = Number(beta ?? "0.1");
  if (!(weight >= 0 && weight <= 100)) problems.push(`MATCH_BETA is "${beta}"; allowed: a number from 0 to 100`);
  const modes = resolveModes(definitions, Number.isFinite(weight) ? weight : 0);
  if (modes.ok) return modes.value;
  problems.push(...modes.refusal.problems.map(({ path, detail }) => `src/modes.ts: ${path}: ${detail}`));
  return null;
}

function parseApiKeys(text: string | undefined, isDevelopment: boolean, problems: string[]): string[] {
  if (text === undefined || text === "") {
    problems.push('API_KEY is not set; set it with "wrangler secret put API_KEY"');
    return [];
  }
  const keys = text.split(",").map((key) => key.trim());
  for (const key of keys) {
    const isDevelopmentKey = key === DEVELOPMENT_API_KEY || key.startsWith(DEVELOPMENT_SECRET_PREFIX);
    if (isDevelopmentKey && !isDevelopment) problems.push("API_KEY holds a development key; production needs its own");
    else if (key !== DEVELOPMENT_API_KEY && key.length < SHORTEST_KEY) {
      problems.push(`API_KEY has an empty entry or one shorter than ${SHORTEST_KEY} characters`);
    }
  }
  return keys;
}

function parseSecret(
  name: string,
  secret: string | undefined,
  isDevelopment: boolean,
  problems: string[],
): string | null {
  if (secret === undefined || secret === "") return null;
  if (secret.length < SHORTEST_SECRET) problems.push(`${name} is shorter than ${SHORTEST_SECRET} characters`);
  if (secret.startsWith(DEVELOPMENT_SECRET_PREFIX) && !isDevelopment) {
    problems.push(`${name} is a development secret; production needs its own`);
  }
  return secret;
}

/** A secret alone asks nobody. Without TLS anybody on the way would see who plays. */
function parseAllocator(env: Variables, isDevelopment: boolean, problems: string[]): AllocatorConfig | null {
  const secret = parseSecret("ALLOCATOR_SECRET", env.ALLOCATOR_SECRET, isDevelopment, problems);
  const key = secret === null ? null : webhookKey(secret);
  if (secret !== null && key === null)
    problems.push("ALLOCATOR_SECRET starts with whsec_; after that comes base64 of 24 bytes or more");
  if (env.ALLOCATOR_URL === undefined || env.ALLOCATOR_URL === "") return null;
  const protocols = isDevelopment ? ["https:", "http:"] : ["https:"];
  const url = URL.canParse(env.ALLOCATOR_URL) ? new URL(env.ALLOCATOR_URL) : null;
  if (url === null || !protocols.includes(url.protocol) || url.username !== "" || url.password !== "") {
    problems.push(
      "ALLOCATOR_URL is not an https address without a user in it; http is allowed only where ENVIRONMENT is development",
    );
  }
  if (secret === null) missing("ALLOCATOR_SECRET", problems);
  return url === null || key === null ? null : { url: url.href, key };
}

function parseMetricsToken(token: string | undefined, isDevelopment: boolean, problems: string[]): string | null {
  if (token === undefined || token === "") return null;
  if (token.length < SHORTEST_KEY) problems.push(`METRICS_TOKEN is shorter than ${SHORTEST_KEY} characters`);
  if (token.startsWith(DEVELOPMENT_SECRET_PREFIX) && !isDevelopment) {
    problems.push("METRICS_TOKEN is a development secret; production needs its own");
  }
  return token;
}

function parseTtl(text: string | undefined, problems: string[]): number {
  const seconds = Number(text ?? "86400");
  if (!Number.isInteger(seconds) || seconds < 60 || seconds > 31_536_000) {
    problems.push(`JWT_TTL_SECONDS is "${text}"; allowed: a whole number of seconds from 60 to 31536000`);
  }
  return seconds;
}

function parseRateLimits(text: string | undefined, isDevelopment: boolean, problems: string[]): boolean {
  if (text === undefined || text === "on") return true;
  if (text !== "off") problems.push(`RATE_LIMITS is "${text}"; allowed: on, off`);
  else if (!isDevelopment) problems.push("RATE_LIMITS may be off only where ENVIRONMENT is development");
  return false;
}

function parseOrigins(text: string | undefined, problems: string[]): string[] {
  const origins = words(text ?? "");
  for (const origin of origins) {
    if (!URL.canParse(origin) || new URL(origin).origin !== origin) {
      problems.push(`CORS_ORIGINS has "${origin}"; allowed: origins such as https://game.example`);
    }
  }
  return origins;
}

function parseLogLevel(text: string | undefined, problems: string[]): LogLevel {
  const level = LOG_LEVELS.find((known) => known === (text ?? "info"));
  if (level === undefined) problems.push(`LOG_LEVEL is "${text}"; allowed: ${LOG_LEVELS.join(", ")}`);
  return level ?? "info";
}
