import { Command } from 'commander';
import { expect, test } from 'vitest';
import { registerCommands } from './commands.js';

async function namesFor(asked: string | undefined): Promise<readonly string[]> {
  const program = new Command();
  await registerCommands(program, asked);
  return program.commands.map((each) => each.name());
}

test('a first word that is a command loads that one, any other word loads all', async () => {
  const all = await namesFor(undefined);

  expect(all).toContain('start');
  expect(await namesFor('--help')).toEqual(all);
  expect(await namesFor('constructor')).toEqual(all);
  for (const name of all) expect(await namesFor(name)).toEqual([name]);
});
