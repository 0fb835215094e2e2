// The first cells of an alert's notebook: the compiled code, found from wherever the notebook was saved.
import type { AlertNotebook } from './notebook-alert.js';
import { textLiteral } from './notebook-text.js';

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

/** The first cell. */
export function findCode({ artifact }: AlertNotebook): string {
  const { name, version } = artifact;
  const folder = ['data', 'models', name, version].map(textLiteral).join(', ');
  return `${FIND_CODE}\nconst modelFolder = textParameter('modelFolder', join(home, ${folder}));`;
}

/** The next one. */
export function loads(): string {
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
  [['readFileLines'], 'experiments/alert-notebook/read-file-lines.js'],
  [['show'], 'experiments/notebook/show.js'],
  [['showTable'], 'experiments/notebook/show-table.js'],
];
