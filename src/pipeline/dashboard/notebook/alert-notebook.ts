// An alert as a notebook that makes its windows again, from the lines that were stored with it, through the one scorer, and
// fails where a bit differs. It needs a checkout that is built, and neither the store nor the stream.
import type { AlertLines } from '../../evidence/alert-lines.js';
import type { ArtifactKey } from '../../ports.js';
import { codeCell, type Cell, markdownCell, notebookText, plainName, textLiteral } from './notebook-text.js';

export interface NotebookAlert {
  readonly alertId: string;
  readonly source: string;
  readonly headline: string;
  readonly sinceMs: number;
  /** End of its last alerting window. */
  readonly untilMs: number;
  readonly threshold: number;
}

export interface AlertNotebook {
  readonly alert: NotebookAlert;
  readonly artifact: ArtifactKey;
  /** Undefined where none were kept. */
  readonly lines: AlertLines | undefined;
  /** Which windows are compared: `[fromMs, untilMs)`. */
  readonly fromMs: number;
  readonly untilMs: number;
  /** Rows and model as JSON, gzipped, in base64; the model is empty where the store has no copy. */
  readonly packedRows: string;
  readonly packedModel: string;
}

/** gzip of no bytes at all, in base64. */
const NO_LINES = 'H4sIAAAAAAAAAwMAAAAAAAAAAAA=';
const NO_LINES_SHA256 = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';

/** @returns the text of an .ipynb file */
export function alertNotebook(notebook: AlertNotebook): string {
  return notebookText([
    markdownCell(introduction(notebook)),
    codeCell(findCode(notebook)),
    codeCell(loads()),
    ...modelCells(notebook),
    ...lineCells(notebook),
    ...replayCells(notebook),
    ...reasonCells(),
  ]);
}

function introduction({ alert, artifact, lines }: AlertNotebook): string {
  const { alertId, source, headline, sinceMs, untilMs } = alert;
  return [
    `# Does alert ${plainName(alertId)} of ${plainName(source)} come out of its lines again?`,
    '',
    plainName(headline),
    '',
    `- from ${timeText(sinceMs)} to ${timeText(untilMs)}`,
    `- model ${plainName(artifact.name)}, version ${plainName(artifact.version)}, which is the hash of its content`,
    lines === undefined
      ? '- no lines were stored with it'
      : `- ${lines.lines} lines, SHA-256 ${lines.sha256}`,
    '',
    ...(lines?.isComplete === true ? [] : [INCOMPLETE, '']),
    'Save it into a loghorn that is built (npm run build), or anywhere with LOGHORN_HOME set to its folder, and run it: in Jupyter, or by `npx loghorn notebooks --folder` with the folder that it is in.',
  ].join('\n');
}

const INCOMPLETE =
  '**Not all lines that this alert depends on were kept**: the stream was read from a later place on after a restart, or wrote more than is kept in memory. What comes out of those that are here is shown beside what was stored, and may differ.';

/** From wherever the notebook was saved. */
const FIND_CODE = `// a loghorn that is built: from here upwards, or where LOGHORN_HOME says
const { existsSync } = require('fs');
const { dirname, join } = require('path');
const places: string[] = process.env.LOGHORN_HOME ? [process.env.LOGHORN_HOME] : [];
for (let at = process.cwd(); at !== dirname(at); at = dirname(at))
  places.push(at, join(at, 'node_modules', 'loghorn'));
const home = places.find((each) => existsSync(join(each, 'dist', 'core', 'rebuild-windows.js')));
if (home === undefined) throw new Error(
  'there is no loghorn that is built in ' + process.cwd() + ' or above it: '
  + 'set LOGHORN_HOME to its folder (npm run build makes dist/ there) and start the kernel again');
const load = (file: string) => require(join(home, 'dist', file));
const { textParameter } = load('experiments/notebook/parameters.js');`;

function findCode({ artifact }: AlertNotebook): string {
  const { name, version } = artifact;
  const folder = ['data', 'models', name, version].map(textLiteral).join(', ');
  return `${FIND_CODE}\nconst modelFolder = textParameter('modelFolder', join(home, ${folder}));`;
}

function loads(): string {
  return MODULES.map(([names, file]) => `const { ${names.join(', ')} } = load(${textLiteral(file)});`).join(
    '\n',
  );
}

