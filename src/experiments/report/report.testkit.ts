// An error analysis of a small log to test with, and texts that mean harm.
import { join } from 'node:path';
import * as fc from 'fast-check';
import type { Artifact } from '../../core/artifact.js';
import { LOG_START_MS, plainLog } from '../../core/log-like.testkit.js';
import { createRandom } from '../../core/random.js';
import type { LogRecord } from '../../core/record.js';
import { readArtifact } from '../artifact-folder.js';
import { label } from '../evaluate/evaluate.testkit.js';
import { fitFiles } from '../fit/fit.testkit.js';
import { type LogFolder, textOf } from '../input/input.testkit.js';
import type { Labels } from '../labels.js';
import type { AnalyseOptions } from './analyse-options.js';

export const HOSTILE_TEXTS = [
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  "' onmouseover='alert(1)",
  '</code></li></ol></details></style></title>',
  '<!-- ]]> &lt;b&gt; &#x3c;',
  'javascript:alert(1)',
  '\u001b]0;title\u0007\u001b[31mred\u001b[0m',
  'invoice\u202egpj.exe\u2066x\u2069',
  'zero\u200bwidth\ufeff\u00ad',
  '\ud800 half a pair \udfff',
  '\u0000\u0008\r\n\u2028',
  '${x} `tick` \\u003cscript\\u003e',
] as const;

export const arbHostileText = fc
  .array(fc.oneof(fc.constantFrom(...HOSTILE_TEXTS), fc.string({ unit: 'binary', maxLength: 12 })), {
    minLength: 1,
    maxLength: 5,
  })
  .map((parts) => parts.join(' '));

/** Windows of the small artifacts, ms. */
const WINDOW_MS = 10_000;
const DAY_MS = 86_400_000;
const TODAY_MS = LOG_START_MS;

export interface SmallCase {
  readonly artifact: Artifact;
  readonly historyPath: string;
  readonly todayPath: string;
  readonly labels: Labels;
}

/**
 * Half an hour a day after the fit: in its 10th minute `api` throws, in its 20th `db` does so too without a label, and
 * in its 15th there is a label under which nothing happens.
 */
export async function smallCase(
  folder: LogFolder,
  panic = 'kernel panic on cpu 3, halting',
): Promise<SmallCase> {
  const historyPath = folder.write('history.ndjson', textOf(plainLog(4000, createRandom('history'))));
  const healthy = plainLog(4000, createRandom('today')).map((record) => ({
    ...record,
    eventTimeMs: record.eventTimeMs + DAY_MS,
  }));
  const broken = [...bursts('api', 10, panic), ...bursts('db', 20, panic)];
  const today = [...healthy, ...broken].sort((a, b) => a.eventTimeMs - b.eventTimeMs);
  const at = (minute: number): number => TODAY_MS + minute * 60_000;
  return {
    artifact: readArtifact(await fitFiles([historyPath], join(folder.path, 'models'))),
    historyPath,
    todayPath: folder.write('today.ndjson', textOf(today)),
    labels: {
      version: 1,
      startMs: TODAY_MS - 10 * DAY_MS,
      endMs: TODAY_MS + DAY_MS,
      labels: [
        label('panic', at(10), at(10) + 3 * WINDOW_MS, { kind: 'new-exception' }),
        label('nothing', at(15), at(15) + 3 * WINDOW_MS, { kind: 'latency', strength: 0.9 }),
        label('nobody', at(16), at(16) + WINDOW_MS, {
          kind: 'silence',
          services: ['mail'],
          rootService: 'mail',
        }),
      ],
      benign: [{ kind: 'deploy', startMs: at(20), endMs: at(21), services: ['db'] }],
    },
  };
}

function bursts(source: string, minute: number, body: string): LogRecord[] {
  return Array.from({ length: 12 }, (_, i) => ({
    eventTimeMs: TODAY_MS + minute * 60_000 + i * 2000,
    source,
    severity: 21,
    body,
  }));
}

export const ANALYSE_OPTIONS: AnalyseOptions = {
  command: 'loghorn report --model m --input today.ndjson --labels labels.json',
  labelsFile: { name: 'labels.json', sha256: '00' },
  input: {},
  perFile: false,
  keepFitSpan: false,
  maxCards: 12,
};
