import type { SentRequest } from "./request-of.ts";

const LONGEST_BODY = 2_000;

/** The request as a shell command. A body that is no plain text, or long, is only described. */
export function curlLine(url: string, { method, path, headers, body, isChunked }: SentRequest): string {
  const shown = [...headers, ...(isChunked ? [["transfer-encoding", "chunked"] as const] : [])];
  const parts = [`curl -i -X ${method} ${quoted(url + path)} --path-as-is`];
  for (const [name, value] of shown) parts.push(`-H ${quoted(`${name}: ${value}`)}`);
  if (body !== null) parts.push(`--data-binary ${bodyArgument(body)}`);
  return parts.join(" ");
}

function bodyArgument(body: Buffer): string {
  const base64 = body.toString("base64");
  const text = body.toString("utf8");
  if (body.length > LONGEST_BODY) return `<${body.length} bytes: ${text.slice(0, 200)}…>`;
  const isPlain = Buffer.from(text).equals(body) && !text.includes("\u0000");
  return isPlain ? quoted(text) : `@<(echo ${base64} | base64 -d)`;
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
