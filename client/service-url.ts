/**
 * A path of the service below its address, which may have a path of its own.
 *
 * @throws if the address is none, or not http or https
 */
export function serviceUrl(address: string, path: string): URL {
  const base = new URL(address);
  if (base.protocol !== "http:" && base.protocol !== "https:") {
    throw new TypeError(`The service's address begins with http:// or https://, not ${base.protocol}//`);
  }
  base.search = "";
  base.hash = "";
  if (!base.pathname.endsWith("/")) base.pathname += "/";
  return new URL(path.replace(/^\//, ""), base);
}

/** Where sockets are opened. */
export function socketUrl(address: string): string {
  const url = serviceUrl(address, "/matchmaking/ws");
  url.protocol = url.protocol === "https:" ? "wss:" : "ws:";
  return url.href;
}
