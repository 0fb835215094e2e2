#!/usr/bin/env node
// The `loghorn` command: reads words, calls one function, sets the exit code.
import { Command, CommanderError, InvalidArgumentError, type Option } from 'commander';
import { registerCommands } from './commands.js';
import { codeVersion } from './experiments/fit/code-version.js';

const USAGE_EXIT_CODE = 2;
const HELP_HINT = '(add --help for the words this command knows)';

const program = new Command('loghorn')
  .description('A research workbench for log anomalies with a promotion path to streaming.')
  .version(codeVersion())
  .configureHelp({ optionDescription: describeOption })
  .showHelpAfterError(HELP_HINT);
await registerCommands(program, process.argv[2]);
throwInsteadOfExit(program);

// whoever read our output has gone away and wants no more
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0);
  throw error;
});

try {
  await program.parseAsync();
} catch (error) {
  if (error instanceof CommanderError) {
    // what commander finds itself it has told; what a command finds in its own words is told here
    const isTold = error.code.startsWith('commander.') && !(error instanceof InvalidArgumentError);
    if (!isTold) process.stderr.write(`loghorn: ${error.message}\n${HELP_HINT}\n`);
    process.exitCode = error.exitCode === 0 ? 0 : USAGE_EXIT_CODE;
  } else {
    process.stderr.write(`loghorn: ${error instanceof Error ? error.message : String(error)}\n`);
    if (process.env['LOGHORN_DEBUG'] && error instanceof Error) process.stderr.write(`${error.stack}\n`);
    process.exitCode = 1;
  }
}

/** Commander leaves out the words for a default that has no value, and tells of every switch that it is off. */
function describeOption({
  description,
  argChoices,
  defaultValue,
  defaultValueDescription,
  negate,
}: Option): string {
  const isPlain = typeof defaultValue === 'string' || typeof defaultValue === 'number';
  const shownDefault = defaultValueDescription ?? (isPlain && !negate ? String(defaultValue) : undefined);
  const notes = [
    ...(argChoices === undefined ? [] : [`choices: ${argChoices.join(', ')}`]),
    ...(shownDefault === undefined ? [] : [`default: ${shownDefault}`]),
  ];
  return notes.length === 0 ? description : `${description} (${notes.join('; ')})`;
}

/** Commander's own exit codes are not ours. */
function throwInsteadOfExit(command: Command): void {
  command.exitOverride();
  for (const each of command.commands) throwInsteadOfExit(each);
}
