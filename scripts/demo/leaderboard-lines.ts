import { styleText } from "node:util";
import type { Leaderboard } from "../../simulation/answers.ts";
import type { Player } from "../../simulation/service.ts";

/** The leaderboard as a table, beside what the service never saw: how good each player really is. */
export function leaderboardLines(leaderboard: Leaderboard, players: readonly Player[]): string[] {
  const bySkill = players.toSorted((one, other) => other.latentSkill - one.latentSkill);
  const rows = leaderboard.map((entry) => {
    const skillRank = bySkill.findIndex((player) => player.playerId === entry.player_id) + 1;
    return row(
      String(entry.rank),
      entry.username,
      entry.region,
      entry.conservative_rating.toFixed(1),
      String(entry.matches),
      String(entry.wins),
      `${skillRank} of ${players.length}`,
    );
  });
  const title = row("#", "player", "region", "rating", "games", "won", "by true skill");
  return [styleText("dim", title), ...rows];
}

/** Widths of the columns; names lie left, numbers right. */
function row(rank: string, name: string, region: string, rating: string, games: string, won: string, skill: string) {
  const names = `${rank.padStart(4)}  ${name.padEnd(8)}${region.padEnd(6)}`;
  return names + rating.padStart(8) + games.padStart(7) + won.padStart(6) + skill.padStart(16);
}
