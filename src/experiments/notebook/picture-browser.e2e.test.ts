import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { afterAll, describe, expect, test } from 'vitest';
import { requireOrSkip } from '../../require.testkit.js';
import { settleFigure } from './figure-json.js';
import { styled } from './figure-style.js';
import { findChromium } from '../../shell/chromium.js';
import { closeBrowser, drawPicture } from './picture-browser.js';

const chromium = findChromium();
const isThere = requireOrSkip('browser', chromium !== null, 'apt-get install chromium');

const FIGURE = settleFigure(
  styled({
    data: [{ type: 'scatter', mode: 'lines', x: [1, 2, 3], y: [3, 1, 2], name: 'records' }],
    layout: { title: { text: 'Load' }, height: 300 },
  }),
);

describe.runIf(isThere)('a picture of a figure', () => {
  afterAll(closeBrowser);

  test('has the size of its figure, one and a half dots a pixel, and is the same bytes each time', async () => {
    const first = await drawPicture(FIGURE, chromium!);
    await closeBrowser();
    const second = await drawPicture(FIGURE, chromium!);

    const png = Buffer.from(first, 'base64');
    expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([1290, 450]);
    expect(png.length).toBeLessThan(45_000);
    expect(second).toBe(first);
  });

  test('several at once share one browser', async () => {
    const pictures = await Promise.all([1, 2, 3].map(() => drawPicture(FIGURE, chromium!)));

    expect(new Set(pictures).size).toBe(1);
  });

  test('a browser that does not start is said, not hung on', async () => {
    await closeBrowser();

    await expect(drawPicture(FIGURE, '/bin/false')).rejects.toThrow('/bin/false');
  });
});

describe.runIf(isThere)('the browser of a kernel', () => {
  test('lets a kernel that has nothing left to do end by itself', async () => {
    const kernel = startKernel('');

    const [code] = (await once(kernel, 'exit')) as [number | null];

    expect(code).toBe(0);
  });

  test.each(['SIGKILL', 'SIGTERM', 'SIGINT'] as const)(
    'is gone when the kernel dies of %s',
    async (signal) => {
      const kernel = startKernel('setInterval(() => undefined, 1000);');
      const [said] = (await once(kernel.stdout, 'data')) as [Buffer];
      const browserPid = Number(said.toString());
      expect(isRunning(browserPid)).toBe(true);

      kernel.kill(signal);
      await once(kernel, 'exit');

      await expect.poll(() => isRunning(browserPid), { timeout: 10_000 }).toBe(false);
    },
  );
});

/** A process that draws a picture, prints the id of its one child, and then does what `then` says. */
function startKernel(then: string): ReturnType<typeof spawnNode> {
  const module = new URL('../../../dist/experiments/notebook/picture-browser.js', import.meta.url).href;
  return spawnNode(
    `import { execFileSync } from 'node:child_process';
     import { drawPicture } from ${JSON.stringify(module)};
     await drawPicture(${JSON.stringify(FIGURE)}, ${JSON.stringify(chromium)});
     console.log(execFileSync('pgrep', ['-P', String(process.pid), '-f', 'headless']).toString().trim());
     ${then}`,
  );
}

function spawnNode(code: string) {
  return spawn(process.execPath, ['--input-type=module', '-e', code], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
