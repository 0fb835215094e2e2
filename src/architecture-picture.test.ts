// The picture of the README is drawn from its source: whoever changes the one redraws the other (`npm run golden`).
import { readFileSync } from 'node:fs';
import { instance } from '@viz-js/viz';
import { expect, test } from 'vitest';

test('the picture of the architecture is the one that its source draws', async () => {
  const source = readFileSync(new URL('../reports/architecture.dot', import.meta.url), 'utf8');

  const picture = (await instance()).renderString(source, { format: 'svg' });

  await expect(picture).toMatchFileSnapshot('../reports/architecture.svg');
});
