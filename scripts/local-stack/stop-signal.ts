const LOOK_EVERY_MS = 500;

/**
 * Aborts when this process is asked to end: by Ctrl-C, by SIGTERM, or because the npm that started it is gone. npm ends
 * on SIGTERM without passing it on through its shell, and the service would run on without anybody.
 */
export function stopSignal(): AbortSignal {
  const stopping = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => stopping.abort());
  if (process.env.npm_lifecycle_event !== undefined) {
    const parent = process.ppid;
    const timer = setInterval(() => {
      if (process.ppid !== parent) stopping.abort();
    }, LOOK_EVERY_MS);
    timer.unref();
  }
  return stopping.signal;
}
