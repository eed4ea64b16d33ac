import { acrossSeeds } from "./across-seeds.ts";
import type { Chart } from "./charts.ts";
import type { ContestRow } from "./contest.ts";
import { MEASURE_COLUMNS, showFigure } from "./measure-columns.ts";

export interface ReportContents {
  readonly title: string;
  /** The call that makes the same report. */
  readonly call: string;
  readonly settings: readonly (readonly [name: string, value: string])[];
  readonly rows: readonly ContestRow[];
  readonly charts: readonly Chart[];
}

const STYLE = `
body { font: 15px/1.5 system-ui, sans-serif; color: #222; max-width: 72rem; margin: 2rem auto; padding: 0 1rem; }
h1 { font-size: 1.5rem; } h2 { font-size: 1.15rem; margin-top: 2rem; }
.wide { overflow-x: auto; }
table { border-collapse: collapse; font-variant-numeric: tabular-nums; font-size: 13px; }
th, td { padding: .25rem .6rem; text-align: right; white-space: nowrap; border-bottom: 1px solid #ddd; }
th:first-child, td:first-child { text-align: left; }
td small { display: block; color: #777; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .15rem 1rem; } dt { color: #666; } dd { margin: 0; }
figure { margin: 1rem 0; } figure svg { max-width: 100%; height: auto; border: 1px solid #eee; }
code { background: #f4f4f4; padding: .1rem .3rem; }`;

/** One file without references to others: it can be sent and kept. */
export function htmlReport({ title, call, settings, rows, charts }: ReportContents): string {
  const columns = MEASURE_COLUMNS.filter(({ read }) =>
    rows.some((row) => acrossSeeds(row.measures.map(read)) !== null),
  );
  const head = columns.map(({ title: name, meaning }) => `<th title="${escapeHtml(meaning)}">${escapeHtml(name)}</th>`);
  const body = rows.map(({ label, measures }) => {
    const cells = columns.map((column) => {
      const estimate = acrossSeeds(measures.map(column.read));
      const deviation = estimate?.deviation == null ? "" : `<small>±${showFigure(estimate.deviation, column)}</small>`;
      return `<td>${showFigure(estimate?.mean ?? null, column)}${deviation}</td>`;
    });
    return `<tr><td>${escapeHtml(label)}</td>${cells.join("")}</tr>`;
  });
  const meanings = columns.map(
    ({ title: name, meaning }) => `<dt>${escapeHtml(name)}</dt><dd>${escapeHtml(meaning)}</dd>`,
  );
  return `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escapeHtml(title)}</title>
<style>${STYLE}</style></head>
<body>
<h1>${escapeHtml(title)}</h1>
<p><code>${escapeHtml(call)}</code></p>
<dl>${settings.map(([name, value]) => `<dt>${escapeHtml(name)}</dt><dd>${escapeHtml(value)}</dd>`).join("")}</dl>
<h2>Figures</h2>
<div class="wide"><table><thead><tr><th>policy</th>${head.join("")}</tr></thead><tbody>${body.join("")}</tbody></table></div>
<p>Means over the seeds, below them one seed's standard deviation.</p>
${charts.map(({ svg }) => `<figure>${svg}</figure>`).join("\n")}
<h2>What the columns say</h2>
<dl>${meanings.join("")}</dl>
</body>
</html>
`;
}

function escapeHtml(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
}
