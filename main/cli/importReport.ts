/** What an import did with one file, for people and for programs. */
import type { ImportReport } from '../../shared/contract/importing.ts';
import { formatInstant, type Instant } from '../../shared/domain/time.ts';
import { formatProblem } from '../../shared/scenario/read.ts';

/** One line of JSON. Every row that was read is stored, a duplicate, or rejected. */
export function importReportJson(report: ImportReport): string {
  const { file, sha256, format, why, encoding, kind, rows, totals, tie, problems } = report;
  const instant = (at: Instant | null): string | null => {
    if (at === null) return null;
    const text = formatInstant(at);
    return kind === 'statement' ? text.slice(0, 'YYYY-MM-DD'.length) : text;
  };
  return JSON.stringify({
    file,
    sha256,
    format,
    why,
    encoding,
    rows: {
      read: rows.read,
      stored: rows.stored + rows.adjustments,
      duplicate: rows.duplicate,
      rejected: rows.rejected,
    },
    from: instant(report.from),
    to: instant(report.to),
    totals,
    tie:
      tie === null ? null : { opening: tie.opening, movements: tie.movements, closing: tie.closing, holds: tie.holds },
    problems: problems.map(({ line, column, field, message }) => ({ line, column, field, message })),
    kind,
    repeated_file: report.repeatedFile,
    repeated: report.repeated,
    adjustments: rows.adjustments,
    complimentary: rows.complimentary,
    rounded: rows.rounded,
    superseded: rows.superseded,
    problem_count: report.problemCount,
  });
}

export function importReportText(report: ImportReport): string {
  const { file, format, rows, totals, tie, repeatedFile, problems, problemCount } = report;
  if (repeatedFile) return `${file}: imported before, nothing stored`;
  const extra = (count: number, what: string): string[] => (count === 0 ? [] : [`${count} ${what}`]);
  const counts = [
    `${rows.read} rows read`,
    `${rows.stored} stored`,
    `${rows.duplicate} duplicate`,
    `${rows.rejected} rejected`,
    ...extra(rows.adjustments, 'taken as adjustments'),
    ...extra(rows.complimentary, 'complimentary'),
    ...extra(rows.superseded, 'in place of earlier copies'),
    ...extra(rows.rounded, 'with a cost rounded to 10^-12'),
  ];
  const amounts = Object.entries(totals).map(([currency, total]) => `, ${total} ${currency}`);
  const more = problemCount > problems.length ? [`  and ${problemCount - problems.length} more problems`] : [];
  return [
    `${file}: ${format}, ${counts.join(', ')}${amounts.join('')}`,
    ...(tie === null ? [] : [`  ${tieText(tie)}`]),
    ...Object.entries(report.repeated).map(([currency, total]) => `  left out as repeated: ${total} ${currency}`),
    ...problems.map((problem) => `  ${formatProblem(problem)}`),
    ...more,
  ].join('\n');
}

function tieText({ opening, movements, closing, holds, firstBreakLine }: NonNullable<ImportReport['tie']>): string {
  const sums = `opening ${opening} and movements ${movements}`;
  if (holds) return `ties: ${sums} make closing ${closing}`;
  const where = firstBreakLine === null ? '' : `, first seen at line ${firstBreakLine}`;
  return `does not tie: ${sums} do not make closing ${closing}${where}`;
}
