import { parseJson } from "../json.ts";
import type { Answer, Fault, FaultKind } from "./answer.ts";
import { problemFaults } from "./check-problem.ts";
import type { Operation } from "./document.ts";
import type { DocumentedSchemas } from "./documented-schemas.ts";

const PROBLEM_TYPE = "application/problem+json";

/** For paths and methods that no operation has; an answer to them is a problem and says so. */
const NO_OPERATION: Pick<Operation, "name" | "responses"> = {
  name: "no operation",
  responses: {
    "401": { headers: { "www-authenticate": {} }, content: { [PROBLEM_TYPE]: {} } },
    "403": { headers: {}, content: { [PROBLEM_TYPE]: {} } },
    "404": { headers: {}, content: { [PROBLEM_TYPE]: {} } },
    "413": { headers: {}, content: { [PROBLEM_TYPE]: {} } },
    "414": { headers: {}, content: { [PROBLEM_TYPE]: {} } },
    "431": { headers: {}, content: { [PROBLEM_TYPE]: {} } },
  },
};

/**
 * Judges one answer by the document alone.
 *
 * 1. No answer is a 5xx. Two are documented everywhere, 500 and 503, but nothing that a caller sends may lead to them.
 * 2. The operation documents the status, and for it the content type and the headers that came.
 * 3. The body has the documented shape, and not one field more. A problem is complete and fits its status.
 * 4. Every answer has a request id, and none shows a page or a stack. But 101, which opens a socket, has neither a body
 *    nor headers that could be set.
 *
 * @param operation null: the path or the method is nobody's
 * @param hasBody whether an answer to the request's method has one: to HEAD it has not
 */
export function answerFaults(
  operation: Operation | null,
  answer: Answer,
  schemas: DocumentedSchemas,
  hasBody = true,
): Fault[] {
  const { status, headers, body } = answer;
  const { name, responses } = operation ?? NO_OPERATION;
  const faults: Fault[] = [];
  const find = (kind: FaultKind, detail: string) => faults.push({ kind, detail });

  if (status >= 500) find("server error", `${status}: ${body.slice(0, 300)}`);
  if (/<(!doctype|html|body|pre)\b/i.test(body) || /\n\s+at\s.+:\d+/.test(body)) {
    find("leak", `a page or a stack: ${body.slice(0, 300)}`);
  }
  if (status !== 101 && (headers["x-request-id"] ?? "") === "") find("missing header", "x-request-id");

  const documented = responses[String(status)];
  if (documented === undefined) {
    find("undocumented status", `${name} documents no ${status}: ${body.slice(0, 300)}`);
    return faults;
  }
  for (const header of Object.keys(documented.headers)) {
    if (headers[header.toLowerCase()] === undefined) find("missing header", header);
  }
  const retryAfter = headers["retry-after"];
  if (retryAfter !== undefined && !/^[1-9]\d*$/.test(retryAfter)) find("missing header", `retry-after: ${retryAfter}`);

  if (status === 101) return faults;
  const mediaType = (headers["content-type"] ?? "").split(";")[0]?.trim().toLowerCase() ?? "";
  const content = documented.content[mediaType];
  if (content === undefined) {
    find("wrong content type", `${mediaType}, documented: ${Object.keys(documented.content).join(", ")}`);
    return faults;
  }
  if (!hasBody) {
    if (body !== "") find("wrong shape", "an answer to HEAD has a body");
    return faults;
  }
  if (!mediaType.endsWith("json")) return faults;
  const parsed = parseJson(body);
  if (parsed === undefined) find("wrong shape", `no JSON: ${body.slice(0, 300)}`);
  else if (content.schema !== undefined) {
    for (const detail of schemas.faultsOfAnswer(content.schema, parsed)) find("wrong shape", detail);
  }
  if (mediaType === PROBLEM_TYPE) for (const detail of problemFaults(answer, parsed)) find("bad problem", detail);
  return faults;
}
