import { Command } from 'commander';
import { expect, test } from 'vitest';
import { addFitOptions, type FitFlags, fitOptionsOf } from '../commands/fit.js';
import { type ExportChoices, exportOptions } from './export-options.js';
import { fitWords } from './fit-words.js';

/** What `loghorn fit` would fit with, given these words. */
function optionsFrom(words: readonly string[]): object {
  const command = addFitOptions(new Command('fit'))
    .argument('<input...>')
    .option('--name <name>')
    .option('--detector <name>')
    .option('--until <when>')
    .option('--models <folder>')
    .exitOverride();
  command.parse(words.slice(1), { from: 'user' });
  return fitOptionsOf(command.opts<FitFlags>());
}

test.each<Partial<ExportChoices>>([
  {},
  { seed: 'two words', alertBudget: '10/week', labelsPath: 'labels.json' },
  { window: '1m30s', input: { format: 'logfmt', zoneOffsetMinutes: -330 } },
  { window: '3d', input: { pattern: '<Date> <Content>', timeFormat: '%d/%m/%Y', zoneOffsetMinutes: 0 } },
])('the words lead the command to what the notebook fits with: %j', (change) => {
  const choices = { name: 'shop', seed: '1', alertBudget: '0.5/day', untilMs: 0, ...change };
  const { untilMs: _untilMs, ...options } = { ...exportOptions(choices), detector: 'pca-residual' as const };

  const words = fitWords({ logsPaths: ['a.log', 'b.log'], modelsFolder: 'm', until: '70%', options });

  expect(words.slice(0, 3)).toEqual(['fit', 'a.log', 'b.log']);
  expect(words.join(' ')).toContain('--until 70%');
  expect(optionsFrom(words)).toEqual(options);
});
