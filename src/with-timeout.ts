/**
 * Gives up waiting for an outside service after `timeoutMs`. The call itself may still go through later, so it must be
 * safe to repeat. The timer lives only as long as the call: it never keeps an idle object awake.
 *
 * @throws whatever `promise` throws, or an error that names `what` when the time is over
 */
export async function withTimeout<Value>(promise: Promise<Value>, timeoutMs: number, what: string): Promise<Value> {
  let timer: ReturnType<typeof setTimeout> | null = null;
  const timeout = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`${what} did not answer within ${timeoutMs} ms`)), timeoutMs);
  });
  try {
    return await Promise.race([promise, timeout]);
  } finally {
    clearTimeout(timer);
  }
}
