import { expect, test } from 'vitest';
import { fitSmall } from '../../core/scorer.testkit.js';
import type { Artifact } from '../../core/artifact.js';
import { refitWords } from './refit-words.js';

const fitted = fitSmall({ seasonality: true });
const artifact: Artifact = {
  ...fitted,
  input: { format: 'pattern', pattern: '<Date> <Content>', zoneOffsetMinutes: -90 },
  provenance: {
    ...fitted.provenance,
    inputs: [{ name: 'old.log', sha256: '0', bytes: 1 }],
    options: { perFile: true },
  },
  probe: { lines: [], defaultSource: 'x', rows: [] },
};

test('a fit with more normal data has the windows, the detector, the budget and the input of the former', () => {
  const words = refitWords(artifact, { logs: ['new.log'], labelsPath: 'l.json', modelsFolder: 'm' });

  expect(words.join(' ')).toBe(
    'fit old.log new.log --labels l.json --name small --detector combined --miner shape --budget 1/day --group-by service --window 10s --lateness 3s --rolling 40s --hold 30s --seed 1 --format pattern --pattern <Date> <Content> --zone -01:30 --models m --seasonality --per-file',
  );
});
