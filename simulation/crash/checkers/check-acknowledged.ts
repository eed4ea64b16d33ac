import type { Placements } from "../../../src/core/match.ts";
import { samePlacements } from "../../../src/core/match.ts";
import type { Revocation } from "../../../src/core/revocations.ts";
import type { DurableState } from "../durable-state.ts";
import type { Violations } from "./violations.ts";

/**
 * Invariant 4: what a caller was answered is durable when the answer comes, so no crash can take it back. That it stays
 * is seen at every restart: `compare-with-storage`.
 */
export class AcknowledgedChecker {
  readonly #violations: Violations;

  constructor(violations: Violations) {
    this.#violations = violations;
  }

  ticket({ endings }: DurableState, ticketId: string): void {
    this.#expect(endings.has(ticketId), `ticket ${ticketId} was acknowledged`);
  }

  cancelled({ endings }: DurableState, ticketId: string): void {
    this.#expect((endings.get(ticketId) ?? null) !== null, `the end of ticket ${ticketId} was acknowledged`);
  }

  accepted({ accepted }: DurableState, matchId: string, playerId: string): void {
    this.#expect(accepted.has(`${matchId} ${playerId}`), `that ${playerId} accepted ${matchId} was acknowledged`);
  }

  reported({ results }: DurableState, matchId: string, placements: Placements): void {
    const result = results.get(matchId);
    const isSame = result !== undefined && result !== null && samePlacements(result, placements);
    this.#expect(
      isSame,
      `${JSON.stringify(placements)} of ${matchId} was acknowledged, kept: ${JSON.stringify(result)}`,
    );
  }

  assigned({ assigned }: DurableState, matchId: string, connection: string): void {
    this.#expect(assigned.has(`${matchId} ${connection}`), `server ${connection} of ${matchId} was acknowledged`);
  }

  member({ members }: DurableState, code: string, playerId: string): void {
    this.#expect(members.has(`${code} ${playerId}`), `that ${playerId} is in party ${code} was acknowledged`);
  }

  redriven({ redriven }: DurableState, matchId: string): void {
    this.#expect(redriven.has(matchId), `that ${matchId} is rated again was acknowledged`);
  }

  /** Of two tellings the newer one is kept. */
  revoked({ revocations }: DurableState, { playerId, changedAtMs }: Revocation): void {
    const keptMs = revocations.get(playerId)?.changedAtMs ?? 0;
    this.#expect(
      keptMs >= changedAtMs,
      `that the tokens of ${playerId} were taken back at ${changedAtMs} was acknowledged`,
    );
  }

  #expect(isSo: boolean, what: string): void {
    this.#violations.expect(isSo, "acknowledged", () => `${what}, and is not durable`);
  }
}
