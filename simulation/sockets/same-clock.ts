const THIS_MACHINE = ["localhost", "127.0.0.1", "[::1]"];

/** Whether the service at this address has this machine's clock, so that times of both can be compared. */
export function hasSameClock(url: string): boolean {
  const { hostname } = new URL(url);
  return THIS_MACHINE.includes(hostname) || hostname.endsWith(".localhost");
}
