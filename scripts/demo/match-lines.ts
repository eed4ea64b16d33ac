import { styleText } from "node:util";
import type { MatchAnswer } from "../../simulation/answers.ts";

type NameOf = (playerId: string) => string;

/** `match   Ada 25.0 + Ben 25.0  vs  Cleo 25.0 + Dag 25.0   quality 0.45` */
export function formedLine(match: MatchAnswer, nameOf: NameOf): string {
  const teams = Object.values(match.players).map((players) =>
    players.map(({ player_id, mu }) => `${nameOf(player_id)} ${mu.toFixed(1)}`).join(" + "),
  );
  const quality = styleText("dim", `quality ${match.quality.toFixed(2)}`);
  return `${match.region.padEnd(4)} ${styleText("cyan", "match ")}  ${teams.join("  vs  ")}   ${quality}`;
}

/** `result  Ada 29.2 (+4.2) + Ben 29.2 (+4.2)  beat  Cleo 20.8 (-4.2) + Dag 20.8 (-4.2)`, of a finished match. */
export function endedLine(match: MatchAnswer, nameOf: NameOf): string {
  const placeOf = (team: string) => match.placements?.[team] ?? 1;
  const ranked = Object.entries(match.players).sort(([one], [other]) => placeOf(one) - placeOf(other));
  const teams = ranked.map(([, players]) =>
    players
      .map(({ player_id, mu, after = { mu } }) => {
        const change = after.mu - mu;
        const shown = `(${change < 0 ? "" : "+"}${change.toFixed(1)})`;
        return `${nameOf(player_id)} ${after.mu.toFixed(1)} ${styleText(change < 0 ? "yellow" : "green", shown)}`;
      })
      .join(" + "),
  );
  const isDraw = new Set(ranked.map(([team]) => placeOf(team))).size === 1;
  return `${match.region.padEnd(4)} ${styleText("green", "result")}  ${teams.join(isDraw ? "  drew with  " : "  beat  ")}`;
}
