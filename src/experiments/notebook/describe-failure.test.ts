import { expect, test } from 'vitest';
import { describeFailure } from './describe-failure.js';

const failure = (errorText: string) => ({
  cell: 2,
  source: "const share = countParameter('share', 60);",
  reason: 'the cell failed',
  errorText,
});

test('an error is shown in its own words, without the compiled line that threw it', () => {
  const text = describeFailure(
    '06',
    failure(
      '/app/dist/parameters.js:12\n        throw new RangeError(`${name} must be a number`);\n              ^\n\nRangeError: LOGHORN_SHARE must be a number\n    at countParameter\n',
    ),
  );

  expect(text).toBe(
    "06, in cell 2: the cell failed\n  | const share = countParameter('share', 60);\n  RangeError: LOGHORN_SHARE must be a number\n      at countParameter\n",
  );
});

test('what is no such frame stays, and no words are no line', () => {
  expect(describeFailure('06', failure('1:7 - Type mismatch\n'))).toMatch(/\n {2}1:7 - Type mismatch\n$/);
  expect(describeFailure('06', failure(''))).toMatch(/60\);\n$/);
});
