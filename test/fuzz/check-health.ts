import type { Secrets } from "./http/request-of.ts";

/** What is wrong with the service after all this: it must be healthy, and count no broken invariant. @returns empty: nothing */
export async function healthFaults(url: string, { apiKey }: Pick<Secrets, "apiKey">): Promise<string[]> {
  const faults: string[] = [];
  const health = await fetch(`${url}/healthz`);
  if (health.status !== 200) faults.push(`/healthz answers ${health.status}`);
  const scraped = await fetch(`${url}/metrics`, { headers: { "x-api-key": apiKey } });
  if (scraped.status !== 200) faults.push(`/metrics answers ${scraped.status}`);
  for (const line of (await scraped.text()).split("\n")) {
    if (/^muster_(invariant_violations|conservation_\w+)_total\b.* [^0 ]\S*$/.test(line)) faults.push(line);
  }
  return faults;
}
