// Whatever anybody asks the API for: an answer, or a sentence why there is none, never a failure of ours and never a long wait.
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { HOSTILE_TEXT } from '../desk/desk.testkit.js';
import { createTestDashboard, openedAt, T0, type TestDashboard, windowsOf } from './dashboard.testkit.js';

const LONGEST_MS = 1000;
const READ_PATHS = [
  '/api/status',
  '/api/swimlane',
  '/api/incidents',
  '/api/alerts/alert-api-1',
  '/api/alerts/alert-api-1/notebook',
  '/api/templates',
  '/api/health',
  '/api/quality',
  '/api/model',
  '/api/model/preview',
  '/api/silences',
];
const WRITE_PATHS = [
  '/api/alerts/alert-api-1/notes',
  '/api/silences',
  '/api/silences/1/lift',
  '/api/markers',
];
const PARAMETERS = ['from', 'to', 'bucket', 'source', 'state', 'severity', 'q', 'sort', 'after', 'limit'];

/** Halves of surrogate pairs, which no address can hold, become the sign for what is unknown. */
const encode = (text: string): string => encodeURIComponent(Buffer.from(text).toString());

const arbNumber = fc.oneof(
  fc.maxSafeInteger(),
  fc.double(),
  fc.constantFrom(0, -1, 8.64e15, -8.64e15, 8.64e15 + 1, 2 ** 53, 1e308, NaN, Infinity, -0, 1e-320),
);
const arbText = fc.oneof(
  fc.constantFrom(
    HOSTILE_TEXT,
    '',
    ' ',
    '\u0000',
    '%',
    "' OR 1=1 --",
    '\ud800',
    '[object Object]',
    '1,2',
    '0x10',
  ),
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.string({ minLength: 3000, maxLength: 5000 }),
);
const arbTime = fc.integer({ min: T0 - 1e9, max: T0 + 1e9 });
const arbValue = fc.oneof(arbTime.map(String), arbNumber.map(String), arbText);
const arbName = fc.oneof(
  { weight: 8, arbitrary: fc.constantFrom(...PARAMETERS, 'threshold') },
  { weight: 1, arbitrary: fc.constantFrom('from[]', '__proto__', 'constructor', 'toString', '') },
);
/** Most have a range that can be read, so that what comes behind it is met as well. */
const arbQuery = fc
  .tuple(
    fc.oneof(
      {
        weight: 3,
        arbitrary: fc.constant([
          ['from', String(T0)],
          ['to', String(T0 + 3_600_000)],
        ]),
      },
      {
        weight: 1,
        arbitrary: fc.constant([
          ['from', String(-8.64e15)],
          ['to', String(8.64e15)],
        ]),
      },
      {
        weight: 1,
        arbitrary: fc.tuple(arbTime, arbTime).map(([from, to]) => [
          ['from', `${from}`],
          ['to', `${to}`],
        ]),
      },
      { weight: 1, arbitrary: fc.constant<string[][]>([]) },
    ),
    fc.array(fc.tuple(arbName, arbValue), { maxLength: 5 }),
  )
  .map(([range, more]) =>
    [...range, ...more].map((pair) => pair.map((each) => encode(each)).join('=')).join('&'),
  );
/** As somebody writes an address who does not encode it, or encodes it wrongly. */
const arbRawQuery = fc
  .array(fc.constantFrom('from=', 'to=', '&', '%', '%zz', '%ff', '=', '[]', '0', '1e9', ';', '+', '#', '?'), {
    maxLength: 30,
  })
  .map((parts) => parts.join(''));
const arbId = fc
  .oneof(
    arbText.filter((text) => text !== ''),
    arbNumber.map(String),
  )
  .map((text) => encode(text));

async function withEverything(): Promise<TestDashboard> {
  // of the clock, which stands, no limit is ever filled again
  const many = { burst: 1e9, perSecond: 1 };
  const dashboard = await createTestDashboard({
    limits: { assets: many, reads: many, writes: many, logins: many },
  });
  const text = `GET ${HOSTILE_TEXT}`;
  await dashboard.commit({
    windows: [...windowsOf('api', [0.1, 0.95, 0.2]), ...windowsOf(HOSTILE_TEXT, [0.97])],
    alerts: [openedAt('api', 1), openedAt(HOSTILE_TEXT, 0)],
    templates: [
      {
        source: HOSTILE_TEXT,
        templateId: 't1',
        isNew: true,
        text,
        example: text,
        firstMs: T0,
        lastMs: T0 + 1,
        hours: new Map([[T0 / 3_600_000, 5]]),
      },
    ],
  });
  return dashboard;
}

/** What is wrong with an answer; undefined of a success, and of a refusal with a sentence, that came in time. */
async function troubleWith(
  ask: () => Promise<Response>,
  warnings: readonly string[],
): Promise<string | undefined> {
  const beginMs = performance.now();
  const response = await ask();
  const body = await response.text();
  const tookMs = performance.now() - beginMs;
  if (warnings.length > 0) return warnings.join('\n');
  if (tookMs > LONGEST_MS) return `it took ${tookMs} ms`;
  if (response.status < 300) return undefined;
  if (response.status < 400 || response.status >= 500) return `HTTP ${response.status}: ${body}`;
  const { error } = JSON.parse(body) as { readonly error?: unknown };
  return typeof error === 'string' && /^.{5,300}$/su.test(error) ? undefined : `no sentence: ${body}`;
}

test('whatever is asked for is answered or refused with a sentence, at once', async () => {
  const { get, warnings } = await withEverything();
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...READ_PATHS), fc.oneof(arbQuery, arbRawQuery), async (path, query) => {
      expect(await troubleWith(() => get(`${path}?${query}`), warnings)).toBeUndefined();
    }),
    { numRuns: 300 },
  );
}, 30_000);

test('whatever is named is found or is not there', async () => {
  const { get, warnings } = await withEverything();
  await fc.assert(
    fc.asyncProperty(arbId, fc.constantFrom('', '/notebook', '/nothing'), async (id, behind) => {
      expect(await troubleWith(() => get(`/api/alerts/${id}${behind}`), warnings)).toBeUndefined();
    }),
    { numRuns: 100 },
  );
}, 30_000);

test('whatever is sent is taken or refused with a sentence, and can be read afterwards', async () => {
  const { get, post, warnings } = await withEverything();
  const arbBody = fc.oneof(
    fc.jsonValue({ maxDepth: 3 }),
    fc.dictionary(
      fc.constantFrom(
        'who',
        'text',
        'atMs',
        'source',
        'match',
        'untilMs',
        'fromMs',
        'reason',
        'cause',
        'action',
      ),
      fc.oneof(
        arbText,
        arbNumber,
        fc.constantFrom(
          null,
          true,
          [],
          {},
          { type: 'judged', verdict: 'real' },
          { type: 'commented', text: HOSTILE_TEXT },
        ),
        fc.dictionary(fc.constantFrom('source', 'kind', 'templateId', 'type', 'text', 'verdict'), arbText),
      ),
    ),
  );
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...WRITE_PATHS), arbBody, async (path, body) => {
      expect(await troubleWith(() => post(path, body), warnings)).toBeUndefined();
    }),
    { numRuns: 200 },
  );
  for (const path of [
    '/api/silences',
    '/api/alerts/alert-api-1',
    `/api/swimlane?from=${T0}&to=${T0 + 60_000}`,
  ])
    expect((await get(path)).status).toBe(200);
}, 30_000);
