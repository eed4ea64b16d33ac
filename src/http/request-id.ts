/**
 * Names requests: a random prefix for this isolate and a running number. As unique as a UUID for a tenth of its time,
 * and the number shows the order of an isolate's requests. Chance is not available before the first request.
 */
export function requestIdFactory(): () => string {
  let prefix = "";
  let count = 0;
  return () => {
    if (prefix === "") prefix = crypto.randomUUID().slice(0, 18);
    count += 1;
    return `${prefix}-${count.toString(36)}`;
  };
}
