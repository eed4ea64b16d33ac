import type { Answer, Fault } from "./answer.ts";
import { answerFaults } from "./check-answer.ts";
import { mayServe } from "./credential.ts";
import type { DocumentedSchemas } from "./documented-schemas.ts";
import type { PlannedRequest } from "./planned-request.ts";
import type { SentRequest } from "./request-of.ts";

/**
 * Judges an answer by the document and by what was asked: nobody is served whom the operation's security keeps out, no
 * player for another one, and no body that the document refuses.
 */
export function faultsOf(
  { operation, credential }: PlannedRequest,
  sent: SentRequest,
  answer: Answer,
  schemas: DocumentedSchemas,
): Fault[] {
  const faults = answerFaults(operation, answer, schemas, sent.method !== "HEAD");
  if (operation === null || answer.status >= 300) return faults;
  if (!mayServe(operation, credential)) {
    faults.push({ kind: "let in", detail: `${operation.name} served a caller with: ${credential}` });
  }
  const isForAnother = sent.tokenOf !== null && sent.playerId !== null && sent.playerId !== sent.tokenOf;
  if (isForAnother && operation.security.length > 0) {
    faults.push({ kind: "let in", detail: `${operation.name} served ${sent.tokenOf} for ${sent.playerId}` });
  }
  if (sent.json !== undefined) {
    for (const detail of schemas.faultsOfBody(operation, sent.json)) {
      faults.push({ kind: "took what the document refuses", detail });
    }
  }
  return faults;
}
