// Template mining beside hand-made truth: every system with one configuration, our miner and our Drain side by side,
// and what others published, where the data folder says so.
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { InputError } from '../input/resolve-inputs.js';
import { type CsvRow, parseCsv } from './csv.js';
import { readDataTable, readDataText } from './data-files.js';
import { type BenchmarkReport, type Cell, column, meanSd } from './report.js';
import { type TemplateFigures, templateFigures } from './template-figures.js';

interface SystemFigures {
  readonly system: string;
  readonly shape: TemplateFigures;
  readonly drain: TemplateFigures;
  /** Grouping accuracy that others published; null where the folder has none. */
  readonly published: { readonly drain: number | null; readonly best: number | null };
}

/** The first 2,000 lines of a system, each with the truth; not the later corrections of it. */
const TRUTH_NAME = /_2k\.log_structured\.csv(\.gz)?$/;
const REFERENCE_NAME = 'reference_scores.csv';

/**
 * @param folder one folder a system, with `*_2k.log_structured.csv` (columns Content and EventId) in it, and perhaps
 *   `reference_scores.csv` beside them
 * @throws InputError when there is no such system in it
 */
export function benchmarkTemplates(folder: string): BenchmarkReport {
  const references = existsSync(join(folder, REFERENCE_NAME)) ? readDataTable(folder, REFERENCE_NAME) : [];
  const systems = truthFiles(folder).map(([system, file]): SystemFigures => {
    const rows = parseCsv(readDataText(join(folder, system), file.replace(/\.gz$/, '')));
    const messages = rows.map((row) => need(row, 'Content', file));
    const truth = rows.map((row) => need(row, 'EventId', file));
    const reference = references.find(({ dataset }) => dataset === system);
    return {
      system,
      shape: templateFigures('shape', messages, truth),
      drain: templateFigures('drain', messages, truth),
      published: {
        drain: numberOrNull(reference?.['drain_GA_2k_logparser_readme']),
        best: numberOrNull(reference?.['best_other_GA_2k_logparser']),
      },
    };
  });
  return tabulate(systems);
}

function tabulate(systems: readonly SystemFigures[]): BenchmarkReport {
  const mean = (of: (figures: SystemFigures) => number | null): number | null =>
    meanSd(systems.map(of))?.mean ?? null;
  const rowOf = (
    label: string,
    of: (pick: (figures: SystemFigures) => number | null) => number | null,
  ): Cell[] => [
    label,
    of(({ shape }) => shape.groupingAccuracy),
    of(({ drain }) => drain.groupingAccuracy),
    of(({ published }) => published.drain),
    of(({ published }) => published.best),
    of(({ shape }) => shape.groupingF1),
    of(({ drain }) => drain.groupingF1),
    of(({ shape }) => shape.predictedGroups),
    of(({ drain }) => drain.predictedGroups),
    of(({ shape }) => shape.trueGroups),
    of(({ shape }) => 100 * shape.newShare),
    of(({ drain }) => 100 * drain.newShare),
    of(({ shape }) => 100 * shape.trulyNewShare),
  ];
  const ordered = systems.filter(({ shape }) => shape.isOrderFree).length;
  const drainOrdered = systems.filter(({ drain }) => drain.isOrderFree).length;
  return {
    title: 'Templates of lines whose true template is known',
    tables: [
      {
        caption:
          'GA: grouping accuracy; FGA: F1 of exactly right groups; new: lines of the second half without a template after mining the first half; in truth: their true template is not in the first half. One configuration for every system.',
        columns: [
          column('system'),
          column('GA'),
          column('GA our Drain'),
          column('GA Drain tuned, published'),
          column('GA best other, published'),
          column('FGA'),
          column('FGA our Drain'),
          column('templates', 0),
          column('our Drain', 0),
          column('true', 0),
          column('new %', 2),
          column('new % our Drain', 2),
          column('new % in truth', 2),
        ],
        rows: [
          ...systems.map((figures) => rowOf(figures.system, (pick) => pick(figures))),
          rowOf('mean', mean),
        ],
      },
    ],
    notes: [
      `The same lines in reverse order have the same ids: our miner on ${ordered} of ${systems.length} systems, our Drain on ${drainOrdered}.`,
      'Published figures are for settings tuned for each system; ours are not tuned for any.',
      'Our Drain is matched after it is frozen, as a stream has to; scored while it learns, it may differ a little.',
    ],
  };
}

function truthFiles(folder: string): readonly (readonly [system: string, file: string])[] {
  const found = readdirSync(folder)
    .sort()
    .filter((system) => statSync(join(folder, system)).isDirectory())
    .flatMap((system) => {
      const file = readdirSync(join(folder, system)).find((name) => TRUTH_NAME.test(name));
      return file === undefined ? [] : [[system, file] as const];
    });
  if (found.length === 0)
    throw new InputError(
      `'${folder}' has no folder with a *_2k.log_structured.csv in it: name the folder that holds one folder a system`,
    );
  return found;
}

function need(row: CsvRow, name: string, file: string): string {
  const cell = row[name];
  if (cell === undefined)
    throw new InputError(`${file} has no column ${name}, only ${Object.keys(row).join(', ')}`);
  return cell;
}

function numberOrNull(text: string | undefined): number | null {
  return text === undefined || text === '' ? null : Number(text);
}
