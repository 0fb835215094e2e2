// An alert as a notebook that makes its windows again, from the lines that were stored with it, through the one scorer, and
// fails where a bit differs. It needs a checkout that is built, and neither the store nor the stream.
import { introduction } from './alert-introduction.js';
import { findCode, loads } from './find-code.js';
import { type AlertNotebook, isComplete } from './notebook-alert.js';
import { type Cell, codeCell, markdownCell, notebookText, textLiteral } from './notebook-text.js';

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

function lineCells(notebook: AlertNotebook): Cell[] {
  const { lines, logPath } = notebook;
  if (!isComplete(notebook) && logPath !== undefined) return fileCells(notebook, logPath);
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
        `const earlierMs = ${lines?.earlierMs ?? null};`,
        ...SHOW_FIRST,
      ].join('\n'),
    ),
  ];
}

function fileCells({ alert, fromMs, untilMs }: AlertNotebook, logPath: string): Cell[] {
  return [
    markdownCell(
      'The lines of the log file: those that the windows below look back on, and what follows them. Where it was moved, logFile (LOGHORN_LOG_FILE) says where it is now.',
    ),
    codeCell(
      [
        `const logFile = textParameter('logFile', ${textLiteral(logPath)});`,
        'const { records, earlierMs } = await readFileLines(artifact, {',
        `  path: logFile, source: ${textLiteral(alert.source)},`,
        `  fromMs: ${fromMs}, untilMs: ${untilMs},`,
        '});',
        ...SHOW_FIRST,
      ].join('\n'),
    ),
  ];
}

const SHOW_FIRST: readonly string[] = [
  'showTable(records.slice(0, 5).map((each) => ({',
  '  time: new Date(each.eventTimeMs).toISOString(), service: each.source, severity: each.severity,',
  '  line: each.body.slice(0, 200),',
  '})));',
];

function replayCells(notebook: AlertNotebook): Cell[] {
  const { alert, logPath, fromMs, untilMs, packedRows, hasRows } = notebook;
  const isSame = hasRows && (isComplete(notebook) || logPath !== undefined);
  return [
    markdownCell(
      'Every window of them, through the scorer that the stream used, beside what the stream stored.',
    ),
    codeCell(
      [
        `const stored = unpackRows(${textLiteral(packedRows)});`,
        'const rebuilt = rebuildWindows(artifact, records, {',
        `  source: ${textLiteral(alert.source)}, earlierMs: earlierMs,`,
        `  fromMs: ${fromMs}, untilMs: ${untilMs},`,
        '});',
        'showTable(compareRows(stored, rebuilt), { maxRows: 60, digits: 6 });',
      ].join('\n'),
    ),
    ...(isSame
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
