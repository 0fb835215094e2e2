// A benchmark's report as aligned text, as Markdown and as JSON.
import type { BenchmarkReport, BenchmarkTable, Cell, Column } from './report.js';

export type ReportStyle = 'text' | 'markdown' | 'json';

/**
 * @param command what to type to get the same again
 * @returns whole lines; JSON is one of them, with each row as an object by column
 */
export function renderReport(report: BenchmarkReport, command: string, style: ReportStyle): string {
  if (style === 'json') return `${JSON.stringify(asData(report, command))}\n`;
  const isMarkdown = style === 'markdown';
  return [
    isMarkdown ? `## ${report.title}` : report.title,
    isMarkdown ? `\`${command}\`` : command,
    ...report.tables.map((table) => `${table.caption}\n\n${renderTable(table, isMarkdown)}`),
    report.notes.map((note) => `- ${note}`).join('\n'),
  ]
    .filter((part) => part !== '')
    .join('\n\n')
    .concat('\n');
}

function renderTable({ columns, rows }: BenchmarkTable, isMarkdown: boolean): string {
  const heading = columns.map(({ name }) => name);
  const cells = rows.map((row) => row.map((cell, index) => showCell(cell, columns[index]!)));
  const lines = [heading, ...cells];
  const widths = heading.map((_, index) => Math.max(3, ...lines.map((line) => line[index]!.length)));
  // a column of words goes to the left, one of figures to the right
  const isWords = columns.map((_, index) => rows.some((row) => typeof row[index] === 'string'));
  const align = (line: readonly string[]): string[] =>
    line.map((cell, index) => (isWords[index] ? cell.padEnd(widths[index]!) : cell.padStart(widths[index]!)));
  if (!isMarkdown) return lines.map((line) => align(line).join('  ').trimEnd()).join('\n');
  const rule = widths.map((width, index) =>
    isWords[index] ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`,
  );
  return [align(heading), rule, ...cells.map(align)].map((line) => `| ${line.join(' | ')} |`).join('\n');
}

function showCell(cell: Cell, { digits }: Column): string {
  if (cell === null) return '–';
  if (typeof cell === 'string') return cell;
  if (typeof cell === 'number') return showNumber(cell, digits);
  return `${showNumber(cell.mean, digits)} (${showNumber(cell.sd, digits)})`;
}

/** Areas and shares without their leading zero stand closer together: `.948`. */
function showNumber(value: number, digits: number): string {
  const text = value.toLocaleString('en-US', {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  });
  return text.replace(/^(-?)0\./, '$1.');
}

function asData({ title, tables, notes }: BenchmarkReport, command: string): unknown {
  return {
    title,
    command,
    tables: tables.map(({ caption, columns, rows }) => ({
      caption,
      rows: rows.map((row) => Object.fromEntries(columns.map(({ name }, index) => [name, row[index]!]))),
    })),
    notes,
  };
}
