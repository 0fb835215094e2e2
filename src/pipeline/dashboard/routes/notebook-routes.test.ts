import { expect, test } from 'vitest';
import { HOSTILE_TEXT } from '../../desk/desk.testkit.js';
import { packLines } from '../../evidence/alert-lines.js';
import { testEvent } from '../../store/result-store.testkit.js';
import { createTestDashboard, HOP_MS, T0, windowsOf } from '../dashboard.testkit.js';

interface NotebookFile {
  readonly cells: readonly { readonly cell_type: string; readonly source: readonly string[] }[];
  readonly metadata: { readonly kernelspec: { readonly name: string } };
}

const HOSTILE = `${HOSTILE_TEXT}\`); process.exit(1); <script>alert(1)</script> [x](javascript:1) '\u2028 \${1}`;

const opened = (source: string) =>
  testEvent({
    source,
    sinceMs: T0 + 2 * HOP_MS,
    untilMs: T0 + 3 * HOP_MS,
    startMs: T0 + 2 * HOP_MS,
    endMs: T0 + 3 * HOP_MS,
  });

const linesOf = (source: string, isComplete: boolean) => ({
  alertId: 'a1',
  source,
  fromMs: T0,
  earlierMs: null,
  rebuildsFromMs: isComplete ? T0 : null,
  isComplete,
  ...packLines([{ eventTimeMs: T0, source, severity: 9, body: HOSTILE }]),
});

async function notebookOf(source: string, isComplete: boolean | undefined): Promise<NotebookFile> {
  const { commit, get } = await createTestDashboard();
  await commit({
    windows: windowsOf(source, [0.1, 0.2, 0.95]),
    alerts: [opened(source)],
    ...(isComplete === undefined ? {} : { alertLines: [linesOf(source, isComplete)] }),
  });
  const answer = await get('/api/alerts/a1/notebook');
  expect(answer.status).toBe(200);
  expect(answer.headers.get('content-disposition')).toBe('attachment; filename="alert-a1.ipynb"');
  return (await answer.json()) as NotebookFile;
}

const textOf = ({ cells }: NotebookFile, type: string): string =>
  cells
    .filter(({ cell_type }) => cell_type === type)
    .map(({ source }) => source.join(''))
    .join('\n');

test('an alert comes as a notebook with its lines, that fails where a bit differs', async () => {
  const notebook = await notebookOf('api', true);

  expect(notebook.metadata.kernelspec.name).toBe('tslab');
  const lines = linesOf('api', true);
  expect(textOf(notebook, 'code')).toContain(lines.packed);
  expect(textOf(notebook, 'code')).toContain('checkSameBits(stored, rebuilt)');
  expect(textOf(notebook, 'markdown')).toContain(lines.sha256);
  expect(textOf(notebook, 'markdown')).not.toMatch(/Not all lines/);
});

test.each([
  ['lines are missing', false],
  ['no lines were kept', undefined],
] as const)('where %s it says so, and reads the log of a stream from a file', async (_, isComplete) => {
  const notebook = await notebookOf('api', isComplete);

  expect(textOf(notebook, 'markdown')).toMatch(/Not all lines .* read from the log/);
  expect(textOf(notebook, 'code')).toContain("textParameter('logFile', '/a.log')");
  expect(textOf(notebook, 'code')).toContain('checkSameBits(stored, rebuilt)');
});

test('hostile text ends no string of code and is no markup', async () => {
  const notebook = await notebookOf(HOSTILE, true);

  expect(textOf(notebook, 'markdown')).not.toMatch(/<script|\]\(javascript/);
  const code = textOf(notebook, 'code');
  expect(code).not.toMatch(/[^\n -~]/);
  const literal = /source: ('(?:[^'\\]|\\.)*'), earlierMs/.exec(code)?.[1] ?? '';
  expect(JSON.parse(`"${literal.slice(1, -1).replaceAll('"', '\\"').replaceAll("\\'", "'")}"`)).toBe(HOSTILE);
});

test('an alert that is not there has no notebook', async () => {
  const { get } = await createTestDashboard();

  expect((await get('/api/alerts/a1/notebook')).status).toBe(404);
});
