import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseEnv } from "node:util";
import { program } from "commander";
import { Metrics } from "../src/metrics/metrics.ts";
import { MUST_READ_0, samplesAboveZero } from "./samples-above-zero.ts";

const ROOT = join(import.meta.dirname, "..");
const TIMEOUT_MS = 10_000;

program
  .name("npm run check:metrics --")
  .description(
    "Has promtool judge a running service's metrics, every metric of the code, and deploy/; and looks whether reads 0 what must.",
  )
  .option("--url <url>", "the service's address", `http://127.0.0.1:${process.env.PORT ?? "8787"}`)
  .option("--token <token>", "its METRICS_TOKEN (default: the environment's, else the one in .dev.vars)")
  .option("--no-page", "leave the running service out")
  .parse();
const { url, token, page } = program.opts<{ url: string; token?: string; page: boolean }>();

try {
  requirePromtool();
  judge("every metric of the code", ["check", "metrics"], { input: await pageOfEveryMetric() });
  judgeDeployment();
  if (page) await judgeService();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}

async function judgeService(): Promise<void> {
  const text = await fetchPage(url, token ?? localToken());
  judge(`${url}/metrics`, ["check", "metrics"], { input: text });
  tell("what must read 0", samplesAboveZero(text, MUST_READ_0).join("\n"));
}

function requirePromtool(): void {
  if (spawnSync("promtool", ["--version"]).error === undefined) return;
  throw new Error("promtool is not installed. It comes with Prometheus; on Debian: apt-get install prometheus");
}

function localToken(): string {
  const devVars = join(ROOT, ".dev.vars");
  const fromFile = existsSync(devVars) ? parseEnv(readFileSync(devVars, "utf8")).METRICS_TOKEN : undefined;
  const known = process.env.METRICS_TOKEN ?? fromFile;
  if (known === undefined) throw new Error("No token: pass --token, or start the local service once (npm run dev).");
  return known;
}

async function fetchPage(address: string, credentials: string): Promise<string> {
  const response = await fetch(`${address}/metrics`, {
    headers: { authorization: `Bearer ${credentials}` },
    signal: AbortSignal.timeout(TIMEOUT_MS),
  }).catch((error: unknown) => {
    throw new Error(`${address} does not answer; is the service running? (--no-page leaves it out)`, { cause: error });
  });
  if (!response.ok) throw new Error(`${address}/metrics answered ${response.status}: ${await response.text()}`);
  return response.text();
}

/** promtool passes over a metric that has no sample, so each gets one. */
async function pageOfEveryMetric(): Promise<string> {
  const { registry, ...metrics } = new Metrics();
  for (const metric of Object.values(metrics)) {
    if ("observe" in metric) metric.observe(1);
    else if ("set" in metric) metric.set(1);
    else metric.inc();
  }
  return registry.metrics();
}

/** In a copy, because promtool also wants the token's file, which is in no repository. */
function judgeDeployment(): void {
  const copy = mkdtempSync(join(tmpdir(), "muster-deploy-"));
  try {
    cpSync(join(ROOT, "deploy"), copy, { recursive: true, filter: (source) => !source.endsWith("secrets") });
    mkdirSync(join(copy, "secrets"));
    writeFileSync(join(copy, "secrets", "metrics-token"), "only-for-this-check");
    judge("deploy/prometheus.yml", ["check", "config", "--lint-fatal", "prometheus.yml"], { cwd: copy });
    judge("deploy/alerts.yml", ["check", "rules", "--lint-fatal", "alerts.yml"], { cwd: copy });
    judge("deploy/alerts.test.yml", ["test", "rules", "alerts.test.yml"], { cwd: copy });
  } finally {
    rmSync(copy, { recursive: true });
  }
}

/** Tells promtool's verdict; a finding makes this program's exit code 1. */
function judge(subject: string, parameters: string[], options: { input?: string; cwd?: string }): void {
  const { status, stdout, stderr } = spawnSync("promtool", parameters, { ...options, encoding: "utf8" });
  tell(subject, status === 0 ? "" : `${stdout}${stderr}`.trim() || `promtool ended with ${status}`);
}

/** @param findings empty: there are none */
function tell(subject: string, findings: string): void {
  console.log(`${findings === "" ? "ok     " : "FINDING"} ${subject}`);
  if (findings === "") return;
  console.log(findings);
  process.exitCode = 1;
}