const MODULES: readonly (readonly [names: readonly string[], file: string])[] = [
  [['rebuildWindows'], 'core/rebuild-windows.js'],
  [['alertScoreFigure', 'bandFigure', 'peakOf'], 'experiments/alert-notebook/alert-figure.js'],
  [['readAlertModel'], 'experiments/alert-notebook/read-alert-model.js'],
  [['featureRows', 'templateLines'], 'experiments/alert-notebook/reason-rows.js'],
  [['checkSameBits', 'compareRows', 'unpackRows'], 'experiments/alert-notebook/stored-rows.js'],
  [['unpackLines'], 'experiments/alert-notebook/unpack-lines.js'],
  [['show'], 'experiments/notebook/show.js'],
  [['showTable'], 'experiments/notebook/show-table.js'],
];

function modelCells({ artifact, packedModel }: AlertNotebook): Cell[] {
  return [
    markdownCell(
      packedModel === ''
        ? 'The model, from its folder. The loader scores the lines that the model carries and refuses it where a bit differs; another version is refused, too.'
        : 'The model, from its folder or, where there is none, from the copy in this cell. The loader scores the lines that the model carries and refuses it where a bit differs; another version is refused, too.',
    ),
    codeCell(
      [
        'const artifact = readAlertModel({',
        '  folder: modelFolder,',
        `  version: ${textLiteral(artifact.version)},`,
        `  packed: ${textLiteral(packedModel)},`,
        '});',
      ].join('\n'),
    ),
  ];
}

function lineCells({ lines }: AlertNotebook): Cell[] {
  return [
    markdownCell(
      'The lines as they were stored with the alert: gzipped NDJSON in base64, a record a line, in the order they came.',
    ),
    codeCell(
      [
        'const records = unpackLines(',
        `  ${textLiteral(lines?.packed ?? NO_LINES)},`,
        `  ${textLiteral(lines?.sha256 ?? NO_LINES_SHA256)},`,
        ');',
        'showTable(records.slice(0, 5).map((each) => ({',
        '  time: new Date(each.eventTimeMs).toISOString(), service: each.source, severity: each.severity,',
        '  line: each.body.slice(0, 200),',
        '})));',
      ].join('\n'),
    ),
  ];
}

function replayCells({ alert, lines, fromMs, untilMs, packedRows }: AlertNotebook): Cell[] {
  const isComplete = lines?.isComplete === true;
  return [
    markdownCell(
      'Every window of them, through the scorer that the stream used, beside what the stream stored.',
    ),
    codeCell(
      [
        `const stored = unpackRows(${textLiteral(packedRows)});`,
        'const rebuilt = rebuildWindows(artifact, records, {',
        `  source: ${textLiteral(alert.source)}, earlierMs: ${lines?.earlierMs ?? null},`,
        `  fromMs: ${fromMs}, untilMs: ${untilMs},`,
        '});',
        'showTable(compareRows(stored, rebuilt), { maxRows: 60, digits: 6 });',
      ].join('\n'),
    ),
    ...(isComplete
      ? [
          markdownCell('The same to the last bit, every feature included; this cell fails if not.'),
          codeCell(
            'checkSameBits(stored, rebuilt);\nconsole.log(`${stored.length} windows, the same bits`);',
          ),
        ]
      : []),
    markdownCell('The score over time, and the feature that moved it most against what is usual for it.'),
    codeCell(
      [
        `if (rebuilt.length > 0) await show(alertScoreFigure(rebuilt, ${alert.threshold}));`,
        'if (peakOf(rebuilt) !== undefined) await show(bandFigure(rebuilt, artifact.spec.features));',
      ].join('\n'),
    ),
  ];
}

function reasonCells(): Cell[] {
  return [
    markdownCell('The features of the window with the highest score, and what each weighed.'),
    codeCell('showTable(featureRows(rebuilt), { digits: 4 });'),
    markdownCell('And its strongest templates, with lines. Of a template that disappeared there is none.'),
    codeCell('showTable(templateLines(rebuilt, records, artifact), { maxRows: 24 });'),
  ];
}

function timeText(timeMs: number): string {
  return new Date(timeMs).toISOString();
}
