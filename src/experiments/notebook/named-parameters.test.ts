import { expect, test } from 'vitest';
import { parametersOf, variablesFor } from './named-parameters.js';
import { goodNotebook } from './notebook.testkit.js';

const notebook = goodNotebook(`const seed = textParameter("seed", '1');\nconst budget = countParameter(
  'alertBudget', 2);`);

test('parameters are found where the code reads them', () => {
  expect(parametersOf(notebook)).toEqual(['records', 'seed', 'alertBudget']);
});

test('what is given wins over the environment, and what a notebook does not read is not handed on', () => {
  const variables = variablesFor(
    notebook,
    { records: '9', other: 'x' },
    { LOGHORN_RECORDS: '8', LOGHORN_ALERT_BUDGET: '7', LOGHORN_DEBUG: '1' },
  );

  expect(variables).toEqual({ LOGHORN_RECORDS: '9', LOGHORN_ALERT_BUDGET: '7' });
});

test('a run as committed needs no variables', () => {
  expect(variablesFor(notebook, {}, { PATH: '/bin' })).toEqual({});
});
