import type { PromptId } from "../../client/messages.ts";

/** What a player has said to one prompt. */
export interface AnswerGiven {
  /** The socket, by its number, over which it was said that the prompt was shown; null: that was not said. */
  readonly ackedOver: number | null;
  readonly hasAccepted: boolean;
  /** The accept's receipt has come. */
  readonly isAcceptTaken: boolean;
  readonly hasDeclined: boolean;
  /** What the prompt said that declining would cost, in seconds. */
  readonly costS: number;
}

const NOTHING: AnswerGiven = {
  ackedOver: null,
  hasAccepted: false,
  isAcceptTaken: false,
  hasDeclined: false,
  costS: 0,
};

/** What a player has said to prompts, by match and round. */
export class AnswersGiven {
  readonly #byPrompt = new Map<string, AnswerGiven>();

  to(prompt: PromptId): AnswerGiven {
    return this.#byPrompt.get(keyOf(prompt)) ?? NOTHING;
  }

  note(prompt: PromptId, said: Partial<AnswerGiven>): void {
    this.#byPrompt.set(keyOf(prompt), { ...this.to(prompt), ...said });
  }

  /** In whichever round. */
  hasAccepted(matchId: string): boolean {
    for (const [key, { hasAccepted }] of this.#byPrompt) if (hasAccepted && key.startsWith(`${matchId}/`)) return true;
    return false;
  }
}

function keyOf({ match_id, round }: PromptId): string {
  return `${match_id}/${round}`;
}
